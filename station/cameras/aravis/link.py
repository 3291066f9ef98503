"""One open camera of libaravis: its handle, its stream of buffers, and the watch over it."""

import ctypes as c
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from station.cameras.aravis.clock import arrival
from station.cameras.aravis.features import AravisFeatures
from station.cameras.aravis.library import AravisError, Library
from station.cameras.aravis.network import narrowness, receive_well
from station.cameras.aravis.place import Place
from station.cameras.aravis.watch import ANSWER, Ask, Watch, ask_over_network
from station.cameras.gvcp import CONTROL, Control
from station.cameras.hand import Hand, HandHangs
from station.cameras.pfnc import format_of, to_pixels
from station.domain.part import Pixels
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

BUFFERS = 8
OPEN_SECONDS = 5.0
CALL_SECONDS = 4.0
CLOSE_SECONDS = 1.0
ASKED = 4  # times, before a camera counts as one that talks to its holder only
FIRST = 0  # the first register of a USB3 Vision camera: the version of its protocol
STATUS = {
    0: "",
    1: "cleared",
    2: "time-out",
    3: "missing packets",
    4: "wrong packets",
    5: "wrong size",
    6: "unfinished",
    7: "aborted",
}
"""Why a buffer is no picture, by libaravis's number; empty for a whole one."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One buffer of the stream, copied. reason: why it is no picture; then it has no pixels.

    number: as the camera counts.  device_ns: the camera's clock.  arrived_ns: its first packet,
    monotonic.  torn: how many came in pieces of those that were passed over for it.
    """

    number: int
    device_ns: int
    arrived_ns: int
    pixels: Pixels | None
    reason: str = ""
    torn: int = 0


