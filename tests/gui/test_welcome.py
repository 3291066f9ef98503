"""The first start, worked by mouse and keyboard; what stands behind it is the real thing."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.access import check_pin, pin_is_set, set_pin
from station.cameras.features import Found
from station.errors import ErrorCode, Fault, SettingsError
from station.gui.fonts import load_fonts
from station.gui.tasks import Tasks
from station.gui.texts import LANGUAGES, current_language, fault_text, install
from station.gui.welcome import camera as camera_step
from station.gui.welcome import product as product_step
from station.gui.welcome.camera import CameraStep
from station.gui.welcome.folder import FolderStep
from station.gui.welcome.language import LanguageStep
from station.gui.welcome.lost import LostStep
from station.gui.welcome.pin import PinStep
from station.gui.welcome.product import ProductStep
from station.gui.welcome.room import DRAWN, Place, Seen, WelcomeRoom
from station.gui.welcome.window import WelcomeWindow
from station.place import NOTE_NAME, default_data_folder, is_fresh
from station.settings import CameraSettings, Settings, load_settings, save_settings
from station.welcome import make_room
from tests.gui.desks import desks
from tests.gui.welcome_desk import FAKE, PIN, TAKEN, Desk, look
from tests.gui.words import watch_words


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "usual 数据"
    monkeypatch.setenv("STATION_DATA_FOLDER", str(folder))
    return folder


@pytest.fixture
def room(usual: Path, tmp_path: Path) -> WelcomeRoom:
    """The station's own, but for the cameras of this computer."""
    shots = tmp_path / "shots"
    shots.mkdir()
    made = make_room(usual, False, threading.Event(), shots)
    return replace(made, search=Seen, look=lambda camera: look(shots, camera), disks=lambda: ())


@pytest.fixture
def open_desk(qtbot: QtBot) -> Iterator[Callable[[WelcomeRoom], Desk]]:
    with desks(partial(Desk, qtbot)) as opens:
        yield opens


@pytest.fixture
def desk(open_desk: Callable[[WelcomeRoom], Desk], room: WelcomeRoom) -> Desk:
    return open_desk(room)


# ── all of it ────────────────────────────────────────────────────────────────────────────────


def test_from_the_language_to_a_station_that_has_begun(desk: Desk, usual: Path) -> None:
    window, language = desk.window, desk.window.step
    assert isinstance(language, LanguageStep)
    desk.click(language.tiles.tile("de"))
    assert current_language() == "de"
    assert window.back_key.text() != "Close", "the words change at once"
    step = desk.to_camera()
    desk.until(lambda: step.shot.has_picture)
    assert is_fresh(usual), "nothing is written before the end"
    assert not pin_is_set(usual)
    desk.next(ProductStep)
    product = window.step
    assert isinstance(product, ProductStep)
    assert product.tiles.chosen == product_step.LATER, "the demo line has its own product"
    desk.click(product.tiles.tile(product_step.TEACH))
    assert desk.finish().teach
    assert check_pin(usual, PIN).right
    assert load_settings(usual) == Settings(language="de")
    assert not (usual / NOTE_NAME).exists()
    assert default_data_folder() == usual


def test_who_leaves_before_the_end_leaves_nothing(desk: Desk, usual: Path, tmp_path: Path) -> None:
    desk.to_camera()
    desk.window.close()
    assert desk.window.answers is None
    assert not usual.exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["shots"]


def test_the_keyboard_alone_will_do(desk: Desk, usual: Path) -> None:
    window = desk.window
    window.activateWindow()
    desk.until(lambda: QApplication.focusWidget() is not None)
    desk.key(Qt.Key.Key_Down)
    assert current_language() == "de"
    desk.key(Qt.Key.Key_Up)
    assert current_language() == "en"
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: window.step is desk.folder and desk.folder.may_go_on)
    desk.key(Qt.Key.Key_Escape)
    assert isinstance(window.step, LanguageStep)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: window.step is desk.folder and window.next_key.isEnabled())
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: isinstance(window.step, PinStep))
    for _ in range(2):
        for digit in PIN:
            desk.key(Qt.Key(int(Qt.Key.Key_0) + int(digit)))
        desk.key(Qt.Key.Key_Return)
    desk.until(lambda: window.step is desk.camera)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: isinstance(window.step, ProductStep))
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: window.answers is not None)
    assert check_pin(usual, PIN).right
    assert not is_fresh(usual)


# ── the folder ───────────────────────────────────────────────────────────────────────────────


