"""Inspects parts by itself in an open window, takes the window's picture and closes it."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

from station.gui.main_window import MainWindow

SETTLE_MS = 900  # the last part's picture and heat map come into sight within this time


class FirstPaint(QObject):
    """Tells once that a widget stands on the screen, drawn."""

    painted = Signal()

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self._watched = watched
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        """Of the watched widget; it draws after this returns, and before the timer's turn."""
        if event.type() == QEvent.Type.Paint:
            self._watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return super().eventFilter(watched, event)


class Driver(QObject):
    """Inspects parts in a thread of its own, then takes the window's picture and closes it."""

    ended = Signal()

    def __init__(self, window: MainWindow, screenshot: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._screenshot = screenshot
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self.ended.connect(self._settle)

    def start(self, drive: Callable[[], object]) -> None:
        """Begin; the window stays alive meanwhile."""

        def body() -> None:
            try:
                drive()
            except BaseException as error:  # noqa: BLE001 - raised again in `finish`
                self._error = error
            self.ended.emit()

        self._thread = threading.Thread(target=body, name="driver", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Wait for the thread; raises what went wrong in it."""
        if self._thread is not None:
            self._thread.join()
        if self._error is not None:
            raise self._error

    @Slot()
    def _settle(self) -> None:
        QTimer.singleShot(SETTLE_MS, self._leave)

    @Slot()
    def _leave(self) -> None:
        if self._screenshot is not None:
            self._screenshot.parent.mkdir(parents=True, exist_ok=True)
            self._window.grab().save(str(self._screenshot))
        self._window.close()
