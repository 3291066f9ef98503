"""The hand-overs that were signed: choose one to see its report as it was signed and is now."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station.errors import Fault
from station.gui.pages import line_handover_words as saying
from station.gui.pages.line_handover_asking import Asking, main_window
from station.gui.pages.line_handover_pages import PagesDialog
from station.gui.pages.line_handover_room import HandoverRoom
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.theme import TOUCH_MM, Theme, apply_theme, mm
from station.gui.widgets.touch_key import TouchKey
from station.insight.handover import Handover
from station.insight.shift import ShiftReport

MOST = 500


class FormerDialog(QDialog):
    """Shown with `open()`; it goes by itself."""

    def __init__(self, room: HandoverRoom, tasks: Tasks, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._room, self._tasks, self._theme = room, tasks, theme
        self._found: list[Handover] = []
        self._asking = Asking(tasks, self, self._failed)
        self.title, self.state, self.list = QLabel(), QLabel(), QListWidget()
        self.close_key = TouchKey()
        self._arrange()
        apply_theme(self, theme)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.close_key.clicked.connect(self.reject)
        self._asking.run(room.former, self._show)

    def _arrange(self) -> None:
        words = translate("Handover", "Former hand-overs")
        self.setWindowTitle(words)
        self.title.setText(words)
        self.title.setProperty("role", "title")
        self.state.setProperty("role", "muted")
        self.state.setWordWrap(True)
        self.close_key.set_title(translate("Handover", "Close"))
        self.list.setWordWrap(True)
        self.list.setSpacing(self._theme.px(6))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(24)] * 4)
        column.setSpacing(self._theme.px(12))
        for widget in (self.title, self.state, self.list, self.close_key):
            column.addWidget(widget, int(widget is self.list))

    def showEvent(self, event: QShowEvent) -> None:
        """In the middle of the window."""
        super().showEvent(event)
        window = main_window(self)
        self.resize(window.size() * 0.8)
        self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())

    def _show(self, found: list[Handover]) -> None:
        self._found = found[:MOST]
        self.list.clear()
        high = max(self._theme.px(96), mm(self, TOUCH_MM * 0.8))
        for one in self._found:
            item = QListWidgetItem("\n".join(saying.former(one)))
            item.setSizeHint(QSize(high, high))
            self.list.addItem(item)
        none = translate("Handover", "No shift was handed over yet.")
        touch = translate("Handover", "Touch one to see its report and to export it again.")
        self.state.setText(touch if found else none)

    def _open(self, item: QListWidgetItem) -> None:
        """An item that is clicked may also be activated: one answer is enough."""
        handover = self._found[self.list.row(item)]
        if self.list.isEnabled():
            self.list.setEnabled(False)
            self._asking.run(partial(self._room.report, handover), self._pages)

    def _pages(self, report: ShiftReport) -> None:
        self.list.setEnabled(True)
        PagesDialog(report, self._room, self._tasks, self._theme, self).open()

    def _failed(self, fault: Fault) -> None:
        self.list.setEnabled(True)
        self.state.setText(fault_text(fault))
