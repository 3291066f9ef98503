"""GigE Vision and USB3 Vision cameras of any maker, through libaravis."""

import logging
import time
from collections import deque
from collections.abc import Mapping
from types import MappingProxyType

from station.cameras.aravis.clock import FrameClock
from station.cameras.aravis.features import AravisFeatures
from station.cameras.aravis.library import Library
from station.cameras.aravis.link import Link, Shot
from station.cameras.aravis.place import Place, locate
from station.cameras.aravis.place import find as find_places
from station.cameras.base import PartUnseen
from station.cameras.feature_values import allowed_text
from station.cameras.features import Feature, FeatureKind, Found, Setting
from station.cameras.hand import Hand
from station.cameras.pfnc import format_of
from station.domain.part import Frame, TriggerSource
from station.errors import CameraError, ErrorCode, ImageError

log = logging.getLogger(__name__)

TRIGGERS = ("free", "software", "line")
OURS = ("TriggerMode", "AcquisitionMode")  # what the option `trigger` says
SHAPES = ("Width", "Height", "PixelFormat", "Binning", "Decimation", "GevSCPSPacketSize")
"""Features that change what a buffer must hold, by how their names begin."""
BUSY = ("UserSet", "Device")
"""Features that a camera may take seconds for: it stores or loads all it has."""

FIRST_SECONDS = 1.5  # for the first picture, beside its exposure, and once more
SILENT_SECONDS = 1.0  # a camera that runs by itself and sends nothing hangs
STALE_NS = 250_000_000  # nobody took pictures for so long: all buffers are full of older ones
SLICE_SECONDS = 0.05
FORMER_SECONDS = 2.0  # for the handle of before to go, or the camera is still in its hands
IDS = 65535  # GigE Vision 1 counts its frames from 1 to this, and again
MOST_UNSEEN = 100  # a greater gap is no gap: the camera counts anew
NOTHING: Mapping[str, Setting] = MappingProxyType({})


