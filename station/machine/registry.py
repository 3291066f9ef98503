"""From a word in the settings to a machine."""

from station.errors import ErrorCode, SettingsError
from station.machine.base import Machine
from station.machine.manual import ManualMachine
from station.machine.timer import TimerMachine

KINDS = ("manual", "timer")


def make_machine(kind: str, period: float = 2.0) -> Machine:
    """A machine, not yet open. Raises SettingsError MACHINE_UNKNOWN_KIND."""
    if kind == "manual":
        return ManualMachine()
    if kind == "timer":
        return TimerMachine(period)
    raise SettingsError(ErrorCode.MACHINE_UNKNOWN_KIND, kind=kind, known=", ".join(KINDS))
