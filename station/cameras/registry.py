"""From a word in the settings to a camera."""

from collections.abc import Callable, Mapping
from functools import partial

from station.cameras.base import Camera
from station.domain.options import OptionError, Options, build
from station.errors import CameraError, ErrorCode


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

    seed = {"seed": source} if source else {}
    return _build("simulated", SimulatedCamera, {}, {**seed, **options})


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


def _build_genicam(
    kind: str, maker: Callable[..., Camera], source: str, options: Options
) -> Camera:
    """As `_build`; what begins with a capital is a feature of the camera, not one of the driver.

    The camera judges it when it is opened: `features` is the mapping of all of them.
    """
    ours = {name: value for name, value in options.items() if not name[:1].isupper()}
    theirs = {name: value for name, value in options.items() if name[:1].isupper()}
    return _build(kind, partial(maker, features=theirs), {"source": source}, ours)


def _build(
    kind: str, maker: Callable[..., Camera], given: Mapping[str, str], options: Options
) -> Camera:
    try:
        return build(maker, given, options)
    except OptionError as error:
        raise CameraError(
            ErrorCode.CAMERA_BAD_OPTION, kind=kind, option=error.option, allowed=error.allowed
        ) from None
