"""What the administrator's PIN guards, in a real window: asking, shutting again, changing it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station import access
from station.access import FILE_NAME, OPEN_SECONDS, TRIES, Door, check_pin, pin_is_set, set_pin
from station.errors import ErrorCode, Fault, SettingsError
from station.gui.fonts import load_fonts
from station.gui.texts import LANGUAGES, fault_text, install
from station.gui.theme import DARK, scaled
from station.gui.widgets.key_pad import LEAST_PX
from station.gui.widgets.pin_dialog import PinDialog
from station.gui.widgets.touch_key import TouchKey
from station.settings import CameraSettings, MachineSettings
from station.setup.room import guarded
from tests.gui import setup_desk
from tests.gui.setup_desk import Plant
from tests.gui.unlock_desk import LEFT, NEW, PIN, WRONG, Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least cost that the PIN's file may have."""
    monkeypatch.setattr(access, "_COST", 2**14)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    load_fonts()
    install("en")
    set_pin(tmp_path, PIN)
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()
    assert not made.faults
    install("en")


@pytest.fixture
def opened(desk: Desk) -> Desk:
    desk.go(1)
    desk.type(PIN)
    desk.until(desk.is_shown)
    return desk


# ── asking ───────────────────────────────────────────────────────────────────────────────────


def test_the_page_opens_by_touch_after_the_right_pin_only(desk: Desk) -> None:
    desk.go(1)
    assert desk.asking.heading.text() == "Administrator’s PIN"
    assert not desk.is_shown()
    assert not desk.inner.isVisible()
    desk.touch(WRONG)
    desk.said("That is not the PIN. 4 more tries.")
    assert not desk.is_shown()
    assert not desk.plant.told  # nothing of the page runs behind its cover
    desk.touch(PIN)
    desk.until(desk.is_shown)
    assert not desk.dialogs()
    desk.until(lambda: desk.inner.camera.sources.chosen is not None)
    desk.until(lambda: desk.told == [("wrong_pin", None), ("unlocked", None)])


def test_the_same_on_the_keyboard(desk: Desk) -> None:
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    pad = desk.ready()
    desk.qtbot.keyClicks(pad, "99")
    desk.qtbot.keyClick(pad, Qt.Key.Key_Return)  # two digits are no PIN, and no try
    assert pad.text == "99"
    desk.qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    assert pad.text == "9"
    desk.qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.text == ""
    desk.qtbot.keyClicks(pad, "1234567890123")
    assert pad.text == "123456789012"
    desk.qtbot.keyClick(pad, Qt.Key.Key_Delete)
    desk.type(WRONG)
    desk.said("4 more tries")
    desk.type(PIN)
    desk.until(desk.is_shown)


def test_enter_on_a_key_presses_that_key(desk: Desk) -> None:
    desk.go(1)
    pad = desk.ready()
    desk.until(pad.hasFocus)
    pad.digits[7].setFocus()
    desk.qtbot.keyClick(pad.digits[7], Qt.Key.Key_Return)
    assert pad.text == "7"
    desk.qtbot.keyClick(pad.digits[7], Qt.Key.Key_3)
    assert pad.text == "73"
    desk.asking.cancel_key.setFocus()
    desk.qtbot.keyClick(desk.asking.cancel_key, Qt.Key.Key_Return)
    assert not desk.dialogs()


def test_who_gives_up_sees_a_cover_and_may_go_elsewhere(desk: Desk) -> None:
    desk.go(1)
    desk.qtbot.keyClick(desk.ready(), Qt.Key.Key_Escape)
    assert not desk.dialogs()
    assert desk.page.cover.isVisible()
    assert not desk.inner.isVisible()
    desk.go(0)
    assert desk.window.page is desk.other
    desk.go(1)
    desk.click(desk.asking.cancel_key)
    desk.click(desk.page.cover.key)
    desk.type(PIN)
    desk.until(desk.is_shown)


def test_space_and_f5_reach_nothing_behind_the_cover(desk: Desk) -> None:
    desk.go(1)
    desk.click(desk.asking.cancel_key)
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_F5)
    assert desk.plant.asked("search") == []
    assert desk.page.cover.key.hasFocus()
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.asking.isVisible()


