"""Which pictures go, in which order, and which never do."""

import shutil
import threading
import time
from pathlib import Path

import harm
import pytest

from station.domain.inspection import DecisionKind, Verdict
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault
from station.pipeline.disk_watch import DaysLeftWatch, DiskTooLowWatch, days_left
from station.store.recover import recover
from station.store.retention import Policy, Retention
from station.store.store import Store
from station.store.verify import verify

DAY_MS = 24 * 3600 * 1000
NOTHING = Policy(gigabytes=1e-9)  # one byte: as much as may go goes


def pictures(store: Store) -> list[int]:
    """The numbers of the parts whose picture is there."""
    found = (store.folder / "images").glob("[0-9]*/*/*.png")
    return sorted(int(path.name.split("_")[0]) for path in found)


def run(store: Store, policy: Policy, now_ms: int = 0, **more) -> list[int]:
    """Step until nothing more goes; returns what went, in order."""
    retention, gone, left = Retention(store, policy, **more), [], pictures(store)
    while retention.step(now_ms):
        now = pictures(store)
        gone += sorted(set(left) - set(now))
        left = now
    return gone


def test_without_a_policy_nothing_goes(store, keep):
    keep(1)
    assert run(store, Policy(), now_ms=10**15) == []


def test_ok_goes_before_the_rest_and_the_oldest_before_the_newest(store, keep, monkeypatch):
    monkeypatch.setattr("station.store.retention.STEP_PICTURES", 1)
    for number in range(1, 9):
        keep(number, verdict=Verdict.NG if number % 2 else Verdict.OK)
    assert run(store, NOTHING) == [2, 4, 6, 8, 1, 3, 5, 7]
    assert store.reader.counts().ok == 4, "rows stay"
    assert all(row.good for row in verify(store.folder))


def test_no_more_goes_than_must(store, keep):
    for number in range(1, 11):
        keep(number)
    sizes = [entry.image_bytes for entry in reversed(store.reader.history(10))]
    assert run(store, Policy(gigabytes=sum(sizes) / 1e9)) == []
    assert run(store, Policy(gigabytes=sum(sizes[1:]) / 1e9)) == [1]
    assert run(store, Policy(gigabytes=(sum(sizes[5:]) + 1) / 1e9)) == [2, 3, 4, 5]


def test_what_comes_later_is_counted_too(store, keep):
    size = keep(1) and store.reader.entry(f"{1:032x}").image_bytes
    retention = Retention(store, Policy(gigabytes=(size * 2 + 100) / 1e9))
    assert retention.step(0) == 0
    keep(2)
    assert retention.step(0) == 0
    keep(3)
    assert retention.step(0) == 1
    assert pictures(store) == [2, 3]


def test_what_is_too_old_goes_whatever_its_verdict(store, keep, make):
    for number in range(1, 7):
        verdict = Verdict.OK if number % 2 else Verdict.NG
        keep(number, verdict=verdict, at_ms=make(0).at_ms + number * DAY_MS)
    now = make(0).at_ms + 7 * DAY_MS
    assert sorted(run(store, Policy(days=4), now)) == [1, 2]
    assert sorted(run(store, Policy(days=4), now + DAY_MS)) == [3]


def test_what_a_person_or_the_plant_still_needs_never_goes(store, keep, says):
    spoken = keep(1)
    store.decide(says(spoken, DecisionKind.REJECT))  # overruled
    undone = keep(2, verdict=Verdict.NG)
    store.decide(says(undone, DecisionKind.ACCEPT))
    store.decide(says(undone, DecisionKind.UNDO, 3))
    for number, why in ((3, "sample"), (4, "golden"), (5, "challenge")):
        store.keep(keep(number).uid, why, "Wang")
    keep(6, verdict=Verdict.REVIEW, waits=True)
    keep(7, waits=True)  # OK under the rule that all wait
    shown = store.folder / store.reader.entry(keep(8).uid).image
    store.save_recipe(Recipe("flange", model="m", golden=str(shown)))
    keep(9)
    keep(10)
    ninth = store.reader.entry(f"{9:032x}").id
    assert run(store, NOTHING, copied_up_to=lambda: ninth) == [9]
    assert run(store, NOTHING, copied_up_to=lambda: 0) == []
    assert run(store, NOTHING, copied_up_to=lambda: None) == [10]
    assert pictures(store) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert sorted(run(store, Policy(days=1), now_ms=10**15)) == []


def test_what_reaches_the_plant_later_goes_later(store, keep):
    copied = [0]
    for number in range(1, 4):
        keep(number)
    retention = Retention(store, NOTHING, lambda: copied[0])
    assert retention.step(0) == 0
    copied[0] = store.reader.entry(f"{2:032x}").id
    assert retention.step(0) == 2
    assert pictures(store) == [3]


