"""What the line needs of the machine it serves."""

from collections.abc import Callable
from typing import Protocol

from station.domain.inspection import Disposition
from station.domain.part import Part, TriggerSource
from station.errors import Fault

OnTrigger = Callable[[TriggerSource, str], None]
"""Takes the source and the part's serial, empty where the machine knows none."""

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

    def signal(self, part: Part, disposition: Disposition) -> None:
        """Say what happens to that part. Called after it was recorded, never before.

        A part with number 0 was refused, and never admitted. Raises LineError where it cannot
        be said, nor kept until it can.
        """

    def close(self) -> None:
        """Drop Ready and let go; safe to call twice."""
