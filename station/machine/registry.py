"""From a word in the settings to a machine."""

from station.errors import ErrorCode, SettingsError
from station.machine.base import Machine
from station.machine.lines import parse_address
from station.machine.manual import ManualMachine
from station.machine.tcp import TcpMachine
from station.machine.timer import TimerMachine

KINDS = ("manual", "timer", "tcp")
SHORTEST, LONGEST = 0.02, 86_400.0  # seconds between two parts


def make_machine(kind: str, period: float = 2.0, address: str = "") -> Machine:
    """A machine, not yet open. Raises SettingsError MACHINE_UNKNOWN_KIND or MACHINE_BAD_OPTION.

    period: the timer's, in seconds. address: host:port of what the station connects to.
    """
    if kind == "manual":
        return ManualMachine()
    if kind == "timer":
        if not SHORTEST <= period <= LONGEST:
            raise _bad_option(kind, "period", f"{SHORTEST:g} … {LONGEST:g}")
        return TimerMachine(period)
    if kind == "tcp":
        target = parse_address(address)
        if target is None:
            raise _bad_option(kind, "address", "host:port")
        return TcpMachine(*target)
    raise SettingsError(ErrorCode.MACHINE_UNKNOWN_KIND, kind=kind, known=", ".join(KINDS))


def _bad_option(kind: str, option: str, allowed: str) -> SettingsError:
    return SettingsError(ErrorCode.MACHINE_BAD_OPTION, kind=kind, option=option, allowed=allowed)
