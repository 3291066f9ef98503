"""Reading the records, beside the writer and from other threads."""

import sqlite3
import threading

import numpy as np
import pytest

from station.domain.counts import Counts
from station.domain.inspection import DecisionKind, Disposition, Verdict
from station.errors import ErrorCode, Fault, ImageError, StoreError
from station.store.queries import Reader


def code_of(act, *args):
    with pytest.raises((StoreError, ImageError)) as caught:
        act(*args)
    return caught.value.code


def test_an_empty_store_reads_as_nothing(store):
    reader = store.reader
    assert reader.counts() == Counts()
    assert (reader.waiting(), reader.waiting_count(), reader.history(5)) == ([], 0, [])
    assert reader.last_number() == 0
    assert (reader.recipes(), reader.models()) == ([], [])


def test_a_folder_without_records_says_so(tmp_path):
    assert code_of(Reader(tmp_path / "nowhere").open) is ErrorCode.STORE_NOT_FOUND
    (tmp_path / "records.sqlite").touch()
    assert code_of(Reader(tmp_path).open) is ErrorCode.STORE_NOT_FOUND
    assert [path.name for path in tmp_path.iterdir()] == ["records.sqlite"]


def test_counts_follow_the_standing_decision_and_the_time(store, keep, says):
    fault = Fault(ErrorCode.CAMERA_LOST)
    keep(1)
    ng = keep(2, verdict=Verdict.NG)
    review = keep(3, verdict=Verdict.REVIEW, waits=True)
    keep(4, verdict=Verdict.REVIEW, waits=True)
    keep(5, verdict=Verdict.NOT_INSPECTED, fault=fault)
    store.decide(says(ng, DecisionKind.ACCEPT))
    store.decide(says(review, DecisionKind.REJECT))
    assert store.reader.counts() == Counts(ok=2, ng=1, review=1, not_inspected=1)
    assert store.reader.counts(since_ms=review.at_ms) == Counts(ng=1, review=1, not_inspected=1)


def test_waiting_parts_come_oldest_first_until_they_are_decided(store, keep, says):
    parts = [keep(n, verdict=Verdict.REVIEW, waits=n != 2) for n in range(1, 6)]
    waiting = [parts[0], parts[2], parts[3], parts[4]]
    assert store.reader.waiting() == waiting
    assert store.reader.waiting(limit=2) == waiting[:2]
    assert store.reader.waiting_count() == 4
    store.decide(says(parts[2], DecisionKind.ACCEPT))
    assert store.reader.waiting() == [parts[0], *parts[3:]]
    store.decide(says(parts[2], DecisionKind.UNDO, after=3))
    assert store.reader.waiting() == waiting
    assert store.reader.waiting_count() == 4


def test_history_pages_backwards_through_everything_once(store, keep, says):
    parts = [keep(number, waits=number % 2 == 0) for number in range(1, 8)]
    said = says(parts[4], DecisionKind.REJECT, label="scratch", operator="Li")
    store.decide(said)
    store.dispose(parts[4].uid, Disposition.REJECT, 9)
    seen, before = [], None
    while page := store.reader.history(3, before):
        seen += page
        before = page[-1].id
    assert [entry.inspection for entry in seen] == parts[::-1]
    assert [entry.waits for entry in seen] == [n % 2 == 0 for n in range(7, 0, -1)]
    assert [entry.decision for entry in seen] == [None, None, said, None, None, None, None]
    assert seen[2].disposition is Disposition.REJECT
    assert seen[3].disposition is None
    assert [entry.inspection for entry in store.reader.after(0, 99)] == parts


def test_what_is_not_there_is_told(store, keep):
    reader = store.reader
    for ask in (reader.inspection, reader.entry, reader.still, reader.standing_decision):
        assert code_of(ask, "nobody") is ErrorCode.RECORD_NOT_FOUND
    part = keep()
    path = store.folder / reader.entry(part.uid).image
    path.write_bytes(b"no picture")
    assert code_of(reader.still, part.uid) is ErrorCode.IMAGE_UNREADABLE
    path.unlink()
    assert code_of(reader.still, part.uid) is ErrorCode.IMAGE_NOT_FOUND


def test_a_reader_cannot_write(store):
    with store.reader.connection() as connection:
        raw = connection.connection.dbapi_connection
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            raw.execute("CREATE TABLE mine (x)")


def test_threads_and_another_reader_read_while_records_are_written(store, make, picture):
    """No reader waits for the writer, none sees a row whose picture it cannot read."""
    stop, errors, looks = threading.Event(), [], [0] * 3

    def look(index, reader):
        try:
            while not stop.is_set():
                for entry in reader.history(3):
                    still = reader.still(entry.inspection.uid)
                    expected = picture(entry.inspection).pixels
                    assert np.array_equal(still.pixels, expected)
                assert reader.counts().parts >= len(reader.waiting())
                looks[index] += 1
        except BaseException as error:
            errors.append(error)

    with Reader(store.folder) as other:
        readers = [store.reader, store.reader, other]
        threads = [threading.Thread(target=look, args=item) for item in enumerate(readers)]
        for thread in threads:
            thread.start()
        for number in range(1, 101):
            part = make(number)
            store.record(part, picture(part), number % 5 == 0)
        stop.set()
        for thread in threads:
            thread.join()
    assert not errors
    assert min(looks) > 1
    assert store.reader.waiting_count() == 20


def test_writers_of_several_threads_take_turns(store, keep, says):
    parts = [keep(number) for number in range(1, 41)]
    errors = []

    def work(mine):
        try:
            for part in mine:
                store.decide(says(part, DecisionKind.ACCEPT))
                store.dispose(part.uid, Disposition.RELEASE, 1)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(parts[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert all(entry.decision and entry.disposition for entry in store.reader.history(99))
