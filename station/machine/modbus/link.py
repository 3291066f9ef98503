"""What the hand-shake needs of a connection, whichever side polls; and how it ends."""

from typing import Protocol

from station.errors import ErrorCode, Fault
from station.machine.modbus.map import Inputs, Order, Outputs


class LinkDown(Exception):  # noqa: N818 - an end, not a mistake
    """The connection is of no use now; `fault` tells a person why."""

    def __init__(self, code: ErrorCode, **facts: str) -> None:
        self.fault = Fault(code, tuple(facts.items()))
        super().__init__(f"{code} {facts}")


class PlcLink(Protocol):
    """Owned by one thread. Every method but `drop` and `close` raises LinkDown."""

    def open(self) -> None:
        """Reach the controller and set every output to its rest; harmless when it is open."""

    def read_inputs(self) -> Inputs:
        """The coils that the controller sets."""

    def read_order(self) -> Order:
        """Its registers."""

    def write(self, outputs: Outputs) -> None:
        """Have that stand in the outputs: the registers first, VALID last when it rises."""

    def drop(self) -> None:
        """The connection failed: forget it, and let the outputs go to rest where they can."""

    def close(self) -> None:
        """Let go of everything; safe to call twice."""
