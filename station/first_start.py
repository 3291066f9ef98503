"""Whether a person begins with a new station, and asking them what it must know. Plain Python.

The questions are a process of their own, which comes and goes before the line is started.
"""

import os
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from station.board import ask_for_lesson, make_runtime_folder
from station.errors import SettingsError
from station.place import default_data_folder, is_fresh
from station.supervisor import program

DONE, TEACH = "done", "teach"
"""The word that the process says when all was answered; it stays in sight until the window is."""
LEFT = 4
"""With this code it ends where the person left."""
UNSEEN = ("offscreen", "minimal")


def greet(data: Path | None) -> int | None:
    """Ask, where a station has not begun; None where it may start now, else what to end with.

    data: the folder that was named at the start.  Raises SettingsError as `default_data_folder`
    where nobody can see a window.
    """
    if not _is_wanted(data):
        return None
    word, code = _ask(data)
    if not word:
        return 0 if code == LEFT else 1  # no screen, or worse: it was said there
    if word == TEACH:
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


def _ask(data: Path | None) -> tuple[str, int]:
    """What the questions came to: a word, or the exit code. They end when this process does."""
    words = () if data is None else ("--data", str(data))
    process = subprocess.Popen(  # noqa: S603 - our own
        program("welcome", *words), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            word = line.decode("utf-8", "replace").strip()
            if word in (DONE, TEACH):
                threading.Thread(target=_end, args=(process,), daemon=True).start()
                return word, 0
    except BaseException:
        _end(process, now=True)
        raise
    _end(process)
    return "", process.returncode


def _end(process: "subprocess.Popen[bytes]", now: bool = False) -> None:
    """Wait for its end, or have it end, which it does when its input is closed."""
    if process.stdin is not None and now:
        with suppress(OSError):
            process.stdin.close()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
