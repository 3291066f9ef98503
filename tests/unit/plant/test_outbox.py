"""What leaves a station: in order, in small batches, and never with an id of its own."""

from dataclasses import replace

import numpy as np
import pytest

from station.domain.inspection import Decision, DecisionKind, Still, Verdict
from station.errors import ErrorCode, Fault
from station.plant import outbox
from station.plant.outbox import BATCH_ROWS, STAYS, TABLES, rows_after, waiting
from station.store.schema import metadata
from station.store.store import Store
from tests.peers.station_life import part


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data", "") as opened:
        yield opened


def record(store, number, pixels=None):
    import random

    one = replace(part(number, random.Random(number), False), verdict=Verdict.OK)
    frame = np.zeros((40, 40), np.uint8) if pixels is None else pixels
    store.record(one, Still(one.uid, frame, None, None), False)
    return one


def after(store, table, at=()):
    with store.reader.connection() as connection:
        return rows_after(connection, table, at, "press-1")


def test_every_table_that_grows_is_copied_or_stays_on_purpose():
    assert set(TABLES) == set(metadata.tables) - {"hours", "sample_states"} - STAYS


def test_parts_in_order_from_where_it_was_with_the_stations_name(store):
    uids = [record(store, number).uid for number in range(1, 6)]
    assert [row.uid for row in after(store, "inspections")] == uids
    rows = after(store, "inspections", (2,))
    assert [row.uid for row in rows] == uids[2:]
    assert {row.values["station"] for row in rows} == {"press-1"}  # written before it had a name
    assert not any("id" in row.values for row in rows)
    with store.reader.connection() as connection:
        assert waiting(connection, "inspections", (2,)) == 3


def test_a_batch_has_a_limit_of_bytes_but_at_least_one_part(store, monkeypatch):
    noise = np.random.default_rng(1).integers(0, 256, (100, 100), np.uint8)
    for number in range(1, 6):
        record(store, number, noise)
    size = after(store, "inspections")[0].values["image_bytes"]
    monkeypatch.setattr(outbox, "BATCH_BYTES", 2 * size + size // 2)
    assert len(after(store, "inspections")) == 2
    monkeypatch.setattr(outbox, "BATCH_BYTES", 1)
    assert len(after(store, "inspections")) == 1


def test_a_batch_has_a_limit_of_rows(store):
    for _ in range(BATCH_ROWS + 3):
        store.audit("note")
    rows = after(store, "audit")
    assert len(rows) == BATCH_ROWS
    assert len(after(store, "audit", rows[-1].at)) == 3


def test_an_undo_names_what_it_takes_back_by_content(store):
    one = record(store, 1)
    for second, kind in enumerate((DecisionKind.REJECT, DecisionKind.UNDO, DecisionKind.REJECT)):
        store.decide(Decision(one.uid, kind, one.at_ms + second * 1000, "Ann", None))
    first, undo, again = after(store, "decisions")
    assert (first.refers, undo.refers, again.refers) == ("", first.origin, "")
    assert len({first.origin, undo.origin, again.origin}) == 3
    assert not {"inspection", "undoes", "id"} & set(first.values)


def test_a_confirmation_names_its_banner(store):
    banner = store.audit("banner", Fault(ErrorCode.DISK_SLOW, (("path", "/"), ("ms", "9"))))
    store.confirm(banner, "Ann")
    told, seen = after(store, "audit")
    assert (told.refers, seen.refers) == ("", told.origin)
    assert told.values["station"] == "press-1"
    assert told.origin != ""
