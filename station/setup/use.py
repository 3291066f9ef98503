"""What the rooms of the Setup page work with, and how the line takes over changed settings."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from station.choice import RunChoice
from station.errors import ErrorCode, Fault, LineError
from station.gui.pages.setup_room import Change
from station.pipeline.events import LineState, LineStatus
from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine
from station.plan import choose_camera
from station.settings import Settings, load_settings, save_settings

GO_SECONDS = 40.0  # for what was admitted to be recorded
COME_SECONDS = 60.0  # for a model to be loaded
SETTLE_SECONDS = 3.0  # so long a fault may be that of a camera or a machine that just connects
PICTURE_SECONDS = 8.0  # for a camera to send its first picture
LOOK_SECONDS = 0.02
AWAY = (ErrorCode.LINE_LOST, ErrorCode.LINE_GAVE_UP)


@dataclass(frozen=True, slots=True)
class Use:
    """The data folder, the line, and the commands of the program's own helpers.

    gone: set when the window closes; whoever waits for the line or for a helper gives up then.
    """

    data: Path
    line: Line | RemoteLine
    search: Sequence[str]
    plc: Sequence[str]
    gone: threading.Event = field(default_factory=threading.Event)


def change(use: Use, settings: Settings) -> Change:
    """Save the settings, have the line change over, and wait for how it stands then.

    Raises SettingsError; LineError START_ANEW where a person must start the station anew: then
    the settings are saved all the same.
    """
    save_settings(use.data, settings)
    use.line.change_over()
    _until_gone(use)
    return _stand(use, choose_camera(RunChoice(), settings).live)


def saved(use: Use) -> Settings:
    """What the settings say now. Raises SettingsError."""
    return load_settings(use.data)


def _until_gone(use: Use) -> None:
    """Until the old line ends: whatever is seen after that is the new one."""
    end = time.monotonic() + GO_SECONDS
    while time.monotonic() < end and not use.gone.wait(LOOK_SECONDS):
        state = use.line.status().state
        stays = state in (LineState.READY, LineState.RUNNING, LineState.FAULT)
        if not stays or _away(use.line):
            return
    raise LineError(ErrorCode.LINE_NOT_READY, state=use.line.status().state.value)


def _stand(use: Use, live: bool) -> Change:
    """How the new one stands, once pictures come, or it has been in trouble for a while.

    live: its camera sends pictures by itself; a line says that it is ready before it has seen one.
    """
    end, since, was = time.monotonic() + COME_SECONDS, time.monotonic(), ""
    while time.monotonic() < end and not use.gone.wait(LOOK_SECONDS):
        status = use.line.status()
        stands = "away" if _away(use.line) else _stands(status)
        if stands != was:
            since, was = time.monotonic(), stands
        lasted = time.monotonic() - since
        if status.broken is not None or (stands == "fault" and lasted > SETTLE_SECONDS):
            return Change(LineState.FAULT, status.broken or status.fault, status.camera)
        patience = PICTURE_SECONDS if live else SETTLE_SECONDS / 2
        if stands == "ready" and (status.fps > 0 or lasted > patience):
            return Change(status.state, None, status.camera)
    return Change(LineState.FAULT, use.line.status().fault or Fault(ErrorCode.LINE_LOST))


def _stands(status: LineStatus) -> str:
    if status.state in (LineState.READY, LineState.RUNNING):
        return "ready"
    return "fault" if status.state is LineState.FAULT else "coming"


def _away(line: Line | RemoteLine) -> bool:
    fault = line.status().fault
    return fault is not None and fault.code in AWAY
