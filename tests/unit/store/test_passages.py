"""Parts read as columns: what a row says, what a person says later, and only what is new."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.domain.inspection import Decision, DecisionKind, Inspection, Verdict
from station.domain.part import Part
from station.store.history import Filter
from station.store.passages import (
    ACCEPTED,
    OUTCOMES,
    REJECTED,
    VERDICTS,
    Named,
    Passages,
    read_first,
    read_last,
    read_on,
    read_passages,
)
from station.store.queries import Reader
from station.store.store import Store
from station.store.tallies import decided, first_hour
from tests.unit.store.conftest import MORNING
from tools.history_bench import START_MS, STEP_MS, build

HOUR = 3_600_000
Keep = Callable[..., Inspection]
Says = Callable[..., Decision]


def read(store: Store, wanted: Filter | None = None) -> Passages:
    with store.reader.connection() as connection:
        return read_passages(connection, wanted or Filter())


def more(store: Store, before: Passages, wanted: Filter | None = None) -> Passages:
    with store.reader.connection() as connection:
        return read_on(connection, wanted or Filter(), before)


def words(column: Named) -> list[str]:
    return [column.words[code] for code in column.codes]


def outcomes(found: Passages) -> list[str]:
    return [OUTCOMES[code].value for code in found.outcome]


def test_every_column_says_what_was_recorded(store: Store, keep: Keep) -> None:
    keep(1, verdict=Verdict.NG, label="scratch", score=0.75, unlike=0.5, operator="Ada")
    keep(2, verdict=Verdict.REVIEW, waits=True, brightness=101.5, sharpness=7.0, recipe="ring")
    keep(3, verdict=Verdict.NOT_INSPECTED, label=None, score=None, model="other.onnx")
    found = read(store)
    assert [VERDICTS[code] for code in found.verdict] == ["NG", "REVIEW", "NOT_INSPECTED"]
    assert found.at_ms.tolist() == [MORNING + 1000 * number for number in (1, 2, 3)]
    assert outcomes(found) == ["ng", "review", "not_inspected"]
    assert found.waits.tolist() == [False, True, False]
    assert words(found.label) == ["scratch", "good", ""]
    assert words(found.recipe) == ["flange", "ring", "flange"]
    assert words(found.model) == ["flange.onnx", "flange.onnx", "other.onnx"]
    assert words(found.operator) == ["Ada", "", ""]
    assert set(words(found.lot)) == {"LOT-7"}
    assert set(words(found.sha256)) == {"ab" * 32}
    assert found.score[0] == pytest.approx(0.75)
    assert np.isnan(found.score[2])
    assert (found.unlike[0], found.brightness[1], found.sharpness[1]) == (0.5, 101.5, 7.0)
    assert np.isnan(found.brightness[0])


def test_a_word_stands_until_it_is_undone(store: Store, keep: Keep, says: Says) -> None:
    parts = [keep(1), keep(2, verdict=Verdict.NG), keep(3, verdict=Verdict.REVIEW, waits=True)]
    store.decide(says(parts[0], DecisionKind.REJECT, label="dent"))
    store.decide(says(parts[1], DecisionKind.ACCEPT))
    store.decide(says(parts[2], DecisionKind.ACCEPT))
    found = read(store)
    assert found.said.tolist() == [REJECTED, ACCEPTED, ACCEPTED]
    assert outcomes(found) == ["ng", "ok", "ok"]
    assert not found.waits.any()
    assert words(found.label)[0] == "dent"
    store.decide(says(parts[0], DecisionKind.UNDO, 3))
    store.decide(says(parts[1], DecisionKind.REJECT, 4, reason="seen again"))
    then = more(store, found)
    for one in (then, read(store)):
        assert one.said.tolist() == [0, REJECTED, ACCEPTED]
        assert words(one.label)[0] == "good"
    assert found.said.tolist() == [REJECTED, ACCEPTED, ACCEPTED]  # what was read stays as it was


def test_only_what_is_new_is_read(store: Store, keep: Keep, says: Says) -> None:
    first = keep(1)
    before = read(store)
    assert more(store, before) is before
    keep(2, part=Part(2, "SN-2", "LOT-8"))
    store.decide(says(keep(3), DecisionKind.REJECT, label="burr"))
    store.decide(says(first, DecisionKind.REJECT))
    then = more(store, before)
    assert then.ids.tolist() == [1, 2, 3]
    assert then.said.tolist() == [REJECTED, 0, REJECTED]
    assert words(then.lot) == ["LOT-7", "LOT-8", "LOT-7"]
    assert words(then.label) == ["good", "good", "burr"]
    assert len(before) == 1


def test_reading_on_is_the_same_as_reading_anew(store: Store, keep: Keep, says: Says) -> None:
    rng = np.random.default_rng(5)
    wanted = Filter(since_ms=MORNING + 10_000, recipe="flange")
    seen, made = read(store, wanted), list[Inspection]()
    for number in range(1, 60):
        verdict = VERDICTS[rng.integers(0, 4)]
        recipe = ["flange", "ring"][rng.integers(0, 2)]
        lot = f"LOT-{number // 9}"
        serial = f"SN-{rng.integers(0, 30)}"
        waits = verdict is Verdict.REVIEW
        changes = {"verdict": verdict, "recipe": recipe, "part": Part(number, serial, lot)}
        made.append(keep(number, waits=waits, **changes))
        if rng.random() < 0.4:
            kind = [DecisionKind.ACCEPT, DecisionKind.REJECT][rng.integers(0, 2)]
            label = ["dent", None][rng.integers(0, 2)]
            store.decide(
                says(made[rng.integers(0, len(made))], kind, label=label, reason="seen again")
            )
        if rng.random() < 0.3:
            seen = more(store, seen, wanted)
    seen, anew = more(store, seen, wanted), read(store, wanted)
    assert len(anew) > 10
    for name in ("ids", "at_ms", "verdict", "said", "waits", "again", "outcome"):
        assert getattr(seen, name).tolist() == getattr(anew, name).tolist(), name
    for name in ("recipe", "lot", "operator", "model", "sha256", "label"):
        assert words(getattr(seen, name)) == words(getattr(anew, name)), name


def test_a_serial_number_counts_again_only_where_it_was_inspected(store: Store, keep: Keep) -> None:
    def one(number: int, serial: str, **changes: object) -> None:
        keep(number, part=Part(number, serial, "LOT-7"), **changes)

    one(1, "A", verdict=Verdict.NOT_INSPECTED, score=None)
    one(2, "A")
    one(3, "A")
    one(4, "B", recipe="ring")
    one(5, "B")
    one(6, "")
    one(7, "")
    assert read(store).again.tolist() == [False, False, True, False, False, False, False]
    later = Filter(since_ms=MORNING + 3000)
    assert read(store, later).again.tolist()[0]  # it came first before the span
    one(8, "A", at_ms=MORNING + 200 * 24 * HOUR)  # the counter began anew
    assert not read(store).again[-1]


def test_a_reader_that_gives_one_number_to_all_does_not_take_forever(
    store: Store, keep: Keep
) -> None:
    for number in range(1, 40):
        keep(number, part=Part(number, "NOREAD", "LOT-7"), recipe=["flange", "ring"][number % 2])
    assert read(store).again.sum() == 37


def test_a_scope_narrows_what_is_read(store: Store, keep: Keep) -> None:
    keep(1, operator="Ada", part=Part(1, "S", "L1"))
    keep(2, operator="Bob", part=Part(2, "T", "L2"), at_ms=MORNING + 5 * HOUR)
    keep(3, operator="Ada", part=Part(3, "U", "L2"), model="m2.onnx", at_ms=MORNING + 6 * HOUR)

    def ids(**scope: str | int) -> list[int]:
        found: list[int] = read(store, Filter(**scope)).ids.tolist()  # type: ignore[arg-type]
        return found

    assert ids(operator="Ada") == [1, 3]
    assert ids(lot="L2") == [2, 3]
    assert ids(lot="L2", operator="Bob") == [2]
    assert ids(model="m2.onnx") == [3]
    assert ids(lot="none") == []
    assert ids(since_ms=MORNING + HOUR, until_ms=MORNING + 6 * HOUR) == [2]


@pytest.mark.parametrize(
    "more_than_a_scope",
    [{"serial": "S"}, {"label": "dent"}, {"undecided": True}, {"verdict": Verdict.NG}],
)
def test_single_kinds_of_parts_are_refused(store: Store, more_than_a_scope: object) -> None:
    with pytest.raises(ValueError, match="scope"):
        read(store, Filter(**more_than_a_scope))  # type: ignore[arg-type]


def test_a_clock_that_was_put_back_leaves_time_in_order(store: Store, keep: Keep) -> None:
    keep(1)
    before = read(store)
    keep(2, at_ms=MORNING - HOUR)
    keep(3)
    for found in (more(store, before), read(store)):
        assert found.ids.tolist() == [2, 1, 3]
        assert (np.diff(found.at_ms) >= 0).all()


def test_another_database_in_its_place_is_read_from_the_start(store: Store, keep: Keep) -> None:
    keep(1)
    before = replace(read(store), last_id=99)
    assert more(store, before).ids.tolist() == [1]


def test_the_last_and_the_first_parts(store: Store, keep: Keep) -> None:
    for number in range(1, 8):
        keep(number, model_sha256=("ab" if number % 2 else "ef") * 32)
    with store.reader.connection() as connection:
        last = read_last(connection, Filter(until_ms=MORNING + 6000), 3)
        first = read_first(connection, "ab" * 32, MORNING + 2000, 2)
    assert last.ids.tolist() == [3, 4, 5]
    assert first.ids.tolist() == [3, 5]


def test_what_is_decided_is_counted_by_whole_hours(store: Store, keep: Keep, says: Says) -> None:
    begin = MORNING // HOUR * HOUR
    keep(1, at_ms=begin + 5, verdict=Verdict.NG)
    store.decide(says(keep(2, at_ms=begin + 6), DecisionKind.REJECT))
    keep(3, at_ms=begin + 7)
    keep(4, at_ms=begin + 8, verdict=Verdict.REVIEW, waits=True)
    keep(5, at_ms=begin + HOUR, verdict=Verdict.NG)
    keep(6, at_ms=begin + 9, recipe="ring")
    with store.reader.connection() as connection:
        found = decided(connection, Filter(), begin - 5 * HOUR, begin + HOUR + 5)
        flange = decided(connection, Filter(recipe="flange"), begin, begin + 2 * HOUR)
        assert first_hour(connection, "flange.onnx") == begin
        assert first_hour(connection, "nothing") == 0
    assert found == {("flange", "flange.onnx"): (3, 2), ("ring", "flange.onnx"): (1, 0)}
    assert flange == {("flange", "flange.onnx"): (4, 3)}


def test_a_shift_of_many_parts_is_read_quickly(tmp_path: Path) -> None:
    build(tmp_path, 30_000)
    with Reader(tmp_path) as reader, reader.connection() as connection:
        wanted = Filter(since_ms=START_MS + 10_000 * STEP_MS)
        began = time.thread_time()
        found = read_passages(connection, wanted)
        whole = time.thread_time() - began
        assert abs(len(found) - 20_000) <= 1
        part = replace(found.where(np.arange(len(found) - 10)), last_id=int(found.ids[-11]))
        began = time.thread_time()
        again = read_on(connection, wanted, part)
        new = time.thread_time() - began
    assert len(again) == len(found)
    print(f"20,000 parts read in {1e3 * whole:.0f} ms of work, 10 more in {1e3 * new:.1f} ms")
    assert whole < 1.0  # 0.1 s on a quiet machine
    assert new < whole / 3
