"""The whole window with a real line behind it: pages, keyboard, languages, themes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station.access import set_pin
from station.app import built_line
from station.cameras.simulated import CameraFault, SimulatedCamera
from station.choice import RunChoice
from station.desktop import Room, open_window
from station.domain.inspection import DecisionKind
from station.domain.recipe import ReviewRule
from station.errors import ErrorCode, SettingsError
from station.gui.bridge import LineBridge
from station.gui.fonts import load_fonts
from station.gui.guarded_page import GuardedPage
from station.gui.main_window import MainWindow
from station.gui.pages.inspect import InspectPage
from station.gui.pages.review import ReviewPage
from station.gui.pages.teach import TeachPage
from station.gui.pages.teach_new import NewProduct
from station.gui.texts import current_language, fault_text, install, translate
from station.gui.widgets.coming import Coming
from station.gui.widgets.pin_dialog import PinDialog
from station.gui.widgets.status_chip import ChipState
from station.pipeline.events import LineState
from station.pipeline.line import Line
from station.plan import make_plan
from station.present import Present
from station.settings import Settings, load_settings
from station.store.store import Store
from tests.models import build_bright_model

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

BOUNCE = 0.35


class Station:
    """A window that is open, and everything behind it."""

    def __init__(self, qtbot: QtBot, store: Store, line: Line, window: MainWindow) -> None:
        self.qtbot, self.store, self.line, self.window = qtbot, store, line, window

    @property
    def inspect(self) -> InspectPage:
        page = self.window.stack.widget(0)
        assert isinstance(page, InspectPage)
        return page

    @property
    def review(self) -> ReviewPage:
        page = self.window.stack.widget(1)
        assert isinstance(page, ReviewPage)
        return page

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """One press, long enough after the last one not to be taken for bouncing."""
        self.qtbot.wait(int(BOUNCE * 1000))
        self.qtbot.keyClick(self.window, key, modifier or Qt.KeyboardModifier.NoModifier)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=10_000)

    def part(self) -> str:
        """Inspect one part by key; its uid once it is recorded."""
        known = self.store.last_number()
        self.press(Qt.Key.Key_Space)
        self.until(lambda: self.store.last_number() == known + 1)
        uid = self.store.reader.history(1)[0].inspection.uid
        self.until(lambda: self.inspect._desk.get(uid) is not None)
        return uid

    def said(self, uid: str) -> DecisionKind | None:
        standing = self.store.reader.standing_decision(uid)
        return standing.kind if standing else None


@pytest.fixture
def station(qtbot: QtBot, tmp_path: Path) -> Iterator[Station]:
    load_fonts()
    install("en")
    model = build_bright_model(tmp_path / "bright.onnx", level=60)
    plan = make_plan(RunChoice(tmp_path / "data", model=model))
    camera = SimulatedCamera(width=320, height=256, fps=60, pool=4)
    plan = replace(
        plan, camera=camera, recipe=replace(plan.recipe, name="Plate", review=ReviewRule.ALL)
    )
    bridge = LineBridge()
    with Store(plan.data) as store, built_line(plan, store, bridge.post) as line:
        room = Room(plan.data, plan.settings, store.reader, line)
        with open_window(room, lambda fault: pytest.fail(str(fault))) as (window, hands):
            bridge.told.connect(window.show_event)
            present = Present(window, line, store.reader, room.settings.shifts, hands.tasks)
            bridge.told.connect(present.hear)
            qtbot.addWidget(window)
            window.resize(1280, 800)
            line.start()
            window.show()
            qtbot.waitUntil(lambda: line.status().state is LineState.READY, timeout=10_000)
            qtbot.waitUntil(lambda: window.stack.widget(0)._product is not None)
            yield Station(qtbot, store, line, window)
            window.close()
        bridge.told.disconnect()
    install("en")


def test_keys_inspect_accept_and_undo(station: Station) -> None:
    uid = station.part()
    station.press(Qt.Key.Key_A)
    station.until(lambda: station.said(uid) is DecisionKind.ACCEPT)
    station.press(Qt.Key.Key_Z)
    station.until(lambda: station.said(uid) is None)
    station.press(Qt.Key.Key_F2)
    station.until(lambda: station.said(uid) is DecisionKind.REJECT)


def test_a_held_key_counts_once(station: Station) -> None:
    station.part()
    station.qtbot.wait(400)
    for _ in range(5):
        station.qtbot.keyClick(station.window, Qt.Key.Key_Space)
    station.qtbot.wait(400)
    assert station.store.last_number() == 2


def test_letters_in_a_text_field_are_only_letters(station: Station) -> None:
    uid = station.part()
    field = QLineEdit(station.window)
    field.show()
    field.setFocus()
    station.qtbot.waitUntil(field.hasFocus)
    station.qtbot.keyClicks(field, "ar")
    station.qtbot.wait(300)
    assert station.said(uid) is None


def test_review_takes_the_oldest_first_and_brings_back_what_is_undone(station: Station) -> None:
    uids = [station.part() for _ in range(3)]
    assert station.window.bar.tabs[1]._count == 3
    station.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    review = station.review
    station.until(lambda: review._selected == uids[0] and review.judged._still.has_picture)
    station.press(Qt.Key.Key_A)
    station.until(lambda: review._selected == uids[1])
    assert station.said(uids[0]) is DecisionKind.ACCEPT
    station.press(Qt.Key.Key_1)
    station.press(Qt.Key.Key_R)
    station.until(lambda: review._selected == uids[2])
    standing = station.store.reader.standing_decision(uids[1])
    assert standing is not None
    assert standing.label == "dark"
    station.press(Qt.Key.Key_Z)
    station.until(lambda: review._selected == uids[1])
    assert station.said(uids[1]) is None
    assert review.count == 2
    assert station.window.bar.tabs[1]._count == 2


def test_the_queue_survives_a_new_window(station: Station) -> None:
    uid = station.part()
    room = Room(station.store.folder, Settings(), station.store.reader, station.line)
    with open_window(room, lambda fault: pytest.fail(str(fault))) as (window, _):
        station.qtbot.addWidget(window)
        review = window.stack.widget(1)
        assert isinstance(review, ReviewPage)
        station.until(lambda: [seen.uid for seen in review._queue.all()] == [uid])
        assert window.stack.widget(0)._desk.counts.parts == 1
        window.close()


class Shown(QObject):
    """The windows that came up."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWindow):
            self.windows.append(watched)
        return False