class AravisCamera:
    """One camera, found again by its serial number wherever it went.

    source: serial number, device id, hardware address or IP address; empty: the first that is
    found.  trigger: `free`, pictures come by themselves; `software`, one is taken for each part;
    `line`, the camera takes them at its own input `line`, and each stands for a part.  features:
    by SFNC name, set at every connection and read back.
    """

    def __init__(
        self,
        source: str = "",
        trigger: str = "free",
        line: str = "Line0",
        features: Mapping[str, Setting] = NOTHING,
    ) -> None:
        if trigger not in TRIGGERS:
            raise _bad_option("trigger")
        for name in features:
            if name in OURS:
                raise _bad_option(name)
        self.name = f"aravis:{source}" if source else "aravis"
        self.live = trigger != "software"
        self.incomplete = 0
        self._source = source
        self._trigger = trigger
        self._line = {"free": "", "software": "Software", "line": line}[trigger]
        self._features = dict(features)
        self._library: Library | None = None
        self._known: Place | None = None
        self._link: Link | None = None
        self._former: Hand | None = None
        self._clock = FrameClock()
        self._number = 0
        self._last: Shot | None = None  # a whole one
        self._in_pieces = 0  # since that one
        self._silence = 0.0  # seconds waited in vain since the last picture
        self._exposure_ns: int | None = None
        self._asked_ns: int | None = None
        self._out_of_step = False
        self._due: deque[Frame | PartUnseen] = deque()

    def open(self) -> None:
        """Find it, take control, set it up and throw its first picture away.

        Raises CAMERA_DRIVER_MISSING, CAMERA_NOT_FOUND, CAMERA_IN_USE, CAMERA_NO_FRAME where it can
        be set up and sends no pictures, CAMERA_FEATURE_REFUSED.
        """
        self.close()
        if self._former is not None and self._former.ended(FORMER_SECONDS):
            self._former = None
        self._library = self._library or Library()
        place = locate(self._library, self._source, self._known)
        link = Link(self._library, place, self.name)
        try:
            link.open()
            self._set_up(link)
        except BaseException:
            self._former = link.close()
            raise
        self._known, self._link = place, link

    def trigger(self) -> None:
        """Have a picture taken; nothing where pictures come without being asked for."""
        if self._trigger != "software":
            return
        link = self._open_link()
        if self._out_of_step:
            link.stop()
            link.start()
            self._out_of_step = False
        link.drain()
        self._asked_ns = time.monotonic_ns()
        link.trigger()

    def grab(self, timeout: float) -> Frame | None:
        """The next picture, or None.

        Raises CAMERA_LOST, and ImageError CAMERA_INCOMPLETE for a picture that was asked for and
        came in pieces; PartUnseen, one of those, where it stood for a part.
        """
        link = self._open_link()
        until = time.monotonic() + timeout
        while True:
            if self._due:
                return self._hand_over()
            began = time.monotonic()
            left = until - began
            shot = link.next(max(0.0, min(left, SLICE_SECONDS)), newest=self._trigger == "free")
            self._silence = 0.0 if shot else self._silence + time.monotonic() - began
            if shot is not None:
                self._take(shot)
            elif left <= 0:
                self._miss()
                return None
            else:
                self.check()

    def check(self) -> None:
        """Raise CAMERA_LOST once the camera is gone, or hangs."""
        link = self._open_link()
        hangs = self._trigger == "free" and self._silence > self._patience()
        if link.lost or hangs:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)

    def close(self) -> None:
        """Let go of the camera, so that another program may have it."""
        self._asked_ns, self._out_of_step = None, False
        self._due.clear()
        link, self._link = self._link, None
        if link is not None:
            self._former = link.close()

    def features(self) -> tuple[Feature, ...]:
        """Those that an engineer sets, as the camera has them."""
        return self._open_link().with_features(AravisFeatures.all)

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one now and at every later connection."""
        if name in OURS:
            raise _bad_option(name)
        link = self._open_link()
        stops = name.startswith(SHAPES) or link.with_features(lambda f: f.is_locked(name))
        if stops:
            link.stop()
        try:
            granted = link.with_features(lambda f: f.set(name, value), name.startswith(BUSY))
        finally:
            if stops and not link.lost:
                self._restart(link)
        if granted.kind is not FeatureKind.COMMAND:
            self._features.pop(name, None)
            self._features[name] = value
        self._exposure_ns = link.with_features(_exposure)
        self._silence = 0.0
        return granted

    # ── setting up ──────────────────────────────────────────────────────────────────────────

    def _set_up(self, link: Link) -> None:
        link.set_trigger("")
        link.with_features(self._apply, patient=True)
        self._restart(link)
        self._drop_first(link)
        if self._trigger == "free":
            return
        link.stop()
        link.set_trigger(self._line)
        link.with_features(self._apply_trigger)
        self._restart(link)

    def _restart(self, link: Link) -> None:
        link.start()
        self._exposure_ns = link.with_features(_exposure)
        self._last, self._in_pieces = None, 0
        self._clock = FrameClock()
        self._silence = 0.0

    def _drop_first(self, link: Link) -> None:
        """It proves that pictures get through; it may have been exposed with older settings."""
        if self._hears_first(link):
            return
        log.warning("%s sends no picture: its stream is begun anew", self.name)
        link.stop()
        self._restart(link)
        if not self._hears_first(link):
            seconds = f"{2 * FIRST_SECONDS:g}"
            raise CameraError(ErrorCode.CAMERA_NO_FRAME, source=self.name, seconds=seconds)

    def _hears_first(self, link: Link) -> bool:
        until = time.monotonic() + FIRST_SECONDS + (self._exposure_ns or 0) / 1e9
        while time.monotonic() < until:
            shot = link.next(SLICE_SECONDS)
            if shot is not None:
                self._last = None if shot.pixels is None else shot
                return True
        return False

    def _apply(self, features: AravisFeatures) -> None:
        if features.get("AcquisitionMode") is not None:
            features.set("AcquisitionMode", "Continuous")
        for name, value in self._features.items():
            features.set(name, value)
        pixels = features.get("PixelFormat")
        if pixels is not None:
            format_of(str(pixels.value), self.name)

    def _apply_trigger(self, features: AravisFeatures) -> None:
        """What choosing the line set anew; then see that the camera means to wait for it."""
        for name, value in self._features.items():
            if name.startswith("Trigger"):
                features.set(name, value)
        mode = features.get("TriggerMode")
        if mode is None or mode.value != "On":
            raise CameraError(
                ErrorCode.CAMERA_FEATURE_REFUSED,
                source=self.name,
                feature="TriggerMode",
                value="On",
                allowed="" if mode is None else allowed_text(mode),
            )

    # ── taking pictures ─────────────────────────────────────────────────────────────────────

    def _open_link(self) -> Link:
        if self._link is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)
        return self._link

    def _take(self, shot: Shot) -> None:
        self.incomplete += shot.torn
        if shot.pixels is None:
            self.incomplete += 1
            log.log(
                logging.WARNING if self.incomplete == 1 else logging.DEBUG,
                "%s: a picture in pieces: %s (%d so far)",
                *(self.name, shot.reason, self.incomplete),
            )
        if self._trigger == "software":
            self._take_asked(shot)
        elif self._trigger == "line":
            self._take_started(shot)
        elif shot.pixels is not None and time.monotonic_ns() - shot.arrived_ns < STALE_NS:
            self._due.append(self._frame(shot, self._begin(shot)))
        if shot.pixels is not None:
            self._last, self._in_pieces = shot, 0

    def _take_asked(self, shot: Shot) -> None:
        """Only what arrived after the trigger can be its picture."""
        asked = self._asked_ns
        if asked is None or (shot.pixels is not None and shot.arrived_ns < asked):
            log.warning("%s sent a picture that nobody had asked for", self.name)
            return
        self._asked_ns = None
        if shot.pixels is None:
            raise ImageError(ErrorCode.CAMERA_INCOMPLETE, source=self.name, reason=shot.reason)
        self._due.append(self._frame(shot, asked))

    def _take_started(self, shot: Shot) -> None:
        """Each stands for a part: those that are missing in the camera's count too.

        One in pieces may have lost its own number as well.
        """
        if shot.pixels is None:
            self._in_pieces += 1
            self._due.append(self._unseen(shot.reason))
            return
        last = shot.number - 1 if self._last is None else self._last.number
        missing = max(0, _between(last, shot.number) - self._in_pieces)
        self.incomplete += missing
        self._due.extend(self._unseen("missing picture") for _ in range(missing))
        frame = self._frame(shot, self._clock.begin(shot.arrived_ns, shot.device_ns, 0))
        self._due.append(frame)

    def _unseen(self, reason: str) -> PartUnseen:
        return PartUnseen(
            TriggerSource.CAMERA, ErrorCode.CAMERA_INCOMPLETE, source=self.name, reason=reason
        )

    def _hand_over(self) -> Frame:
        due = self._due.popleft()
        if isinstance(due, PartUnseen):
            raise due
        return due

    def _frame(self, shot: Shot, taken_ns: int) -> Frame:
        assert shot.pixels is not None
        self._number += 1
        started = TriggerSource.CAMERA if self._trigger == "line" else None
        return Frame(shot.pixels, self._number, taken_ns, started=started)

    def _begin(self, shot: Shot) -> int:
        """Of a camera that runs by itself: a picture takes no longer than the one after it comes.

        So from its exposure's begin to its first packet passes at most the exposure, and one
        period for reading out.
        """
        period = self._period_ns(shot)
        exposure = period if self._exposure_ns is None else min(self._exposure_ns, period)
        return self._clock.begin(shot.arrived_ns, shot.device_ns, period + exposure)

    def _period_ns(self, shot: Shot) -> int:
        last = self._last
        if last is None or shot.device_ns <= last.device_ns:
            return 1_000_000_000
        count = 1 + _between(last.number, shot.number)
        return min((shot.device_ns - last.device_ns) // count, 1_000_000_000)

    def _miss(self) -> None:
        """What was asked for did not come: should it come yet, it must find no open door."""
        self._out_of_step = self._out_of_step or self._asked_ns is not None
        self._asked_ns = None

    def _patience(self) -> float:
        return SILENT_SECONDS + 2 * (self._exposure_ns or 0) / 1e9


def find() -> tuple[Found, ...]:
    """Every camera on the network and on USB. Raises CameraError CAMERA_DRIVER_MISSING."""
    return find_places()


def _exposure(features: AravisFeatures) -> int | None:
    """In ns; None where the camera sets it by itself or does not tell."""
    automatic, exposure = features.get("ExposureAuto"), features.get("ExposureTime")
    if exposure is None or (automatic is not None and automatic.value != "Off"):
        return None
    return round(float(exposure.value) * 1000)


def _between(former: int, number: int) -> int:
    """How many frames the camera counted between these two."""
    gap = number - former - 1
    if gap < 0 and max(former, number) <= IDS:
        gap += IDS
    return gap if 0 <= gap <= MOST_UNSEEN else 0


def _bad_option(name: str) -> CameraError:
    allowed = f"trigger = {', '.join(TRIGGERS)}"
    return CameraError(ErrorCode.CAMERA_BAD_OPTION, kind="aravis", option=name, allowed=allowed)
