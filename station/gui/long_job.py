"""Something long in a thread of its own, that tells how far it is and can be stopped."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from station.errors import Fault
from station.gui.tasks import Tasks

Tell = Callable[[Any], None]
Cancelled = Callable[[], bool]
Work = Callable[[Tell, Cancelled], Any]


class LongJob(QObject):
    """One at a time, in the only thread of `tasks`, which nobody else should use.

    `changed` when `runs`, `told` or `stopping` is another; then `ended(result)` or
    `failed(fault)`, by when another may be started. When the program ends, it is cancelled.
    """

    changed = Signal()
    ended = Signal(object)
    failed = Signal(object)
    _tell = Signal(int, object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._stop = threading.Event()
        self._ticket = 0
        self.runs = False
        self.told: Any = None
        self._tell.connect(self._on_told)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.cancel)

    @property
    def stopping(self) -> bool:
        """Whether a person has cancelled it, and it has not ended yet."""
        return self.runs and self._stop.is_set()

    def start(self, work: Work) -> bool:
        """Begin, unless one runs: `work(tell, cancelled)` in the worker."""
        if self.runs:
            return False
        stop = self._stop = threading.Event()
        self._ticket += 1
        self.runs, self.told = True, None
        tell = partial(self._tell.emit, self._ticket)
        self._tasks.run(lambda: work(tell, stop.is_set), self._done, self._on_failed)
        self.changed.emit()
        return True

    @Slot()
    def cancel(self) -> None:
        """Stop soon, and leave nothing half-made behind."""
        if self.runs and not self._stop.is_set():
            self._stop.set()
            self.changed.emit()

    def _on_told(self, ticket: int, words: object) -> None:
        if self.runs and ticket == self._ticket:
            self.told = words
            self.changed.emit()

    def _done(self, result: object) -> None:
        self._rest()
        self.ended.emit(result)

    def _on_failed(self, fault: Fault) -> None:
        self._rest()
        self.failed.emit(fault)

    def _rest(self) -> None:
        self.runs, self.told = False, None
        self.changed.emit()
