"""From a frame's stamps to the monotonic time at which its exposure began at the earliest."""

import time

WINDOW_NS = 10_000_000_000  # clocks of two quartzes part by less than 1 ms in this time
OLDEST_NS = 10_000_000_000


class FrameClock:
    """The first packet's arrival says when a frame was there; the camera's own stamp, how regular.

    A frame that was held up on its way carries a stamp of the camera that was not: the quickest
    way seen lately, added to that stamp, tells when it would have been there. The earlier of both
    counts, less what lies before it: exposure and read-out. So a frame may look older than it is,
    which costs a picture, but never younger.
    """

    def __init__(self) -> None:
        self._former: int | None = None  # quickest way in the window before
        self._quickest: int | None = None
        self._since = 0
        self._last = 0

    def begin(self, arrived_ns: int, device_ns: int, before_ns: int) -> int:
        """When the exposure began, at the earliest; never before that of an earlier frame.

        arrived_ns: monotonic.  device_ns: the camera's own stamp, of any origin.  before_ns: from
        the exposure's begin to the first packet, at the most.
        """
        way = arrived_ns - device_ns
        if self._quickest is None or arrived_ns - self._since > WINDOW_NS:
            self._former, self._quickest, self._since = self._quickest, way, arrived_ns
        self._quickest = min(self._quickest, way)
        quickest = self._quickest if self._former is None else min(self._former, self._quickest)
        self._last = max(self._last, min(arrived_ns, device_ns + quickest) - before_ns)
        return self._last


def arrival(system_ns: int) -> int | None:
    """The monotonic time of a stamp of the system's clock; None where that clock was set between.

    system_ns: as libaravis stamps the first packet of a frame, since 1970.
    """
    age = time.time_ns() - system_ns
    return time.monotonic_ns() - age if -1_000_000 <= age <= OLDEST_NS else None
