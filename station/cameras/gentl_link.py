"""One camera through a GenTL producer, the library of its maker."""

import logging
import os
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from station.cameras.features import Found
from station.cameras.genicam_features import Dialect, GenicamFeatures, snake
from station.cameras.genicam_link import LinkLostError, Shot, now_ns
from station.cameras.gentl_files import VARIABLE, producers
from station.cameras.pfnc import format_of, to_pixels
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

BUFFERS = 8
ASK_SECONDS = 0.002  # between two looks for a picture: the binding keeps all threads waiting
IN_USE = ("ResourceInUseException", "AccessDeniedException", "BusyException")
HELD = (2, 3, 4)  # read only, no access, busy: GenTL's DEVICE_ACCESS_STATUS
CHECK_SECONDS = 0.3
READY_SECONDS = 0.5

Errors = tuple[type[Exception], ...]


class GenTlLink:
    """From `open` to `close`: the producers, one device, its stream.

    A process has each producer once: there is one camera of this kind in a process, see `hosted`.
    """

    def __init__(self, source: str, cti: str, name: str) -> None:
        self._source = source
        self._cti = cti
        self._name = name
        self._harvester: Any = None
        self._device: Any = None
        self._error: Errors = (Exception,)
        self._unusable: Errors = (Exception,)
        self._pieces = _Pieces()
        self._features: GenicamFeatures | None = None
        self._port: Any = None
        self._checked = 0.0

    def open(self) -> None:
        """As GenicamLink."""
        files = existing(self._cti)
        self._harvester, errors = _harvester(files)
        self._error, held = errors, False
        self._unusable = (IndexError, ValueError, CameraError, *errors)
        try:
            info = self._choose(self._harvester.device_info_list)
            held = _info(info, "access_status") in HELD
            self._device = self._harvester.create(info)
        except errors as error:
            self.close()
            if held or type(error).__name__ in IN_USE:
                raise CameraError(ErrorCode.CAMERA_IN_USE, source=self._name) from None
            log.warning("%s: %s", self._name, error)
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._name) from None
        except BaseException:
            self.close()
            raise
        self._device.num_buffers = max(BUFFERS, self._device.min_num_buffers)
        self._device.timeout_period_on_update_event_data_call = 1
        self._device.add_callback(self._device.Events.INCOMPLETE_BUFFER, self._pieces.listener())
        nodes = self._device.remote_device.node_map
        self._features = GenicamFeatures(Dialect(_finder(nodes), snake, self._error), self._name)
        self._port = self._checkable()

    def features(self) -> GenicamFeatures:
        """Of the remote device."""
        if self._features is None:
            raise LinkLostError
        return self._features

    def start(self) -> None:
        """Announce buffers and have the camera send."""
        try:
            self._device.start()
        except self._error as error:
            log.warning("%s does not start: %s", self._name, error)
            raise LinkLostError from error

    def stop(self) -> None:
        """Have it send no more."""
        try:
            self._device.stop()
        except self._error as error:
            log.info("%s does not stop: %s", self._name, error)

    def trigger(self) -> None:
        """Ask for a picture once the camera says, where it does, that it waits for that."""
        features, until = self.features(), time.monotonic() + READY_SECONDS
        try:
            while not _waits(features) and time.monotonic() < until:
                time.sleep(ASK_SECONDS)
            features.execute("TriggerSoftware")
        except self._error as error:
            log.info("%s takes no trigger: %s", self._name, error)
            raise LinkLostError from error

    def fetch(self, seconds: float) -> Shot | None:
        """Look again and again: a wait inside the binding holds up every other thread."""
        until = time.monotonic() + seconds
        while True:
            try:
                buffer = self._device.try_fetch(timeout=1e-6)
            except self._error as error:
                log.info("%s gives no more pictures: %s", self._name, error)
                raise LinkLostError from error
            if buffer is not None:
                return self._taken(buffer)
            if self._pieces.take():
                return Shot(None, now_ns(), reason="incomplete buffer")
            if time.monotonic() > until:
                return None
            time.sleep(ASK_SECONDS)

    def _taken(self, buffer: Any) -> Shot:
        """Ours by a copy; the buffer goes back to the camera."""
        arrived = now_ns()
        module = buffer.module
        number, stamp = self._told(module, "frame_id"), self._told(module, "timestamp_ns")
        try:
            part = buffer.payload.components[0]
            pixels = to_pixels(
                format_of(int(part.data_format_value), self._name),
                np.frombuffer(part.data, np.uint8),
                int(part.width),
                int(part.height),
                int(part.x_padding or 0),
            )
        except self._unusable as error:
            return Shot(None, arrived, stamp, number, f"{error}"[:200])
        finally:
            buffer.queue()
        return Shot(pixels, arrived, stamp, number)

    def _told(self, module: Any, what: str) -> int | None:
        try:
            return int(getattr(module, what))
        except self._error:
            return None

    def alive(self) -> bool:
        """Read a register that every camera has, now and then; some producers have none."""
        if self._port is None or time.monotonic() - self._checked < CHECK_SECONDS:
            return self._device is not None
        self._checked = time.monotonic()
        try:
            self._port.read(0, 4)
        except self._error as error:
            log.info("%s does not answer: %s", self._name, error)
            return False
        return True

    def _checkable(self) -> Any:
        """The device's registers, where the first can be read while all is well."""
        port = self._device.remote_device.port
        try:
            port.read(0, 4)
        except self._error:
            return None
        return port

    def close(self) -> None:
        """Device, producers, and what they wrote to temporary files."""
        device, self._device = self._device, None
        harvester, self._harvester = self._harvester, None
        self._features = self._port = None
        for what in (getattr(device, "destroy", None), getattr(harvester, "reset", None)):
            if what is not None:
                self._quietly(what)

    def _quietly(self, what: Callable[[], object]) -> None:
        try:
            what()
        except self._error as error:
            log.info("%s does not close: %s", self._name, error)

    def _choose(self, devices: list[Any]) -> Any:
        for device in devices:
            if self._source in ("", *_names(device)):
                return device
        raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._name)


