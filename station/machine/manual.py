"""No machine: a person lays the part down, and takes it away as the screen says."""

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part
from station.machine.base import OnFault, OnTrigger


class ManualMachine:
    """Asks for nothing and is told nothing; the screen is the signal."""

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        """Nothing to connect."""

    def ready(self, is_ready: bool) -> None:
        """The screen shows it."""

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        """The screen shows it."""

    def close(self) -> None:
        """Nothing to let go."""
