"""Small drawn parts, and one model taught on them for all tests that only look."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.domain.part import Pixels
from station.training.job import TrainResult, train

PER_CLASS = 8
KINDS = ("good", "blob", "line")


def draw(kind: str, seed: int) -> tuple[Pixels, tuple[int, int]]:
    """A grey, grainy part of 160 × 160 and where its defect is, (x, y)."""
    rng = np.random.default_rng((KINDS.index(kind), seed))
    part = rng.normal(130, 12, (160, 160)).astype(np.float32)
    x, y = (int(v) for v in rng.integers(35, 125, 2))
    if kind == "blob":
        cv2.circle(part, (x, y), 11, 60.0, -1)
    if kind == "line":
        cv2.line(part, (x - 22, y - 10), (x + 22, y + 10), 235.0, 3)
    return np.clip(part, 0, 255).astype(np.uint8), (x, y)


def write(path: Path, pixels: Pixels) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


def write_parts(folder: Path, first: int, count: int) -> Path:
    for kind in KINDS:
        for seed in range(first, first + count):
            write(folder / kind / f"{seed:03}.png", draw(kind, seed)[0])
    return folder


@dataclass(frozen=True)
class Taught:
    folder: Path
    model: Path
    result: TrainResult
    steps: tuple[tuple[str, float], ...]


@pytest.fixture(scope="session")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Taught:
    root = tmp_path_factory.mktemp("法兰 taught")
    folder = write_parts(root / "parts", 0, PER_CLASS)
    steps: list[tuple[str, float]] = []
    result = train(
        folder,
        root / "new" / "model.onnx",
        seed=3,
        progress=lambda step, share: steps.append((step, share)),
    )
    return Taught(folder, result.out, result, tuple(steps))
