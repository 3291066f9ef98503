"""From what settings say of the machine kind `modbus` to the machine."""

import threading
from dataclasses import dataclass, fields

from station.domain.options import OptionError, Options, build
from station.machine.modbus.client import ClientLink
from station.machine.modbus.handshake import MOST, Rules
from station.machine.modbus.link import PlcLink
from station.machine.modbus.machine import ModbusMachine
from station.machine.modbus.map import NAMES, ModbusMap, map_of
from station.machine.modbus.panel import Panel
from station.machine.modbus.server import ServerLink

_BOUNDS = {
    "unit": (0, 255),
    "poll_ms": (1, 1000),
    "deadline_ms": (10, 60_000),
    "ack_ms": (10, 60_000),
    "expect_recipe": (0, MOST),
    "late_limit": (0, 1000),
}


@dataclass(frozen=True, slots=True)
class ModbusOptions:
    """The options beside the addresses; the manual's page on Modbus explains each."""

    role: str = "client"
    unit: int = 1
    poll_ms: int = 2
    deadline_ms: int = 400
    ack_ms: int = 1000
    heartbeat: bool = True
    expect_recipe: int = 0
    late_limit: int = 3
    part_id_order: str = "big"
    map: str = ""

    def check(self) -> None:
        """Raises OptionError for the first that makes no sense."""
        if self.role not in ("client", "server"):
            raise OptionError("role", "client, server")
        if self.part_id_order not in ("big", "little"):
            raise OptionError("part_id_order", "big, little")
        for name, (least, most) in _BOUNDS.items():
            if not least <= getattr(self, name) <= most:
                raise OptionError(name, f"{least} … {most}")

    @property
    def rules(self) -> Rules:
        """What the hand-shake goes by."""
        return Rules(
            deadline=self.deadline_ms / 1000,
            ack=self.ack_ms / 1000,
            heartbeat=self.heartbeat,
            expect_recipe=self.expect_recipe,
            late_limit=self.late_limit,
        )

    @property
    def big(self) -> bool:
        """Whether the first letter of PART_ID lies in the high byte."""
        return self.part_id_order == "big"


OPTION_NAMES = tuple(field.name for field in fields(ModbusOptions))


def make_modbus(host: str, port: int, options: Options) -> ModbusMachine:
    """A machine, not yet open. Every address is an option of its signal's name.

    Raises OptionError.
    """
    wish, map_ = read_options(options)
    wake = threading.Event()
    link: PlcLink
    if wish.role == "server":
        link = ServerLink(host, port, wish.unit, map_, wish.big, wake.set)
    else:
        link = ClientLink(host, port, wish.unit, map_, wish.big)
    panel = Panel(map_, f"{host}:{port}")
    return ModbusMachine(link, wake, panel, wish.rules, wish.poll_ms / 1000)


def read_options(options: Options) -> tuple[ModbusOptions, ModbusMap]:
    """The options and the map in them. Raises OptionError."""
    for name in options:
        if name not in OPTION_NAMES + NAMES:
            raise OptionError(name, ", ".join(OPTION_NAMES + NAMES))
    wish = build(ModbusOptions, {}, {n: v for n, v in options.items() if n in OPTION_NAMES})
    wish.check()
    return wish, map_of({n: v for n, v in options.items() if n in NAMES}, wish.map)
