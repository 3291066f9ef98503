"""GenICam cameras of any maker through the GenTL producer that the maker ships."""

from collections.abc import Mapping

from station.cameras.features import Found, Setting
from station.cameras.genicam_camera import NOTHING, GenicamCamera
from station.cameras.gentl_link import GenTlLink, list_devices


class GenTlCamera(GenicamCamera):
    """One camera, found by serial number, id or the name that its user gave it; empty: the first.

    cti: the maker's producer, a file or a folder, several separated as in PATH, beside those in
    GENICAM_GENTL64_PATH. trigger, line, features: as in GenicamCamera.
    """

    def __init__(
        self,
        source: str = "",
        cti: str = "",
        trigger: str = "free",
        line: str = "Line0",
        features: Mapping[str, Setting] = NOTHING,
    ) -> None:
        name = f"gentl:{source}" if source else "gentl"
        super().__init__(
            "gentl", source, trigger, line, features, lambda: GenTlLink(source, cti, name)
        )


def find(cti: str = "") -> tuple[Found, ...]:
    """Every camera that the producers see. Raises CameraError CAMERA_DRIVER_MISSING."""
    return list_devices(cti)
