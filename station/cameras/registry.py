"""From a word in the settings to a camera."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

from station.cameras.base import Camera
from station.domain.options import Option, OptionError, Options, build
from station.domain.plugins import PluginError, described, load_plugin, made_by, plugin_names
from station.errors import CameraError, ErrorCode

PLUGINS = "station.cameras"
"""The entry points whose name is a kind, and whose object is called with source and options."""


def make_camera(kind: str, source: str = "", options: Options | None = None) -> Camera:
    """A camera, not yet open. Raises CameraError CAMERA_UNKNOWN_KIND or CAMERA_BAD_OPTION.

    source: a folder, file, device or address; of the simulated camera, its seed.
    options: the keyword arguments of its constructor, as values or as text.
    """
    if kind in KINDS:
        return KINDS[kind](source, options or {})
    try:
        plugin = load_plugin(PLUGINS, kind)
        if plugin is not None:
            maker = partial(made_by, plugin, kind, source, options or {})
            return _build(kind, cast(Callable[..., Camera], maker), {}, {})
    except PluginError as error:
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind=kind, reason=error) from None
    known = ", ".join([*KINDS, *described(PLUGINS)])
    raise CameraError(ErrorCode.CAMERA_UNKNOWN_KIND, kind=kind, known=known)


def known_kinds() -> tuple[str, ...]:
    """Every kind that there is a word for; those of plug-ins come last, and may not load."""
    return (*KINDS, *(name for name in plugin_names(PLUGINS) if name not in KINDS))


def _simulated(source: str, options: Options) -> Camera:
    from station.cameras.simulated import SimulatedCamera

    seed = {"seed": source} if source else {}
    ours, theirs = _parted(options)
    maker = partial(SimulatedCamera, features=theirs)
    return _build("simulated", maker, {}, {**seed, **ours})


def _folder(source: str, options: Options) -> Camera:
    from station.cameras.folder import FolderCamera

    return _build("folder", FolderCamera, {"source": source}, options)


def _opencv(source: str, options: Options) -> Camera:
    from station.cameras.stream.address import is_stream

    if is_stream(source):
        return _stream(source, options)
    from station.cameras.opencv import OpenCvCamera, is_file
    from station.cameras.video_file import VideoFileCamera

    source = source or "0"
    maker = VideoFileCamera if is_file(source) else OpenCvCamera
    return _build("opencv", maker, {"source": source}, options)


def _stream(source: str, options: Options) -> Camera:
    from station.cameras.stream.camera import StreamCamera

    return _build("stream", StreamCamera, {"source": source}, options)


def _video(source: str, options: Options) -> Camera:
    from station.cameras.video_file import VideoFileCamera

    return _build("video", VideoFileCamera, {"source": source}, options)


def _uvc(source: str, options: Options) -> Camera:
    from station.cameras.uvc import UvcCamera

    return _build("uvc", UvcCamera, {"source": source}, options)


def _aravis(source: str, options: Options) -> Camera:
    from station.cameras.aravis.camera import AravisCamera

    return _build_genicam("aravis", AravisCamera, source, options)


def _gentl(source: str, options: Options) -> Camera:
    return _hosted("gentl", source, options)


def _basler(source: str, options: Options) -> Camera:
    return _hosted("basler", source, options)


def _hosted(kind: str, source: str, options: Options) -> Camera:
    """In a process of its own; made here too, so that a bad option is told at once."""
    from station.cameras.hosted import hosted

    return hosted(kind, make_inner(kind, source, options), source, options)


def make_inner(kind: str, source: str, options: Options) -> Camera:
    """The camera that runs in that process."""
    from station.cameras.basler import BaslerCamera
    from station.cameras.gentl import GenTlCamera

    makers: dict[str, Callable[..., Camera]] = {"gentl": GenTlCamera, "basler": BaslerCamera}
    return _build_genicam(kind, makers[kind], source, options)


KINDS: Mapping[str, Callable[[str, Options], Camera]] = {
    "simulated": _simulated,
    "folder": _folder,
    "video": _video,
    "opencv": _opencv,
    "uvc": _uvc,
    "stream": _stream,
    "aravis": _aravis,
    "gentl": _gentl,
    "basler": _basler,
}


def _build_genicam(
    kind: str, maker: Callable[..., Camera], source: str, options: Options
) -> Camera:
    """As `_build`; what begins with a capital is a feature of the camera, not one of the driver.

    The camera judges it when it is opened: `features` is the mapping of all of them.
    """
    ours, theirs = _parted(options)
    return _build(kind, partial(maker, features=theirs), {"source": source}, ours)


def _parted(options: Options) -> tuple[dict[str, Option], dict[str, Option]]:
    """The driver's own options, and the features of the camera."""
    ours = {name: value for name, value in options.items() if not name[:1].isupper()}
    theirs = {name: value for name, value in options.items() if name[:1].isupper()}
    return ours, theirs


def _build(
    kind: str, maker: Callable[..., Camera], given: Mapping[str, str], options: Options
) -> Camera:
    try:
        return build(maker, given, options)
    except OptionError as error:
        raise CameraError(
            ErrorCode.CAMERA_BAD_OPTION, kind=kind, option=error.option, allowed=error.allowed
        ) from None
