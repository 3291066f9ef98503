"""From a word in the settings to a machine."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

from station.domain.options import OptionError, Options, build
from station.domain.plugins import PluginError, described, load_plugin, made_by, plugin_names
from station.errors import ErrorCode, SettingsError
from station.machine.base import Machine
from station.machine.lines import parse_address
from station.machine.manual import ManualMachine
from station.machine.tcp import TcpMachine
from station.machine.timer import TimerMachine

SHORTEST, LONGEST = 0.02, 86_400.0  # seconds between two parts
PLUGINS = "station.machines"
"""The entry points whose name is a kind, and whose object is called as a MakeMachine."""

MakeMachine = Callable[[float, str, Options], Machine]


def make_machine(
    kind: str, period: float = 2.0, address: str = "", options: Options | None = None
) -> Machine:
    """A machine, not yet open. Raises SettingsError MACHINE_UNKNOWN_KIND or MACHINE_BAD_OPTION.

    period: the timer's, in seconds.  address: host:port of what the station connects to, or
    where it listens.  options: further arguments of the constructor, as values or as text.
    """
    maker = KINDS.get(kind) or _plugin(kind)
    if maker is None:
        known = ", ".join([*KINDS, *described(PLUGINS)])
        raise SettingsError(ErrorCode.MACHINE_UNKNOWN_KIND, kind=kind, known=known)
    try:
        return maker(period, address, options or {})
    except OptionError as error:
        raise SettingsError(
            ErrorCode.MACHINE_BAD_OPTION, kind=kind, option=error.option, allowed=error.allowed
        ) from None
    except PluginError as error:
        known = ", ".join([*KINDS, f"{kind} ({error})"])
        raise SettingsError(ErrorCode.MACHINE_UNKNOWN_KIND, kind=kind, known=known) from None


def known_kinds() -> tuple[str, ...]:
    """Every kind that there is a word for; those of plug-ins come last, and may not load."""
    return (*KINDS, *(name for name in plugin_names(PLUGINS) if name not in KINDS))


def _plugin(kind: str) -> MakeMachine | None:
    """One that does not load is none: why is said with the known kinds."""
    try:
        plugin = load_plugin(PLUGINS, kind)
    except PluginError:
        return None
    return None if plugin is None else cast(MakeMachine, partial(made_by, plugin, kind))


def _manual(_period: float, _address: str, options: Options) -> Machine:
    return build(ManualMachine, {}, options)


def _timer(period: float, _address: str, options: Options) -> Machine:
    if not SHORTEST <= period <= LONGEST:
        raise OptionError("period", f"{SHORTEST:g} … {LONGEST:g}")
    return build(TimerMachine, {"period": period}, options)


def _tcp(_period: float, address: str, options: Options) -> Machine:
    host, port = host_and_port(address)
    return build(TcpMachine, {"host": host, "port": port}, options)


def _modbus(_period: float, address: str, options: Options) -> Machine:
    from station.machine.modbus.options import make_modbus

    return make_modbus(*host_and_port(address), options)


def host_and_port(address: str) -> tuple[str, int]:
    """Of `host:port` or `[v6 address]:port`. Raises OptionError."""
    target = parse_address(address)
    if target is None:
        raise OptionError("address", "host:port")
    return target


def _mqtt(_period: float, address: str, options: Options) -> Machine:
    from station.machine.mqtt.machine import make_mqtt

    host, port = host_and_port(address)
    return build(partial(make_mqtt, host=host, port=port), {}, options)


def _opcua(_period: float, address: str, options: Options) -> Machine:
    from station.machine.opcua.machine import DEFAULT_ADDRESS, OpcuaMachine

    host, port = host_and_port(address or DEFAULT_ADDRESS)
    return build(OpcuaMachine, {"host": host, "port": port}, options)


KINDS: Mapping[str, MakeMachine] = {
    "manual": _manual,
    "timer": _timer,
    "tcp": _tcp,
    "mqtt": _mqtt,
    "modbus": _modbus,
    "opcua": _opcua,
}
