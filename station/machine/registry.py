"""From a word in the settings to a machine."""

from station.errors import ErrorCode, SettingsError
from station.machine.base import Machine
from station.machine.manual import ManualMachine
from station.machine.timer import TimerMachine

KINDS = ("manual", "timer")
SHORTEST, LONGEST = 0.02, 86_400.0  # seconds between two parts


def make_machine(kind: str, period: float = 2.0) -> Machine:
    """A machine, not yet open. Raises SettingsError MACHINE_UNKNOWN_KIND or MACHINE_BAD_OPTION.

    period: the timer's, in seconds.
    """
    if kind == "manual":
        return ManualMachine()
    if kind == "timer":
        if not SHORTEST <= period <= LONGEST:
            allowed = f"{SHORTEST:g} … {LONGEST:g}"
            raise SettingsError(
                ErrorCode.MACHINE_BAD_OPTION, kind=kind, option="period", allowed=allowed
            )
        return TimerMachine(period)
    raise SettingsError(ErrorCode.MACHINE_UNKNOWN_KIND, kind=kind, known=", ".join(KINDS))
