"""From a word in the settings to a camera."""

import inspect
import math
from collections.abc import Callable, Mapping

from station.cameras.base import Camera
from station.errors import CameraError, ErrorCode

Option = str | int | float | bool
Options = Mapping[str, Option]


def make_camera(kind: str, source: str = "", options: Options | None = None) -> Camera:
    """A camera, not yet open. Raises CameraError CAMERA_UNKNOWN_KIND or CAMERA_BAD_OPTION.

    source: a folder, file, device or address; of the simulated camera, its seed.
    options: the keyword arguments of its constructor, as values or as text.
    """
    if kind not in KINDS:
        raise CameraError(ErrorCode.CAMERA_UNKNOWN_KIND, kind=kind, known=", ".join(KINDS))
    return KINDS[kind](source, options or {})


def _simulated(source: str, options: Options) -> Camera:
    from station.cameras.simulated import SimulatedCamera

    return _build("simulated", SimulatedCamera, {"seed": source} if source else {}, options)


def _folder(source: str, options: Options) -> Camera:
    from station.cameras.folder import FolderCamera

    return _build("folder", FolderCamera, {"source": source}, options)


def _opencv(source: str, options: Options) -> Camera:
    from station.cameras.opencv import OpenCvCamera, is_file
    from station.cameras.video_file import VideoFileCamera

    source = source or "0"
    maker = VideoFileCamera if is_file(source) else OpenCvCamera
    return _build("opencv", maker, {"source": source}, options)


KINDS: Mapping[str, Callable[[str, Options], Camera]] = {
    "simulated": _simulated,
    "folder": _folder,
    "opencv": _opencv,
}


def _build(
    kind: str, maker: Callable[..., Camera], given: Mapping[str, str], options: Options
) -> Camera:
    """Call the maker with every option in the type that its constructor names."""
    wanted = inspect.signature(maker).parameters
    free = [name for name in wanted if name != "source"]
    for name in options:
        if name not in free:
            raise _bad(kind, name, ", ".join(free))
    values = {**given, **options}
    return maker(**{n: _convert(kind, n, v, wanted[n].annotation) for n, v in values.items()})


def _convert(kind: str, name: str, value: Option, as_type: type) -> Option:
    if as_type is bool:
        if str(value).lower() not in ("true", "false", "1", "0"):
            raise _bad(kind, name, "true, false")
        return str(value).lower() in ("true", "1")
    try:
        if as_type is str:
            return str(value)
        number = float(value)
        if not math.isfinite(number) or (as_type is int and number != int(number)):
            raise ValueError
        return int(number) if as_type is int else number
    except ValueError:
        raise _bad(kind, name, as_type.__name__) from None


def _bad(kind: str, option: str, allowed: str) -> CameraError:
    return CameraError(ErrorCode.CAMERA_BAD_OPTION, kind=kind, option=option, allowed=allowed)
