"""Cameras for a station that has not begun: which are there, and a picture of one.

Each question is put to a process of its own: a driver that hangs or crashes takes nothing with it.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from station.cameras.features import Found
from station.errors import CameraError, ErrorCode, raised
from station.gui.welcome.room import Seen
from station.setup.cameras import ask, fault_of, search_by

PICTURE_SECONDS = 25.0  # a web camera takes some to come up, a stream may take ten

Program = Callable[..., Sequence[str]]


def search(program: Program, gone: threading.Event) -> Seen:
    """The cameras that any driver finds. Raises CameraError where the search itself failed."""
    seen = search_by(program("camera", "list", "--json"), gone)
    return Seen(seen.found, seen.missing)


def look(program: Program, gone: threading.Event, camera: Found, folder: Path) -> Path:
    """A picture of now, as a file in that folder. Raises the fault that the camera has."""
    words = ("--out", str(folder), "--camera", camera.kind, "--source", camera.source, "--json")
    rows, _ = ask(program("camera", "grab", *words), gone, PICTURE_SECONDS)
    for row in rows:
        if "path" in row:
            return Path(str(row["path"]))
        if "error" in row:
            raise raised(fault_of(row))
    seconds = f"{PICTURE_SECONDS:g}"
    raise CameraError(ErrorCode.CAMERA_NO_FRAME, source=camera.source, seconds=seconds)
