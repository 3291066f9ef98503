"""From a word in the settings to a source of process values."""

from collections.abc import Callable, Mapping
from functools import partial

from station.domain.options import OptionError, Options, build
from station.errors import ErrorCode, SettingsError
from station.machine.readings import Source, Tag
from station.machine.registry import host_and_port

SHORTEST, LONGEST = 0.05, 3600.0  # seconds between two readings

Tags = tuple[Tag, ...]


def make_source(
    kind: str, address: str, every: float, options: Options, tags: tuple[Tag, ...]
) -> Source:
    """A source, not yet open. Raises SettingsError MACHINE_UNKNOWN_KIND or MACHINE_BAD_OPTION.

    address: as that kind has it.  every: seconds between two readings.
    """
    if kind not in KINDS:
        raise SettingsError(ErrorCode.MACHINE_UNKNOWN_KIND, kind=kind, known=", ".join(KINDS))
    try:
        _check(every, tags)
        return KINDS[kind](address, every, options, tags)
    except OptionError as error:
        raise SettingsError(
            ErrorCode.MACHINE_BAD_OPTION, kind=kind, option=error.option, allowed=error.allowed
        ) from None


def _check(every: float, tags: Tags) -> None:
    if not SHORTEST <= every <= LONGEST:
        raise OptionError("every", f"{SHORTEST:g} … {LONGEST:g}")
    names = [tag.name for tag in tags]
    if not names or not all(names) or len(set(names)) < len(names):
        raise OptionError("tags", "one or more, each with a name of its own")


def _modbus(address: str, every: float, options: Options, tags: Tags) -> Source:
    from station.machine.modbus.source import make_modbus_source

    host, port = host_and_port(address)
    made = partial(make_modbus_source, host=host, port=port, every=every, tags=tags)
    return build(made, {}, options)


def _mqtt(address: str, every: float, options: Options, tags: Tags) -> Source:
    from station.machine.mqtt.source import make_mqtt_source

    host, port = host_and_port(address)
    made = partial(make_mqtt_source, host=host, port=port, every=every, tags=tags)
    return build(made, {}, options)


def _opcua(address: str, every: float, options: Options, tags: Tags) -> Source:
    from station.machine.opcua.source import OpcuaSource

    made: Callable[..., Source] = partial(OpcuaSource, address=address, tags=tags, every=every)
    return build(made, {}, options)


KINDS: Mapping[str, Callable[[str, float, Options, Tags], Source]] = {
    "modbus": _modbus,
    "mqtt": _mqtt,
    "opcua": _opcua,
}