class _Pieces:
    """Hears of pictures in pieces, which harvesters throws away; in the thread that fetches."""

    def __init__(self) -> None:
        self._came = False

    def listener(self) -> Any:
        """As harvesters wants it; the package is loaded only where it is used."""

        def emit(_: Any, context: object = None) -> None:  # noqa: ARG001 - as it calls it
            self._came = True

        return type("Listener", (import_module("harvesters.core").Callback,), {"emit": emit})()

    def take(self) -> bool:
        """Whether one came since this was last asked."""
        came, self._came = self._came, False
        return came


def _waits(features: GenicamFeatures) -> bool:
    """True also where the camera does not tell."""
    selector = features.get("AcquisitionStatusSelector")
    if selector is None or "FrameTriggerWait" not in selector.choices:
        return True
    if selector.value != "FrameTriggerWait":
        features.set("AcquisitionStatusSelector", "FrameTriggerWait")
    status = features.get("AcquisitionStatus")
    return status is None or bool(status.value)


def existing(cti: str) -> tuple[Path, ...]:
    """The producers that are there; CAMERA_DRIVER_MISSING where one named is not, or none is."""
    for path in producers(cti, wanted_only=True):
        if cti and not path.is_file():
            raise _missing(f"{path}: no such file")
    files = tuple(path for path in producers(cti) if path.is_file())
    if not files:
        named = os.environ.get(VARIABLE)
        raise _missing(f"no .cti file; {VARIABLE}" + (f"={named}" if named else " is not set"))
    return files


def list_devices(cti: str) -> tuple[Found, ...]:
    """What the producers see, without opening any of it."""
    harvester, errors = _harvester(existing(cti))
    try:
        found = [_found(device) for device in harvester.device_info_list]
    finally:
        try:
            harvester.reset()
        except errors as error:
            log.info("a producer does not close: %s", error)
    return tuple(found)


def _found(device: Any) -> Found:
    serial, id_ = _info(device, "serial_number"), _info(device, "id_")
    vendor, model = _info(device, "vendor") or "", _info(device, "model") or ""
    name = _info(device, "user_defined_name") or f"{vendor} {model}".strip()
    detail = ", ".join(
        str(one) for one in (vendor, model, serial, id_, _info(device, "tl_type")) if one
    )
    busy = _info(device, "access_status") in HELD
    return Found("gentl", str(serial or id_), str(name), detail, busy)


def _harvester(files: tuple[Path, ...]) -> tuple[Any, Errors]:
    """With every device that the producers see, and what they raise."""
    try:
        errors = _errors()
        harvester = import_module("harvesters.core").Harvester()
    except ImportError as error:
        raise _missing(str(error)) from None
    logging.getLogger("harvesters.core").setLevel(logging.CRITICAL)  # what it raises, we say
    reasons = [reason for path in files if (reason := _add(harvester, path))]
    if len(reasons) == len(files):
        raise _missing("; ".join(reasons))
    failures: Errors = (OSError, *errors)
    try:
        harvester.update()
    except failures as error:
        harvester.reset()
        raise _missing(f"{error}") from None
    return harvester, errors


def _add(harvester: Any, path: Path) -> str:
    """Why it cannot be loaded; one maker's broken library is no reason to miss the others."""
    try:
        harvester.add_file(str(path), check_validity=True)
    except OSError as error:
        log.warning("%s does not load: %s", path, error)
        return f"{error}"
    return ""


def _errors() -> Errors:
    """Of the transport and of the node maps; they have no base of ours in common."""
    modules = ("genicam.gentl", "genicam.genapi")
    return tuple(import_module(name).GenericException for name in modules)


def _finder(nodes: Any) -> Callable[[str], Any]:
    return lambda name: nodes.get_node(name) if nodes.has_node(name) else None


def _names(device: Any) -> tuple[Any, ...]:
    return tuple(_info(device, what) for what in ("serial_number", "id_", "user_defined_name"))


def _info(device: Any, what: str) -> Any:
    """None where the producer does not tell."""
    try:
        return getattr(device, what)
    except Exception:  # noqa: BLE001 - every producer has errors of its own
        return None


def _missing(reason: str) -> CameraError:
    return CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind="gentl", reason=reason)
