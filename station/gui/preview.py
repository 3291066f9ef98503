"""Gets pictures ready off the GUI thread: the live view, and the stills of judged parts."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Signal

from station.domain.part import Frame
from station.gui.picture import Picture
from station.pipeline.channel import Mailbox

log = logging.getLogger(__name__)

PERIOD = 1 / 30
TAKE_SECONDS = 0.1
MOST_ORDERS = 64  # the oldest go: nobody sees what was ordered so long ago


Make = Callable[[], Picture | None]


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What came of an order: `picture` is None where there was nothing to show."""

    tag: str
    picture: Picture | None


class Preview(QObject):
    """Turns the newest live frame into a picture of the wanted size, at most 30 times a second.

    `take(timeout)` is called from its own thread. `ready` carries nothing: whoever hears it
    fetches the newest picture with `take_picture`; it is not sent again before that.
    """

    ready = Signal()

    def __init__(
        self, take: Callable[[float], Frame | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._slot: Mailbox[Picture] = Mailbox()
        self._room = QSize(0, 0)
        self._told = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Start; harmless when it runs."""
        if self._thread is not None:
            return
        self._stop.clear()
        self._told.clear()
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop and wait for the thread; safe to call twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def set_room(self, room: QSize) -> None:
        """How large the picture may be, in device pixels."""
        self._room = QSize(room)

    def take_picture(self) -> Picture | None:
        """The newest picture, once."""
        self._told.clear()
        return self._slot.take()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            try:
                frame = self._take(TAKE_SECONDS)
                if frame is not None and not self._room.isEmpty():
                    self._prepare(frame)
            except Exception:
                log.exception("the live picture could not be prepared")
            due = max(due + PERIOD, time.monotonic() - PERIOD)

    def _prepare(self, frame: Frame) -> None:
        from station.gui.pictures import resized, to_image  # not before there is a picture

        height, width = frame.pixels.shape[:2]
        picture = Picture(to_image(resized(frame.pixels, self._room)), QSize(width, height))
        self._slot.put(picture)
        if not self._told.is_set():
            self._told.set()
            self.ready.emit()


class StillStudio(QObject):
    """Makes pictures of parts in one thread of its own, one after the other.

    A newer order under the same name takes the place of one that has not begun. `ready` carries
    nothing: fetch with `take_made`.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: OrderedDict[str, tuple[str, Make]] = OrderedDict()
        self._made: dict[str, Made] = {}
        self._change = threading.Condition()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Start; harmless when it runs."""
        if self._thread is None:
            self._stopping = False
            self._thread = threading.Thread(target=self._run, name="stills", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop and wait for the thread; the newest orders stay for the next `open`."""
        with self._change:
            self._stopping = True
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def order(self, name: str, make: Make, tag: str = "") -> None:
        """Have `make` called in the studio's thread; `tag` comes back with what it made."""
        with self._change:
            self._orders[name] = (tag, make)
            while len(self._orders) > MOST_ORDERS:
                self._orders.popitem(last=False)
            self._change.notify_all()

    def take_made(self) -> dict[str, Made]:
        """All that was finished since the last call, by the name of the order."""
        with self._change:
            made, self._made = self._made, {}
            return made

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._stopping or self._orders)
                if self._stopping:
                    return
                name, (tag, make) = self._orders.popitem(last=False)
            made = Made(tag, _made(name, make))
            with self._change:
                self._made[name] = made
            self.ready.emit()


def _made(name: str, make: Make) -> Picture | None:
    try:
        return make()
    except Exception:
        log.exception("the picture %s could not be made", name)
        return None
