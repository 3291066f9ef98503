"""From records to advice and back: a real store, filled by a line whose causes are known."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from station.domain.inspection import Decision, DecisionKind, Still
from station.domain.process import ProcessValue
from station.insight.advice import (
    NG,
    Advice,
    Lack,
    LeftOut,
    from_json,
    result_path,
    to_json,
)
from station.insight.advice_job import Wish, advise
from station.insight.advice_track import (
    Standing,
    Tracked,
    accepted,
    before,
    defects,
    is_over,
    note_body,
    track,
)
from station.store.beside import Beside
from station.store.notes import NoteKind, append_note
from station.store.store import Store
from tests.cutting import (
    COOLANT,
    FEED,
    IDLE,
    MORNING,
    NAMES,
    Line,
    Made,
    fill,
    inspections_of,
    make,
)

EAGER = replace(Line(), base=-3.4)
SET = ("Coolant temp", "Feed rate")
HOUR_MS = 3_600_000

Learnt = tuple[Path, Advice, int]
Followed = tuple[Store, Advice, int]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Learnt:
    """A folder that no test changes: filled, and advice made of it; when its last part came."""
    folder = tmp_path_factory.mktemp("learnt") / "data"
    made = make(EAGER, 8000, 0)
    with Store(folder) as opened:
        fill(opened, made)
        return folder, worked_out(opened, made), int(made.at_ms[-1])


@pytest.fixture
def followed(learnt: Learnt, tmp_path: Path) -> Iterator[Followed]:
    """A copy of it, in which the advice was accepted after the last part."""
    folder, advice, until = learnt
    copytree(folder, tmp_path / "copy")
    with Store(tmp_path / "copy") as opened:
        accept(opened, advice, until)
        yield opened, advice, until


def worked_out(store: Store, made: Made, target: str = "scratch") -> Advice:
    return advise(store.folder, Wish("flange", target, SET), int(made.at_ms[-1]), lambda *_: None)


def accept(store: Store, advice: Advice, at_ms: int) -> None:
    """As the page does it, at that time."""
    assert advice.evidence is not None
    with store.reader.connection() as connection:
        was = before(connection, "flange", advice.target, advice.evidence.lately_ms, at_ms)
    with store.transaction() as connection:
        body = note_body(advice, was)
        append_note(connection, NoteKind.ADVICE, "flange", at_ms, "07", body)


def tracked(store: Store, now_ms: int) -> Tracked:
    (note,) = store.reader.notes(NoteKind.ADVICE, "flange")
    said = accepted(note)
    assert said is not None
    with store.reader.connection() as connection:
        return track(connection, said, now_ms)


@pytest.mark.parametrize("seed", [0, 1])
def test_from_records_to_better_settings_that_are_proven(store: Store, seed: int) -> None:
    """The whole way: causes, a suggestion, accepted, followed, and told to be better."""
    made = make(EAGER, 8000, seed)
    fill(store, made)
    advice = worked_out(store, made)
    assert advice.is_found
    assert {one.name for one in advice.drivers[:2]} == set(SET)
    better = advice.suggestion
    assert better is not None
    until = int(made.at_ms[-1])
    accept(store, advice, until)
    holds = {NAMES.index(one.name): one.to for one in better.changes}
    then = make(EAGER, 9000, seed + 50, until + 1000, holds)
    fill(store, then, 8001)
    found = tracked(store, int(then.at_ms[-1]))
    share = found.since.share
    assert share is not None
    print(
        f"{holds}: {better.now:.4f} → {better.expected:.4f} ({better.low:.4f}-{better.high:.4f}); "
        f"before {found.accepted.before}, since {found.since}, {found.beside}"
    )
    assert found.standing is Standing.BETTER
    assert then.chance.mean() < 0.8 * made.chance[-2000:].mean(), "the line itself is better"
    assert found.beside is not None
    assert found.beside.low < then.chance.mean() - made.chance[-2000:].mean() < found.beside.high
    assert found.held == found.stretches > 40
    assert found.medians == pytest.approx([one.to for one in better.changes], abs=0.2)


def test_settings_that_were_not_changed_prove_nothing(
    followed: Followed,
) -> None:
    store, advice, until = followed
    assert tracked(store, until).standing is Standing.EARLY, "nothing came since"
    assert advice.suggestion is not None
    was = {NAMES.index(one.name): one.was for one in advice.suggestion.changes}
    fill(store, make(EAGER, 1500, 60, until + 1000, was), 8001)
    found = tracked(store, until + 9 * HOUR_MS)
    assert found.standing is Standing.UNCHANGED
    assert found.since.n == 0
    assert found.medians == pytest.approx([one.was for one in advice.suggestion.changes], abs=0.2)


def test_settings_whose_values_come_no_more_prove_nothing(
    followed: Followed,
) -> None:
    store, _, until = followed
    then = make(EAGER, 600, 60, until + 1000)
    values = then.values.copy()
    values[:, [COOLANT, FEED]] = np.nan
    fill(store, replace(then, values=values), 8001)
    found = tracked(store, until + 3 * HOUR_MS)
    assert found.standing is Standing.UNKNOWN
    assert None in found.medians


def test_settings_that_do_not_help_are_told_so(followed: Followed) -> None:
    """Whoever follows advice on a line that has changed meanwhile is not told it was better."""
    store, advice, until = followed
    assert advice.suggestion is not None
    holds = {NAMES.index(one.name): one.to for one in advice.suggestion.changes}
    level = float(np.log(advice.suggestion.now / (1 - advice.suggestion.now)))
    same = replace(IDLE, base=level)
    fill(store, make(same, 3000, 61, until + 1000, holds), 8001)
    found = tracked(store, until + 16 * HOUR_MS)
    assert found.standing is Standing.OPEN
    with store.reader.connection() as connection:
        short = track(connection, found.accepted, until + 16 * HOUR_MS, until + 4 * HOUR_MS)
    assert short.until_ms == until + 4 * HOUR_MS, "until other advice was accepted"
    assert 0 < short.since.n < found.since.n / 2
    assert is_over(short, until + 4 * HOUR_MS)
    assert not is_over(found, None)
    early = tracked(store, until + HOUR_MS // 4)
    assert early.standing is Standing.EARLY


def test_parts_as_the_line_records_them_are_learnt_from(store: Store) -> None:
    """By `Store.record`, with a picture each; a person's word counts over the model's."""
    made = make(EAGER, 40, 0)
    for place, one in enumerate(inspections_of(made)):
        pixels = np.full((8, 8), place, np.uint8)
        store.record(one, Still(one.uid, pixels, None, None), waits=False)
    for place in (3, 5):
        uid, at_ms = f"{place + 1:032x}", int(made.at_ms[place]) + 1
        store.decide(Decision(uid, DecisionKind.REJECT, at_ms, "07", "crack"))
    bad = {k for k, label in enumerate(made.labels) if label != "good"}
    advice = worked_out(store, made, NG)
    assert (advice.parts, advice.bad) == (40, len(bad | {3, 5}))
    assert advice.lack is Lack.PARTS
    assert worked_out(store, made, "crack").bad == 2
    with store.reader.connection() as connection:
        assert "crack" in defects(connection, "flange")
        assert "good" not in defects(connection, "flange")
        assert defects(connection, "other") == ()


@pytest.mark.parametrize(
    ("line", "parts", "lack"),
    [(EAGER, 49, Lack.PARTS), (replace(EAGER, base=-30.0), 400, Lack.BAD)],
    ids=["49 parts", "no bad part"],
)
def test_too_little_is_said_to_be_too_little(
    store: Store, line: Line, parts: int, lack: Lack
) -> None:
    made = make(line, parts, 0)
    fill(store, made)
    advice = worked_out(store, made)
    assert (advice.lack, advice.evidence, advice.suggestion) == (lack, None, None)


def test_without_process_values_there_is_nothing_to_learn_from(store: Store) -> None:
    made = make(EAGER, 200, 0)
    with_none = replace(made, values=np.full_like(made.values, np.nan))
    parts = [replace(one, values=()) for one in inspections_of(with_none)]
    for one in parts[:3]:
        store.record(one, Still(one.uid, np.zeros((8, 8), np.uint8), None, None), waits=False)
    assert worked_out(store, made).lack is Lack.VALUES
    assert worked_out(store, replace(made), "no such").lack is Lack.VALUES


def test_values_that_are_none_are_named_and_the_rest_still_serves(store: Store) -> None:
    """One stopped, one came lately, one never changes, one is computed from the verdict."""
    made = make(EAGER, 6000, 4)
    values = made.values.copy()
    values[:4500, 2] = np.nan
    values[:, 3] = 1.5
    fill(store, replace(made, values=values))
    gate = [ProcessValue("Gate", float(bad), "", "plc", 0) for bad in made.scratched.tolist()]
    stopped = [ProcessValue("Torque", float(k % 97), "Nm", "plc", 0) for k in range(4000)]
    _beside(store, gate)
    _beside(store, stopped)
    advice = worked_out(store, made)
    assert dict(advice.left_out) == {
        "Blade age": LeftOut.LATE,
        "Spindle vibration": LeftOut.CONSTANT,
        "Gate": LeftOut.LEAK,
        "Torque": LeftOut.STOPPED,
    }
    assert {name for name, _ in advice.values} == set(SET)
    assert advice.is_found


def _beside(store: Store, values: list[ProcessValue]) -> None:
    """A further series, one value a part."""
    from sqlalchemy import insert

    from station.store.process_values import all_series, append_values
    from station.store.schema import process_values

    with store.transaction() as connection:
        append_values(connection, values[:1], 1)
        key = next(one.id for one in all_series(connection) if one.name == values[0].name)
        rows = [
            {"series": key, "at_ms": MORNING, "inspection": k, "value": one.value}
            for k, one in enumerate(values[1:], 2)
        ]
        connection.execute(insert(process_values), rows)


def test_nothing_is_said_of_a_line_without_causes(store: Store) -> None:
    made = make(IDLE, 5000, 1)
    fill(store, made)
    advice = worked_out(store, made)
    assert advice.evidence is not None
    assert not advice.is_found
    assert (advice.drivers, advice.suggestion) == ((), None)
    assert not result_path(store.folder, "flange", "scratch").with_suffix(".onnx").exists()


def test_what_is_kept_comes_back_and_damage_is_nothing(
    learnt: Learnt,
) -> None:
    folder, advice, _ = learnt
    path = result_path(folder, "flange", "scratch")
    assert advice.suggestion is not None
    assert from_json(path.read_bytes()) == advice
    assert from_json(to_json(advice)) == advice
    assert path.with_suffix(".onnx").stat().st_size > 500
    for damage in (b"", b"{}", b"[1]", path.read_bytes()[:-9], b'"x"', b"\xff\xfe"):
        assert from_json(damage) is None


def test_a_note_of_another_program_is_passed_over(store: Store) -> None:
    with Beside(store.folder) as beside:
        beside.note(NoteKind.ADVICE, "flange", "07", {"target": "NG", "changes": "many"})
        beside.note(NoteKind.ADVICE, "flange", "07", {})
    assert [accepted(one) for one in store.reader.notes(NoteKind.ADVICE)] == [None, None]