def test_a_pause_is_counted_down_and_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "FIRST_PAUSE", 2.0)
    for _ in range(TRIES - 1):
        check_pin(desk.data, WRONG)
    desk.go(1)
    desk.type(WRONG)
    desk.said("Too many wrong tries. Wait 0:0")
    assert not desk.asking.pad.is_taking
    desk.click(desk.asking.cancel_key)
    desk.click(desk.page.cover.key)  # another dialog knows of the pause too
    desk.said("Too many wrong tries. Wait 0:0")
    desk.said("The PIN can be entered again.")
    desk.type(PIN)
    desk.until(desk.is_shown)
    paused = [fault.code for _, fault in desk.told if fault is not None]
    assert paused == [ErrorCode.PIN_PAUSED]


def test_the_last_try_before_a_pause_is_announced(desk: Desk) -> None:
    for _ in range(TRIES - 2):
        check_pin(desk.data, WRONG)
    desk.go(1)
    desk.type(WRONG)
    desk.said("One more try, then there is a pause.")


def test_a_damaged_file_keeps_it_shut_and_says_what_to_do(desk: Desk) -> None:
    (desk.data / FILE_NAME).write_bytes(b"torn")
    desk.go(1)
    desk.said("station pin set")
    assert not desk.asking.pad.is_taking
    desk.click(desk.asking.cancel_key)
    assert not desk.is_shown()


