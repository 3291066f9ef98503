"""All that the Setup page may ask for, joined."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from station.access import Door
from station.gui.pages.setup_room import SetupRoom
from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine
from station.setup.cameras import camera_room
from station.setup.machines import machine_room
from station.setup.plc import SimulatedPlc
from station.setup.use import Use


class Setup:
    """Over one data folder and its line; `program(*arguments)` is a command of this program.

    What changes anything is taken only while `door` is open, what ends a test or a trial always.
    `give_up` before the page's workers are closed, `close` after it.
    """

    def __init__(
        self,
        data: Path,
        line: Line | RemoteLine,
        program: Callable[..., list[str]],
        door: Door,
    ) -> None:
        search, plc = program("camera", "list", "--json"), program("plc", "simulate", "--json")
        use = Use(data, line, search, plc)
        self._plc = SimulatedPlc(use)
        self.give_up = use.gone.set
        self.close = self._plc.close
        room = SetupRoom(camera_room(use), machine_room(use), self._plc.room(), use.line.adopt)
        self.room = guarded(room, door)


def guarded(room: SetupRoom, door: Door) -> SetupRoom:
    """The same room, for whom the door is open only."""
    camera, machine, only = room.camera, room.machine, door.guarded

    def test(is_on: bool) -> None:
        if is_on:
            door.require()
        machine.test(is_on)

    return replace(
        room,
        camera=replace(
            camera, use=only(camera.use), adjust=only(camera.adjust), keep=only(camera.keep)
        ),
        machine=replace(machine, use=only(machine.use), press=only(machine.press), test=test),
        plc=replace(room.plc, begin=only(room.plc.begin)),
        save=only(room.save),
    )
