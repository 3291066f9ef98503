"""When the picture of a stream was exposed, as far as its arrival can tell."""

from collections import deque
from statistics import median

BACKLOG_NS = 500_000_000  # a server begins with what it had in store
WINDOW_NS = 10_000_000_000  # the clocks of two devices drift apart by 1 ms in this time
LATEST_NS = 1_000_000_000  # further behind than this nobody catches up
PERIODS = 31


class StreamLateError(Exception):
    """The stream runs further and further behind the world, or its clock jumped."""


class StreamClock:
    """Reckons when each picture of one connection was exposed; all times in nanoseconds.

    A stream has clock stamps of its own (RTP) or none (pictures over HTTP). With stamps, the
    picture that was quickest on its way tells how far the two clocks are apart, and so how late
    every other came. Without, a picture that came much sooner after the one before than pictures
    do was held up on its way, by nobody knows how much, and is not used. latency: how late the
    quickest picture is: camera, encoder, network and decoder.
    """

    def __init__(self, latency: int) -> None:
        self._latency = latency
        self._first: int | None = None
        self._last = 0
        self._last_stamp: int | None = None
        self._settled = False
        self._newest: int | None = None
        self._periods: deque[int] = deque(maxlen=PERIODS)
        self._floors: list[int] = []
        self._renewed = 0

    def exposed(self, arrived: int, stamp: int | None = None) -> int | None:
        """When a picture that arrived then was exposed, at the latest; None: it may be an old one.

        Raises StreamLateError.
        """
        if self._first is None:
            self._first = self._last = arrived
            self._last_stamp = stamp
            self._note(arrived, stamp)
            return None
        before, self._last = self._last, arrived
        in_time = self._in_time(arrived - before, stamp)
        self._last_stamp = stamp
        self._note(arrived, stamp)
        if not self._settled:
            self._settled = in_time and arrived - self._first >= BACKLOG_NS
        if not self._settled:
            return None
        if stamp is None:
            return self._rising(before) if in_time else None
        if arrived - stamp - min(self._floors) > LATEST_NS:
            raise StreamLateError
        return self._rising(stamp + min(self._floors))

    def _rising(self, taken: int) -> int | None:
        """A quicker picture than all before shows that those were older than it seemed."""
        if self._newest is not None and taken <= self._newest:
            return None
        self._newest = taken
        return taken - self._latency

    def _in_time(self, gap: int, stamp: int | None) -> bool:
        """Whether the reader had to wait for it, as for one that has just been taken."""
        if stamp is not None and self._last_stamp is not None:
            return 2 * gap >= stamp - self._last_stamp
        self._periods.append(gap)
        return 2 * gap >= median(self._periods)

    def _note(self, arrived: int, stamp: int | None) -> None:
        """Keep the shortest way of this window and of the one before."""
        if stamp is None:
            return
        apart = arrived - stamp
        if not self._floors or arrived - self._renewed > WINDOW_NS:
            self._floors = [*self._floors[-1:], apart]
            self._renewed = arrived
        self._floors[-1] = min(self._floors[-1], apart)