def test_a_file_without_a_row_is_never_touched(store, keep):
    kept = store.folder / store.reader.entry(keep(1).uid).image
    stray = kept.with_name(f"000000_{'f' * 32}.png")
    stray.write_bytes(kept.read_bytes())
    assert run(store, NOTHING) == [1]
    assert stray.exists()


@pytest.mark.parametrize("hurt", [harm.all_deleted, harm.everything])
def test_nothing_goes_because_records_were_lost(tmp_path, make, picture, hurt):
    with Store(tmp_path) as store:
        for number in range(1, 6):
            store.record(make(number), picture(make(number)), False)
    hurt(tmp_path)
    with Store(tmp_path) as store:
        retention = Retention(store, NOTHING)
        assert retention.step(0) == 0, "no row, no picture goes"
        recover(store, threading.Event())
        assert retention.step(0) == 0, "nobody has seen the banner"
        for entry in store.reader.unconfirmed():
            store.confirm(entry.id, "Wang")
        assert retention.step(0) == 5
        assert pictures(store) == []


def test_what_a_crash_left_of_a_removal_is_finished(store, keep):
    parts = [keep(number) for number in range(1, 4)]
    store.removed([parts[0].uid, parts[1].uid], "retention")  # and died before the files went
    assert pictures(store) == [1, 2, 3]
    Retention(store, Policy(gigabytes=1)).step(0)
    assert pictures(store) == [3]
    assert all(row.good for row in verify(store.folder))


def test_the_row_that_says_so_comes_before_the_file_goes(store, keep, monkeypatch):
    for number in range(1, 4):
        keep(number)
    real = Path.unlink
    seen = []

    def watched(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".png":
            seen.append([store.reader.story(f"{n:032x}").removal is None for n in (1, 2, 3)])
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    Retention(store, NOTHING).step(0)
    assert seen == [[False] * 3] * 3


def test_many_rows_are_looked_through_in_windows(store, keep, monkeypatch):
    monkeypatch.setattr("station.store.retention._WINDOW", 3)
    monkeypatch.setattr("station.store.retention._COUNTED", 2)
    monkeypatch.setattr("station.store.retention.STEP_PICTURES", 2)
    for number in range(1, 21):
        keep(number, verdict=Verdict.OK if number > 10 else Verdict.NG)
    assert run(store, NOTHING) == [*range(11, 21), *range(1, 11)]


# Room on the disk


def now_ms() -> int:
    return time.time_ns() // 10**6


def test_a_disk_that_will_be_full_soon_is_told(mounted, make, picture):
    disk = mounted("size=8m")
    with Store(disk) as store:
        watch = DaysLeftWatch(disk, store.reader)
        assert watch.look() is None, "nothing came yet"
        for number in range(1, 11):
            part = make(number, at_ms=now_ms() - 12 * 3600 * 1000 + number)
            store.record(part, picture(part, (300, 400)), False)
        left = days_left(disk, store.reader, now_ms())
        assert left is not None
        assert 0 < left < 3
        fault = DaysLeftWatch(disk, store.reader).look()
        assert fault is not None
        assert fault.code is ErrorCode.DISK_DAYS_LEFT
        assert fault.facts == (("path", str(disk)), ("days", f"{left:.1f}"))
        assert DaysLeftWatch(disk, store.reader, days=left / 2).look() is None
        store.removed([f"{number:032x}" for number in range(1, 11)], "retention")
        assert days_left(disk, store.reader, now_ms()) is None, "as much goes as comes"
        assert not watch.blocks


def test_the_pace_of_an_older_station_is_that_of_a_day(store, keep):
    keep(1, at_ms=now_ms() - 3 * DAY_MS)
    keep(2, at_ms=now_ms() - 3600 * 1000)
    size = store.reader.entry(f"{2:032x}").image_bytes
    left = days_left(store.folder, store.reader, now_ms())
    assert left == pytest.approx(shutil.disk_usage(store.folder).free / size, rel=0.05)


def test_a_disk_with_too_little_room_stops_verdicts_until_there_is_some(mounted):
    disk = mounted("size=4m")
    watch = DiskTooLowWatch(disk, least=2 * 10**6)
    assert watch.blocks
    assert watch.look() is None
    (disk / "large").write_bytes(bytes(3 * 2**20))
    fault = watch.look()
    assert fault is not None
    assert fault == Fault(ErrorCode.DISK_TOO_LOW, (("path", str(disk)), ("free", "0.00")))
    (disk / "large").unlink()
    assert watch.look() is None
