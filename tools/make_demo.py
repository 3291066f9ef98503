"""Teaches the demo model on drawn flanges and writes resources/demo/, bit for bit from the seed.

    python tools/make_demo.py            teach and write
    python tools/make_demo.py --check    teach again beside it and compare

The bits depend on the versions of numpy, scikit-learn, onnx and onnxruntime and on the kind of
processor; `--check` says how far the scores are apart where the bits differ.
"""

import argparse
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
import tomli_w

from station.cameras.flange import DEFECTS, GOOD, draw_truth
from station.cameras.noise import SensorNoise
from station.cameras.picture import picture_limits
from station.domain.part import Pixels
from station.domain.recipe import Recipe, ReviewRule, Roi, recipe_to_mapping
from station.inference.engine import Engine
from station.inference.prepare import crop
from station.training.job import TrainResult, train

OUT = Path(__file__).resolve().parent.parent / "resources" / "demo"
SEED = 7_000_000  # far from the seeds of cameras, which count from 1
PARTS = {GOOD: 160, "scratch": 80, "dent": 48, "stain": 48, "missing_hole": 32}
SEEN = dict.fromkeys(PARTS, 8)  # to learn what a good picture of any part looks like
FRAME = (1280, 1024)
ROI = Roi(x=200, y=72, width=880, height=880)
SIZE = 448
NAME = "flange"
LIMITS = (0.15, 0.98)  # wide apart, so that about two parts in a hundred ask for a person


def parts(seed: int, counts: dict[str, int]) -> Iterator[tuple[str, int, Pixels]]:
    """Kind, number and frame of parts with the sensor's noise, each by its seed alone."""
    noise = SensorNoise(FRAME, seed)
    for place, kind in enumerate((GOOD, *DEFECTS)):
        for number in range(counts[kind]):
            rng = np.random.default_rng((seed, place, number))
            yield kind, number, noise.over(draw_truth(rng, kind, FRAME), number)


def write_png(path: Path, pixels: Pixels) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


def make(out: Path, counts: dict[str, int], size: int, seed: int = SEED) -> TrainResult:
    """The model, its recipe and its golden picture under `out`."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, number, frame in parts(seed, counts):
            write_png(Path(folder) / kind / f"{number:04}.png", crop(frame, ROI))
        taught = train(Path(folder), out / f"{NAME}.onnx", good=[GOOD], seed=seed, size=size)
    _, _, golden = next(parts(seed + 1, counts | {GOOD: 1}))
    write_png(out / "golden.png", golden)
    recipe = Recipe(
        name=NAME,
        model=f"{NAME}.onnx",
        model_sha256=taught.sha256,
        roi=ROI,
        review_limit=LIMITS[0],
        ng_limit=LIMITS[1],
        review=ReviewRule.UNSURE,
        golden="golden.png",
        **asdict(picture_limits(crop(frame, ROI) for _, _, frame in parts(seed + 3, SEEN))),
    )
    values = recipe_to_mapping(recipe)
    del values["version"]  # the store numbers it
    (out / f"{NAME}.toml").write_text(tomli_w.dumps(values), "utf-8")
    return taught


def check(counts: dict[str, int], size: int) -> int:
    """0 where what was made again is what is shipped."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), counts, size)
        names = (f"{NAME}.onnx", f"{NAME}.toml", "golden.png")
        same = all(digest(Path(folder) / name) == digest(OUT / name) for name in names)
        if same:
            print("identical")
            return 0
        apart = largest_difference(Path(folder) / f"{NAME}.onnx", OUT / f"{NAME}.onnx")
        print(f"different; over 10 fresh parts the scores are at most {apart:.1e} apart")
        return 1


def largest_difference(one: Path, other: Path) -> float:
    engines = [Engine(one, "cpu"), Engine(other, "cpu")]
    for engine in engines:
        engine.open()
    fresh = parts(SEED + 2, dict.fromkeys(PARTS, 2))
    scores = [[engine.look(frame, ROI).score for engine in engines] for _, _, frame in fresh]
    return float(np.abs(np.diff(scores)).max())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    if parser.parse_args().check:
        return check(PARTS, SIZE)
    taught = make(OUT, PARTS, SIZE)
    print(f"{taught.out}: {taught.method}, {taught.n} parts, {taught.seconds:.0f} s")
    print(f"cross-validated accuracy {taught.cv_accuracy:.4f} ± {taught.cv_std:.4f}")
    print(f"limits proposed {taught.review_limit} and {taught.ng_limit}, used {LIMITS}")
    print(f"sha256 {taught.sha256}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