def test_another_folder_is_found_again_at_the_next_start(
    desk: Desk, usual: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "grosse Platte 大"
    disk.mkdir()
    (disk / "report.xlsx").touch()
    step = desk.to_folder()
    step.choose(disk)
    desk.until(lambda: step.may_go_on)
    assert step.folder == disk / "Station", "among the files of others it has one of its own"
    assert "Other files" in step.note.text()
    desk.next(PinStep)
    pin = desk.window.step
    assert isinstance(pin, PinStep)
    desk.enter(pin, PIN)
    desk.enter(pin, PIN)
    desk.next(ProductStep)
    desk.finish()
    assert default_data_folder() == disk / "Station"
    assert is_fresh(usual)
    assert check_pin(disk / "Station", PIN).right
    assert load_settings(default_data_folder()).language == "en"


def test_other_disks_are_a_touch_away(
    open_desk: Callable[[WelcomeRoom], Desk], room: WelcomeRoom, usual: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "big disk"
    desk = open_desk(replace(room, disks=lambda: (Place(disk, 4 * 10**12),)))
    step = desk.to_folder()
    desk.until(lambda: len(step.tiles.choices) == 3)
    usual_one, big, _ = step.tiles.choices
    assert usual_one.name == str(usual)
    assert "4\u2009000 GB" in big.hint
    desk.click(step.tiles.tile(str(disk)))
    desk.until(lambda: step.may_go_on)
    assert step.place is not None
    assert step.place.folder == disk


def test_a_folder_that_will_not_do_is_refused_with_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    step = desk.to_folder()
    step.choose(tmp_path / "file")
    desk.until(lambda: bool(desk.window.trouble.text()))
    assert "file" in desk.window.trouble.text()
    assert not desk.window.next_key.isEnabled()
    desk.click(step.tiles.tile(str(step._room.proposed)))
    desk.until(lambda: step.may_go_on)
    assert desk.window.trouble.text() == ""


def test_a_disk_that_went_away_is_noticed_when_one_goes_on(desk: Desk, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    step = desk.to_folder()
    step.choose(disk)
    desk.until(lambda: step.may_go_on)
    disk.rmdir()
    disk.touch()
    desk.click(desk.window.next_key)
    desk.until(lambda: bool(desk.window.trouble.text()) and not desk.window._busy)
    assert desk.window.step is step


def test_a_stations_data_are_taken_up_and_nothing_else_is_asked(
    desk: Desk, usual: Path, tmp_path: Path
) -> None:
    kept = Settings(language="zh_CN", lot="7", camera=CameraSettings(kind="uvc", source="1"))
    save_settings(tmp_path / "old", kept)
    step = desk.to_folder()
    step.choose(tmp_path / "old")
    desk.until(lambda: step.may_go_on)
    assert "already" in step.note.text()
    assert desk.window.next_key.text() == "Start with these data"
    assert not desk.finish().teach
    assert default_data_folder() == tmp_path / "old"
    assert load_settings(tmp_path / "old") == kept
    assert not pin_is_set(tmp_path / "old")


def test_a_folder_named_at_the_start_cannot_be_changed(
    open_desk: Callable[[WelcomeRoom], Desk], room: WelcomeRoom, tmp_path: Path
) -> None:
    named = tmp_path / "named"
    own = make_room(named, True, threading.Event(), tmp_path)
    desk = open_desk(replace(own, search=room.search, look=room.look))
    step = desk.to_folder()
    assert [one.name for one in step.tiles.choices] == [str(named)]
    desk.next(PinStep)
    pin = desk.window.step
    assert isinstance(pin, PinStep)
    desk.enter(pin, PIN)
    desk.enter(pin, PIN)
    desk.next(ProductStep)
    desk.finish()
    assert not is_fresh(named)
    assert not (tmp_path / "usual 数据").exists(), "the next start names it again"


# ── the PIN ──────────────────────────────────────────────────────────────────────────────────


def test_a_pin_is_entered_twice_and_no_easy_one(desk: Desk) -> None:
    step = desk.to_pin()
    desk.enter(step, "111111")
    assert desk.window.trouble.text() == fault_text(Fault(ErrorCode.PIN_EASY))
    desk.enter(step, PIN)
    assert desk.window.trouble.text() == ""
    assert "once more" in step.ask.text()
    assert not desk.window.next_key.isEnabled()
    desk.enter(step, "246135")
    assert "another" in step.ask.text()
    desk.enter(step, PIN)
    desk.click(desk.window.back_key)
    assert desk.window.step is step, "back is to the first time"
    assert "once more" not in step.ask.text()
    desk.enter(step, PIN)
    desk.enter(step, PIN)
    desk.until(lambda: desk.window.step is desk.camera)
    desk.click(desk.window.back_key)
    assert "chosen" in step.ask.text()
    desk.click(step.anew_key)
    assert not desk.window.next_key.isEnabled()


def test_a_pin_that_was_set_already_holds(desk: Desk, usual: Path) -> None:
    set_pin(usual, PIN)
    desk.to_folder()
    desk.next(CameraStep)
    assert desk.window.where.text().endswith("3 OF 4")
    desk.next(ProductStep)
    desk.finish()
    assert check_pin(usual, PIN).right


# ── the camera ───────────────────────────────────────────────────────────────────────────────


def test_a_camera_that_was_found_is_proposed_and_says_what_is_wrong(
    open_desk: Callable[[WelcomeRoom], Desk], room: WelcomeRoom, usual: Path
) -> None:
    desk = open_desk(replace(room, search=lambda: Seen((TAKEN, FAKE))))
    step = desk.to_camera()
    assert step.chosen == FAKE, "the first that nobody else uses"
    desk.until(lambda: bool(step.shot.accessibleName()) and step._looked == FAKE)
    said = Fault(ErrorCode.CAMERA_NOT_FOUND, (("source", "SN1"),))
    assert step.shot.accessibleName() == fault_text(said), "the words of the Setup page"
    desk.click(step.tiles.tile(camera_step.DEMO))
    desk.until(lambda: step.shot.has_picture)
    desk.click(step.tiles.tile("aravis SN1"))
    desk.next(ProductStep)
    product = desk.window.step
    assert isinstance(product, ProductStep)
    assert product.tiles.chosen == product_step.TEACH
    assert "demo" not in " ".join(one.words for one in product.tiles.choices).lower()
    assert desk.finish().teach
    assert load_settings(usual).camera == CameraSettings(kind="aravis", source="SN1")


def test_a_search_that_comes_late_changes_no_choice(
    open_desk: Callable[[WelcomeRoom], Desk], room: WelcomeRoom
) -> None:
    desk = open_desk(room)
    step = desk.to_camera()
    desk.click(step.tiles.tile(camera_step.DEMO))
    step._found(Seen((FAKE,)))
    assert step.chosen == DRAWN
    assert step.tiles.choices[0].words == "Aravis Fake"


def test_a_folder_of_pictures_must_have_some(desk: Desk, tmp_path: Path) -> None:
    step = desk.to_camera()
    step.choose_folder(str(tmp_path))
    desk.until(lambda: step._looked is not None)
    assert not desk.window.next_key.isEnabled()
    step.choose_address("camera/1")
    assert step.chosen == Found("stream", "rtsp://camera/1", "")
    desk.until(lambda: step._looked is not None)
    assert desk.window.next_key.isEnabled(), "a device may come later"


def test_no_camera_is_said(open_desk: Callable[[WelcomeRoom], Desk], room: WelcomeRoom) -> None:
    fault = Fault(ErrorCode.CAMERA_DRIVER_MISSING, (("kind", "gentl"), ("reason", "no .cti")))
    desk = open_desk(replace(room, search=lambda: Seen((), (fault,))))
    step = desk.to_camera()
    assert step.missing.text() == "No camera was found.\nGenTL: no .cti"
    assert step.chosen == DRAWN


# ── what is not there, and how it looks ──────────────────────────────────────────────────────


def test_data_that_cannot_be_reached_are_looked_for_again(qtbot: QtBot, tmp_path: Path) -> None:
    load_fonts()
    disk, tasks = tmp_path / "disk", Tasks(lambda _: None)
    fault = Fault(ErrorCode.DATA_FOLDER_MISSING, (("path", str(disk)), ("note", "note")))

    def find() -> None:
        if not disk.is_dir():
            raise SettingsError(fault.code, **dict(fault.facts))

    window = WelcomeWindow([LostStep(fault, find, tasks)], lambda said, done, failed: done())
    qtbot.addWidget(window)
    window.show()
    assert str(disk) in window.words.text()
    QTest.mouseClick(window.next_key, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.trouble.text()) and not window._busy)
    disk.mkdir()
    QTest.mouseClick(window.next_key, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.answers is not None)
    window.close()
    tasks.close()


@pytest.mark.parametrize("size", [QSize(1024, 720), QSize(1366, 768), QSize(1920, 1080)])
def test_no_word_is_cut_in_any_language(
    open_desk: Callable[[WelcomeRoom], Desk],
    room: WelcomeRoom,
    size: QSize,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = open_desk(replace(room, search=lambda: Seen((TAKEN, FAKE))))
    desk.window.resize(size)
    desk.to_camera()
    cut = watch_words(monkeypatch)
    for language in LANGUAGES:
        install(language)
        for step in desk.window.steps:
            desk.window._asked[-1] = step
            desk.window._come_to(step)
            QApplication.processEvents()
            desk.window.grab()
            assert not cut, (language, cut)
            assert _inside(desk.window), (language, type(step).__name__)


def _inside(window: WelcomeWindow) -> bool:
    """Every key stands wholly in the window, and none over another."""
    keys = [window.back_key, window.next_key]
    stack = window.stack.geometry().translated(window._middle.pos())
    return (
        all(
            window.rect().contains(key.geometry().translated(window._middle.pos()))
            and not stack.intersects(key.geometry().translated(window._middle.pos()))
            for key in keys
        )
        and window.step.minimumSizeHint().height() <= window.stack.height()
    )


def test_a_place_is_looked_at_off_the_gui_thread(
    open_desk: Callable[[WelcomeRoom], Desk], room: WelcomeRoom
) -> None:
    judge, slow = room.judge, threading.Event()

    def waits(folder: Path) -> Place:
        slow.wait(5)
        return judge(folder)

    desk = open_desk(replace(room, judge=waits))
    begun = time.monotonic()
    desk.next(FolderStep)
    assert time.monotonic() - begun < 3
    assert not desk.window.next_key.isEnabled()
    slow.set()
    desk.until(lambda: desk.folder.may_go_on)