def test_without_a_pin_nobody_is_asked(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    try:
        desk.go(1)
        assert desk.is_shown()
        assert not desk.dialogs()
        assert not desk.inner.lock_key.isVisible()
    finally:
        desk.close()


# ── shutting ─────────────────────────────────────────────────────────────────────────────────


def test_the_page_shuts_when_nobody_touched_it_for_ten_minutes(opened: Desk) -> None:
    opened.clock.now += OPEN_SECONDS - 1
    opened.guard.look()
    assert opened.is_shown()
    opened.clock.now += 1
    opened.guard.look()
    assert not opened.is_shown()
    assert opened.page.cover.isVisible()
    assert not opened.inner._in_sight
    opened.until(lambda: opened.told[-1] == ("locked", None))
    opened.click(opened.page.cover.key)
    opened.type(PIN)
    opened.until(opened.is_shown)


def test_mouse_and_keyboard_on_the_page_keep_it_open(opened: Desk) -> None:
    handle = opened.window.windowHandle()
    touches = (
        lambda: opened.qtbot.mouseClick(
            handle, LEFT, pos=opened.inner.mapTo(opened.window, opened.inner.rect().center())
        ),
        lambda: opened.qtbot.keyClick(handle, Qt.Key.Key_Shift),
    )
    for touch in (*touches, *touches):
        opened.clock.now += OPEN_SECONDS - 1
        touch()
        opened.guard.look()
        assert opened.is_shown()


def test_what_is_touched_elsewhere_does_not(opened: Desk) -> None:
    opened.go(0)
    opened.clock.now += OPEN_SECONDS - 1
    opened.qtbot.mouseClick(opened.window.windowHandle(), LEFT, pos=opened.other.pos())
    opened.clock.now += 2
    opened.go(1)
    assert not opened.is_shown()
    assert opened.asking.isVisible()


def test_it_stays_open_on_the_way_to_another_page_and_back(opened: Desk) -> None:
    opened.go(0)
    assert not opened.inner._in_sight
    opened.go(1)
    assert opened.is_shown()
    assert not opened.dialogs()


def test_the_lock_key_shuts_at_once(opened: Desk) -> None:
    opened.click(opened.inner.lock_key)
    assert not opened.is_shown()
    assert not opened.door.is_open
    opened.until(lambda: opened.told[-1] == ("locked", None))


def test_a_question_over_the_page_goes_with_it(opened: Desk) -> None:
    opened.click(opened.inner.machine_key)
    opened.until(lambda: opened.inner.machine.form._used is not None)
    opened.click(opened.inner.machine.form.kind_key)
    opened.until(opened.dialogs)
    opened.guard.lock()
    assert not opened.dialogs()
    assert not opened.is_shown()


def test_a_pin_set_from_elsewhere_shuts_what_stood_open(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    try:
        desk.go(1)
        set_pin(tmp_path, PIN)
        desk.until(lambda: not desk.is_shown())  # within a second, by itself
    finally:
        desk.close()


# ── what changes things is refused below the page too ────────────────────────────────────────


def test_what_changes_the_setup_is_refused_while_it_is_locked(tmp_path: Path) -> None:
    set_pin(tmp_path, PIN)
    plant, door = Plant(), Door(tmp_path)
    room = guarded(plant.room(), door)
    orders: tuple[Callable[[], object], ...] = (
        lambda: room.camera.use(CameraSettings()),
        lambda: room.camera.adjust("exposure", 5.0),
        lambda: room.camera.keep({}),
        lambda: room.machine.use(MachineSettings()),
        lambda: room.machine.press("OK", True),
        lambda: room.machine.test(True),
        lambda: room.plc.begin(),
        lambda: room.save(setup_desk.RECIPE),
    )
    for order in orders:
        with pytest.raises(SettingsError) as refused:
            order()
        assert refused.value.code is ErrorCode.PIN_NEEDED
    assert plant.told == []
    room.machine.test(False)  # to end something is always allowed
    room.plc.end()
    assert [name for name, *_ in plant.told] == ["test", "end"]
    door.unlock(PIN)
    room.machine.use(MachineSettings())
    assert plant.asked("machine")
    plant.sensor.close()


# ── setting, changing, removing ──────────────────────────────────────────────────────────────


def test_a_first_pin_is_asked_for_twice(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    try:
        desk.go(1)
        desk.click(desk.inner.access_key)
        assert desk.inner.access.set_key.text() == "Set a PIN…"
        assert not desk.inner.access.remove_key.isVisible()
        desk.click(desk.inner.access.set_key)
        desk.type("123456")
        desk.said("too easy to guess")
        desk.type(NEW)
        desk.until(lambda: desk.asking.heading.text() == "New PIN once more")
        desk.type(PIN)
        desk.said("They were not the same.")
        assert desk.asking.heading.text() == "New PIN"
        desk.type(NEW)
        desk.type(NEW)
        desk.until(lambda: pin_is_set(tmp_path))
        desk.until(lambda: desk.inner.access.set_key.text() == "Change the PIN…")
        assert desk.is_shown()  # who set it knows it
        assert desk.inner.lock_key.isVisible()
        assert check_pin(tmp_path, NEW).right
        assert desk.told == [("pin", Fault(ErrorCode.PIN_SET))]
    finally:
        desk.close()


def test_to_change_it_the_old_one_is_asked_for(opened: Desk) -> None:
    opened.click(opened.inner.access_key)
    opened.click(opened.inner.access.set_key)
    assert opened.asking.heading.text() == "Present PIN"
    opened.type(WRONG)
    opened.said("4 more tries")
    opened.type(PIN)
    opened.until(lambda: opened.asking.heading.text() == "New PIN")
    opened.type(NEW)
    opened.type(NEW)
    opened.until(lambda: not opened.dialogs())
    opened.until(lambda: opened.told[-1] == ("pin", Fault(ErrorCode.PIN_SET)))
    assert check_pin(opened.data, NEW).right
    assert not check_pin(opened.data, PIN).right


def test_to_remove_it_the_old_one_is_asked_for(opened: Desk) -> None:
    opened.click(opened.inner.access_key)
    opened.click(opened.inner.access.remove_key)
    opened.click(opened.asking.cancel_key)
    assert pin_is_set(opened.data)
    opened.click(opened.inner.access.remove_key)
    opened.touch(PIN)
    opened.until(lambda: not pin_is_set(opened.data))
    opened.until(lambda: not opened.inner.access.remove_key.isVisible())
    assert opened.is_shown()
    assert not opened.inner.lock_key.isVisible()


# ── for gloves, in every language ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [(1024, 720), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_big_and_all_fits(
    qtbot: QtBot, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    load_fonts()
    install(language)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    dialog = PinDialog("PIN", scaled(DARK, window.size()), window)
    dialog.open()
    dialog.pause(700)
    QApplication.processEvents()
    for key in dialog.findChildren(TouchKey):
        assert key.height() >= LEAST_PX
        assert key.width() >= LEAST_PX
    assert dialog.height() <= size[1]
    assert dialog.width() <= size[0]
    broken = Fault(ErrorCode.PIN_BROKEN, (("path", str(tmp_path / FILE_NAME)), ("reason", "x")))
    dialog.shut(fault_text(broken))
    QApplication.processEvents()
    assert dialog.height() <= size[1]
    dialog.reject()
    install("en")
