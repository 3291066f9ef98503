"""What dialogs over dialogs need: answers that come after they were closed, and their window."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from station.errors import Fault
from station.gui.tasks import Tasks

T = TypeVar("T")


class Asking(QObject):
    """The dialog goes for good once it is closed and nothing can come back to it any more."""

    def __init__(self, tasks: Tasks, dialog: QDialog, failed: Callable[[Fault], None]) -> None:
        super().__init__(dialog)
        self._tasks, self._dialog, self._failed = tasks, dialog, failed
        self._waits = 0
        self._closed = False
        dialog.finished.connect(self._end)

    def run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """`done`, or what hears of failures, unless the dialog is closed by then."""
        self._waits += 1

        def answered(tell: Callable[[], None]) -> None:
            self._waits -= 1
            if self._closed:
                self._leave()
            else:
                tell()

        self._tasks.run(
            work,
            lambda found: answered(lambda: done(found)),
            lambda fault: answered(lambda: self._failed(fault)),
        )

    def _end(self) -> None:
        self._closed = True
        self._leave()

    def _leave(self) -> None:
        if self._closed and not self._waits:
            self._dialog.deleteLater()


def main_window(widget: QWidget) -> QWidget:
    """The window that a dialog is over, also where there are dialogs between them."""
    window = widget.window()
    while (below := window.parentWidget()) is not None:
        window = below.window()
    return window
