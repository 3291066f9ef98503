"""`station model import` from the outside."""

from pathlib import Path

import pytest

from station.errors import ErrorCode
from station.inference.engine import Engine
from tests.program import assert_says, station
from tests.unit.training.foreign.graphs import classifier, yolo_notes
from tests.unit.training.foreign.test_golden import LABELS, TONES, taught, write_parts

NAMES = ("good", "scratch", "dent")


@pytest.fixture
def yolo(tmp_path: Path) -> Path:
    proto = classifier(
        (64, 64), softmax=True, names=("images", "output0"), notes=yolo_notes("classify", NAMES)
    )
    path = tmp_path / "best.onnx"
    path.write_bytes(proto.SerializeToString())
    return path


def test_a_known_family_needs_no_question(yolo: Path, tmp_path: Path) -> None:
    answer = station(tmp_path, "model", "import", yolo, "--json")
    assert answer.code == 0, answer
    (row,) = answer.rows
    out = tmp_path / "best.station.onnx"
    assert (row["out"], row["family"], row["open"]) == (str(out), "ultralytics", [])
    assert (row["classes"], row["good"]) == (list(NAMES), ["good"])
    assert "author = Ultralytics" in row["clues"][0]["text"]
    assert "Ultralytics YOLO, classify" in answer.err
    with Engine(out, "cpu", sha256=row["sha256"]) as engine:
        assert engine.card.classes == NAMES


def test_what_is_open_must_be_answered(tmp_path: Path) -> None:
    path = taught(tmp_path / "m.onnx", "0-255", "bgr")
    answer = station(tmp_path, "model", "import", path, "--json")
    facts = assert_says(answer, 1, ErrorCode.IMPORT_OPEN)
    assert "good" in facts["questions"]
    assert not (tmp_path / "m.station.onnx").exists()


def test_golden_images_and_answers_close_it(tmp_path: Path) -> None:
    path = taught(tmp_path / "m.onnx", "0-255", "bgr")
    (tmp_path / "labels.txt").write_text(LABELS)
    golden = write_parts(tmp_path / "golden", 4)
    words = ("--golden", golden, "--set", "resize=stretch", "--out", tmp_path / "法兰.onnx")
    answer = station(tmp_path, "model", "import", path, *words, "--json")
    assert answer.code == 0, answer
    (row,) = answer.rows
    assert row["preparation"] == "64 × 64: bgr, 0-255, stretch"
    assert row["classes"] == list(TONES)
    with Engine(tmp_path / "法兰.onnx", "cpu") as engine:
        assert dict(engine.card.metrics) == {"golden_agreement": 1.0}


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("--good", "fine"), ErrorCode.DATASET_UNKNOWN_CLASS, 2),
        (("--set", "colour=pink"), ErrorCode.IMPORT_BAD_ANSWER, 2),
        (("--out", "/proc/none/m.onnx"), ErrorCode.OUTPUT_NOT_WRITABLE, 2),
    ],
)
def test_wrong_words(
    yolo: Path, tmp_path: Path, words: tuple[str, str], code: ErrorCode, exit_code: int
) -> None:
    assert_says(station(tmp_path, "model", "import", yolo, *words, "--json"), exit_code, code)


def test_files_that_are_no_model(tmp_path: Path) -> None:
    (tmp_path / "m.pt").write_bytes(b"x")
    answer = station(tmp_path, "model", "import", tmp_path / "m.pt", "--json")
    assert assert_says(answer, 1, ErrorCode.IMPORT_WRONG_KIND)["kind"] == "PyTorch"
    (tmp_path / "m.onnx").write_bytes(bytes(1000))
    answer = station(tmp_path, "model", "import", tmp_path / "m.onnx", "--json")
    assert_says(answer, 1, ErrorCode.MODEL_NOT_ONNX)


def test_a_frame_is_two_numbers(yolo: Path, tmp_path: Path) -> None:
    assert station(tmp_path, "model", "import", yolo, "--frame", "big").code == 2
    answer = station(tmp_path, "model", "import", yolo, "--frame", "1280x1024", "--json")
    assert (answer.rows[0]["height"], answer.rows[0]["width"]) == (128, 160)  # 64 × 80, twice
