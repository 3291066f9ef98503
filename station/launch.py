"""Which processes a station is made of, and by which commands they run."""

from dataclasses import dataclass
from pathlib import Path

from station.board import Role, runtime_folder
from station.errors import StationError
from station.plan import RunChoice
from station.settings import load_settings
from station.supervisor import Job, program

LINE_SILENCE = 2.0  # seconds without a sign of life, after which the line is started anew
WINDOW_SILENCE = 3.0
COPIER_SILENCE = 10.0
KNOCK_SECONDS = 1.0


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


def copier_jobs(data: Path) -> tuple[Job, ...]:
    """What copies to the plant, where the settings name one."""
    try:
        plant = load_settings(data).plant
    except StationError:  # told by the line, which needs them more
        return ()
    if not plant.database:
        return ()
    command = program("copier", "--data", str(data))
    return (Job(Role.COPIER, command, COPIER_SILENCE, spare=False),)


def show_running(data: Path) -> bool:
    """Bring the window of a station that runs on that folder to the front; False if none runs."""
    if not (runtime_folder(data) / "key").exists():
        return False
    from station.pipeline.remote import RemoteLine  # half a second, and needed only here

    line = RemoteLine(runtime_folder(data), lambda _: None)
    line.start()
    try:
        return line.wait_here(KNOCK_SECONDS) and line.show_window()
    finally:
        line.stop()


def _given(values: dict[str, str]) -> list[str]:
    return [word for name, value in values.items() if value for word in (name, value)]
