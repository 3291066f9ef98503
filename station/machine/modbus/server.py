"""The station as Modbus server: the same hand-shake for controllers that poll."""

import time
from collections.abc import Callable
from dataclasses import asdict

from station.errors import ErrorCode, LineError
from station.machine.modbus.link import LinkDown
from station.machine.modbus.map import (
    ANSWER_WORDS,
    INPUT_COILS,
    ORDER_WORDS,
    OUTPUT_COILS,
    REST,
    Inputs,
    ModbusMap,
    Order,
    Outputs,
    text_of,
)
from station.machine.modbus.memory import Memory, ModbusServer

UNHEARD_SECONDS = 1.0  # without a request: no controller is there


class ServerLink:
    """Listens from the first `open` to `close`; the controller is there while it asks.

    on_change is called, from another thread, when the controller wrote something.
    """

    def __init__(
        self,
        host: str,
        port: int,
        unit: int,
        map_: ModbusMap,
        big: bool,
        on_change: Callable[[], None],
    ) -> None:
        self._address = f"{host}:{port}"
        self._big = big
        self._memory = Memory(map_, INPUT_COILS + ORDER_WORDS, on_change)
        self._server = ModbusServer(host, port, unit, self._memory)
        self._listens = False

    def open(self) -> None:
        """Listen, and see whether the controller asks."""
        if not self._listens:
            try:
                self._server.start()
            except LineError as error:
                raise LinkDown(error.code, **dict(error.fault.facts)) from None
            self._listens = True
        self._check_heard()

    def read_inputs(self) -> Inputs:
        """As they stood at one moment."""
        self._check_heard()
        return Inputs(**self._memory.coils(INPUT_COILS))

    def read_order(self) -> Order:
        """What the controller wrote before TRIG."""
        seq, recipe = self._memory.words("seq")[0], self._memory.words("recipe")[0]
        return Order(seq, recipe, text_of(self._memory.words("part_id"), self._big))

    def write(self, outputs: Outputs) -> None:
        """All of it at one moment: no request sees a half."""
        values = asdict(outputs)
        self._memory.put(
            {name: values[name] for name in OUTPUT_COILS},
            {name: values[name] for name in ANSWER_WORDS},
        )

    def drop(self) -> None:
        """Nobody asks: whoever comes next finds the outputs at rest."""
        self.write(REST)

    def close(self) -> None:
        """Outputs to rest, and the port is free again."""
        self.write(REST)
        self._server.stop()
        self._listens = False

    def _check_heard(self) -> None:
        heard = self._memory.heard_at
        if heard is None or time.monotonic() - heard > UNHEARD_SECONDS:
            raise LinkDown(ErrorCode.MACHINE_LINK_LOST, address=self._address)
