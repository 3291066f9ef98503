"""GigE Vision and USB3 Vision cameras of any maker, through libaravis."""

import logging
import time
from collections.abc import Mapping
from types import MappingProxyType

from station.cameras.aravis.clock import FrameClock
from station.cameras.aravis.features import AravisFeatures
from station.cameras.aravis.library import Library
from station.cameras.aravis.link import Link, Shot
from station.cameras.aravis.place import Place, locate
from station.cameras.aravis.place import find as find_places
from station.cameras.delivery import (
    SHAPES,
    SLICE_SECONDS,
    Delivery,
    between,
    check_free,
    check_ways,
    exposure_ns,
)
from station.cameras.feature_values import allowed_text
from station.cameras.features import Feature, FeatureKind, Found, Setting
from station.cameras.hand import Hand
from station.cameras.pfnc import format_of
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

BUSY = ("UserSet", "Device")
"""Features that a camera may take seconds for: it stores or loads all it has."""

FIRST_SECONDS = 1.5  # for the first picture, beside its exposure, and once more
SILENT_SECONDS = 1.0  # a camera that runs by itself and sends nothing hangs
STALE_NS = 250_000_000  # nobody took pictures for so long: all buffers are full of older ones
FORMER_SECONDS = 2.0  # for the handle of before to go, or the camera is still in its hands
IDS = 65_535  # GigE Vision 1 counts its frames from 1 to this, and again
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
        check_ways("aravis", trigger, dict(features))
        self.name = f"aravis:{source}" if source else "aravis"
        self.live = trigger != "software"
        self._source = source
        self._trigger = trigger
        self._line = {"free": "", "software": "Software", "line": line}[trigger]
        self._features = dict(features)
        self._library: Library | None = None
        self._known: Place | None = None
        self._link: Link | None = None
        self._former: Hand | None = None
        self._clock = FrameClock()
        self._delivery = Delivery(self.name, trigger)
        self._last: Shot | None = None  # a whole one
        self._in_pieces = 0  # since that one
        self._silence = 0.0  # seconds waited in vain since the last picture
        self._exposure_ns: int | None = None

    @property
    def incomplete(self) -> int:
        """How many pictures came in pieces, or not at all."""
        return self._delivery.incomplete

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
        if self._delivery.fell_out_of_step():
            link.stop()
            link.start()
        link.drain()
        self._delivery.ask()
        link.trigger()

    def grab(self, timeout: float) -> Frame | None:
        """The next picture, or None.

        Raises CAMERA_LOST, and ImageError CAMERA_INCOMPLETE for a picture that was asked for and
        came in pieces; PartUnseen, one of those, where it stood for a part.
        """
        link = self._open_link()
        until = time.monotonic() + timeout
        while True:
            frame = self._delivery.next()
            if frame is not None:
                return frame
            began = time.monotonic()
            left = until - began
            shot = link.next(max(0.0, min(left, SLICE_SECONDS)), newest=self._trigger == "free")
            self._silence = 0.0 if shot else self._silence + time.monotonic() - began
            if shot is not None:
                self._take(shot)
            elif left <= 0:
                self._delivery.miss()
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
        self._delivery.forget()
        link, self._link = self._link, None
        if link is not None:
            self._former = link.close()

    def features(self) -> tuple[Feature, ...]:
        """Those that an engineer sets, as the camera has them."""
        return self._open_link().with_features(AravisFeatures.all)

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one now and at every later connection."""
        check_free("aravis", name)
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
        self._exposure_ns = link.with_features(exposure_ns)
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
        self._exposure_ns = link.with_features(exposure_ns)
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
        delivery = self._delivery
        delivery.incomplete += shot.torn
        if shot.pixels is None:
            delivery.count_pieces(shot.reason)
        if self._trigger == "software":
            delivery.take_asked(shot)
        elif self._trigger == "line":
            self._take_started(shot)
        elif shot.pixels is not None and time.monotonic_ns() - shot.arrived_ns < STALE_NS:
            delivery.add(shot, self._begin(shot))
        if shot.pixels is not None:
            self._last, self._in_pieces = shot, 0

    def _take_started(self, shot: Shot) -> None:
        """Each stands for a part: those that are missing in the camera's count too.

        One in pieces may have lost its own number as well.
        """
        if shot.pixels is None:
            self._in_pieces += 1
            self._delivery.add_unseen(shot.reason)
            return
        last = shot.number - 1 if self._last is None else self._last.number
        missing = max(0, between(last, shot.number, IDS) - self._in_pieces)
        self._delivery.add_missing(missing)
        self._delivery.add(shot, self._clock.begin(shot.arrived_ns, shot.device_ns, 0))

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
        count = 1 + between(last.number, shot.number, IDS)
        return min((shot.device_ns - last.device_ns) // count, 1_000_000_000)

    def _patience(self) -> float:
        return SILENT_SECONDS + 2 * (self._exposure_ns or 0) / 1e9


def find() -> tuple[Found, ...]:
    """Every camera on the network and on USB. Raises CameraError CAMERA_DRIVER_MISSING."""
    return find_places()
