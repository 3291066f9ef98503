"""A process learnt from a table, put to use, and bettered."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode, ModelError
from station.insight.process_card import FLAG, INPUT, NUMBER, Taught, opened
from station.insight.process_rows import read_matter
from station.insight.process_suggest import Question, suggest
from station.insight.process_train import Wish, train
from station.insight.process_use import evaluate, predict
from station.insight.tables import Table, read_table, some_rows
from tests.conftest import shared_data
from tests.processes import usage_of, write_process

USAGE = Wish("usage", ("scratch",), quick=True)


def quiet(step: str, share: float) -> None:
    assert 0 <= share <= 1


def written(path: Path, header: str, rows: Sequence[str]) -> Table:
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return read_table(path)


def codes(taught: Taught) -> list[ErrorCode]:
    return [fault.code for fault in taught.faults]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Taught:
    path = write_process(tmp_path_factory.mktemp("process") / "train.csv", 350)
    return train(read_table(path), USAGE, quiet)


@pytest.fixture(scope="module")
def flagged(tmp_path_factory: pytest.TempPathFactory) -> Taught:
    path = write_process(tmp_path_factory.mktemp("flags") / "train.csv", 500)
    return train(read_table(path), Wish("scratch", ("usage",), quick=True), quiet)


def test_the_one_that_errs_least_is_chosen_and_the_rest_is_told(taught: Taught) -> None:
    card = taught.card
    assert card.task == NUMBER
    errors = {name: one["rmse"] for name, one in card.candidates.items()}
    names = {"mean", "persistence", "linear", "mlp 32–16–1", "boosting", "mlp tuned", "blend"}
    assert names <= set(errors) == set(card.held_out)
    assert errors[card.method] == min(errors.values())
    assert card.held_out[card.method]["rmse"] < 0.5 * card.held_out["persistence"]["rmse"]
    assert card.held_out[card.method]["rmse"] < 1.0  # the noise is 0.5
    assert 0.8 < card.held_out[card.method]["coverage"] <= 1
    assert set(taught.left_out) == {"scratch", "fixed", "time"} - {card.time}
    assert codes(taught) == [ErrorCode.TABLE_TIME_TAKEN, ErrorCode.TABLE_CONSTANT]


def test_what_drives_is_found_in_its_order(taught: Taught) -> None:
    order = [one.columns for one in taught.card.drivers]
    assert order[0] == ("heat",)
    assert {order[1], order[2]} == {("mode",), ("speed",)}
    first, *_, last = taught.card.drivers
    assert first.share > 0.5 > 0.1 > last.share
    assert taught.card.explained > 0.9
    assert taught.card.sure


def test_equal_seeds_give_equal_files(taught: Taught, tmp_path: Path) -> None:
    table = read_table(write_process(tmp_path / "train.csv", 350))
    assert train(table, USAGE, quiet).model == taught.model


def test_later_rows_are_foretold_with_an_interval(taught: Taught, tmp_path: Path) -> None:
    table = read_table(write_process(tmp_path / "new.csv", 400, seed=3))
    model = opened(taught.model, tmp_path)
    *others, own = evaluate(model, table).rows
    assert [one["model"] for one in others[:2]] == ["mean", "persistence"]
    assert {"linear", "mlp 32–16–1", "boosting"} <= {one["model"] for one in (*others, own)}
    assert own["rmse"] < 1.0
    assert own["n"] == 400
    assert 0.8 < own["coverage"] < 0.98
    told = predict(model, table).rows
    assert [row["line"] for row in told] == list(range(2, 402))
    assert all(row["low"] < row["usage"] < row["high"] for row in told)


def test_flags_are_probabilities(flagged: Taught, tmp_path: Path) -> None:
    card = flagged.card
    assert (card.task, card.bad, card.good) == (FLAG, "1", "0")
    assert card.drivers[0].columns == ("heat",)
    table = read_table(write_process(tmp_path / "new.csv", 400, seed=3))
    model = opened(flagged.model, tmp_path)
    *others, own = evaluate(model, table).rows
    assert own["logloss"] < 0.75 * others[0]["logloss"]
    assert own["pr_auc"] > others[0]["pr_auc"] + 0.2
    rows = predict(model, table).rows
    assert all(0 <= row["probability"] <= 1 for row in rows)


def test_words_and_columns_must_be_those_learnt(taught: Taught, tmp_path: Path) -> None:
    model = opened(taught.model, tmp_path)
    row = "2024-02-01 08:00,180,50,{},0,20,7"
    for cells, code in (("C", ErrorCode.TABLE_UNKNOWN_WORD), ("", ErrorCode.TABLE_GAP)):
        table = written(
            tmp_path / "w.csv", "time,heat,speed,mode,scratch,usage,fixed", [row.format(cells)]
        )
        with pytest.raises(DatasetError) as error:
            predict(model, table)
        assert error.value.code is code
    with pytest.raises(DatasetError) as error:
        predict(model, written(tmp_path / "m.csv", "time,heat,mode", ["2024-01-01,180,A"]))
    assert error.value.code is ErrorCode.TABLE_NO_COLUMN
    assert error.value.fault.fact("column") == "speed"


def test_rows_beyond_what_was_learnt_and_gaps_are_told(taught: Taught, tmp_path: Path) -> None:
    rows = ["2024-02-01 08:00,900,50,A", "2024-02-01 08:30,,50,A", "2024-02-01 09:00,180,50,B"]
    told = predict(
        opened(taught.model, tmp_path), written(tmp_path / "b.csv", "time,heat,speed,mode", rows)
    )
    assert [row["line"] for row in told.rows] == [2, 4]
    found = {fault.code: fault for fault in told.faults}
    assert found[ErrorCode.TABLE_BEYOND].fact("columns") == "heat"
    assert found[ErrorCode.TABLE_GAPS_SKIPPED].fact("line") == "3"
    assert told.rows[0]["usage"] < 100  # not carried on without end


def test_better_settings_are_like_what_was_seen_and_do_better(
    taught: Taught, tmp_path: Path
) -> None:
    table = read_table(write_process(tmp_path / "now.csv", 80, seed=5))
    model, card = opened(taught.model, tmp_path), taught.card
    found = suggest(model, table, Question(("heat", "speed", "mode"), at={"mode": "B"}))
    to = {change.column: change.to for change in found.changes}
    assert to["mode"] == "A"
    assert card.least["heat"] < float(to["heat"]) < 180
    assert 0 < found.low < found.gain < found.high
    now = {change.column: change.was for change in found.changes}
    speed = float(to.get("speed", table.columns["speed"][-1]))
    truth = usage_of(float(to["heat"]), speed, "A")
    assert found.expected == pytest.approx(truth, abs=1.5)
    assert found.now - found.expected == pytest.approx(found.gain)
    assert now["mode"] == "B"
    assert found.near >= 4
    assert found.seen == pytest.approx(found.told, abs=1.0)


def test_the_other_way_round_is_more(taught: Taught, tmp_path: Path) -> None:
    table = read_table(write_process(tmp_path / "now.csv", 80, seed=5))
    found = suggest(opened(taught.model, tmp_path), table, Question(("heat",), maximise=True))
    (change,) = found.changes
    assert float(change.to) > float(change.was)
    assert found.expected > found.now
    assert found.gain == pytest.approx(found.expected - found.now)


def test_where_nothing_is_better_nothing_is_suggested(flagged: Taught, tmp_path: Path) -> None:
    table = read_table(write_process(tmp_path / "now.csv", 80, seed=5))
    model = opened(flagged.model, tmp_path)
    found = suggest(model, table, Question(("mode",)))  # it does nothing to scratches
    assert not found.changes
    assert found.gain == 0
    assert found.faults[-1].code is ErrorCode.PROCESS_NO_BETTER


def test_from_where_nobody_was_nothing_is_suggested(taught: Taught, tmp_path: Path) -> None:
    rows = ["2024-02-01 08:00,2000,900,A"]
    table = written(tmp_path / "far.csv", "time,heat,speed,mode", rows)
    found = suggest(opened(taught.model, tmp_path), table, Question(("speed",)))
    assert not found.changes
    assert ErrorCode.PROCESS_UNSEEN in [fault.code for fault in found.faults]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question(("steam",)), ErrorCode.PROCESS_NO_INPUT),
        (Question(("usage",)), ErrorCode.PROCESS_NO_INPUT),
        (Question(("hour of day (sine)",)), ErrorCode.PROCESS_NO_INPUT),
        (Question(("heat",), at={"heat": "900"}), ErrorCode.PROCESS_BAD_VALUE),
        (Question(("heat",), at={"mode": "Z"}), ErrorCode.PROCESS_BAD_VALUE),
        (Question(("heat",), at={"heat": "hot"}), ErrorCode.PROCESS_BAD_VALUE),
    ],
)
def test_what_cannot_be_asked(
    taught: Taught, tmp_path: Path, question: Question, code: ErrorCode
) -> None:
    table = read_table(write_process(tmp_path / "now.csv", 60))
    with pytest.raises(DatasetError) as error:
        suggest(opened(taught.model, tmp_path), table, question)
    assert error.value.code is code


def test_noise_is_driven_by_nothing(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    rows = [f"{rng.normal():.3f},{rng.normal():.3f},{rng.normal():.3f}" for _ in range(300)]
    table = written(tmp_path / "n.csv", "a,b,y", rows)
    taught = train(table, replace(USAGE, target="y", drop=()), quiet)
    assert codes(taught) == [ErrorCode.TABLE_ORDER_TAKEN, ErrorCode.PROCESS_NOTHING]
    assert taught.card.explained <= 0.05
    assert not taught.card.drivers
    found = suggest(opened(taught.model, tmp_path), table, Question(("a", "b")))
    assert not found.changes
    assert ErrorCode.PROCESS_NOTHING in [fault.code for fault in found.faults]


def test_columns_that_are_the_target_are_named(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = []
    for _ in range(80):
        x = rng.normal()
        y = x + rng.normal()
        rows.append(f"{x:.3f},{3 * y + 1:.3f},{np.exp(3 * y):.5f},{y:.3f}")
    table = written(tmp_path / "t.csv", "x,cost,log cost,y", rows)
    taught = train(table, replace(USAGE, target="y", drop=()), quiet)
    named = [fault.fact("column") for fault in taught.faults if fault.code is ErrorCode.TABLE_LEAK]
    assert named == ["cost", "log cost"]
    assert ErrorCode.PROCESS_TOO_GOOD in codes(taught)
    found = suggest(opened(taught.model, tmp_path), table, Question(("x", "cost")))
    assert found.faults[-1].code is ErrorCode.PROCESS_STANDS_IN
    assert not found.changes


def test_clocks_are_no_inputs_and_labels_of_the_bad_are_named(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    rows = []
    for k in range(160):
        x = rng.normal()
        ng = int(x + rng.normal() > 0.8)
        label = int(ng and rng.random() < 0.6)
        rows.append(f"{k / 7:.3f},{x:.3f},{ng},{label}")
    table = written(tmp_path / "t.csv", "hours,x,ng,label: dent", rows)
    matter = read_matter(table, "ng")
    assert matter.inputs.names == ("x", "label: dent")
    named = [one.fact("column") for one in matter.faults if one.code is ErrorCode.TABLE_LEAK]
    assert named == ["label: dent"]


def test_groups_are_foretold_by_other_groups(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    rows = []
    for group in range(12):
        shift = rng.normal(0, 3)
        for _ in range(20):
            x = rng.normal() + shift
            rows.append(f"G{group},{x:.3f},{rng.normal():.3f},{2 * x + rng.normal(0, 0.2):.3f}")
    table = written(tmp_path / "g.csv", "lot,x,z,y", rows)
    wish = replace(USAGE, target="y", drop=(), group="lot")
    card = train(table, wish, quiet).card
    assert "persistence" not in card.candidates
    assert card.group == "lot"
    assert "lot" not in card.columns
    assert card.held_out[card.method]["r2"] > 0.9
    with pytest.raises(DatasetError) as error:
        train(written(tmp_path / "f.csv", "lot,x,z,y", rows[:80]), wish, quiet)
    assert error.value.code is ErrorCode.TABLE_TOO_FEW_UNITS


def spoiled(rows: list[str], line: int, cell: str, column: int) -> list[str]:
    cells = rows[line - 2].split(",")
    cells[column] = cell
    return [*rows[: line - 2], ",".join(cells), *rows[line - 1 :]]


@pytest.mark.parametrize(
    ("line", "cell", "column", "code"),
    [
        (9, "warm", 0, ErrorCode.TABLE_NOT_A_NUMBER),
        (9, "much", 2, ErrorCode.TABLE_NOT_A_NUMBER),
    ],
)
def test_a_cell_that_is_wrong_is_named(
    tmp_path: Path, line: int, cell: str, column: int, code: ErrorCode
) -> None:
    rows = [f"{k % 7},{k % 5},{k % 7 + k % 3}" for k in range(90)]
    table = written(tmp_path / "t.csv", "x,z,y", spoiled(rows, line, cell, column))
    with pytest.raises(DatasetError) as error:
        train(table, Wish("y"), quiet)
    assert error.value.code is code
    assert error.value.fault.fact("line") == str(line)
    assert error.value.fault.fact("value") == cell


@pytest.mark.parametrize(
    ("wish", "rows", "code"),
    [
        (Wish("y"), 49, ErrorCode.TABLE_TOO_FEW),
        (Wish("w"), 90, ErrorCode.TABLE_NO_COLUMN),
        (Wish("y", drop=("w",)), 90, ErrorCode.TABLE_NO_COLUMN),
        (Wish("y", time="when"), 90, ErrorCode.TABLE_NO_COLUMN),
        (Wish("y", drop=("y",)), 90, ErrorCode.TABLE_TAKEN),
        (Wish("y", time="y"), 90, ErrorCode.TABLE_TAKEN),
        (Wish("c"), 90, ErrorCode.TABLE_TARGET_CONSTANT),
        (Wish("y", drop=("x", "z")), 90, ErrorCode.TABLE_NOTHING_LEFT),
        (Wish("word"), 90, ErrorCode.TABLE_ONE_CLASS),
    ],
)
def test_a_table_that_cannot_be_learnt_from(
    tmp_path: Path, wish: Wish, rows: int, code: ErrorCode
) -> None:
    lines = [f"{k % 7},{k % 5},{k % 7 + k % 3},3,{'abc'[k % 3]}" for k in range(rows)]
    table = written(tmp_path / "t.csv", "x,z,y,c,word", lines)
    drop = wish.drop if wish.target == "word" else (*wish.drop, "word")
    with pytest.raises(DatasetError) as error:
        train(table, replace(wish, drop=drop), quiet)
    assert error.value.code is code


def test_gaps_are_left_out_while_they_are_few(tmp_path: Path) -> None:
    rows = [f"{k % 7},{k % 5},{k % 7 + k % 3},{'' if k % 2 else k % 4}" for k in range(120)]
    table = written(tmp_path / "t.csv", "x,z,y,hollow", spoiled(rows, 9, "", 0))
    taught = train(table, Wish("y", quick=True), quiet)
    found = {fault.code: fault for fault in taught.faults}
    assert found[ErrorCode.TABLE_HOLLOW].fact("columns") == "hollow"
    assert found[ErrorCode.TABLE_GAPS_SKIPPED].fact("line") == "9"
    assert found[ErrorCode.TABLE_GAPS_SKIPPED].fact("column") == "x"
    assert taught.card.rows == 119
    for line in range(2, 60):
        rows = spoiled(rows, line, "", 2)
    with pytest.raises(DatasetError) as error:
        train(written(tmp_path / "g.csv", "x,z,y,hollow", rows), Wish("y"), quiet)
    assert error.value.code is ErrorCode.TABLE_GAP


def test_a_card_that_was_tampered_with_is_refused(taught: Taught, tmp_path: Path) -> None:
    import onnx

    model = onnx.load_from_string(taught.model)
    assert [one.name for one in model.graph.input] == [INPUT]
    for one in model.metadata_props:
        if one.key == "station.process":
            one.value = one.value.replace('"explained": ', '"explained": "so" , "more": ')
    with pytest.raises(ModelError) as error:
        opened(model.SerializeToString(), tmp_path)
    assert error.value.code is ErrorCode.MODEL_BAD_CARD


@pytest.mark.data
def test_the_energy_of_a_steel_works_is_foretold_better_than_by_each_simpler_model() -> None:
    table = read_table(shared_data("steel_energy") / "train" / "steel_jan_sep.csv")
    fortnight = some_rows(table, range(1344))
    wish = Wish("Usage_kWh", ("CO2(tCO2)",), time="date", quick=True)
    taught = train(fortnight, wish, quiet)
    card = taught.card
    held = {name: one["rmse"] for name, one in card.held_out.items()}
    for name in ("mean", "persistence", "linear", "mlp 32–16–1", "boosting"):
        assert held[card.method] < held[name], name
    assert held[card.method] < 0.5 * held["boosting"]
    assert ErrorCode.PROCESS_TOO_GOOD in codes(taught)
