"""Does the line keep its pace while a lesson runs beside it? The time of a part, p50 and p95.

    python -m tests.rigs.teach_beside [--parts 200] [--rate 5]

A line inspects drawn flanges at a steady rate in this process; a lesson runs in its own, as the
window starts it. To be run on a machine that does nothing else.
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from station.bundle import resource
from station.cameras.flange import draw_part
from station.cameras.noise import SensorNoise
from station.inference.engine import Engine
from station.recipe_file import bind_model, load_recipe
from station.supervisor import program
from station.training.worker import Lesson, Lessons
from tests.unit.training.conftest import write_parts

MOST = 1.5
EACH = 80  # images of a class to be taught: a lesson of some ten seconds and more


def look(engine: Engine, parts: int, rate: float, lessons: Lessons | None) -> list[float]:
    """Milliseconds of each part; with a lesson, only of parts that came while it ran."""
    recipe = bind_model(load_recipe(resource("demo/flange.toml")))
    noise, times = SensorNoise((1280, 1024), 1), []
    frames = [noise.over(draw_part(1, k)[0], k) for k in range(8)]
    for number in range(parts):
        if lessons is not None and not lessons.state().running:
            break
        due = time.monotonic() + 1 / rate
        began = time.perf_counter()
        engine.look(frames[number % 8], recipe.roi)
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(max(0.0, due - time.monotonic()))
    return times


def main() -> int:
    wished = argparse.ArgumentParser(description=__doc__)
    wished.add_argument("--parts", type=int, default=200)
    wished.add_argument("--rate", type=float, default=5.0)
    told = wished.parse_args()
    recipe = bind_model(load_recipe(resource("demo/flange.toml")))
    os.environ["STATION_CACHE"] = ""  # the whole work, not what is left of it
    lessons = Lessons(program("lesson"))
    with tempfile.TemporaryDirectory() as place, Engine(Path(recipe.model), "cpu") as engine:
        folder = write_parts(Path(place) / "parts", 0, EACH)
        alone = look(engine, told.parts, told.rate, None)
        lessons.start(Lesson(folder, Path(place) / "m.onnx", "linear", size=448))
        beside = look(engine, told.parts, told.rate, lessons)
        ended = lessons.state()
        lessons.close()
    p50, p95 = ([float(np.percentile(t, q)) for t in (alone, beside)] for q in (50, 95))
    row = {
        "alone": {"n": len(alone), "p50": p50[0], "p95": p95[0]},
        "beside": {"n": len(beside), "p50": p50[1], "p95": p95[1]},
        "p95_grows_by": p95[1] / p95[0],
        "lesson": ended.fault.code if ended.fault else "ran",
    }
    print(json.dumps(row, indent=1))
    return 0 if p95[1] <= MOST * p95[0] and len(beside) > 20 else 1


if __name__ == "__main__":
    raise SystemExit(main())
