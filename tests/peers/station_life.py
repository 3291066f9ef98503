"""A station at work, without camera: `station_life.py FOLDER NAME SEED PARTS PAUSE`.

Writes parts, words and what else a station writes, at random by its seed; ends with one line of
JSON: how long each `record` took, in ms.
"""

import json
import random
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from station.domain.inspection import (
    Decision,
    DecisionKind,
    Disposition,
    Inspection,
    Still,
    Verdict,
)
from station.domain.part import Part, TriggerSource
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault
from station.store.store import Store

SIZE = (120, 160)


def now_ms() -> int:
    return time.time_ns() // 10**6


def part(number: int, rng: random.Random, fault: bool) -> Inspection:
    verdict = Verdict.NOT_INSPECTED if fault else rng.choice((Verdict.OK, Verdict.NG))
    return Inspection(
        uid=uuid.UUID(int=rng.getrandbits(128)).hex,
        part=Part(number, f"SN-{number}", "LOT-1"),
        at_ms=now_ms(),
        trigger=TriggerSource.TIMER,
        verdict=verdict,
        recipe="flange",
        recipe_version=1,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="flange.onnx",
        model_sha256="ab" * 32,
        provider="CPUExecutionProvider",
        camera="simulated",
        label=None if fault else ("good" if verdict is Verdict.OK else "scratch"),
        score=None if fault else rng.random(),
        confidence=None if fault else 0.9,
        fault=Fault(ErrorCode.CAMERA_LOST, (("source", "cam"),)) if fault else None,
    )


def say_something(store: Store, uid: str, rng: random.Random) -> None:
    """A word, sometimes taken back and said anew; sometimes more."""
    kind = rng.choice((DecisionKind.ACCEPT, DecisionKind.REJECT))
    store.decide(Decision(uid, kind, now_ms(), "Ann", "dent", ""))
    if rng.random() < 0.4:
        store.decide(Decision(uid, DecisionKind.UNDO, now_ms(), "Ann"))
        store.decide(Decision(uid, DecisionKind.ACCEPT, now_ms(), "Ann"))
    if rng.random() < 0.3:
        store.keep(uid, "sample", "Ann")
    store.dispose(uid, rng.choice(tuple(Disposition)), now_ms())


def live(store: Store, rng: random.Random, parts: int) -> Iterator[float]:
    """One part after the other; yields how long its record took."""
    store.save_recipe(Recipe("flange", f"{rng.random()}.onnx"))  # another on every station
    store.save_model("ab" * 32, "flange", "{}", "flange.onnx", now_ms())
    store.audit("started")
    pixels = np.random.default_rng(rng.getrandbits(32)).integers(0, 256, SIZE, np.uint8)
    for _ in range(parts):
        number = store.last_number() + 1
        fault = rng.random() < 0.1
        one = part(number, rng, fault)
        still = None if fault else Still(one.uid, np.roll(pixels, number, 1), None, None)
        began = time.perf_counter()
        store.record(one, still, waits=not fault and rng.random() < 0.3)
        yield (time.perf_counter() - began) * 1000
        if rng.random() < 0.5:
            say_something(store, one.uid, rng)
        if rng.random() < 0.1:
            banner = store.audit("banner", Fault(ErrorCode.DISK_SLOW, (("ms", str(number)),)))
            store.confirm(banner, "Ann")


def main(folder: Path, name: str, seed: int, parts: int, pause: float) -> None:
    with Store(folder, name) as store:
        times = []
        for took in live(store, random.Random(seed), parts):
            times.append(took)
            time.sleep(pause)
        store.audit("stopped")
    print(json.dumps(times))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
