"""`station evaluate`, `compare` and `model quantize`, as a person calls them."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from station.errors import ErrorCode
from station.training.pack import from_json
from tests.models import build_bright_model
from tests.program import Answer, station
from tests.unit.training.test_quantize import build_network

LEVELS = {"good": (180, 150, 120, 101, 60), "dark": (20, 40, 98, 103, 170)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home 文")


@pytest.fixture(scope="module")
def folder(home: Path) -> Path:
    for label, levels in LEVELS.items():
        for level in levels:
            path = home / "parts" / label / f"{level}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(cv2.imencode(".png", np.full((64, 64), level, np.uint8))[1].tobytes())
    return home / "parts"


@pytest.fixture(scope="module")
def new(home: Path) -> Path:
    return build_bright_model(home / "new.onnx")


@pytest.fixture(scope="module")
def old(home: Path) -> Path:
    return build_bright_model(home / "old.onnx", level=140.0)


def says(answer: Answer, code: int, error: ErrorCode) -> None:
    assert answer.code == code, answer
    assert answer.error["error"] == error.value
    assert answer.error["message"] in answer.err


def test_evaluate_says_how_far_its_shares_reach(home: Path, folder: Path, new: Path) -> None:
    answer = station(home, "evaluate", new, folder, "--json")
    assert answer.code == 0, answer
    *rows, total = answer.rows
    assert len(rows) == total["n"] == 10
    assert total["escapes"] == 2
    rate = total["escape_rate"]
    assert rate["n"] == 5
    assert rate["rate"] == 0.4
    assert (rate["low"], rate["high"]) == pytest.approx((0.1176, 0.7693), abs=1e-4)


def test_evaluate_by_group(home: Path, folder: Path, new: Path) -> None:
    table = home / "lots.csv"
    names = [f"{label}/{level}.png" for label in LEVELS for level in LEVELS[label]]
    lines = [f"{name},{i % 2}" for i, name in enumerate(names)]
    table.write_text("\n".join(["file,lot", *lines]), "utf-8")
    words = ("evaluate", new, folder, "--json", "--group")
    total = station(home, *words, f"{table}:lot").rows[-1]
    assert total["escape_rate_by_group"]["n"] == 2
    says(station(home, *words, f"{table}:box"), 2, ErrorCode.RECIPE_BAD_VALUE)
    says(station(home, *words, "lots"), 2, ErrorCode.RECIPE_BAD_VALUE)


def test_evaluate_writes_a_report(home: Path, folder: Path, new: Path) -> None:
    answer = station(home, "evaluate", new, folder, "--report", home / "r", language="zh_CN")
    assert answer.code == 0, answer
    page = (home / "r" / "report.html").read_text("utf-8")
    assert '<html lang="zh-CN">' in page
    assert "漏检" in page
    pack = from_json((home / "r" / "evaluation.json").read_text("utf-8"))
    assert pack.models[0].figures.escapes.count == 2
    assert len(pack.models[0].robust) == 10


def test_a_report_that_cannot_be_written(home: Path, folder: Path, new: Path, old: Path) -> None:
    (home / "file").write_text("")
    for words in (("evaluate", new, folder), ("compare", new, old, folder)):
        answer = station(home, *words, "--report", home / "file", "--json")
        says(answer, 2, ErrorCode.OUTPUT_NOT_WRITABLE)
        assert len(answer.rows) == 1, "told before the work"


def test_labels_that_the_model_does_not_know(home: Path, new: Path, tmp_path: Path) -> None:
    for label, level in (("fine", 180), ("scratch", 170)):
        (tmp_path / "p" / label).mkdir(parents=True)
        data = cv2.imencode(".png", np.full((64, 64), level, np.uint8))[1].tobytes()
        (tmp_path / "p" / label / "a.png").write_bytes(data)
    says(
        station(home, "evaluate", new, tmp_path / "p", "--json"), 2, ErrorCode.DATASET_UNKNOWN_CLASS
    )
    answer = station(home, "evaluate", new, tmp_path / "p", "--good", "fine", "--json")
    total = answer.rows[-1]
    assert total["accuracy"] is None
    assert (total["escapes"], total["bad_total"], total["good_total"]) == (1, 1, 1)
    assert list(total["per_class"]) == ["fine", "scratch"]


def test_compare_names_what_changed_sides(home: Path, folder: Path, new: Path, old: Path) -> None:
    answer = station(home, "compare", new, old, folder, "--json")
    assert answer.code == 0, answer
    *changes, total = answer.rows
    assert {Path(row["path"]).name for row in changes} == {
        *("101.png", "120.png", "98.png", "103.png")
    }
    assert total["changed"] == len(changes)
    assert total["escapes"] == {"first": 2, "second": 1, "n": 5}
    assert total["mcnemar"]["all"]["reading"] == "too_few"
    assert total["mcnemar"]["all"]["p"] == 1.0
    assert (total["mcnemar"]["all"]["first_only"], total["mcnemar"]["all"]["second_only"]) == (2, 1)


def test_compare_for_people_is_legible(home: Path, folder: Path, new: Path, old: Path) -> None:
    answer = station(home, "compare", new, old, folder, "--report", home / "versus", language="de")
    assert answer.code == 0, answer
    assert "Zu wenige Teile haben gewechselt" in answer.out
    assert not set("[]{}()") & set(answer.out)
    assert "Nur Kandidat richtig" in (home / "versus" / "report.html").read_text("utf-8")


def test_compare_what_is_not_there(home: Path, folder: Path, new: Path) -> None:
    words = ("compare", new, home / "none.onnx", folder, "--json")
    says(station(home, *words), 2, ErrorCode.MODEL_NOT_FOUND)


def test_quantize_gives_both_figures_and_the_file_only_if_it_is_worth_it(
    home: Path, tmp_path: Path
) -> None:
    model = build_network(tmp_path / "whole.onnx")
    rng = np.random.default_rng(0)
    for label, level in (("good", 170), ("dark", 60)):
        (tmp_path / "p" / label).mkdir(parents=True)
        for i in range(6):
            pixels = np.clip(rng.normal(level, 20, (64, 64)), 0, 255).astype(np.uint8)
            data = cv2.imencode(".png", pixels)[1].tobytes()
            (tmp_path / "p" / label / f"{i}.png").write_bytes(data)
    out = tmp_path / "small.onnx"
    answer = station(home, "model", "quantize", model, tmp_path / "p", "--out", out, "--json")
    (row,) = answer.rows
    assert answer.code == (0 if row["offered"] else 1)
    assert out.exists() is row["offered"]
    assert row["offered"] is (row["speedup"] >= 1.5 and row["points_lost"] <= 0.3)
    assert row["fp32"]["accuracy"] == row["int8"]["accuracy"] == 1.0
    assert row["int8"]["bytes"] < row["fp32"]["bytes"]
    assert row["n"] == 8


def test_quantize_what_cannot_be(home: Path, folder: Path, new: Path, tmp_path: Path) -> None:
    words = ("model", "quantize", new, folder, "--json", "--out")
    answer = station(home, *words, tmp_path / "small.onnx")
    assert answer.code == 1
    assert answer.rows[-1]["refusal"] == "nothing_to_quantise"
    assert list(tmp_path.iterdir()) == []
    says(station(home, *words, tmp_path), 2, ErrorCode.OUTPUT_NOT_WRITABLE)
