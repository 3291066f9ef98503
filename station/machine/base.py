"""What the line needs of the machine it serves, and what a person may see and press of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part, TriggerSource
from station.errors import Fault

Value = bool | int | float | str

OnTrigger = Callable[[TriggerSource, str], str]
"""Takes the source and the part's serial, empty where the machine knows none.

Gives the part's uid, or "" where the trigger was missed: the line was busy or not ready.
"""

OnFault = Callable[[Fault | None], None]
"""Takes what is wrong with the machine, and None when it is well again."""


class Machine(Protocol):
    """Triggers in, dispositions out. Thread-safe: two threads of the line call it.

    The de-energised state is reject: a part is good only when RELEASE was signalled for it.
    """

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        """Connect, in the background where that takes time.

        Both callables may be called from any thread, and return at once.
        """

    def ready(self, is_ready: bool) -> None:
        """Tell the machine whether a part may come."""

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        """Say what happens to that part. Called after it was recorded, never before.

        A part with number 0 was refused, and never admitted; then there is no inspection. Raises
        LineError where it cannot be said, nor kept until it can.
        """

    def close(self) -> None:
        """Drop Ready and let go; safe to call twice."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal between machine and station, as it was last seen.

    is_output: the station sets it.  address: where it lies there, for the electrician.
    """

    name: str
    value: Value
    is_output: bool
    address: str = ""


@runtime_checkable
class Wired(Protocol):
    """A machine whose signals a person can see, and whose outputs can be pressed. Thread-safe."""

    def signals(self) -> tuple[Signal, ...]:
        """All of them in the order of the wiring plan; returns at once."""

    def test(self, is_on: bool) -> None:
        """Begin or end the test mode: meanwhile Ready is low and triggers are missed.

        At its end, and when the link is lost, every output goes back to its rest: reject.
        """

    def press(self, name: str, value: Value) -> None:
        """Set an output; returns at once.

        Raises LineError MACHINE_NOT_IN_TEST, or MACHINE_BAD_OPTION for what is no output or no
        value of it.
        """


@runtime_checkable
class Warns(Protocol):
    """A machine that has to tell what a person must know, though the line may go on."""

    def listen(self, on_warning: Callable[[Fault], None]) -> None:
        """Whom to tell, from any thread; said once, before the machine is opened."""


@runtime_checkable
class CannotWait(Protocol):
    """A machine that must hear at once that a part waits for a person. Thread-safe."""

    def hold(self, part: Part, inspection: Inspection) -> None:
        """The part is recorded and waits; the person's word may come much later, by `signal`."""
