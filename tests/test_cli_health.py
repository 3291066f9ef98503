"""`station health` as it is typed."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from station.cli import app
from station.insight.health_card import FORETOLD, HIGH, LOW, open_model
from station.insight.health_recurrent import has_torch
from station.insight.health_series import read_run
from station.insight.health_windows import last_window, with_age
from station.insight.tables import read_table
from tests.conftest import shared_data
from tests.wear import cut_lives, write_failures, write_lives, write_runs

pytestmark = pytest.mark.usefixtures("qapp")  # a sentence takes the application that there is

LIVES = ("--unit", "machine", "--time", "hour", "--cap", 50, "--window", 20)
SLACK = 3  # a test shares its cores with others
FD001 = ("--unit", "unit", "--time", "cycle")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["health", *map(str, words)])


def taught(*words: object) -> dict[str, object]:
    result = run("train", *words, "--no-background", "--json")
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(row, dict)
    return row


def rows_of(*words: object) -> list[dict[str, float]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def engine_ms(model: Path, file: Path) -> float:
    """The median time to foretell one engine, without reading the files."""
    opened, took = open_model(model), []
    for one in read_run(read_table(file), "unit", "cycle", opened.card.columns).series:
        began = time.perf_counter()
        opened.ask(last_window(with_age(one), opened.card.window), FORETOLD, LOW, HIGH)
        took.append(1e3 * (time.perf_counter() - began))
    return statistics.median(took)


def test_lives_are_learnt_evaluated_and_foretold(tmp_path: Path) -> None:
    file, model = write_lives(tmp_path / "train.csv", 20), tmp_path / "m.onnx"
    write_lives(tmp_path / "whole.csv", 10, seed=3)
    cut_lives(tmp_path / "whole.csv", tmp_path / "test.csv", tmp_path / "truth.txt")
    row = taught(file, *LIVES, "--method", "boosting", "--out", model)
    assert row["columns"] == ["heat", "level"]
    assert row["validated"] == "5 folds of whole series by machine"
    card = open_model(model).card
    assert (card.time_unit, card.step) == ("h", 1)
    assert card.seen["level"][0] < 1.6 < 2.9 < card.seen["level"][1]
    assert [one["warning"] for one in row["warnings"]] == ["table_constant"]  # type: ignore[attr-defined]
    last = rows_of("evaluate", model, tmp_path / "test.csv", "--truth", tmp_path / "truth.txt")[-1]
    assert list(last) == ["rmse", "score", "coverage", "n"]
    foretold = rows_of("predict", model, tmp_path / "test.csv")
    assert len(foretold) == last["n"] == 10
    assert {"machine", "hour", "rul", "low", "high"} <= set(foretold[0])
    plain = run("predict", model, tmp_path / "test.csv")
    assert plain.stdout.startswith("machine M0  hour ")


def test_failures_of_rows_and_of_groups(tmp_path: Path) -> None:
    file = write_failures(tmp_path / "rows.tsv", 400)
    row = taught(file, "--target", "failed", "--drop", "serial", "--out", tmp_path / "f.onnx")
    assert (row["task"], row["validated"]) == ("failure", "5 folds, stratified")
    assert rows_of("evaluate", tmp_path / "f.onnx", file)[-1]["n"] == 400
    runs = write_runs(tmp_path / "runs", 8)
    words = ("--target", "tool", "--group", "run", "--bad", "worn", "--window", 20)
    row = taught(runs, *words, "--skip", "force=0", "--out", tmp_path / "g.onnx")
    assert (row["task"], row["validated"]) == ("groups", "leaving out one run after the other")
    assert len(rows_of("predict", tmp_path / "g.onnx", runs)) == 8


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("train", "lives.csv", "--unit", "engine", "--time", "hour"), "table_no_column", 2),
        (("train", "no.csv", *LIVES), "table_not_found", 2),
        (("train", "lives.csv", *LIVES, "--method", "magic"), "method_unknown", 2),
        (("train", "lives.csv", *LIVES, "--skip", "heat"), "table_skip", 2),
        (("train", "lives.csv", *LIVES, "--drop", "heat,level"), "table_nothing_left", 1),
        (("train", "short.csv", *LIVES), "table_too_few", 1),
        (("train", "lives.csv", "--target", "fixed"), "table_one_class", 1),
    ],
)
def test_what_cannot_be_learnt_is_said_and_nothing_is_written(
    tmp_path: Path, words: tuple[object, ...], code: str, exit_code: int
) -> None:
    lines = write_lives(tmp_path / "lives.csv", 6).read_text("utf-8").splitlines()
    (tmp_path / "short.csv").write_text("\n".join(lines[:40]), "utf-8")
    command, name, *rest = words
    out = tmp_path / "m.onnx"
    result = run(command, tmp_path / str(name), *rest, "--out", out, "--no-background", "--json")
    assert result.exit_code == exit_code, result.output
    row = json.loads(result.stdout.splitlines()[-1])
    assert row["error"] == code
    assert code not in row["message"]
    assert not out.exists()


def test_foretelling_needs_neither_scikit_learn_nor_onnx_nor_torch(tmp_path: Path) -> None:
    file, model = write_lives(tmp_path / "train.csv", 8), tmp_path / "m.onnx"
    taught(file, *LIVES, "--method", "boosting", "--out", model)
    code = (
        "import sys; from station.cli import app\n"
        f"sys.argv = ['station', 'health', 'predict', {str(model)!r}, {str(file)!r}]\n"
        "try: app()\n"
        "finally: print(sorted({'sklearn', 'onnx', 'torch'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert len(found.stdout.splitlines()) == 9
    assert found.stdout.splitlines()[-1] == "[]", found


def test_the_program_learns_in_the_background_and_tells_how_good_it_is(tmp_path: Path) -> None:
    file, model = write_lives(tmp_path / "train.csv", 8), tmp_path / "m.onnx"
    lesson = (*LIVES, "--method", "boosting", "--time-unit", "cycles")
    words = ("health", "train", file, *lesson, "--out", model, "--json")
    command = [sys.executable, "-m", "station", *map(str, words)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
    row = json.loads(found.stdout)
    assert row["validation"]["units"] == 8
    assert row["validation"]["rmse"] < 25
    assert open_model(model).card.counts_in == "cycles"
    assert "fixed" in found.stderr


def test_lives_or_a_target_and_not_both(tmp_path: Path) -> None:
    file = write_lives(tmp_path / "lives.csv", 6)
    for words in ((), (*LIVES, "--target", "fixed"), ("--unit", "machine")):
        assert run("train", file, "--out", tmp_path / "m.onnx", *words).exit_code == 2


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = write_lives(tmp_path / "lives.csv", 6)
    (tmp_path / "m.onnx").write_bytes(b"no model")
    result = run("predict", tmp_path / "m.onnx", file, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"] == "model_not_onnx"


@pytest.mark.data
def test_the_engines_of_cmapss_by_boosting(tmp_path: Path) -> None:
    """The figures are printed; a life takes 5 ms at most."""
    folder, model = shared_data("cmapss_fd001"), tmp_path / "m.onnx"
    words = (*FD001, "--method", "boosting", "--out", model)
    print(taught(folder / "train_FD001.txt", *words))
    truth = ("--truth", folder / "RUL_FD001.txt")
    row = rows_of("evaluate", model, folder / "test_FD001.txt", *truth)[-1]
    print(row)
    assert row["n"] == 100
    assert row["rmse"] < 15.5  # published: LSTM 16.14, DCNN 12.61
    assert row["coverage"] > 0.8
    took = engine_ms(model, folder / "test_FD001.txt")
    print(f"{took:.2f} ms an engine")
    assert took < 5 * SLACK


@pytest.mark.data
def test_failures_of_ai4i_without_the_flags_that_are_parts_of_the_target(tmp_path: Path) -> None:
    file = shared_data("ai4i2020") / "train" / "ai4i2020_train.tsv"
    words = ("--target", "Machine failure", "--drop", "TWF,HDF,PWF,OSF,RNF")
    row = taught(file, *words, "--out", tmp_path / "m.onnx")
    print(row)
    assert row["warnings"] == []
    figures = row["validation"]
    assert figures["pr_auc"] >= 0.85  # type: ignore[index]
    assert figures["f1"] >= 0.80  # type: ignore[index]


@pytest.mark.data
def test_the_parts_of_the_target_of_ai4i_are_named_as_leaks(tmp_path: Path) -> None:
    from station.insight.health_rows import find_columns, find_target, leaks, rows_of

    table = read_table(shared_data("ai4i2020") / "train" / "ai4i2020_train.tsv")
    columns, _ = find_columns(table, ("Machine failure",))
    target = find_target(table, "Machine failure")
    faults = leaks(rows_of(table, columns), columns, target, "Machine failure")
    assert [fault.fact("column") for fault in faults] == ["TWF", "HDF", "PWF", "OSF"]


@pytest.mark.data
def test_worn_tools_by_experiments_that_were_not_learnt_from(tmp_path: Path) -> None:
    folder = shared_data("cnc_tool_wear") / "train"
    words = ("--target", "tool_condition", "--group", "experiment", "--bad", "worn")
    skip = ("--skip", "M1_CURRENT_FEEDRATE=50,X1_ActualPosition=198")
    row = taught(folder, *words, *skip, "--out", tmp_path / "m.onnx")
    print(row)
    assert row["validation"]["groups"] == 12  # type: ignore[index]


@pytest.mark.data
@pytest.mark.skipif(not has_torch(), reason="torch is not installed: the extra train-torch")
def test_a_short_lesson_of_a_recurrent_network_on_cmapss(tmp_path: Path) -> None:
    """Whole lessons take minutes; a short one must already learn, and run in the engine."""
    from dataclasses import replace

    from station.insight.health_card import opened
    from station.insight.health_life import LifeWish, train_life
    from station.insight.health_recurrent import Plan
    from station.insight.health_use import evaluate
    from station.insight.tables import some_rows, texts

    folder = shared_data("cmapss_fd001")
    table = read_table(folder / "train_FD001.txt")
    units = [int(unit) for unit in texts(table, "unit")]
    few = some_rows(table, [k for k, unit in enumerate(units) if unit <= 40])
    others = some_rows(table, [k for k, unit in enumerate(units) if unit > 80])
    plan = replace(Plan(), window=40, steps=150)
    learnt = train_life(few, LifeWish("unit", "cycle", plan=plan), lambda step, share: None)
    model = opened(learnt.model, folder)
    row = evaluate(model, others).rows[-1]
    print(row)
    assert row["rmse"] < 25  # guessing the mean gives 42
