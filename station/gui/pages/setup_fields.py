"""Which few options of each kind of machine are asked for, and what becomes of the words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError

from station.errors import ErrorCode, SettingsError
from station.gui.texts import translate
from station.settings import MachineSettings, Option

ADDRESS, PERIOD, MORE = "address", "period", ""
_TOKEN = re.compile(r"(?P<name>\w+)\s*=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s,;]*))")


class FieldKind(StrEnum):
    """How it is entered."""

    TEXT = "text"
    SWITCH = "switch"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One option of a machine; `usual` is what holds where nothing is said of it."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    usual: str = ""
    choices: tuple[str, ...] = ()


_SWITCH, _CHOICE = FieldKind.SWITCH, FieldKind.CHOICE
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "manual": (),
    "timer": (Field(PERIOD, usual="2"),),
    "tcp": (Field(ADDRESS),),
    "modbus": (
        Field("role", _CHOICE, "client", ("client", "server")),
        Field(ADDRESS),
        Field("unit", usual="1"),
        Field("deadline_ms", usual="400"),
        Field("heartbeat", _SWITCH, "true"),
    ),
    "opcua": (
        Field(ADDRESS, usual="0.0.0.0:4840"),
        Field("user", usual="station"),
        Field("security", _CHOICE, "", ("", "none", "basic256sha256")),
        Field("automatic", _SWITCH, "true"),
    ),
    "mqtt": (
        Field(ADDRESS),
        Field("prefix"),
        Field("user"),
        Field("tls", _SWITCH, "false"),
        Field("commands", _SWITCH, "false"),
    ),
}
"""By kind; one that is not here is asked for its address."""


def fields_of(kind: str) -> tuple[Field, ...]:
    """What is asked; the line for all other options comes last."""
    some = FIELDS.get(kind, (Field(ADDRESS),))
    return some if kind == "manual" else (*some, Field(MORE))


def values_of(machine: MachineSettings) -> dict[str, str]:
    """What stands in the entries for these settings."""
    asked = {one.name for one in fields_of(machine.kind)}
    values = {ADDRESS: machine.address, PERIOD: f"{machine.period:g}"}
    values |= {n: _said(v) for n, v in machine.options.items() if n in asked}
    rest = {n: v for n, v in machine.options.items() if n not in asked}
    return values | {MORE: "  ".join(f"{n}={_quoted(_said(v))}" for n, v in rest.items())}


def machine_of(kind: str, values: Mapping[str, str], dry: bool) -> MachineSettings:
    """The settings of what was entered; what is as usual is left out.

    Raises SettingsError MACHINE_BAD_OPTION.
    """
    options: dict[str, Option] = {}
    for field in fields_of(kind):
        text = values.get(field.name, "").strip()
        if field.name == MORE:
            options |= _more(kind, text)
        elif field.name not in (ADDRESS, PERIOD) and text not in ("", field.usual):
            options[field.name] = _typed(text)
    asked = [one.name for one in fields_of(kind)]
    period = values.get(PERIOD, "").strip().replace(",", ".") if PERIOD in asked else ""
    address = values.get(ADDRESS, "").strip() if ADDRESS in asked else ""
    try:
        seconds = float(period) if period else 2.0
        return MachineSettings(kind=kind, period=seconds, address=address, options=options, dry=dry)
    except (ValueError, ValidationError):
        raise _bad(kind, PERIOD, "0.02 … 3600") from None


def _more(kind: str, text: str) -> dict[str, Option]:
    found: dict[str, Option] = {}
    for token in _TOKEN.finditer(text):
        quoted = token["quoted"]
        found[token["name"]] = quoted if quoted is not None else _typed(token["bare"])
    if _TOKEN.sub("", text).strip(" ,;"):
        raise _bad(kind, text, 'name=value name="two words"')
    return found


def _typed(text: str) -> Option:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else text


def _said(value: Option) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[\s,;]", text) or not text else text


def _bad(kind: str, option: str, allowed: str) -> SettingsError:
    return SettingsError(ErrorCode.MACHINE_BAD_OPTION, kind=kind, option=option, allowed=allowed)


# ── words ────────────────────────────────────────────────────────────────────────────────────


def kind_word(kind: str) -> str:
    """What a kind of machine is called; names of the trade are the same everywhere."""
    known = {
        "manual": translate("Setup", "None: by hand"),
        "timer": translate("Setup", "Timer"),
        "tcp": translate("Setup", "Lines of text (TCP)"),
        "modbus": "Modbus TCP",
        "opcua": "OPC UA Machine Vision",
        "mqtt": "MQTT",
    }
    return known.get(kind, kind)


def kind_note(kind: str) -> str:
    """What that kind is for, in a sentence."""
    known = {
        "manual": translate(
            "Setup", "A person lays the part down, presses Inspect part and takes it away."
        ),
        "timer": translate("Setup", "A part is inspected every so many seconds."),
        "tcp": translate(
            "Setup", "The station connects to a controller that speaks lines of text."
        ),
        "modbus": translate(
            "Setup",
            "Client: the station asks the PLC. Server: the PLC asks the station, at this address.",
        ),
        "opcua": translate(
            "Setup",
            "The station is the server. The password is in STATION_OPCUA_PASSWORD or the keyring.",
        ),
        "mqtt": translate("Setup", "Results for MES and dashboards. No part is released by it."),
    }
    return known.get(kind, "")


def field_word(name: str) -> str:
    """What an option is called."""
    known = {
        ADDRESS: translate("Setup", "Address (host:port)"),
        PERIOD: translate("Setup", "Seconds from part to part"),
        MORE: translate("Setup", "Further options (name=value)"),
        "role": translate("Setup", "The station is"),
        "unit": translate("Setup", "Unit"),
        "deadline_ms": translate("Setup", "Deadline in ms, then NG"),
        "heartbeat": translate("Setup", "Heartbeat"),
        "user": translate("Setup", "User"),
        "security": translate("Setup", "Security"),
        "automatic": translate("Setup", "Ready by itself"),
        "prefix": translate("Setup", "Topic"),
        "tls": translate("Setup", "Encrypted (TLS)"),
        "commands": translate("Setup", "Take commands"),
    }
    return known.get(name, name)


def choice_word(value: str) -> str:
    """One of several values of an option."""
    known = {
        "": translate("Setup", "as needed"),
        "none": translate("Setup", "none"),
        "client": translate("Setup", "Client"),
        "server": translate("Setup", "Server"),
        "basic256sha256": "Basic256Sha256",
    }
    return known.get(value, value)
