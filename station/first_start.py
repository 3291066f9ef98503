"""Whether a person begins with a new station, and asking them what it must know. Plain Python.

The questions are a process of their own, which comes and goes before the line is started.
"""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

from station.board import ask_for_lesson, make_runtime_folder
from station.errors import SettingsError
from station.place import default_data_folder, is_fresh
from station.supervisor import program

DONE, DONE_TEACH, LEFT = 0, 3, 4
"""With these the process ends: all was answered, a product is taught next, the person left."""
UNSEEN = ("offscreen", "minimal")


def greet(data: Path | None) -> int | None:
    """Ask, where a station has not begun; None where it may start now, else what to end with.

    data: the folder that was named at the start.  Raises SettingsError as `default_data_folder`
    where nobody can see a window.
    """
    if not _is_wanted(data):
        return None
    code = _ask(data)
    if code == LEFT:
        return 0
    if code not in (DONE, DONE_TEACH):  # no screen, or worse: it was said there
        return 1
    if code == DONE_TEACH:
        ask_for_lesson(make_runtime_folder(data or default_data_folder()))
    return None


def _is_wanted(data: Path | None) -> bool:
    unseen = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in UNSEEN
    try:
        return is_fresh(data or default_data_folder()) and not unseen
    except SettingsError:  # a person is told in a window
        if unseen:
            raise
        return True


def _ask(data: Path | None) -> int:
    """The exit code of the questions; they end when this process does."""
    words = () if data is None else ("--data", str(data))
    process = subprocess.Popen(  # noqa: S603 - our own
        program("welcome", *words), stdin=subprocess.PIPE
    )
    try:
        return process.wait()
    finally:
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        process.wait()
