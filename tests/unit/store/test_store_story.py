"""The audit trail, what is kept or was removed, and the whole story of one part."""

import pytest

from station.domain.inspection import DecisionKind, Disposition, Verdict
from station.errors import ErrorCode, Fault, StoreError
from station.store.store import Store
from station.store.story import Disposed
from station.store.verify import Problem, verify

LOST = Fault(ErrorCode.STORE_MISSING, (("path", "D:\\检测"), ("reason", "\udce9")))


def test_the_trail_goes_back_page_by_page(store):
    ids = [store.audit("note", operator=f"n{n}") for n in range(5)]
    assert ids == sorted(ids)
    newest = store.reader.audit(2)
    assert [entry.operator for entry in newest] == ["n4", "n3"]
    assert [e.operator for e in store.reader.audit(9, newest[-1].id)] == ["n2", "n1", "n0"]
    assert all(entry.fault is None and entry.confirms is None for entry in newest)


def test_a_fault_in_the_trail_is_that_fault(store):
    store.audit("fault", LOST, "Jürgen")
    (entry,) = store.reader.audit(9)
    assert entry.action == "fault"
    assert entry.fault == Fault(LOST.code, (("path", "D:\\检测"), ("reason", "\\udce9")))
    assert entry.at_ms > 1_700_000_000_000


def test_a_banner_stands_until_a_person_confirms_it_once(store):
    first, second = (store.audit("banner", LOST) for _ in range(2))
    store.audit("fault", LOST)
    assert [entry.id for entry in store.reader.unconfirmed()] == [first, second]
    for _ in range(2):
        store.confirm(first, "王")
    assert [entry.id for entry in store.reader.unconfirmed()] == [second]
    said = store.reader.audit(1)[0]
    assert (said.action, said.confirms, said.operator) == ("confirmed", first, "王")
    assert len(store.reader.audit(99)) == 4
    store.confirm(10**6, "nobody")
    store.confirm(said.id, "nobody")
    assert len(store.reader.audit(99)) == 4


def test_a_story_has_all_that_was_said_also_what_was_undone(store, keep, says):
    part = keep(verdict=Verdict.REVIEW, waits=True)
    words = [
        says(part, DecisionKind.ACCEPT, operator="Li"),
        says(part, DecisionKind.UNDO, after=3),
        says(part, DecisionKind.REJECT, after=4, label="划痕"),
    ]
    for word in words:
        store.decide(word)
    store.dispose(part.uid, Disposition.HOLD, 7)
    store.dispose(part.uid, Disposition.REJECT, 9)
    for _ in range(2):
        store.keep(part.uid, "sample", "Li")
    store.keep(part.uid, "challenge", "王")
    story = store.reader.story(part.uid)
    assert story.entry == store.reader.entry(part.uid)
    assert list(story.decisions) == words
    assert story.dispositions == (Disposed(Disposition.HOLD, 7), Disposed(Disposition.REJECT, 9))
    assert [(one.why, one.operator) for one in story.keeps] == [
        ("sample", "Li"),
        ("challenge", "王"),
    ]
    assert story.removal is None


def test_a_picture_that_was_removed_on_purpose_is_not_missed(store, keep):
    parts = [keep(n) for n in range(1, 4)]
    for part in parts[:2]:
        (store.folder / store.reader.entry(part.uid).image).unlink()
    for _ in range(2):
        store.removed([parts[0].uid, "nobody"], "retention")
    assert [row.problem for row in verify(store.folder)] == [None, Problem.MISSING, None]
    story = store.reader.story(parts[0].uid)
    assert story.removal is not None
    assert story.removal.why == "retention"
    assert story.entry.removed_at_ms == story.removal.at_ms
    assert store.reader.entry(parts[1].uid).removed_at_ms is None


def test_what_is_not_there_is_told(store):
    for ask in (store.reader.story, lambda uid: store.keep(uid, "sample", "")):
        with pytest.raises(StoreError) as caught:
            ask("nobody")
        assert caught.value.code is ErrorCode.RECORD_NOT_FOUND


def test_nothing_is_kept_for_a_reason_nobody_knows(store, keep):
    part = keep()
    with pytest.raises(StoreError):
        store.keep(part.uid, "because", "")
    assert store.reader.story(part.uid).keeps == ()


def test_a_record_has_its_station_and_its_number_as_id_while_that_rises(tmp_path, make, picture):
    with Store(tmp_path, "工位 \udce9") as store:
        for number in (5, 9, 7, 12):
            store.record(make(number), picture(make(number)), False)
        entries = store.reader.after(0, 9)
        assert [(e.id, e.inspection.part.number) for e in entries] == [
            (5, 5), (9, 9), (10, 7), (12, 12),
        ]  # fmt: skip
        assert {entry.station for entry in entries} == {"工位 \\udce9"}
