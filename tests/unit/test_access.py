"""The administrator's PIN: its rules, its file, its pauses, and the door that it opens."""

import json
import multiprocessing
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from station import access
from station.access import (
    FILE_NAME,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    OPEN_SECONDS,
    TRIES,
    Check,
    Door,
    Standing,
    check_pin,
    clear_pin,
    pin_flaw,
    pin_is_set,
    pin_standing,
    set_pin,
)
from station.errors import ErrorCode, Fault, SettingsError

PIN, WRONG = "428193", "581947"
NOON = 1_790_000_000.0


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least cost that a file may have; one test asks what is usual."""
    monkeypatch.setattr(access, "_COST", 2**14)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    set_pin(tmp_path, PIN)
    return tmp_path


def wrong(folder: Path, times: int, now: float = NOON) -> Check:
    found = Check(right=True)
    for _ in range(times):
        found = check_pin(folder, WRONG, lambda: now)
    return found


def change(folder: Path, **values: object) -> None:
    path = folder / FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


# ── the rules ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("pin", ["", "42819", "4281930000000", "42819a", "428 93", "٤٢٨١٩٣"])
def test_a_pin_is_six_to_twelve_plain_digits(pin: str) -> None:
    flaw = Fault(ErrorCode.PIN_UNFIT, (("least", "6"), ("most", "12")))
    assert pin_flaw(pin) == flaw
    assert pin_flaw("428193") is None
    assert pin_flaw("428193000000") is None


@pytest.mark.parametrize(
    "pin",
    [
        *("000000", "777777777", "123456", "345678", "987654", "098765", "890123", "135791"),
        *("121212", "123123", "42814281", "424242", "100100", "110011", "112211", "999990"),
        *("112233", "123321", "147258", "159753", "654123"),
    ],
)
def test_what_is_guessed_first_is_refused(pin: str, tmp_path: Path) -> None:
    assert pin_flaw(pin) == Fault(ErrorCode.PIN_EASY)
    with pytest.raises(SettingsError) as refused:
        set_pin(tmp_path, pin)
    assert refused.value.code is ErrorCode.PIN_EASY
    assert not pin_is_set(tmp_path)


def test_few_pins_are_lost_to_the_rules() -> None:
    some = range(0, 1_000_000, 17)
    lost = sum(pin_flaw(f"{number:06}") is not None for number in some)
    assert 0.002 < lost / len(some) < 0.006


# ── the file ─────────────────────────────────────────────────────────────────────────────────


def test_without_a_file_nothing_is_guarded(tmp_path: Path) -> None:
    assert not pin_is_set(tmp_path / "none")
    assert check_pin(tmp_path / "none", "anything") == Check(right=True)
    assert pin_standing(tmp_path / "none") == Standing(is_set=False)
    assert not clear_pin(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_right_pin_and_no_other(folder: Path) -> None:
    assert pin_is_set(folder)
    assert check_pin(folder, PIN).right
    for other in (WRONG, "", PIN + "0", PIN[:-1], "0" + PIN, PIN[::-1]):
        assert not check_pin(folder, other).right
        assert check_pin(folder, PIN).right


def test_the_pin_is_not_in_the_file_and_two_stations_differ(folder: Path, tmp_path: Path) -> None:
    set_pin(tmp_path / "other", PIN)
    one, other = (json.loads((at / FILE_NAME).read_text()) for at in (folder, tmp_path / "other"))
    assert PIN not in (folder / FILE_NAME).read_text()
    assert one["salt"] != other["salt"]
    assert one["key"] != other["key"]


def test_what_is_usual_needs_memory_and_is_kept_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    set_pin(tmp_path, PIN)
    kept = json.loads((tmp_path / FILE_NAME).read_text())
    assert 128 * kept["cost"] * kept["block"] >= 32 * 2**20
    monkeypatch.setattr(access, "_LANES", 2)  # what a later version finds usual
    assert check_pin(tmp_path, PIN).right


def test_a_new_pin_takes_the_place_of_the_old_and_its_tries(folder: Path) -> None:
    wrong(folder, TRIES)
    set_pin(folder, "734091")
    assert pin_standing(folder) == Standing(is_set=True)
    assert check_pin(folder, "734091").right
    assert not check_pin(folder, PIN).right


def test_it_can_be_cleared(folder: Path) -> None:
    assert clear_pin(folder)
    assert not pin_is_set(folder)
    assert check_pin(folder, WRONG).right


@pytest.mark.skipif(sys.platform == "win32", reason="rights by ACL")
def test_the_group_may_go_on_with_it_where_the_folder_is_a_groups(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        set_pin(tmp_path, PIN)
        wrong(tmp_path, 1)
    finally:
        os.umask(before)
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o664, path
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pin.json", "pin.lock"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-20]),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text("[]"),
        lambda path: change(path.parent, form=2),
        lambda path: change(path.parent, cost=2**15 + 1),
        lambda path: change(path.parent, cost=2**20, block=32),
        lambda path: change(path.parent, wrong=-1),
        lambda path: change(path.parent, salt=""),
        lambda path: change(path.parent, key="AAAA"),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_damaged_file_stays_closed_and_says_so(
    folder: Path, damage: Callable[[Path], object]
) -> None:
    damage(folder / FILE_NAME)
    assert pin_is_set(folder)
    assert not Door(folder).is_open
    for ask in (lambda: check_pin(folder, PIN), lambda: pin_standing(folder)):
        with pytest.raises(SettingsError) as broken:
            ask()
        assert broken.value.code is ErrorCode.PIN_BROKEN
        assert str(folder / FILE_NAME) == broken.value.fault.fact("path")


def test_after_damage_a_new_one_can_be_set(folder: Path) -> None:
    (folder / FILE_NAME).write_bytes(b"torn")
    set_pin(folder, PIN)
    assert check_pin(folder, PIN).right


def test_a_try_that_cannot_be_counted_is_not_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = (folder / FILE_NAME).read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    for pin in (PIN, WRONG):
        with pytest.raises(SettingsError) as refused:
            check_pin(folder, pin)
        assert refused.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert (folder / FILE_NAME).read_bytes() == before
    assert not list(folder.glob(".*"))


# ── wrong tries ──────────────────────────────────────────────────────────────────────────────


def test_five_wrong_tries_bring_a_pause_in_which_nothing_is_right(folder: Path) -> None:
    assert [wrong(folder, 1).left for _ in range(TRIES - 1)] == [4, 3, 2, 1]
    assert wrong(folder, 1) == Check(False, TRIES, FIRST_PAUSE, TRIES)
    early = check_pin(folder, PIN, lambda: NOON + FIRST_PAUSE - 0.5)
    assert early == Check(False, TRIES, 0.5, 0)
    assert check_pin(folder, PIN, lambda: NOON + FIRST_PAUSE).right


def test_the_pauses_double_up_to_a_quarter_of_an_hour(folder: Path) -> None:
    now, waits = NOON, []
    for _ in range(8):
        waits.append(wrong(folder, TRIES, now).wait)
        now += waits[-1]
    assert waits == [30, 60, 120, 240, 480, 900, 900, LONGEST_PAUSE]
    assert check_pin(folder, PIN, lambda: now).right
    assert wrong(folder, TRIES, now).wait == FIRST_PAUSE  # from the beginning again


def test_the_right_pin_forgets_the_wrong_tries(folder: Path) -> None:
    wrong(folder, TRIES - 1)
    assert check_pin(folder, PIN, lambda: NOON).right
    assert wrong(folder, TRIES - 1).left == 1


def test_a_pause_lasts_when_another_program_looks(folder: Path) -> None:
    """As after a restart: nothing is known but the file."""
    wrong(folder, TRIES, time.time())
    found = in_another_process(folder, PIN)
    assert not found.right
    assert 0 < found.wait <= FIRST_PAUSE


def test_ending_the_program_wins_no_try(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is counted before it is looked at."""

    def killed(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(access.hashlib, "scrypt", killed)
        for _ in range(TRIES):
            with pytest.raises(KeyboardInterrupt):
                check_pin(folder, WRONG, lambda: NOON)
    assert check_pin(folder, PIN, lambda: NOON).wait == FIRST_PAUSE


@pytest.mark.parametrize("back", [1.0, 3600.0, NOON - 1])
def test_a_clock_set_back_neither_opens_nor_freezes_it(folder: Path, back: float) -> None:
    wrong(folder, TRIES)
    begin = NOON - back
    assert pin_standing(folder, lambda: begin).wait == FIRST_PAUSE
    assert not check_pin(folder, PIN, lambda: begin + FIRST_PAUSE - 1).right
    assert check_pin(folder, PIN, lambda: begin + FIRST_PAUSE).right


def test_a_clock_set_back_before_the_try_itself(folder: Path) -> None:
    wrong(folder, TRIES)
    assert check_pin(folder, PIN, lambda: NOON - 500).wait == FIRST_PAUSE
    assert check_pin(folder, PIN, lambda: NOON - 500 + FIRST_PAUSE).right


def test_two_processes_count_each_try(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        asked = [pool.apply_async(check_pin, (folder, WRONG)) for _ in range(4)]
        left = sorted(one.get(60).left for one in asked)
    assert left == [1, 2, 3, 4]


def in_another_process(folder: Path, pin: str) -> Check:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found: Check = pool.apply(check_pin, (folder, pin))
        return found


# ── the door ─────────────────────────────────────────────────────────────────────────────────


class Watch:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_door_stands_open_where_no_pin_is_set(tmp_path: Path) -> None:
    door = Door(tmp_path)
    assert door.is_open
    assert not door.has_pin
    assert door.guarded(lambda: 5)() == 5
    set_pin(tmp_path, PIN)  # by another program
    assert not door.is_open


def test_the_door_shuts_ten_minutes_after_the_last_touch(folder: Path) -> None:
    clock = Watch()
    door = Door(folder, clock=clock)
    assert not door.is_open
    assert not door.unlock(WRONG).right
    assert not door.is_open
    assert door.unlock(PIN).right
    clock.now += OPEN_SECONDS - 1
    assert door.is_open
    door.touch()
    clock.now += OPEN_SECONDS - 1
    assert door.is_open
    clock.now += 1
    assert not door.is_open
    door.touch()  # too late
    assert not door.is_open


def test_a_pin_set_anew_by_another_program_shuts_the_door(folder: Path) -> None:
    door = Door(folder)
    door.unlock(PIN)
    assert not check_pin(folder, WRONG).right  # another's wrong try shuts nobody out
    assert door.is_open
    set_pin(folder, PIN)
    assert not door.is_open
    door.touch()
    assert not door.is_open
    door.unlock(PIN)
    (folder / FILE_NAME).write_bytes(b"torn")
    assert not door.is_open


def test_what_is_guarded_is_refused_where_the_door_is_shut(folder: Path) -> None:
    done: list[int] = []
    door = Door(folder)
    act = door.guarded(done.append)
    with pytest.raises(SettingsError) as refused:
        act(1)
    assert refused.value.code is ErrorCode.PIN_NEEDED
    door.unlock(PIN)
    act(2)
    door.lock()
    with pytest.raises(SettingsError):
        act(3)
    assert done == [2]


def test_the_door_tells_what_is_done_with_it(folder: Path) -> None:
    told: list[tuple[str, Fault | None]] = []
    door = Door(folder, lambda action, fault: told.append((action, fault)))
    door.unlock(WRONG)
    door.unlock(PIN)
    for _ in range(TRIES + 1):  # the last comes in the pause, and is no try
        door.unlock(WRONG)
    assert [action for action, _ in told] == ["wrong_pin", "unlocked", *["wrong_pin"] * TRIES]
    paused = Fault(ErrorCode.PIN_PAUSED, (("count", "5"), ("seconds", "30")))
    assert [fault for _, fault in told] == [None] * (TRIES + 1) + [paused]
    told.clear()
    door.set_pin("734091")
    assert door.unlocked
    door.clear_pin()
    door.clear_pin()
    assert told == [("pin", Fault(ErrorCode.PIN_SET)), ("pin", Fault(ErrorCode.PIN_CLEARED))]