def test_no_part_of_a_page_comes_up_as_a_window_of_its_own(station: Station) -> None:
    """It would flash in front of the person, and take the keys away from the window."""
    room = Room(station.store.folder, Settings(), station.store.reader, station.line)
    shown, app = Shown(), QApplication.instance()
    assert app is not None
    app.installEventFilter(shown)
    with open_window(room, lambda fault: pytest.fail(str(fault))) as (window, _):
        station.qtbot.addWidget(window)
        assert not [page for page in window.pages if isinstance(page, Coming)]
        assert shown.windows == []
        window.show()
        assert len(shown.windows) == 1
        window.close()
    app.removeEventFilter(shown)


def test_an_empty_queue_says_so(station: Station) -> None:
    station.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert "Nothing waits" in station.review.banner._empty
    assert not station.review.accept_key.isEnabled()


def test_language_and_theme_switch_live_and_are_remembered(station: Station) -> None:
    data = station.store.folder
    for language in ("de", "zh_CN", "en"):
        station.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert current_language() == language
        key = station.inspect.accept_key
        station.until(lambda key=key: key.text() == translate("Inspect", "Accept"))
        station.until(lambda language=language: load_settings(data).language == language)
    before = station.window.palette().window().color(), station.window.styleSheet()
    station.window.toggle_theme()
    assert station.window.styleSheet() != before[1]
    station.until(lambda: load_settings(data).theme == "light")


def test_a_lost_camera_is_shown_in_words_and_recovers(station: Station) -> None:
    camera = station.line._use.camera
    assert isinstance(camera, SimulatedCamera)
    camera.fail(CameraFault.UNPLUG)
    station.until(lambda: station.inspect.notice.isVisible())
    fault = station.line.status().fault
    assert fault is not None
    assert station.inspect.notice.words == fault_text(fault)
    assert station.window.bar.chips["camera"]._state is ChipState.BAD
    uid = station.part()
    shown = station.inspect.banner.shown
    assert shown is not None
    assert shown.word == "Not inspected"
    assert station.store.inspection(uid).fault is not None
    camera.fail(None)
    station.until(lambda: not station.inspect.notice.isVisible())
    station.until(lambda: station.window.bar.chips["camera"]._state is ChipState.OK)


def test_setup_and_releases_are_locked_where_a_pin_is_set(station: Station) -> None:
    window = station.window
    station.until(lambda: isinstance(window.pages[5], GuardedPage))
    station.until(lambda: isinstance(window.pages[3], TeachPage))
    setup, teach = window.pages[5], window.pages[3]
    assert isinstance(setup, GuardedPage)
    assert isinstance(teach, TeachPage)
    set_pin(station.store.folder, "428193")
    with pytest.raises(SettingsError) as refused:
        teach._room.releases.roll_back("Plate", "no reason")
    assert refused.value.code is ErrorCode.PIN_NEEDED
    window.show_page(5)
    (dialog,) = window.findChildren(PinDialog)
    assert not setup.is_shown
    station.until(dialog.pad.hasFocus)
    station.qtbot.keyClicks(dialog.pad, "428193")
    station.qtbot.keyClick(dialog.pad, Qt.Key.Key_Return)
    station.until(lambda: setup.is_shown)
    assert station.store.reader.audit(1)[0].action == "unlocked"
    window.show_page(3)
    teach.teach_new()  # open already: nobody is asked again
    station.until(lambda: bool(window.findChildren(NewProduct)))
    window.findChildren(NewProduct)[0].reject()
    setup._guard.lock()
    teach.teach_new()
    asks = [one for one in window.findChildren(PinDialog) if one.isVisible()]
    assert len(asks) == 1
    asks[0].reject()
