"""All that the Setup page may ask for, joined."""

from collections.abc import Callable
from pathlib import Path

from station.gui.pages.setup_room import SetupRoom
from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine
from station.setup.cameras import camera_room
from station.setup.machines import machine_room
from station.setup.plc import SimulatedPlc
from station.setup.use import Use


class Setup:
    """Over one data folder and its line; `program(*arguments)` is a command of this program.

    `give_up` before the page's workers are closed, `close` after it.
    """

    def __init__(
        self, data: Path, line: Line | RemoteLine, program: Callable[..., list[str]]
    ) -> None:
        search, plc = program("camera", "list", "--json"), program("plc", "simulate", "--json")
        use = Use(data, line, search, plc)
        self._plc = SimulatedPlc(use)
        self.give_up = use.gone.set
        self.close = self._plc.close
        self.room = SetupRoom(camera_room(use), machine_room(use), self._plc.room(), use.line.adopt)
