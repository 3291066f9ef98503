"""No machine: a person lays the part down, and takes it away as the screen says."""

from collections.abc import Callable

from station.domain.inspection import Disposition
from station.domain.part import Part, TriggerSource


class ManualMachine:
    """Asks for nothing and is told nothing; the screen is the signal."""

    def open(self, on_trigger: Callable[[TriggerSource], None]) -> None:
        """Nothing to connect."""

    def ready(self, is_ready: bool) -> None:
        """The screen shows it."""

    def signal(self, part: Part, disposition: Disposition) -> None:
        """The screen shows it."""

    def close(self) -> None:
        """Nothing to let go."""
