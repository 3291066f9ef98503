"""When a shot's exposure began, at the earliest."""

from collections import deque
from statistics import median

from station.cameras.aravis.clock import FrameClock
from station.cameras.genicam_link import Shot

LONGEST_NS = 1_000_000_000
PERIODS = 15


class ShotClock:
    """Of one acquisition of a camera.

    A picture takes no longer than the one after it comes, so from its exposure's begin to its
    arrival passes at most the exposure, and one period for reading out. Where the camera stamps
    nothing, a picture that did not come at its time may have waited somewhere: all that is known
    is that it was taken after the last that did.
    """

    def __init__(self) -> None:
        self._clock = FrameClock()
        self._periods: deque[int] = deque(maxlen=PERIODS)
        self._last: Shot | None = None
        self._timely_ns = 0

    def begin(self, shot: Shot, exposure_ns: int | None) -> int:
        """exposure_ns: None where nobody knows it: then it is as long as the period."""
        last, period = self._last, self._period(shot)
        self._last = shot
        exposure = period if exposure_ns is None else min(exposure_ns, period)
        if shot.device_ns is not None:
            return self._clock.begin(shot.arrived_ns, shot.device_ns, period + exposure)
        gap = period if last is None else shot.arrived_ns - last.arrived_ns
        if period <= 2 * gap <= 3 * period:
            self._timely_ns = shot.arrived_ns
        return self._clock.begin(self._timely_ns, self._timely_ns, period + exposure)

    @property
    def period_ns(self) -> int:
        """Of most pictures; a second as long as there was no other."""
        return round(median(self._periods)) if self._periods else LONGEST_NS

    def _period(self, shot: Shot) -> int:
        last = self._last
        if last is None:
            return self.period_ns
        if shot.device_ns is None or last.device_ns is None:
            gap = shot.arrived_ns - last.arrived_ns
        else:
            gap = shot.device_ns - last.device_ns
        if gap > 0:
            self._periods.append(min(gap, LONGEST_NS))
        return self.period_ns