class Link:
    """From `open` to `close`, by one thread; what may block is done by a hand of its own.

    Any method raises CameraError CAMERA_LOST once the camera is gone: it is to be closed then.
    The library's own signal `control-lost` is left alone: it comes 5 s late, and while somebody is
    told by it the library's thread holds the camera. Closed in that moment, the camera is freed by
    that thread, which then waits for itself, and the process dies.
    """

    def __init__(self, library: Library, place: Place, source: str) -> None:
        self._library = library
        self._place = place
        self._source = source
        self._hand: Hand | None = None
        self._watch: Watch | None = None
        self._control: Control | None = None
        self._camera: int | None = None
        self._device: int | None = None
        self._stream: int | None = None
        self._hangs = False
        self._narrow = ""

    @property
    def lost(self) -> bool:
        """Whether the camera is gone."""
        return self._hangs or (self._watch is not None and self._watch.lost)

    def open(self) -> None:
        """Raises CAMERA_NOT_FOUND, or CAMERA_IN_USE where somebody else holds the camera."""
        self._hand = Hand("aravis-hand")
        try:
            self._hand.do(self._connect, OPEN_SECONDS, lambda: self.lost)
        except (AravisError, HandHangs, OSError) as error:
            log.info("%s could not be opened: %s", self._source, error)
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._source) from None

    def close(self) -> Hand | None:
        """Let go. A camera that is gone is let go behind our back: by the thread that is given."""
        hand, self._hand = self._hand, None
        if hand is None:
            return None
        gone = self.lost
        self._hangs = True
        if self._watch is not None:
            self._watch.heard()
        return None if hand.end(lambda: self._let_go(gone), 0 if gone else CLOSE_SECONDS) else hand

    def with_features(self, act: Callable[[AravisFeatures], T], patient: bool = False) -> T:
        """Do something with the features.

        patient: the camera may be so busy with it that it answers nobody for a while.
        """
        assert self._device is not None
        features = AravisFeatures(self._library, self._device, self._source)
        assert self._watch is not None
        self._watch.patient(patient)
        try:
            return self._do(lambda: act(features), CALL_SECONDS)
        finally:
            self._watch.patient(False)

    def set_trigger(self, line: str) -> None:
        """Let that line take the pictures, or with an empty one let them come by themselves.

        Raises CAMERA_FEATURE_REFUSED where the camera has no such line.
        """
        self._do(lambda: self._set_trigger(line), CALL_SECONDS)

    def start(self) -> None:
        """A new stream at a port of its own: nothing that is still under way comes in here."""
        self._do(self._start, CALL_SECONDS)

    def stop(self) -> None:
        """End the stream; the camera takes no more pictures."""
        self._do(self._stop, CALL_SECONDS)

    def trigger(self) -> None:
        """Take one picture now."""
        self._do(lambda: self._ask("arv_camera_software_trigger", self._camera), CALL_SECONDS)

    def drain(self) -> int:
        """Throw away all that lies in the stream; how many."""
        count = 0
        while buffer := self._pop(0):
            self._library.call("arv_stream_push_buffer", self._stream, buffer)
            count += 1
        return count

    def next(self, seconds: float, newest: bool = False) -> Shot | None:
        """The next buffer, or the newest; None when none came in time."""
        buffer = self._pop(seconds)
        if buffer is None:
            return None
        torn = 0
        while newest and (later := self._pop(0)):
            torn += self._library.call("arv_buffer_get_status", buffer) != 0
            self._library.call("arv_stream_push_buffer", self._stream, buffer)
            buffer = later
        assert self._watch is not None
        self._watch.heard()
        try:
            return replace(self._read(buffer), torn=torn)
        finally:
            self._library.call("arv_stream_push_buffer", self._stream, buffer)

    # ── by the thread of the owner ──────────────────────────────────────────────────────────

    def _do(self, act: Callable[[], T], seconds: float) -> T:
        if self.lost or self._hand is None:
            raise self._gone()
        try:
            return self._hand.do(act, seconds, lambda: self.lost)
        except HandHangs:
            self._hangs = True
            raise self._gone() from None
        except AravisError as error:
            log.warning("%s: %s", self._source, error)
            raise self._gone() from None

    def _gone(self) -> CameraError:
        return CameraError(ErrorCode.CAMERA_LOST, source=self._source)

    def _pop(self, seconds: float) -> int | None:
        if self.lost or self._stream is None:
            raise self._gone()
        if seconds <= 0:
            return self._library.call("arv_stream_try_pop_buffer", self._stream) or None
        wait = round(seconds * 1e6)
        return self._library.call("arv_stream_timeout_pop_buffer", self._stream, wait) or None

    def _read(self, buffer: int) -> Shot:
        call = self._library.call
        status = call("arv_buffer_get_status", buffer)
        number = call("arv_buffer_get_frame_id", buffer)
        stamp = call("arv_buffer_get_timestamp", buffer)
        arrived = arrival(call("arv_buffer_get_system_timestamp", buffer))
        reason = STATUS.get(status, f"status {status}")
        if not reason and arrived is None:
            reason = "the computer's clock was set"
        if reason:
            reason += self._narrow
            return Shot(number, stamp, time.monotonic_ns(), None, reason)  # as it is told
        return self._picture(buffer, Shot(number, stamp, arrived or 0, None))

    def _picture(self, buffer: int, shot: Shot) -> Shot:
        call = self._library.call
        size = c.c_size_t(0)
        data = call("arv_buffer_get_image_data", buffer, c.byref(size))
        if not data or not size.value:
            return Shot(shot.number, shot.device_ns, shot.arrived_ns, None, "no picture in it")
        kind = format_of(call("arv_buffer_get_image_pixel_format", buffer), self._source)
        width = call("arv_buffer_get_image_width", buffer)
        height = call("arv_buffer_get_image_height", buffer)
        padding, below = c.c_int(0), c.c_int(0)
        call("arv_buffer_get_image_padding", buffer, c.byref(padding), c.byref(below))
        held = (c.c_uint8 * size.value).from_address(data)
        try:
            pixels = to_pixels(kind, np.ctypeslib.as_array(held), width, height, padding.value)
        except ValueError as error:
            return Shot(shot.number, shot.device_ns, shot.arrived_ns, None, str(error))
        return Shot(shot.number, shot.device_ns, shot.arrived_ns, pixels)

    # ── by the hand ─────────────────────────────────────────────────────────────────────────

    def _ask(self, name: str, *arguments: object) -> object:
        return self._library.ask(name, *arguments)

    def _connect(self) -> None:
        library = self._library
        self._camera = library.ask("arv_camera_new", self._place.name.encode())
        self._device = library.call("arv_camera_get_device", self._camera)
        if not self._device:
            raise AravisError("no device", lost=True)
        on_network = bool(library.call("arv_camera_is_gv_device", self._camera))
        if on_network and not library.call("arv_gv_device_is_controller", self._device):
            raise CameraError(ErrorCode.CAMERA_IN_USE, source=self._source)
        self._watch = Watch(self._way_to_ask(on_network), self._source)
        self._watch.start()

    def _way_to_ask(self, on_network: bool) -> Ask:
        if on_network and self._place.address:
            self._control = Control(self._place.address)
            self._control.open()
            if any(self._control.holder(ANSWER) for _ in range(ASKED)):
                return ask_over_network(self._control)
            log.warning("%s answers nobody but its holder: a loss is seen late", self._source)
        value, number = c.c_uint32(0), CONTROL if on_network else FIRST

        def ask() -> bool | None:
            try:
                self._ask("arv_device_read_register", self._device, number, c.byref(value))
            except AravisError:
                return None
            return True

        return ask

    def _set_trigger(self, line: str) -> None:
        try:
            self._ask("arv_camera_clear_triggers", self._camera)
        except AravisError as error:
            if error.lost or line:
                raise
        if not line:
            return
        lines = self._library.texts("arv_camera_dup_available_trigger_sources", self._camera)
        if line not in lines:
            raise CameraError(
                ErrorCode.CAMERA_FEATURE_REFUSED,
                source=self._source,
                feature="TriggerSource",
                value=line,
                allowed=", ".join(lines),
            )
        self._ask("arv_camera_set_trigger", self._camera, line.encode())

    def _start(self) -> None:
        self._drop_stream()
        library = self._library
        self._stream = library.ask("arv_camera_create_stream", self._camera, None, None)
        size = library.ask("arv_camera_get_payload", self._camera)
        if library.call("arv_camera_is_gv_device", self._camera):
            receive_well(library, self._stream, size)
            self._narrow = narrowness(size)
        for _ in range(BUFFERS):
            buffer = library.call("arv_buffer_new_allocate", size)
            library.call("arv_stream_push_buffer", self._stream, buffer)
        library.ask("arv_camera_start_acquisition", self._camera)

    def _stop(self) -> None:
        self._ask("arv_camera_stop_acquisition", self._camera)
        self._drop_stream()

    def _drop_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream:
            self._library.call("g_object_unref", stream)

    def _let_go(self, gone: bool) -> None:
        """A camera that is gone takes 2.5 s for each word that it cannot hear any more."""
        if self._watch is not None:
            self._watch.stop()
        if self._control is not None:
            self._control.close()
        if self._camera and self._stream and not gone:
            try:
                self._ask("arv_camera_stop_acquisition", self._camera)
            except AravisError as error:
                log.info("%s: %s", self._source, error)
        self._drop_stream()
        if self._camera:
            self._library.call("g_object_unref", self._camera)
            self._camera = self._device = None
