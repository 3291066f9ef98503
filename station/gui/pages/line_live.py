"""Keeping the figures at the present: what is new is read in a worker, and never all the time."""

import time as clock
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from station.errors import Fault
from station.gui.tasks import Tasks
from station.insight.overview import Seen
from station.store.history import Filter

LIVE_MS = 1000  # so often figures follow parts, at most
PATIENCE = 4  # reading takes at most a fifth of the time
TICK_MS = 20_000  # and without parts: time passes, shifts end

See = Callable[[Filter, Seen | None], Seen]


class Live(QObject):
    """`came()` when `seen` is of now; `failed(fault)` when it could not be read.

    wanted(): what is asked for at this moment.
    """

    came = Signal()
    failed = Signal(object)

    def __init__(
        self, see: See, tasks: Tasks, wanted: Callable[[], Filter], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._see, self._tasks, self._ask = see, tasks, wanted
        self.seen: Seen | None = None
        self.wanted: Filter | None = None
        self._runs = self._reads = self._dirty = False
        self._took_ms = 0.0
        self._soon, self._tick = QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.read)
        self._tick.timeout.connect(self.touch)

    @property
    def reads(self) -> bool:
        """Whether something is being read, or will be soon."""
        return self._reads or self._soon.isActive()

    def start(self) -> None:
        """Read now, and go on."""
        self._runs = True
        self._tick.start(TICK_MS)
        self.read()

    def stop(self) -> None:
        """Nobody looks."""
        self._runs = False
        self._tick.stop()
        self._soon.stop()

    def touch(self) -> None:
        """Something may be new."""
        if self._runs and self._reads:
            self._dirty = True
        elif self._runs and not self._soon.isActive():
            self._soon.start(max(LIVE_MS, int(self._took_ms * PATIENCE)))

    def forget(self) -> None:
        """Read all anew next time."""
        self.seen = self.wanted = None

    def read(self) -> None:
        """Read what is new of what is asked for; while something is read: afterwards."""
        if self._reads:
            self._dirty = True
            return
        wanted, begun = self._ask(), clock.monotonic()
        before = self.seen if wanted == self.wanted else None
        self._reads, self._dirty = True, False
        self._tasks.run(
            lambda: self._see(wanted, before),
            partial(self._came, wanted, begun),
            partial(self._failed, wanted),
        )

    def _came(self, wanted: Filter, begun: float, seen: Seen) -> None:
        self._reads, self._took_ms = False, (clock.monotonic() - begun) * 1000
        if wanted != self._ask():  # somebody asked for something else meanwhile
            self.read()
            return
        self.wanted, self.seen = wanted, seen
        self.came.emit()
        if self._dirty:
            self.touch()

    def _failed(self, wanted: Filter, fault: Fault) -> None:
        self._reads = False
        self.wanted, self.seen = wanted, None
        self.failed.emit(fault)
