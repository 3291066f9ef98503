"""Long work that the window does between its events: a slice at a time, so that it never stands."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

PAUSE_MS = 10  # for the window's events, after each slice


class Slices(QObject):
    """Goes on with `work` after each of its yields; what it raises ends the window's loop.

    `finish` then raises it, in the one who started all this.
    """

    def __init__(self, work: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._error: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)  # a slice may itself let the window's events pass
        self._timer.timeout.connect(self._go_on)

    @Slot()
    def start(self) -> None:
        """Begin, with the loop's next turn."""
        self._timer.start(PAUSE_MS)

    def finish(self) -> None:
        """Leave the rest undone. Raises what went wrong."""
        self._timer.stop()
        if self._error is not None:
            raise self._error

    @Slot()
    def _go_on(self) -> None:
        try:
            next(self._work)
            self._timer.start(PAUSE_MS)
        except StopIteration:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again in `finish`
            self._error = error
            QCoreApplication.exit()  # `quit` would close the window behind what is said then
