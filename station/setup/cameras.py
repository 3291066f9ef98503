"""Cameras, for the page: which are there, which is used, and what is set on it."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from station.cameras.features import Found, Setting
from station.choice import RunChoice
from station.errors import CameraError, ErrorCode, Fault
from station.gui.pages.setup_room import CameraRoom, Change, Search
from station.plan import choose_camera
from station.settings import CameraSettings, save_settings
from station.setup.use import Use, change, saved

SEARCH_SECONDS = 45.0  # every driver has its own limit within that
LOOK_SECONDS = 0.2
FILES = ("folder", "video")


def camera_room(use: Use) -> CameraRoom:
    """Over the settings of that data folder and its line."""
    return CameraRoom(
        search=lambda: search(use),
        chosen=lambda: saved(use).camera,
        use=lambda camera: use_camera(use, camera),
        live=use.line.live.take,
        features=use.line.camera_features,
        adjust=use.line.adjust_camera,
        keep=lambda features: keep(use, features),
    )


def search(use: Use) -> Search:
    """Ask in a process of its own: a driver that hangs or crashes takes nothing with it.

    Raises CameraError CAMERA_DRIVER_MISSING where the search itself failed.
    """
    return search_by(use.search, use.gone)


def search_by(command: Sequence[str], gone: threading.Event) -> Search:
    """The same by that command, until somebody left."""
    rows, code = ask(command, gone, SEARCH_SECONDS)
    if not rows and code != 0:
        reason = f"exit code {code}"
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind="", reason=reason)
    found = tuple(_found(row) for row in rows if row.get("kind") and "source" in row)
    return Search(found, tuple(fault_of(row) for row in rows if "error" in row))


def ask(
    command: Sequence[str], gone: threading.Event, seconds: float
) -> tuple[list[Mapping[str, Any]], int]:
    """Run a command of this program with --json: its rows and its exit code.

    It is ended when the time is over or `gone` is set.
    """
    asked = subprocess.Popen(  # noqa: S603 - our own
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with asked:
        said = _said(asked, gone, seconds)
    return list(_rows(said)), asked.returncode


def _said(asked: "subprocess.Popen[bytes]", gone: threading.Event, seconds: float) -> bytes:
    """All that it writes until it ends, or has to."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not gone.is_set():
        with suppress(subprocess.TimeoutExpired):
            return asked.communicate(timeout=LOOK_SECONDS)[0]
    asked.kill()
    return asked.communicate()[0]


def use_camera(use: Use, camera: CameraSettings) -> Change:
    """Have the line look through that one. Raises CameraError for what no driver takes."""
    settings = saved(use).model_copy(update={"camera": camera})
    wanted = choose_camera(RunChoice(), settings)
    if camera.kind in FILES:  # what is not there now will not come by itself
        wanted.open()
        wanted.close()
    done = change(use, settings)
    return replace(done, ignored=bool(done.camera) and done.camera != wanted.name)


def keep(use: Use, features: Mapping[str, Setting]) -> CameraSettings:
    """Have these set whenever the camera is opened; takes effect with the next line."""
    settings = saved(use)
    options = {**settings.camera.options, **features}
    camera = settings.camera.model_copy(update={"options": options})
    save_settings(use.data, settings.model_copy(update={"camera": camera}))
    return camera


def _rows(said: bytes) -> Iterator[Mapping[str, Any]]:
    """Each line that is an object; what a driver prints besides is no matter."""
    for line in said.splitlines():
        with suppress(ValueError):
            row = json.loads(line)
            if isinstance(row, dict):
                yield row


def _found(row: Mapping[str, Any]) -> Found:
    texts = {name: str(row.get(name, "")) for name in ("kind", "source", "name", "detail")}
    return Found(**texts, in_use=row.get("in_use") is True)


def fault_of(row: Mapping[str, Any]) -> Fault:
    """What is wrong, as the program prints it."""
    facts = row.get("facts")
    pairs = facts.items() if isinstance(facts, dict) else ()
    try:
        code = ErrorCode(row["error"])
    except ValueError:
        return Fault(ErrorCode.INTERNAL, (("reason", str(row["error"])),))
    return Fault(code, tuple((str(name), str(value)) for name, value in pairs))
