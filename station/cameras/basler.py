"""Basler cameras through pylon, the maker's own library."""

import logging
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from station.cameras.features import Found, Setting
from station.cameras.genicam_camera import NOTHING, GenicamCamera
from station.cameras.genicam_features import Dialect, GenicamFeatures, camel
from station.cameras.genicam_link import LinkLostError, Shot, now_ns
from station.cameras.pfnc import format_of, to_pixels
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

HEARTBEAT_MS = 700  # after so long without an answer the library calls a GigE camera removed
READY_MS = 500


class BaslerCamera(GenicamCamera):
    """One camera, found by serial number or the name that its user gave it; empty: the first.

    trigger, line, features: as in GenicamCamera.
    """

    def __init__(
        self,
        source: str = "",
        trigger: str = "free",
        line: str = "Line1",
        features: Mapping[str, Setting] = NOTHING,
    ) -> None:
        name = f"basler:{source}" if source else "basler"
        super().__init__("basler", source, trigger, line, features, lambda: PylonLink(source, name))


class PylonLink:
    """From `open` to `close`: one camera of pylon's."""

    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self._name = name
        self._pylon: Any = None
        self._camera: Any = None
        self._error: type[Exception] = Exception
        self._features: GenicamFeatures | None = None

    def open(self) -> None:
        """As GenicamLink."""
        self._pylon, self._error = _pylon()
        factory = self._pylon.TlFactory.GetInstance()
        info = self._choose(factory.EnumerateDevices())
        try:
            self._camera = self._pylon.InstantCamera(factory.CreateDevice(info))
            self._camera.Open()
        except self._error as error:
            self.close()
            accessible = factory.IsDeviceAccessible(info)
            log.info("%s does not open: %s", self._name, error)
            code = ErrorCode.CAMERA_NOT_FOUND if accessible else ErrorCode.CAMERA_IN_USE
            raise CameraError(code, source=self._name) from None
        self._set_heartbeat()
        dialect = Dialect(self._camera.GetNodeMap().GetNode, camel, self._error)
        self._features = GenicamFeatures(dialect, self._name)

    def features(self) -> GenicamFeatures:
        """Of the open camera."""
        if self._features is None:
            raise LinkLostError
        return self._features

    def start(self) -> None:
        """Have the camera send."""
        try:
            self._camera.StartGrabbing(self._pylon.GrabStrategy_OneByOne)
        except self._error as error:
            log.warning("%s does not start: %s", self._name, error)
            raise LinkLostError from error

    def stop(self) -> None:
        """Have it send no more."""
        self._quietly(self._camera.StopGrabbing)

    def trigger(self) -> None:
        """Wait until the camera can take a trigger: one that comes too early is lost."""
        returns = self._pylon.TimeoutHandling_Return
        try:
            if not self._camera.WaitForFrameTriggerReady(READY_MS, returns):
                log.warning("%s is not ready for its trigger", self._name)
            self._camera.ExecuteSoftwareTrigger()
        except self._error as error:
            log.info("%s takes no trigger: %s", self._name, error)
            raise LinkLostError from error

    def fetch(self, seconds: float) -> Shot | None:
        """The next picture; the library waits without holding up other threads."""
        pylon = self._pylon
        try:
            result = self._camera.RetrieveResult(
                round(seconds * 1000), pylon.TimeoutHandling_Return
            )
        except self._error as error:
            log.info("%s gives no more pictures: %s", self._name, error)
            raise LinkLostError from error
        if not result.IsValid():
            return None
        try:
            return self._taken(result, now_ns())
        finally:
            result.Release()

    def _taken(self, result: Any, arrived: int) -> Shot:
        if not result.GrabSucceeded():
            return Shot(None, arrived, reason=str(result.GetErrorDescription()))
        data = np.frombuffer(result.GetBuffer(), np.uint8)
        padding = int(result.GetPaddingX())
        try:
            kind = format_of(int(result.GetPixelType()), self._name)
            pixels = to_pixels(kind, data, result.GetWidth(), result.GetHeight(), padding)
        except (ValueError, CameraError) as error:
            return Shot(None, arrived, reason=str(error))
        return Shot(pixels, arrived, int(result.GetTimeStamp()) or None, int(result.GetBlockID()))

    def alive(self) -> bool:
        """Whether the library has not seen the camera go."""
        return self._camera is not None and not self._camera.IsCameraDeviceRemoved()

    def close(self) -> None:
        """Give the camera back."""
        camera, self._camera = self._camera, None
        self._features = None
        if camera is not None:
            self._quietly(camera.StopGrabbing)
            self._quietly(camera.Close)
            self._quietly(camera.DestroyDevice)

    def _quietly(self, what: Callable[[], object]) -> None:
        try:
            what()
        except self._error as error:
            log.info("%s: %s", self._name, error)

    def _set_heartbeat(self) -> None:
        """A camera on the network is not missed before this; one on USB is missed at once."""
        node = self._camera.GetTLNodeMap().GetNode("HeartbeatTimeout")
        if node is not None and node.IsWritable():
            self._quietly(lambda: node.SetValue(max(node.Min, min(HEARTBEAT_MS, node.Max))))

    def _choose(self, devices: Any) -> Any:
        for device in devices:
            names = (device.GetSerialNumber(), device.GetUserDefinedName())
            if self._source in ("", *names):
                return device
        raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._name)


def find() -> tuple[Found, ...]:
    """Every camera that pylon sees. Raises CameraError CAMERA_DRIVER_MISSING."""
    pylon, _ = _pylon()
    factory = pylon.TlFactory.GetInstance()
    return tuple(_found(one, factory) for one in factory.EnumerateDevices())


def _found(device: Any, factory: Any) -> Found:
    model, serial = device.GetModelName(), device.GetSerialNumber()
    name = device.GetUserDefinedName() or f"{device.GetVendorName()} {model}"
    detail = ", ".join((device.GetVendorName(), model, serial, device.GetFullName()))
    return Found("basler", serial, name, detail, not factory.IsDeviceAccessible(device))


def _pylon() -> tuple[Any, type[Exception]]:
    """The library, 240 MB, which is an extra; and the base of what it raises."""
    try:
        with warnings.catch_warnings():  # where warnings are errors, its import ends in a crash
            warnings.simplefilter("ignore")
            pylon = import_module("pypylon.pylon")
        error: type[Exception] = import_module("pypylon.genicam").GenericException
    except ImportError as failed:
        reason = f"{failed}: pip install station[basler]"
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind="basler", reason=reason) from None
    return pylon, error
