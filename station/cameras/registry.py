"""From a word in the settings to a camera."""

import inspect
from collections.abc import Callable, Mapping

from station.cameras.base import Camera
from station.errors import CameraError, ErrorCode

Option = str | int | float | bool


def _simulated(source: str, **options: Option) -> Camera:
    from station.cameras.simulated import SimulatedCamera

    if source:
        options = {"seed": source, **options}
    return _build("simulated", SimulatedCamera, options)


def _folder(source: str, **options: Option) -> Camera:
    from station.cameras.folder import FolderCamera

    return _build("folder", FolderCamera, {"source": source, **options})


def _opencv(source: str, **options: Option) -> Camera:
    from station.cameras.opencv import OpenCvCamera

    return _build("opencv", OpenCvCamera, {"source": source or "0", **options})


KINDS: Mapping[str, Callable[..., Camera]] = {
    "simulated": _simulated,
    "folder": _folder,
    "opencv": _opencv,
}


def make_camera(kind: str, source: str = "", options: Mapping[str, Option] | None = None) -> Camera:
    """A camera, not yet open. Raises CameraError CAMERA_UNKNOWN_KIND or CAMERA_BAD_OPTION."""
    if kind not in KINDS:
        raise CameraError(ErrorCode.CAMERA_UNKNOWN_KIND, kind=kind, known=", ".join(KINDS))
    return KINDS[kind](source, **(options or {}))


def _build(kind: str, maker: Callable[..., Camera], options: Mapping[str, Option]) -> Camera:
    """Call the maker with every option in the type that its own default has."""
    wanted = inspect.signature(maker).parameters
    values: dict[str, Option] = {}
    for name, value in options.items():
        if name not in wanted:
            raise _bad(kind, name, ", ".join(wanted))
        default = wanted[name].default
        as_type = str if default is inspect.Parameter.empty else type(default)
        values[name] = _convert(kind, name, value, as_type)
    return maker(**values)


def _convert(kind: str, name: str, value: Option, as_type: type) -> Option:
    if as_type is bool and isinstance(value, str):
        if value.lower() not in ("true", "false", "1", "0"):
            raise _bad(kind, name, "true, false")
        return value.lower() in ("true", "1")
    try:
        return as_type(value)  # type: ignore[no-any-return]
    except (TypeError, ValueError):
        raise _bad(kind, name, as_type.__name__) from None


def _bad(kind: str, option: str, allowed: str) -> CameraError:
    return CameraError(ErrorCode.CAMERA_BAD_OPTION, kind=kind, option=option, allowed=allowed)
