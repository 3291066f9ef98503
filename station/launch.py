"""Which processes a station is made of, and by which commands they run."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from station.board import BEAT_SECONDS, Board, Role, make_runtime_folder, runtime_folder
from station.choice import RunChoice
from station.errors import StationError
from station.face import read_plainly
from station.supervisor import Job, program

LINE_SILENCE = 2.0  # seconds without a sign of life, after which the line is started anew
WINDOW_SILENCE = 3.0
COPIER_SILENCE = 10.0
LOOK_SECONDS = 0.02
FIRST_SECONDS = 5.0  # that the window has to itself, at most
KNOCK_SECONDS = 1.0
LIFE_SECONDS = 1.0  # a window that comes up may keep its signs of life back for a while


def line_job(choice: RunChoice, data: Path) -> Job:
    """The line in a process of its own."""
    values = {
        "--data": str(data),
        "--recipe": choice.recipe,
        "--camera": choice.camera,
        "--source": choice.source,
        "--model": str(choice.model or ""),
        "--provider": choice.provider,
    }
    command = program("line", *_given(values), *(("--demo",) if choice.demo else ()))
    return Job(Role.LINE, command, LINE_SILENCE)


@dataclass(frozen=True, slots=True)
class Alone:
    """What a window does by itself and then ends, so that it is not replaced: parts, or a look."""

    parts: int | None = None
    screenshot: Path | None = None
    after_paint: bool = False


def window_job(choice: RunChoice, data: Path, alone: Alone, as_json: bool) -> Job:
    """The window in a process of its own; with `parts` it drives the line."""
    values = {
        "--data": str(data),
        "--source": choice.source,
        "--parts": "" if alone.parts is None else str(alone.parts),
        "--screenshot": str(alone.screenshot or ""),
    }
    flags = {"--json": as_json, "--exit-after-paint": alone.after_paint}
    command = program(
        "window", *_given(values), *(flag for flag, wanted in flags.items() if wanted)
    )
    final = alone.parts is not None or alone.after_paint
    return Job(Role.WINDOW, command, WINDOW_SILENCE, final)


def station_jobs(choice: RunChoice, data: Path, alone: Alone, as_json: bool) -> Iterator[Job]:
    """All of a station with a window, which comes first: a person waits for it."""
    yield window_job(choice, data, alone, as_json)
    _let_load(data)
    yield line_job(choice, data)
    yield from copier_jobs(data)


def _let_load(data: Path) -> None:
    """Leave the disk to the window until it is loaded and begins to draw.

    Where nothing of the program is in memory yet, it would wait until twice as much is read.
    """
    until = time.monotonic() + FIRST_SECONDS
    with closing(Board(make_runtime_folder(data))) as board:
        while not board.pid(Role.WINDOW) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)


def copier_jobs(data: Path) -> Iterator[Job]:
    """What copies to the plant, where the settings name one."""
    values = read_plainly(data)
    if values is not None and "plant" not in values:
        return
    from station.settings import load_settings  # with all of their rules

    try:
        plant = load_settings(data).plant
    except StationError:  # told by the line, which needs them more
        return
    if plant.database:
        command = program("copier", "--data", str(data))
        yield Job(Role.COPIER, command, COPIER_SILENCE, spare=False)


def show_running(data: Path) -> bool:
    """Bring the window of a station that runs on that folder to the front; False if none runs.

    One whose window just comes up is left to it; one that just ends is waited for.
    """
    folder = runtime_folder(data)
    while (folder / "board").exists() and _lives(folder, *Role):
        if _shows_window(folder) or _lives(folder, Role.WINDOW):
            return True
    return False


def _shows_window(folder: Path) -> bool:
    """Whether the line answers; it hands on that the window is wanted."""
    from station.pipeline.remote import RemoteLine  # takes a while, and is needed only here

    line = RemoteLine(folder, lambda _: None)
    line.start()
    try:
        return line.wait_here(KNOCK_SECONDS) and line.show_window()
    finally:
        line.stop()


def _lives(folder: Path, *roles: Role) -> bool:
    """Whether one of these shows life; what a station that was killed has left does not."""
    with closing(Board(folder)) as board:
        before, until = [board.beats(role) for role in roles], time.monotonic() + LIFE_SECONDS
        while time.monotonic() < until:
            if [board.beats(role) for role in roles] != before:
                return True
            time.sleep(BEAT_SECONDS / 4)
    return False


def _given(values: dict[str, str]) -> list[str]:
    return [word for name, value in values.items() if value for word in (name, value)]
