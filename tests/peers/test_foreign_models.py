"""Real files of other programs, made by tools/foreign_models.sh: the score is the origin's own.

`sized` images have the size that the model wants, so that only the model and its pre-processing
are compared. `frames` have not: there the origins' ways to resize differ from ours (Pillow and
torch smooth, OpenCV's INTER_LINEAR does not, we take the area), and the test only says how much.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.cameras.image_file import image_files, read_image
from station.domain.part import Pixels
from station.inference.engine import Engine
from station.supervisor import program
from station.training.foreign.apart import import_apart
from station.training.foreign.importing import Order, Report
from tests.conftest import ROOT

NEAR = 1e-3
FOLDER = Path(os.environ.get("STATION_FOREIGN", ROOT / "bench-out" / "foreign"))
CASES = {  # and whether a question is open
    "yolo_classify": False,
    "yolo_detect": False,
    "yolo_segment": False,
    "yolo_end2end": False,
    "anomalib_padim": False,
    "anomalib_patchcore": False,
    "hugging_face": False,
    "teachable_machine": False,
    "timm": True,
    "torchvision": True,
    "keras": True,
    "keras_rescaling": True,
    "keras_sigmoid": True,
    "sklearn_forest": True,
    "sklearn_logistic": True,
}

Row = Sequence[float]


@dataclass(frozen=True)
class Case:
    folder: Path
    told: dict[str, Any]

    def images(self, kind: str) -> list[Pixels]:
        return [read_image(path) for path in image_files(self.folder / "images" / kind)]


def case_of(name: str) -> Case:
    folder = FOLDER / name
    if not (folder / "expected.json").exists():
        pytest.skip(f"no {folder / 'expected.json'}; run tools/foreign_models.sh")
    return Case(folder, json.loads((folder / "expected.json").read_text("utf-8")))


def imported(case: Case, out: Path, kind: str) -> Report:
    height, width = case.images(kind)[0].shape[:2]
    order = Order(str(case.folder / "given"), str(out), frame=(height, width))
    return import_apart(order, program("model", "serve-import"), lambda step, share: None)


def ours(engine: Engine, image: Pixels, report: Report) -> Row:
    """In the order of the origin: probabilities, or the score alone."""
    finding = engine.look(image)
    if report.task in ("detect", "segment", "anomaly"):
        return [finding.score]
    return [value for _, value in finding.scores]


def theirs(case: Case, row: Row, report: Report) -> Row:
    """Of boxes the surest that is bad; a class called `good` does not count."""
    if report.task not in ("detect", "segment"):
        return row
    names = case.told["classes"]
    return [max(v for name, v in zip(names, row, strict=True) if name in report.classes[1:])]


def differences(case: Case, out: Path, kind: str) -> tuple[Report, list[float], list[Row]]:
    report = imported(case, out, kind)
    rows = [theirs(case, row, report) for row in case.told["scores"][kind]]
    with Engine(out, "cpu", sha256=report.sha256) as engine:
        told = [ours(engine, image, report) for image in case.images(kind)]
    pairs = zip(told, rows, strict=True)
    return report, [float(np.abs(np.subtract(a, b)).max()) for a, b in pairs], rows


@pytest.mark.parametrize("name", CASES)
def test_ten_images_score_as_at_their_origin(name: str, tmp_path: Path) -> None:
    case = case_of(name)
    report, apart, rows = differences(case, tmp_path / "m.onnx", "sized")
    assert len(apart) == 10
    assert np.ptp(np.array(rows), axis=0).max() > 0.1, "the images do not differ"
    assert max(apart) <= NEAR
    assert bool(report.open) == CASES[name]


@pytest.mark.parametrize("name", ["yolo_detect", "yolo_segment", "yolo_end2end"])
def test_frames_score_the_same_once_they_are_resized_alike(name: str, tmp_path: Path) -> None:
    """The letterbox lies where the origin's lies: only the way to resize tells them apart."""
    case = case_of(name)
    report = imported(case, tmp_path / "m.onnx", "frames")
    size = report.width, report.height
    with Engine(tmp_path / "m.onnx", "cpu") as engine:
        for image, row in zip(case.images("frames"), case.told["scores"]["frames"], strict=True):
            resized = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR))
            wanted = theirs(case, row, report)
            np.testing.assert_allclose(ours(engine, resized, report), wanted, atol=NEAR)


@pytest.mark.parametrize("name", CASES)
def test_frames_of_another_size_are_not_far(
    name: str, tmp_path: Path, record_property: Any
) -> None:
    """Drawn weights exaggerate: they answer to grain that taught ones have learnt to overlook."""
    case = case_of(name)
    if "frames" not in case.told["scores"]:
        pytest.skip("the origin takes features, not frames")
    _, apart, _ = differences(case, tmp_path / "m.onnx", "frames")
    record_property("largest_difference", max(apart))
    record_property("median_difference", float(np.median(apart)))
    print(f"{name}: largest {max(apart):.3f}, median {np.median(apart):.3f}")
    assert float(np.median(apart)) < 0.5
