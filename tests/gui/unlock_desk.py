"""A window whose Setup page a PIN guards, and a hand; records and cameras are not there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from station.access import Door
from station.errors import Fault
from station.gui.guarded_page import GuardedPage
from station.gui.pages.setup import SetupPage
from station.gui.pages.setup_room import Workers
from station.gui.tasks import Tasks
from station.gui.unlock import Guard
from station.gui.widgets.key_pad import KeyPad
from station.gui.widgets.pin_dialog import PinDialog
from tests.gui.setup_desk import Plant, close_window, open_window

PIN, WRONG, NEW = "428193", "581947", "734091"
LEFT = Qt.MouseButton.LeftButton


class Watch:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """A window with a page for all and the Setup page, and a hand."""

    def __init__(self, qtbot: QtBot, data: Path) -> None:
        self.qtbot, self.data, self.clock, self.plant = qtbot, data, Watch(), Plant()
        self.told: list[tuple[str, Fault | None]] = []
        self.faults: list[Fault] = []
        self._tasks = [Tasks(self.faults.append) for _ in range(4)]
        self.door = Door(data, lambda action, fault: self.told.append((action, fault)), self.clock)
        self.guard = Guard(self.door, self._tasks[3], lambda: self.window.page is self.page)
        inner = SetupPage(self.plant.room(), Workers(*self._tasks), self.guard)
        self.page, self.inner = GuardedPage(inner, self.guard), inner
        self.window = open_window(qtbot, self.page, self.guard)
        self.other = self.window.pages[0]

    def close(self) -> None:
        close_window(self.window, self._tasks, self.plant)

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=8000)

    def dialogs(self) -> list[QDialog]:
        return [one for one in self.window.findChildren(QDialog) if one.isVisible()]

    @property
    def asking(self) -> PinDialog:
        self.until(self.dialogs)
        (dialog,) = self.dialogs()
        assert isinstance(dialog, PinDialog)
        return dialog

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, LEFT)

    def touch(self, pin: str) -> None:
        """With the mouse, key by key, then OK."""
        pad = self.ready()
        for digit in pin:
            self.click(pad.digits[int(digit)])
        self.click(pad.ok_key)

    def type(self, pin: str) -> None:
        """On the keyboard, then Enter."""
        pad = self.ready()
        self.until(pad.hasFocus)
        self.qtbot.keyClicks(pad, pin)
        self.qtbot.keyClick(pad, Qt.Key.Key_Return)

    def ready(self) -> KeyPad:
        self.until(lambda: self.asking.pad.is_taking)
        return self.asking.pad

    def said(self, words: str) -> None:
        self.until(lambda: words in self.asking.said.text())

    def go(self, place: int) -> None:
        self.click(self.window.bar.tabs[place])

    def is_shown(self) -> bool:
        return self.page.is_shown and self.inner.isVisible()
