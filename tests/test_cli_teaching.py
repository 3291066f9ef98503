"""`station train` as it is typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from station.cli import app
from tests.unit.training.conftest import write_parts


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, words)])


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    return write_parts(tmp_path / "parts", 0, 5)


def test_a_model_and_its_report_are_written(parts: Path, tmp_path: Path) -> None:
    table = tmp_path / "lots.csv"
    table.write_text("file,lot\nline/000.png,A\nline/001.png,A\n", "utf-8")
    result = run(
        *(parts, "--out", tmp_path / "m.onnx", "--group", f"{table}:lot", "--folds", 3),
        *("--augment", "light,flip", "--report", tmp_path / "report", "--json"),
    )
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout.splitlines()[-1])
    assert row["n"] == 15
    assert row["table"] == []
    assert (row["bad_total"], row["good_total"]) == (10, 5)
    assert Path(row["report"]).is_file()
    assert (tmp_path / "report" / "evaluation.json").is_file()
    assert Path(row["out"]).read_bytes()


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--method", "magic", "method_unknown"),
        ("--augment", "explode", "recipe_bad_value"),
        ("--folds", "1", "recipe_bad_value"),
        ("--size", "225", "recipe_bad_value"),
        ("--group", "lots.csv", "recipe_bad_value"),
        ("--group", "no.csv:lot", "recipe_bad_value"),
        ("--good", "perfect", "dataset_unknown_class"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(
    parts: Path, tmp_path: Path, option: str, value: str, code: str
) -> None:
    result = run(parts, "--out", tmp_path / "m.onnx", option, value, "--json")
    assert result.exit_code == 2, result.output
    assert json.loads(result.stdout.splitlines()[-1])["error"] == code
    assert not (tmp_path / "m.onnx").exists()
