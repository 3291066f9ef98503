"""Known parts answer what a file leaves open, and only where they really tell."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode, ModelError
from station.inference.engine import Engine
from station.training.foreign.golden import MOST, read_golden
from station.training.foreign.importing import Order, Report, import_model
from station.training.foreign.recognised import Why
from tests.unit.training.foreign.graphs import classifier, fixed, yolo_notes

TONES = {  # dark to bright, and a pair that is each other's mirror in red and blue
    "good": (57, 57, 57),
    "dim": (90, 90, 90),
    "fair": (166, 166, 166),
    "pale": (198, 198, 198),
    "scratch": (168, 128, 88),
    "dent": (88, 128, 168),
}
LABELS = "".join(f"{name}\n" for name in TONES)
WAYS = {
    "imagenet": lambda x: (x / 255 - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225),
    "0-255": lambda x: x,
    "0-1": lambda x: x / 255,
    "-1-1": lambda x: x / 127.5 - 1,
}


def write_parts(folder: Path, count: int = 6, size: tuple[int, int] = (80, 80)) -> Path:
    rng = np.random.default_rng(5)
    for name, tone in TONES.items():
        (folder / name).mkdir(parents=True)
        for number in range(count):
            shift = rng.integers(-6, 7, 3)
            image = np.clip(np.array(tone) + shift + rng.integers(-9, 10, (*size, 3)), 0, 255)
            data = cv2.imencode(".png", image[..., ::-1].astype(np.uint8))[1].tobytes()
            (folder / name / f"{number}.png").write_bytes(data)
    return folder


def taught(path: Path, way: str, order: str = "rgb") -> Path:
    """A network that knows the tones, fed in that way: the nearest one wins."""
    tones = np.array(list(TONES.values()), np.float64)
    tones = tones[:, ::-1] if order == "bgr" else tones
    fed = np.array([WAYS[way](tone) for tone in tones])
    gain = 12 / np.abs(fed[0] - fed[1]).max() ** 2
    weights, bias = 2 * gain * fed, -gain * (fed**2).sum(1)
    path.write_bytes(classifier((64, 64), weights=weights, bias=bias).SerializeToString())
    return path


def ask(path: Path, folder: Path | None, **more: object) -> Report:
    order = Order(str(path), golden=str(folder) if folder else None, **more)  # type: ignore[arg-type]
    return import_model(order, lambda step, share: None)


@pytest.mark.parametrize("order", ["rgb", "bgr"])
@pytest.mark.parametrize("way", WAYS)
def test_colours_and_scaling_are_found(tmp_path: Path, way: str, order: str) -> None:
    folder = write_parts(tmp_path / "golden")
    (tmp_path / "labels.txt").write_text(LABELS)
    report = ask(taught(tmp_path / "m.onnx", way, order), folder)
    assert report.classes == tuple(TONES)
    assert f"{order}, {way}, " in report.preparation
    assert all(row.right == row.n == 6 for row in report.table)
    settled = {dict(one.facts)["question"] for one in report.clues if one.why is Why.GOLDEN}
    assert settled == {"colour", "scaling"}
    assert len(report.trials) == 8 + 4


def test_what_the_images_cannot_tell_stays_open(tmp_path: Path) -> None:
    """Every part fills the picture with one tone: how it is resized makes no difference."""
    folder = write_parts(tmp_path / "golden")
    (tmp_path / "labels.txt").write_text(LABELS)
    report = ask(taught(tmp_path / "m.onnx", "0-255"), folder)
    assert report.open == ("resize",)


def test_the_folders_name_classes_but_then_cannot_tell_mirrors_apart(tmp_path: Path) -> None:
    """Without names, a network that confuses red and blue is one that calls them otherwise."""
    folder = write_parts(tmp_path / "golden")
    report = ask(taught(tmp_path / "m.onnx", "imagenet"), folder)
    assert report.named
    assert report.classes == tuple(TONES)
    assert "colour" in report.open
    assert all(row.right == row.n for row in report.table)


def test_folders_that_say_nothing_name_no_class(tmp_path: Path) -> None:
    bare = tmp_path / "m.onnx"
    none = np.zeros((6, 3)), np.array([9.0, 0, 0, 0, 0, 0])
    bare.write_bytes(classifier((64, 64), weights=none[0], bias=none[1]).SerializeToString())
    report = ask(bare, write_parts(tmp_path / "golden"))
    assert report.classes == tuple(f"class {number}" for number in range(6))
    assert not report.named
    assert sum(row.right for row in report.table) == 6  # of the one folder that it means


def test_an_answer_by_a_person_is_not_asked_again(tmp_path: Path) -> None:
    path = taught(tmp_path / "m.onnx", "0-1", "bgr")
    told = (("colour", "bgr"), ("scaling", "0-1"), ("resize", "stretch"))
    report = ask(path, write_parts(tmp_path / "golden"), answers=told)
    assert report.trials == ()
    assert report.open == ()
    assert report.classes == tuple(TONES)
    for wrong in (("colour", "red"), ("classes", "a"), ("taste", "sweet")):
        with pytest.raises(ModelError) as caught:
            ask(path, None, answers=(wrong,))
        assert caught.value.code is ErrorCode.IMPORT_BAD_ANSWER
        assert "colour=bgr" in caught.value.fault.fact("known")


def test_a_detector_agrees_where_it_finds_something_on_bad_parts_only(tmp_path: Path) -> None:
    table = np.zeros((1, 5, 1), np.float32)
    table[0, :, 0] = (32, 32, 20, 20, 0.9)
    proto = fixed({"output0": table}, notes=yolo_notes("detect", ("flaw",)))
    (tmp_path / "m.onnx").write_bytes(proto.SerializeToString())
    report = ask(tmp_path / "m.onnx", write_parts(tmp_path / "golden"))
    told = {row.label: row.right for row in report.table}
    assert told == {name: 0 if name == "good" else 6 for name in TONES}


def test_the_file_is_written_with_its_proof(tmp_path: Path) -> None:
    folder = write_parts(tmp_path / "golden", size=(96, 96))
    path, out = taught(tmp_path / "m.onnx", "0-255", "bgr"), tmp_path / "法兰" / "done.onnx"
    report = ask(path, folder, out=str(out), good=("good",))
    assert (report.good, report.height, report.width, report.channels) == (("good",), 96, 96, 3)
    with Engine(out, "cpu", sha256=report.sha256) as engine:
        assert dict(engine.card.metrics) == {"golden_agreement": 1.0}
        assert engine.look(np.full((90, 90, 3), TONES["dent"], np.uint8)).label == "dent"
    assert [one.name for one in out.parent.iterdir()] == ["done.onnx"]


def test_golden_folders_that_are_none(tmp_path: Path) -> None:
    for place, code in (
        (tmp_path / "gone", ErrorCode.FOLDER_NOT_FOUND),
        (tmp_path, ErrorCode.FOLDER_EMPTY),
    ):
        with pytest.raises(DatasetError) as caught:
            read_golden(place)
        assert caught.value.code is code


def test_no_more_images_than_needed(tmp_path: Path) -> None:
    golden = read_golden(write_parts(tmp_path / "golden", 30, (40, 50)))
    assert len(golden.images) == MOST
    assert golden.frame == (40, 50)
