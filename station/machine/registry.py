"""From a word in the settings to a machine."""

from collections.abc import Callable, Mapping

from station.domain.options import OptionError, Options, build
from station.errors import ErrorCode, SettingsError
from station.machine.base import Machine
from station.machine.lines import parse_address
from station.machine.manual import ManualMachine
from station.machine.tcp import TcpMachine
from station.machine.timer import TimerMachine

SHORTEST, LONGEST = 0.02, 86_400.0  # seconds between two parts


def make_machine(
    kind: str, period: float = 2.0, address: str = "", options: Options | None = None
) -> Machine:
    """A machine, not yet open. Raises SettingsError MACHINE_UNKNOWN_KIND or MACHINE_BAD_OPTION.

    period: the timer's, in seconds.  address: host:port of what the station connects to, or
    where it listens.  options: further arguments of the constructor, as values or as text.
    """
    if kind not in KINDS:
        raise SettingsError(ErrorCode.MACHINE_UNKNOWN_KIND, kind=kind, known=", ".join(KINDS))
    try:
        return KINDS[kind](period, address, options or {})
    except OptionError as error:
        raise SettingsError(
            ErrorCode.MACHINE_BAD_OPTION, kind=kind, option=error.option, allowed=error.allowed
        ) from None


def _manual(_period: float, _address: str, options: Options) -> Machine:
    return build(ManualMachine, {}, options)


def _timer(period: float, _address: str, options: Options) -> Machine:
    if not SHORTEST <= period <= LONGEST:
        raise OptionError("period", f"{SHORTEST:g} … {LONGEST:g}")
    return build(TimerMachine, {"period": period}, options)


def _tcp(_period: float, address: str, options: Options) -> Machine:
    host, port = host_and_port(address)
    return build(TcpMachine, {"host": host, "port": port}, options)


def host_and_port(address: str) -> tuple[str, int]:
    """Of `host:port` or `[v6 address]:port`. Raises OptionError."""
    target = parse_address(address)
    if target is None:
        raise OptionError("address", "host:port")
    return target


KINDS: Mapping[str, Callable[[float, str, Options], Machine]] = {
    "manual": _manual,
    "timer": _timer,
    "tcp": _tcp,
}
