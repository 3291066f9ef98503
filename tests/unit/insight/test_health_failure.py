"""Failures of single rows and of whole groups."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.insight.health_card import Taught, opened
from station.insight.health_crossing import RATIOS, WAYS, crossed, ways_for
from station.insight.health_failure import FailureWish, stratified, train_failure
from station.insight.health_groups import GroupWish, train_groups
from station.insight.health_rows import find_columns, find_target
from station.insight.health_use import evaluate, predict
from station.insight.tables import read_folder, read_table
from tests.wear import write_failures, write_runs


def quiet(step: str, share: float) -> None:
    assert 0 <= share <= 1


def written(path: Path, header: str, rows: Sequence[str]) -> Path:
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Taught:
    path = write_failures(tmp_path_factory.mktemp("rows") / "train.tsv")
    return train_failure(read_table(path), FailureWish("failed"), quiet)


def test_a_product_of_columns_is_found(taught: Taught, tmp_path: Path) -> None:
    assert "products" in taught.card.method
    assert taught.card.columns == ("kind", "speed", "torque")
    assert set(taught.left_out) == {"row", "serial"}
    assert taught.card.metrics["pr_auc"] > 0.95
    table = read_table(write_failures(tmp_path / "new.tsv", seed=5))
    model = opened(taught.model, tmp_path)
    (row,) = evaluate(model, table).rows
    assert row["n"] == 800
    assert row["f1"] > 0.85
    rows = predict(model, table).rows
    assert [row["line"] for row in rows] == list(range(2, 802))
    said = np.array([row["failed"] == "1" for row in rows])
    truth = find_target(table, "failed").bad
    assert np.mean(said == truth) > 0.95


def test_a_word_that_was_never_learnt_is_named(taught: Taught, tmp_path: Path) -> None:
    path = written(tmp_path / "n.tsv", "kind\tspeed\ttorque", ["A\t1000\t50", "Z\t1000\t50"])
    with pytest.raises(DatasetError) as error:
        predict(opened(taught.model, tmp_path), read_table(path))
    assert error.value.code is ErrorCode.TABLE_UNKNOWN_WORD
    assert error.value.fault.fact("value") == "Z"
    assert error.value.fault.fact("line") == "3"


def test_columns_that_are_the_target_are_named(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = []
    for _ in range(400):
        bad = rng.random() < 0.2
        part = int(bad and rng.random() < 0.5)  # says it sometimes, and then always rightly
        rows.append(f"{rng.normal():.3f},{part},{bad * 3.1 + rng.normal(0, 0.01):.3f},7,{int(bad)}")
    path = written(tmp_path / "t.csv", "x,cause,scaled,fixed,failed", rows)
    taught = train_failure(read_table(path), FailureWish("failed"), quiet)
    named = [fault.fact("column") for fault in taught.faults if fault.code is ErrorCode.TABLE_LEAK]
    assert named == ["cause", "scaled"]
    constant = [f.fact("columns") for f in taught.faults if f.code is ErrorCode.TABLE_CONSTANT]
    assert constant == ["fixed"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["1,0"] * 20 + ["2,1"] * 20, ErrorCode.TABLE_TOO_FEW),
        (["1,0", "2,0"] * 40, ErrorCode.TABLE_ONE_CLASS),
        (["1,0", "2,0"] * 40 + ["1,1"] * 3, ErrorCode.TABLE_ONE_CLASS),
        (["1,0", "2,1", "2,2"] * 40, ErrorCode.TABLE_ONE_CLASS),
        (["1,0", "1,1"] * 40, ErrorCode.TABLE_NOTHING_LEFT),
        (["1,0", "2,1"] * 40 + ["warm,1"], ErrorCode.TABLE_NOT_A_NUMBER),
        (["1,0", "2,1"] * 40 + [",1"], ErrorCode.TABLE_GAP),
        (["1,0", "2,1"] * 40 + ["2,"], ErrorCode.TABLE_GAP),
    ],
)
def test_a_table_that_cannot_be_learnt_from(
    tmp_path: Path, rows: list[str], code: ErrorCode
) -> None:
    path = written(tmp_path / "t.csv", "x,failed", rows)
    with pytest.raises(DatasetError) as error:
        train_failure(read_table(path), FailureWish("failed"), quiet)
    assert error.value.code is code


def test_which_value_is_bad(tmp_path: Path) -> None:
    rows = ["1,worn,0"] * 30 + ["2,fresh,1"] * 40
    table = read_table(written(tmp_path / "t.csv", "x,tool,flag", rows))
    assert find_target(table, "tool").bad_word == "worn"
    assert find_target(table, "flag").bad_word == "1"
    assert find_target(table, "tool", "fresh").good_word == "worn"
    with pytest.raises(DatasetError) as error:
        find_target(table, "tool", "blunt")
    assert error.value.code is ErrorCode.TABLE_ONE_CLASS
    with pytest.raises(DatasetError) as error:
        find_columns(table, ("tool", "wear"))
    assert error.value.code is ErrorCode.TABLE_NO_COLUMN


def test_crossed_columns_are_calculated_in_the_graph() -> None:
    rows = np.array([[1, 2, 4, 9], [2, 0, 5, 9]], np.float32)
    found = crossed(rows, WAYS[-1], (0, 1, 2))
    assert found.shape == (2, 4 + 9)
    np.testing.assert_allclose(found[0, 4:], [2, 4, 8, -1, -3, -2, 0.5, 0.25, 0.5])
    assert np.isfinite(found).all()
    assert RATIOS not in ways_for(1)[-1]


def test_folds_hold_both_classes_alike() -> None:
    bad = np.arange(103) % 10 == 0
    folds = stratified(bad, 5, 0)
    assert [int(bad[folds == k].sum()) for k in range(5)] in ([3, 2, 2, 2, 2], [2, 3, 2, 2, 2])
    assert {int((folds == k).sum()) for k in range(5)} <= {20, 21, 22}


def test_worn_tools_are_told_by_runs_that_were_not_learnt_from(tmp_path: Path) -> None:
    table = read_folder(write_runs(tmp_path / "runs", 24))
    taught = train_groups(table, GroupWish("tool", "run", bad="worn", window=20), quiet)
    assert taught.card.metrics["balanced_accuracy"] > 0.8
    assert taught.card.metrics["groups"] == 24
    model = opened(taught.model, tmp_path)
    new = read_folder(write_runs(tmp_path / "new", seed=9))
    (row,) = evaluate(model, new).rows
    assert row["n"] == 8
    assert row["balanced_accuracy"] > 0.8
    rows = predict(model, new).rows
    assert [row["run"] for row in rows] == [f"{k:02}" for k in range(1, 9)]


def test_a_group_must_have_one_value_and_there_must_be_enough(tmp_path: Path) -> None:
    rows = [f"{k % 6},{k % 7},{'worn' if k % 2 else 'fresh'}" for k in range(90)]
    mixed = [row.replace("0,", "1,", 1) for row in rows]
    table = read_table(written(tmp_path / "t.csv", "run,force,tool", mixed))
    with pytest.raises(DatasetError) as error:
        train_groups(table, GroupWish("tool", "run"), quiet)
    assert error.value.code is ErrorCode.TABLE_GROUP_MIXED
    few = [f"{k % 2},{k % 7},{'worn' if k % 2 else 'fresh'}" for k in range(90)]
    table = read_table(written(tmp_path / "f.csv", "run,force,tool", few))
    with pytest.raises(DatasetError) as error:
        train_groups(table, GroupWish("tool", "run"), quiet)
    assert error.value.code is ErrorCode.TABLE_TOO_FEW_UNITS
