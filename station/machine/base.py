"""What the line needs of the machine it serves."""

from collections.abc import Callable
from typing import Protocol

from station.domain.inspection import Disposition
from station.domain.part import Part, TriggerSource


class Machine(Protocol):
    """Triggers in, dispositions out. Thread-safe: two threads of the line call it.

    The de-energised state is reject: a part is good only when RELEASE was signalled for it.
    """

    def open(self, on_trigger: Callable[[TriggerSource], None]) -> None:
        """Connect; `on_trigger` may be called from any thread, and returns at once."""

    def ready(self, is_ready: bool) -> None:
        """Tell the machine whether a part may come."""

    def signal(self, part: Part, disposition: Disposition) -> None:
        """Say what happens to that part. Called after it was recorded, never before."""

    def close(self) -> None:
        """Drop Ready and let go; safe to call twice."""
