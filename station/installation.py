"""Whether the program itself is whole: its packages load, its files are those that were shipped.

An installation that lost a file, to a virus scanner or a disk, mostly still starts, and fails on
the day when somebody wants what is missing. Here everything is touched once.
"""

import hashlib
import importlib
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station import __version__
from station.bundle import add_ons, resource
from station.inference.provider import installed_runtimes

PACKAGES = (
    *("PySide6.QtWidgets", "pyqtgraph", "cv2", "numpy", "onnxruntime", "onnx"),
    *("sklearn.linear_model", "sklearn.ensemble", "scipy.optimize", "scipy.stats", "sqlalchemy"),
    *("alembic.command", "pydantic", "msgspec", "isal.isal_zlib", "zxingcpp", "xlsxwriter"),
    *("asyncua", "pymodbus.client", "paho.mqtt.client", "cryptography.x509", "psutil"),
)
DRIVERS = {
    "gentl": ("harvesters.core", "genicam.gentl", "genicam.genapi"),
    "uvc": ("cv2_enumerate_cameras",),
    "opencv": ("cv2",),
    "stream": ("station.cameras.stream.reader",),
    "aravis": ("station.cameras.aravis.library",),
}
"""What must be there for a kind of camera; the makers' own software is not ours to ship."""
PLATFORMS = {"linux": "libqxcb.so", "win32": "qwindows.dll"}


class NotWholeError(Exception):
    """What is wrong with a part of the installation."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the program that was looked at; `wrong` is empty where it is as it should be."""

    name: str
    detail: str
    wrong: str = ""


def pieces() -> Iterator[Piece]:
    """The program, its packages, its drivers, its models and its way to the screen, in turn."""
    steps: tuple[tuple[str, Callable[[], str]], ...] = (
        ("program", _program),
        ("packages", _packages),
        ("drivers", _drivers),
        ("models", _models),
        ("screen", _screen),
    )
    for name, step in steps:
        try:
            yield Piece(name, step())
        except Exception as error:  # noqa: BLE001 - a broken library raises anything
            wrong = f"{error}" if isinstance(error, NotWholeError) else _named(error)
            yield Piece(name, "", wrong)


def _program() -> str:
    kind = "bundle" if getattr(sys, "frozen", False) else "Python {}.{}".format(*sys.version_info)
    brought = (path.parent.name for path in add_ons("packages"))
    return " · ".join((__version__, kind, *sorted(brought)))


def _packages() -> str:
    for name in PACKAGES:
        _load(name)
    flavour = ", ".join(installed_runtimes())
    return f"{len(PACKAGES)} · {flavour} {importlib.import_module('onnxruntime').__version__}"


def _drivers() -> str:
    for modules in DRIVERS.values():
        for name in modules:
            _load(name)
    ffmpeg: Any = importlib.import_module("station.cameras.ffmpeg")
    return ", ".join(DRIVERS) + ("" if ffmpeg.is_there() else f" · stream, video: {ffmpeg.MISSING}")


def _models() -> str:
    """The backbone that teaches and the model of the demo, by what their own papers say."""
    about = json.loads(resource("models/PROVENANCE.json").read_text("utf-8"))
    demo = tomllib.loads(resource("demo/flange.toml").read_text("utf-8"))
    shipped = {
        f"models/{about['file']}": about["sha256"],
        f"demo/{demo['model']}": demo["model_sha256"],
    }
    for name, sha256 in shipped.items():
        if hashlib.sha256(resource(name).read_bytes()).hexdigest() != sha256:
            raise NotWholeError(f"{name} is not the file that was shipped")
    return ", ".join(f"{Path(name).name} {sha256[:8]}" for name, sha256 in shipped.items())


def _screen() -> str:
    """Where Qt looks for its plug-ins: another program's, named by a variable, would not fit."""
    core: Any = importlib.import_module("PySide6.QtCore")
    folder = Path(core.QLibraryInfo.path(core.QLibraryInfo.LibraryPath.PluginsPath))
    wanted = folder / "platforms" / PLATFORMS.get(sys.platform, "")
    if not wanted.exists():
        raise NotWholeError(f"{wanted} is missing")
    return str(folder)


def _load(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception as error:
        raise NotWholeError(f"{name}: {_named(error)}") from error


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
