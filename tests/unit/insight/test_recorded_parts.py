"""Parts with what became of them and what was read with them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from station.domain.inspection import Decision, DecisionKind, Verdict
from station.domain.process import ProcessValue
from station.errors import ErrorCode, Fault
from station.insight.recorded_parts import Parts, parts, parts_table
from station.insight.tables import numbers, texts
from station.store.history import Filter
from station.store.store import Store
from tests.judged import MORNING, record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as opened:
        yield opened


def parts_of(store: Store, most: int = 100, **scope: Any) -> Parts:
    with store.reader.connection() as connection:
        return parts(connection, Filter(**scope), most)


def ng(label: str) -> dict[str, Any]:
    return {"verdict": Verdict.NG, "label": label, "score": 0.9}


def test_what_became_of_a_part_is_a_persons_word_before_the_verdict(store: Store) -> None:
    one = record(store, 1, {"heat": 1}, **ng("scratch"))
    record(store, 2, {"heat": 2}, **ng("dent"))
    record(store, 3, {"heat": 3})
    store.decide(Decision(one.uid, DecisionKind.ACCEPT, one.at_ms + 1, "Lee", "good"))
    found = parts_of(store)
    assert found.ng.tolist() == [False, True, False]
    assert found.labels == ("good", "dent", "good")
    assert found.defects == ("dent",)
    assert found.has("dent").tolist() == [False, True, False]


def test_what_waits_was_not_inspected_or_has_no_values_is_left_out(store: Store) -> None:
    record(store, 1, {"heat": 1})
    record(store, 2, {"heat": 2}, verdict=Verdict.REVIEW)
    fault = Fault(ErrorCode.CAMERA_LOST, (("source", "x"),))
    record(store, 3, {"heat": 3}, verdict=Verdict.NOT_INSPECTED, fault=fault)
    record(store, 4, {})
    assert parts_of(store).recorded.values.tolist() == [[1]]


def test_values_stand_beside_their_part_and_a_missing_one_is_a_gap(store: Store) -> None:
    store.add_values([ProcessValue("hall", 20, "", "plc", MORNING)])
    record(store, 1, {"heat": 1, "level": 5})
    record(store, 2, {"heat": 2})
    found = parts_of(store).recorded
    assert found.columns == ("heat", "level")
    np.testing.assert_array_equal(found.values, [[1, 5], [2, np.nan]])
    assert found.at_ms.tolist() == [MORNING + 60_000, MORNING + 120_000]


def test_the_scope_and_the_newest_of_it(store: Store) -> None:
    for number in range(1, 8):
        record(store, number, {"heat": number}, lot="A" if number % 2 else "B")
    assert parts_of(store, lot="B").recorded.values.ravel().tolist() == [2, 4, 6]
    assert parts_of(store, most=2).recorded.values.ravel().tolist() == [6, 7]
    span = {"since_ms": MORNING + 3 * 60_000, "until_ms": MORNING + 5 * 60_000}
    assert parts_of(store, **span).recorded.values.ravel().tolist() == [3, 4]
    assert parts_of(store, recipe="other").recorded.columns == ()
    assert len(parts_of(store, recipe="other")) == 0


def test_as_a_table_with_a_flag_for_each_defect(store: Store, tmp_path: Path) -> None:
    record(store, 1, {"heat": 1.5}, **ng("scratch"))
    record(store, 31, {"heat": 2.5, "level": 4}, **ng("dent"))
    record(store, 61, {"heat": 3.5}, lot="L2")
    table = parts_table(parts_of(store), tmp_path)
    names = ("time", "hours", "lot", "ng", "label: dent", "label: scratch", "heat", "level")
    assert table.names == names
    assert numbers(table, "hours").tolist() == [0, 0.5, 1]
    assert texts(table, "lot") == ("L1", "L1", "L2")
    assert texts(table, "ng") == ("1", "1", "0")
    assert texts(table, "label: dent") == ("0", "1", "0")
    assert list(table.columns["level"]) == ["", "4.0", ""]
