"""`station process` as it is typed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from station.cli import app
from tests.processes import write_process
from tests.wear import write_lives

pytestmark = pytest.mark.usefixtures("qapp")  # a sentence takes the application that there is

USAGE = ("--target", "usage", "--drop", "scratch")


def run(*words: object, area: str = "process") -> Result:
    return CliRunner().invoke(app, [area, *map(str, words)])


def rows_of(*words: object) -> list[dict[str, object]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table, its model and what training printed."""
    folder = tmp_path_factory.mktemp("process")
    file = write_process(folder / "train.csv", 300)
    words = ("process", "train", file, *USAGE, "--out", folder / "m.onnx", "--json")
    command = [sys.executable, "-m", "station", *map(str, words)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    (folder / "printed.jsonl").write_text(found.stdout, "utf-8")
    (folder / "said.txt").write_text(found.stderr, "utf-8")
    return folder


def test_training_prints_every_model_and_the_chosen_one_last(folder: Path) -> None:
    printed = (folder / "printed.jsonl").read_text("utf-8").splitlines()
    *tried, last = [json.loads(line) for line in printed]
    errors = [row["rmse"] for row in tried]
    assert errors == sorted(errors, reverse=True)
    assert last["chosen"] == tried[-1]["model"]
    assert all("held_out_rmse" in row for row in tried)
    assert last["held_out"]["rmse"] == tried[-1]["held_out_rmse"]
    assert last["drivers"][0]["column"] == "heat"
    assert [one["warning"] for one in last["warnings"]] == ["table_time_taken", "table_constant"]
    assert "fixed" in (folder / "said.txt").read_text("utf-8")


def test_a_model_is_put_to_use(folder: Path, tmp_path: Path) -> None:
    new = write_process(tmp_path / "new.csv", 100, seed=2)
    *others, own = rows_of("evaluate", folder / "m.onnx", new)
    assert others[0]["model"] == "mean"
    assert list(own) == ["model", "rmse", "mae", "r2", "coverage", "n"]
    told = rows_of("predict", folder / "m.onnx", new)
    assert len(told) == 100
    assert list(told[0]) == ["line", "usage", "low", "high"]
    present = "heat=184,speed=50,mode=B"
    found = rows_of("suggest", folder / "m.onnx", new, "--set", "heat,mode", "--at", present)
    *changes, last = found
    assert {row["column"] for row in changes} == {"heat", "mode"}
    assert last["changes"] == 2
    assert 0 < float(str(last["low"])) < float(str(last["gain"]))
    plain = run("suggest", folder / "m.onnx", new, "--set", "heat", "--maximise")
    assert plain.stdout.startswith("column heat  was ")
    assert "Change one thing at a time" in plain.stderr


def test_the_table_that_was_learnt_from_flatters(folder: Path) -> None:
    result = run("evaluate", folder / "m.onnx", folder / "train.csv")
    assert "flatter" in result.stderr


def test_foretelling_needs_neither_scikit_learn_nor_onnx(folder: Path) -> None:
    words = ["station", "process", "predict", str(folder / "m.onnx"), str(folder / "train.csv")]
    code = (
        "import sys; from station.cli import app\n"
        f"sys.argv = {words!r}\n"
        "try: app()\n"
        "finally: print(sorted({'sklearn', 'onnx', 'scipy'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert len(found.stdout.splitlines()) == 301
    assert found.stdout.splitlines()[-1] == "[]", found


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("train.csv", "--target", "steam"), "table_no_column", 2),
        (("train.csv", "--target", "usage", "--drop", "steam"), "table_no_column", 2),
        (("train.csv", "--target", "usage", "--drop", "usage"), "table_taken", 2),
        (("train.csv", "--target", "fixed"), "table_target_constant", 1),
        (("no.csv", "--target", "usage"), "table_not_found", 2),
        (("short.csv", "--target", "usage"), "table_too_few", 1),
        (("units.csv", "--target", "usage", "--time", "time"), "table_time_changes", 1),
        (("text.csv", "--target", "usage"), "table_not_a_number", 1),
    ],
)
def test_what_cannot_be_learnt_is_said_and_nothing_is_written(
    tmp_path: Path, words: tuple[object, ...], code: str, exit_code: int
) -> None:
    header, *lines = write_process(tmp_path / "train.csv", 200).read_text("utf-8").splitlines()
    (tmp_path / "short.csv").write_text("\n".join((header, *lines[:49])), "utf-8")
    counted = [
        f"{k if k < 100 else 99 + 1000 * (k - 99)},{line.partition(',')[2]}"
        for k, line in enumerate(lines)
    ]
    (tmp_path / "units.csv").write_text("\n".join((header, *counted)), "utf-8")
    lines[30] = lines[30].rpartition(",")[0].rpartition(",")[0] + ",a lot,7"
    (tmp_path / "text.csv").write_text("\n".join((header, *lines)), "utf-8")
    name, *rest = words
    out = tmp_path / "m.onnx"
    result = run("train", tmp_path / str(name), *rest, "--out", out, "--no-background", "--json")
    assert result.exit_code == exit_code, result.output
    row = json.loads(result.stdout.splitlines()[-1])
    assert row["error"] == code
    assert code not in row["message"]
    assert not out.exists()


def test_wrong_use(folder: Path, tmp_path: Path) -> None:
    file, model = folder / "train.csv", folder / "m.onnx"
    both = ("--time", "time", "--group", "mode")
    assert run("train", file, *USAGE, *both, "--out", tmp_path / "x.onnx").exit_code == 2
    assert run("suggest", model, file).exit_code == 2
    assert run("suggest", model, file, "--set", "steam").exit_code == 2
    assert run("suggest", model, file, "--set", "heat", "--at", "first").exit_code == 2


def test_models_of_another_kind_are_refused(folder: Path, tmp_path: Path) -> None:
    file = write_lives(tmp_path / "lives.csv", 8)
    words = ("--unit", "machine", "--time", "hour", "--method", "boosting", "--window", 20)
    health = tmp_path / "health.onnx"
    made = run("train", file, *words, "--out", health, "--no-background", area="health")
    assert made.exit_code == 0, made.output
    (tmp_path / "text.onnx").write_bytes(b"no model")
    process = folder / "m.onnx"
    for area, model, code in (
        ("process", health, "model_other_kind"),
        ("health", process, "model_other_kind"),
        ("process", tmp_path / "text.onnx", "model_not_onnx"),
        ("process", tmp_path / "none.onnx", "model_not_found"),
    ):
        result = run("predict", model, folder / "train.csv", "--json", area=area)
        assert result.exit_code in (1, 2)
        assert json.loads(result.stdout.splitlines()[-1])["error"] == code
