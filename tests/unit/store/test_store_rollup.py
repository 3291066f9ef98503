"""The counts by hour: right after anything that may happen, and for a span of any length."""

import random
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from station.domain.counts import Counts, outcome
from station.domain.inspection import DecisionKind, Verdict
from station.errors import ErrorCode, Fault, LineError
from station.store.migrations.versions import r0001_records, r0002_history
from station.store.queries import Reader
from station.store.rollup import HOUR_MS, rebuild_hours
from station.store.schema import DATABASE_NAME, hours
from station.store.store import Store

FAULT = Fault(ErrorCode.CAMERA_LOST)
NOON = 1_790_000_000_000 // HOUR_MS * HOUR_MS


def counted(reader: Reader) -> list[tuple[object, ...]]:
    with reader.connection() as connection:
        return sorted(tuple(row) for row in connection.execute(select(hours)))


def by_hand(reader: Reader) -> list[tuple[object, ...]]:
    """The same from the entries, one by one."""
    totals: dict[tuple[object, ...], int] = {}
    for entry in reader.after(0, 10_000):
        part, word = entry.inspection, entry.decision
        key = (
            part.at_ms // HOUR_MS * HOUR_MS,
            entry.station,
            part.recipe,
            part.part.lot,
            part.model,
            part.operator,
            part.verdict.value,
            "" if word is None else word.kind.value,
            int(entry.waits and word is None),
            outcome(part.verdict, None if word is None else word.kind).value,
            (word.label if word is not None else None) or part.label or "",
        )
        totals[key] = totals.get(key, 0) + 1
    return sorted((*key, n) for key, n in totals.items())


def test_after_any_sequence_the_counts_are_those_of_a_recount(tmp_path, make, says):
    rng, refused = random.Random(9), 0
    with Store(tmp_path, "line 1") as store:
        parts = []
        for step in range(700):
            if not parts or rng.random() < 0.2:
                verdict = rng.choice(list(Verdict))
                part = make(
                    len(parts) + 1,
                    at_ms=NOON + rng.randrange(3 * HOUR_MS),
                    verdict=verdict,
                    fault=FAULT,
                    recipe=rng.choice(["a", "b"]),
                    label=rng.choice([None, "scratch", "good"]),
                )
                store.record(part, None, waits=verdict is Verdict.REVIEW)
                store.record(part, None, waits=verdict is Verdict.REVIEW)
                parts.append(part)
            said = says(
                rng.choice(parts),
                rng.choice(list(DecisionKind)),
                after=step / 10,
                reason=rng.choice(["", "seen again"]),
                label=rng.choice([None, "dent"]),
            )
            try:
                store.decide(said)
                store.decide(said)
            except LineError:
                refused += 1
            if step % 100 == 99:
                assert counted(store.reader) == by_hand(store.reader)
        assert 50 < refused < 600
        kept = counted(store.reader)
        with store.transaction() as connection:
            rebuild_hours(connection)
        assert counted(store.reader) == kept


def test_a_refused_row_counts_nothing(store, keep, make):
    keep(1)
    before = counted(store.reader)
    with closing(sqlite3.connect(store.folder / DATABASE_NAME)) as database:
        for ignoring in ("INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(f"{ignoring} INTO inspections SELECT * FROM inspections")
    assert counted(store.reader) == before


@pytest.mark.parametrize("recipe", ["", "b"])
def test_a_span_is_counted_to_the_millisecond(store, make, recipe):
    rng = random.Random(4)
    parts = [
        make(
            n,
            at_ms=NOON + rng.randrange(4 * HOUR_MS) // 900_000 * 900_000,
            verdict=rng.choice(list(Verdict)),
            recipe=rng.choice("ab"),
            fault=FAULT,
        )
        for n in range(1, 200)
    ]
    for part in parts:
        store.record(part, None, False)
    edges = [NOON - 1, NOON, NOON + 1, NOON + 900_000, NOON + 900_001, NOON + HOUR_MS]
    edges += [NOON + 2 * HOUR_MS + 900_000, NOON + 5 * HOUR_MS]
    for since in edges:
        right = Counts()
        for part in parts:
            if part.at_ms >= since:
                right = right.moved(None, outcome(part.verdict))
        assert store.reader.counts(since) == right
        for until in edges:
            right = Counts()
            for part in parts:
                if since <= part.at_ms < until and recipe in ("", part.recipe):
                    right = right.moved(None, outcome(part.verdict))
            assert store.reader.yield_between(since, until, recipe) == right


def test_a_database_of_the_first_revision_is_counted_when_it_is_opened(tmp_path, make, says):
    """As a station in the field has it: with parts, words and a part that waits."""
    old = tmp_path / "old"
    with Store(old) as store:
        for number in range(1, 40):
            verdict = [Verdict.OK, Verdict.NG, Verdict.REVIEW][number % 3]
            part = make(number, verdict=verdict, fault=FAULT, at_ms=NOON + number * 400_000)
            store.record(part, None, waits=verdict is Verdict.REVIEW)
            if number % 4 == 0:
                store.decide(says(part, DecisionKind.REJECT, label="dent"))
            if number % 8 == 0:
                store.decide(says(part, DecisionKind.UNDO, after=3))
        right = state(store.reader)
    new = tmp_path / "new"
    new.mkdir()
    as_first_revision(old / DATABASE_NAME, new / DATABASE_NAME)
    with Store(new) as store:
        assert state(store.reader) == right
        assert counted(store.reader) == by_hand(store.reader)
        store.record(make(40, fault=FAULT), None, False)
        store.decide(says(make(40), DecisionKind.ACCEPT))
        assert counted(store.reader) == by_hand(store.reader)
        assert store.reader.counts().parts == 40


def state(reader: Reader) -> tuple[object, ...]:
    return reader.history(99), reader.waiting(), reader.counts(), counted(reader)


def as_first_revision(source, target) -> None:
    """The same rows in tables that the first migration alone has made."""
    with closing(sqlite3.connect(target)) as database, database:
        for statement in (
            *r0001_records._TABLES,
            *r0001_records._INDEXES,
            r0001_records._VIEW,
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
            "INSERT INTO alembic_version VALUES ('0001')",
        ):
            database.execute(statement)
        database.execute("ATTACH ? AS source", (str(source),))
        for table in ("inspections", "decisions", "dispositions"):
            columns = ", ".join(
                name for _, name, *_ in database.execute(f"PRAGMA main.table_info({table})")
            )
            database.execute(f"INSERT INTO main.{table} SELECT {columns} FROM source.{table}")
    assert r0002_history.down_revision == r0001_records.revision
