"""A GenICam camera over whichever library talks to it: GenTL, pylon."""

import logging
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

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
from station.cameras.features import Feature, FeatureKind, Setting
from station.cameras.genicam_clock import ShotClock
from station.cameras.genicam_features import GenicamFeatures
from station.cameras.genicam_link import GenicamLink, LinkLostError, Shot, ShotReader
from station.cameras.pfnc import BY_NAME
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

FIRST_SECONDS = 3.0  # for the first picture, beside its exposure
SILENT_SECONDS = 0.8  # a camera that runs by itself and sends nothing hangs
NOTHING: Mapping[str, Setting] = MappingProxyType({})


class GenicamCamera:
    """One camera.

    trigger: `free`, pictures come by themselves; `software`, one is taken for each part; `line`,
    the camera takes them at its own input `line`, and each stands for a part.  features: by SFNC
    name, set at every connection and read back.  make_link: a new connection, not yet open.
    """

    def __init__(
        self,
        kind: str,
        source: str,
        trigger: str,
        line: str,
        features: Mapping[str, Setting],
        make_link: Callable[[], GenicamLink],
    ) -> None:
        check_ways(kind, trigger, dict(features))
        self._kind = kind
        self.name = f"{kind}:{source}" if source else kind
        self.live = trigger != "software"
        self._trigger = trigger
        self._line = {"free": "", "software": "Software", "line": line}[trigger]
        self._features = dict(features)
        self._make_link = make_link
        self._link: GenicamLink | None = None
        self._reader: ShotReader | None = None
        self._clock = ShotClock()
        self._delivery = Delivery(self.name, trigger)
        self._last: Shot | None = None
        self._heard = 0.0
        self._exposure_ns: int | None = None

    @property
    def incomplete(self) -> int:
        """How many pictures came in pieces, or not at all."""
        return self._delivery.incomplete

    def open(self) -> None:
        """Find it, take control, set it up and throw its first picture away.

        Raises CAMERA_DRIVER_MISSING, CAMERA_NOT_FOUND, CAMERA_IN_USE, CAMERA_NO_FRAME where it can
        be set up and sends no pictures, CAMERA_FEATURE_REFUSED, CAMERA_BAD_OPTION.
        """
        self.close()
        self._link = self._make_link()
        try:
            self._link.open()
            self._set_up(self._link)
        except LinkLostError:
            self.close()
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name) from None
        except BaseException:
            self.close()
            raise

    def trigger(self) -> None:
        """Have a picture taken; nothing where pictures come without being asked for."""
        if self._trigger != "software":
            return
        link = self._open_link()
        try:
            if self._delivery.fell_out_of_step():
                self._restart(link)
            assert self._reader is not None
            while self._reader.next(0) is not None:
                log.warning("%s sent a picture that nobody had asked for", self.name)
            self._delivery.ask()
            link.trigger()
        except LinkLostError:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name) from None

    def grab(self, timeout: float) -> Frame | None:
        """The next picture, or None.

        Raises CAMERA_LOST, and ImageError CAMERA_INCOMPLETE for a picture that was asked for and
        came in pieces; PartUnseen, one of those, where it stood for a part.
        """
        self._open_link()
        assert self._reader is not None
        until = time.monotonic() + timeout
        while True:
            frame = self._delivery.next()
            if frame is not None:
                return frame
            left = until - time.monotonic()
            shot = self._reader.next(max(0.0, min(left, SLICE_SECONDS)))
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
        assert self._reader is not None
        silent = time.monotonic() - self._heard
        hangs = self._trigger == "free" and silent > self._patience()
        if hangs or self._reader.lost or not link.alive():
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)

    def close(self) -> None:
        """Let go of the camera, so that another program may have it."""
        self._delivery.forget()
        link, self._link = self._link, None
        self._stop_reader()
        if link is not None:
            link.close()

    def features(self) -> tuple[Feature, ...]:
        """Those that an engineer sets, as the camera has them."""
        return self._open_link().features().all()

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one now and at every later connection."""
        check_free(self._kind, name)
        link = self._open_link()
        try:
            granted = self._set(link, name, value)
        except LinkLostError:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name) from None
        if granted.kind is not FeatureKind.COMMAND:
            self._features.pop(name, None)
            self._features[name] = value
        self._exposure_ns = exposure_ns(link.features())
        self._heard = time.monotonic()
        return granted

    def _set(self, link: GenicamLink, name: str, value: Setting) -> Feature:
        if name == "PixelFormat":
            self._check_pixels(link.features(), value)
        if not (name.startswith(SHAPES) or link.features().is_locked(name)):
            return link.features().set(name, value)
        self._stop(link)
        try:
            return link.features().set(name, value)
        finally:
            self._restart(link)

    # ── setting up ──────────────────────────────────────────────────────────────────────────

    def _set_up(self, link: GenicamLink) -> None:
        """First running by itself, which proves that pictures get through."""
        features = link.features()
        self._trigger_off(features)
        mode = features.get("AcquisitionMode")
        if mode is not None and mode.value != "Continuous":
            features.set("AcquisitionMode", "Continuous")
        self._choose_pixels(features)
        for name, value in self._features.items():
            if not name.startswith("Trigger"):
                features.set(name, value)
        self._start(link)
        self._drop_first()
        if self._trigger == "free":
            return
        self._stop(link)
        self._trigger_on(features)
        self._start(link)

    def _choose_pixels(self, features: GenicamFeatures) -> None:
        """A format that we can read, where the camera has another and nobody named one."""
        pixels = features.get("PixelFormat")
        if pixels is None:
            return
        wanted = self._features.get("PixelFormat", pixels.value)
        if _readable(wanted) or "PixelFormat" in self._features:
            self._check_pixels(features, wanted)
            return
        ours = [name for name in pixels.choices if _readable(name)]
        chosen = next((name for name in ours if "RGB8" in name), ours[0] if ours else "")
        if chosen:
            log.info("%s sends %s; %s was chosen instead", self.name, pixels.value, chosen)
            features.set("PixelFormat", chosen)

    def _check_pixels(self, features: GenicamFeatures, value: Setting) -> None:
        """The camera may take formats that we cannot read."""
        pixels = features.get("PixelFormat")
        if pixels is None or _readable(value):
            return
        raise CameraError(
            ErrorCode.CAMERA_FEATURE_REFUSED,
            source=self.name,
            feature="PixelFormat",
            value=value,
            allowed=", ".join(name for name in pixels.choices if _readable(name)),
        )

    def _trigger_off(self, features: GenicamFeatures) -> None:
        selector = features.get("TriggerSelector")
        if features.get("TriggerMode") is None:
            if self._trigger != "free":
                raise self._no_trigger(None)
            return
        for one in (None,) if selector is None else selector.choices:
            if one is not None:
                features.set("TriggerSelector", one)
            mode = features.get("TriggerMode")
            if mode is not None and mode.value != "Off":
                features.set("TriggerMode", "Off")

    def _trigger_on(self, features: GenicamFeatures) -> None:
        if features.get("TriggerSelector") is not None:
            features.set("TriggerSelector", "FrameStart")
        features.set("TriggerMode", "On")
        features.set("TriggerSource", self._line)
        for name, value in self._features.items():
            if name.startswith("Trigger"):
                features.set(name, value)
        mode = features.get("TriggerMode")
        if mode is None or mode.value != "On":
            raise self._no_trigger(mode)

    def _no_trigger(self, mode: Feature | None) -> CameraError:
        return CameraError(
            ErrorCode.CAMERA_FEATURE_REFUSED,
            source=self.name,
            feature="TriggerMode",
            value="On",
            allowed="" if mode is None else allowed_text(mode),
        )

    def _start(self, link: GenicamLink) -> None:
        link.start()
        self._exposure_ns = exposure_ns(link.features())
        self._last, self._clock = None, ShotClock()
        self._reader = ShotReader(link.fetch, newest_only=self._trigger == "free")
        self._reader.start()
        self._heard = time.monotonic()

    def _stop(self, link: GenicamLink) -> None:
        self._stop_reader()
        link.stop()

    def _restart(self, link: GenicamLink) -> None:
        self._stop(link)
        self._start(link)

    def _stop_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.stop()

    def _drop_first(self) -> None:
        """It may have been exposed with older settings."""
        assert self._reader is not None
        until = time.monotonic() + FIRST_SECONDS + (self._exposure_ns or 0) / 1e9
        while time.monotonic() < until and not self._reader.lost:
            shot = self._reader.next(SLICE_SECONDS)
            if shot is not None:
                self._clock.begin(shot, self._exposure_ns)
                self._last, self._heard = shot, time.monotonic()
                return
        facts = {"source": self.name, "seconds": f"{FIRST_SECONDS:g}"}
        raise CameraError(ErrorCode.CAMERA_NO_FRAME, **facts)

    # ── taking pictures ─────────────────────────────────────────────────────────────────────

    def _open_link(self) -> GenicamLink:
        if self._link is None or self._reader is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)
        return self._link

    def _take(self, shot: Shot) -> None:
        self._heard = time.monotonic()
        begin_ns = self._clock.begin(shot, self._exposure_ns)
        if shot.pixels is None:
            self._delivery.count_pieces(shot.reason)
        if self._trigger == "software":
            self._delivery.take_asked(shot)
        elif self._trigger == "line":
            self._take_started(shot, begin_ns)
        elif shot.pixels is not None:
            self._delivery.add(shot, begin_ns)
        self._last = shot

    def _take_started(self, shot: Shot, begin_ns: int) -> None:
        """Each stands for a part: those that are missing in the camera's count too."""
        last = self._last
        self._delivery.add_missing(0 if last is None else between(last.number, shot.number))
        if shot.pixels is None:
            self._delivery.add_unseen(shot.reason)
        else:
            self._delivery.add(shot, begin_ns)

    def _patience(self) -> float:
        return SILENT_SECONDS + 1.5 * self._clock.period_ns / 1e9 + (self._exposure_ns or 0) / 1e9


def _readable(pixel_format: Setting) -> bool:
    """Some makers call RGB8 RGB8Packed."""
    return str(pixel_format).removesuffix("Packed") in BY_NAME
