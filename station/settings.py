"""What belongs to a station and to no product: its settings, as TOML in the data folder.

    settings.toml                 what holds; a person may edit it
    settings.toml.1 … .3          what held before, newest first, each with its checksum
    settings.toml.broken-<time>   a damaged file, kept when a former one took its place

The first line is the checksum of all that follows and the last is a mark, so that a file cut
short is not taken for one that a person edited.
"""

import hashlib
import os
import re
import socket
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Literal

import tomli_w
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveInt,
    ValidationError,
    field_validator,
)

from station import __version__
from station.errors import ErrorCode, Fault, SettingsError

SCHEMA_VERSION = 1
FILE_NAME = "settings.toml"
GENERATIONS = 3

_SUM = "# settings of a station; checksum of what follows: "
_BY = "# written by version "
_END = "# end"

MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each older version to the next; none so far."""

Option = str | int | float | bool


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PresenceSettings(_Part):
    """The picture itself tells that a part came; see cameras/presence.py.

    roi: x, y, width, height of what is watched, in pixels of the frame; without: all of it.
    """

    share: float = Field(default=0.05, ge=0.005, le=0.9)
    settle: float = Field(default=0.15, ge=0, le=10)
    roi: tuple[NonNegativeInt, NonNegativeInt, PositiveInt, PositiveInt] | None = None


class CameraSettings(_Part):
    """Which camera, by its kind and what that kind calls source and options.

    presence: with it, a part that the camera sees is inspected without any other trigger.
    shots: with them, each part is taken so many times, each under features of its own.
    """

    kind: str = "simulated"
    source: str = ""
    options: dict[str, Option] = Field(default_factory=dict)
    presence: PresenceSettings | None = None
    shots: tuple[dict[str, Option], ...] = Field(default=(), max_length=4)


class MachineSettings(_Part):
    """What the station serves; `period` is the timer's, in seconds, `address` is host:port.

    options: what that kind calls its options.  dry: inspect, and leave the machine alone.
    """

    kind: str = "manual"
    period: float = Field(default=2.0, gt=0, le=3600)
    address: str = ""
    options: dict[str, Option] = Field(default_factory=dict)
    dry: bool = False


class TagSettings(_Part):
    """One process value: `tag` is where its source keeps it; value = raw × scale + offset."""

    name: str = Field(min_length=1, max_length=63)
    tag: str
    unit: str = ""
    scale: float = Field(default=1.0, allow_inf_nan=False)
    offset: float = Field(default=0.0, allow_inf_nan=False)


class ReadingSettings(_Part):
    """Where process values come from, read every so many seconds."""

    kind: str
    address: str = ""
    every: float = Field(default=1.0, ge=0.05, le=3600)
    options: dict[str, Option] = Field(default_factory=dict)
    tags: tuple[TagSettings, ...] = ()


class BreakSettings(_Part):
    """A planned pause of the line, each day at that time."""

    start: time
    minutes: float = Field(gt=0, le=720)


class WatchedMachine(_Part):
    """A machine whose remaining life is foretold from recorded process values.

    model: a file that `station health train` made of the same values; without a folder it lies in
    the data folder.  warn: from how little life left on it counts as due, in the model's unit.
    """

    name: str = Field(min_length=1, max_length=63)
    model: str = ""
    warn: float | None = Field(default=None, gt=0, allow_inf_nan=False)


class LineSettings(_Part):
    """What the figures of the line are measured by.

    ideal_cycle: seconds a part at the line's best; without, the best pace that it has shown.
    stop_after: seconds without a part from which on the line stands; without, five ideal cycles
    and at least ten seconds.  subgroup: how many parts make a point of the p-chart.
    drives: the defect, or `NG`, whose causes among the process values are looked for.
    """

    ideal_cycle: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    stop_after: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    breaks: tuple[BreakSettings, ...] = ()
    subgroup: int = Field(default=100, ge=10, le=10_000)
    rules: Literal["nelson", "western_electric"] = "nelson"
    machines: tuple[WatchedMachine, ...] = Field(default=(), max_length=8)
    drives: str = "NG"


class KeepSettings(_Part):
    """How long pictures are kept; without a limit, for ever. Records are always kept."""

    gigabytes: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    days: int | None = Field(default=None, ge=1)


class PlantSettings(_Part):
    """Where records and pictures are copied to; empty: nowhere. Never a password.

    database: postgresql://user@host/database; pictures: a folder, file:// or s3://bucket/prefix;
    endpoint and region: of a store that speaks S3, empty for Amazon's own.
    """

    database: str = ""
    pictures: str = ""
    endpoint: str = ""
    region: str = ""


class Settings(_Part):
    """Everything that belongs to the station and not to a product.

    pedal: the key that a foot pedal types, such as F9, and that inspects.
    views: further cameras that look at the same part.
    machine: the one that is served.  beside: those that may ask and are told as well.
    """

    language: Literal["auto", "en", "zh_CN", "de"] = "auto"
    theme: Literal["dark", "light"] = "dark"
    operator: str = ""
    lot: str = ""
    recipe: str = ""
    provider: str = "auto"
    pedal: str = Field(default="", pattern=r"^[A-Za-z0-9+]{0,20}$")
    shifts: tuple[time, ...] = (time(6), time(14), time(22))
    camera: CameraSettings = CameraSettings()
    views: tuple[CameraSettings, ...] = Field(default=(), max_length=3)
    machine: MachineSettings = MachineSettings()
    beside: tuple[MachineSettings, ...] = ()
    readings: tuple[ReadingSettings, ...] = ()
    keep: KeepSettings = KeepSettings()
    line: LineSettings = LineSettings()
    station: str = Field(default="", pattern=r"^[^/\\\s.][^/\\\x00-\x1f]{0,62}$|^$")
    plant: PlantSettings = PlantSettings()

    @property
    def station_name(self) -> str:
        """The name by which the plant knows the station: without one, that of the computer."""
        return self.station or re.sub(r"[^\w-]", "-", socket.gethostname()) or "station"

    @field_validator("shifts", mode="before")
    @classmethod
    def _no_numbers(cls, value: object) -> object:
        if isinstance(value, list) and any(isinstance(one, int | float) for one in value):
            raise ValueError("times such as 06:00:00")  # 6 would be six seconds past midnight
        return value

    @field_validator("shifts")
    @classmethod
    def _some_shift(cls, value: tuple[time, ...]) -> tuple[time, ...]:
        if not value:
            raise ValueError("at least one start of a shift")
        return value


def load_settings(folder: Path) -> Settings:
    """The settings of that data folder; defaults where there are none yet. Changes nothing.

    Raises as `load_settings_told`.
    """
    return _load(folder)[0]


def load_settings_told(folder: Path) -> tuple[Settings, Fault | None]:
    """The settings, and SETTINGS_RESTORED where the file was damaged and a former one holds now.

    The damaged file is kept aside and the former one takes its place. Raises SettingsError
    SETTINGS_BROKEN with the field and the reason where no former one is whole, SETTINGS_NEWER,
    or DATA_FOLDER_NOT_WRITABLE.
    """
    settings, damage = _load(folder)
    if damage is None:
        return settings, None
    path = folder / FILE_NAME
    with suppress(OSError):  # a disk that takes nothing: they hold all the same
        _set_aside(path)
        _write(path, _text(settings))
    return settings, Fault(ErrorCode.SETTINGS_RESTORED, damage.fault.facts)


def save_settings(folder: Path, settings: Settings) -> None:
    """Write what differs from the defaults, durably; three former generations stay beside it.

    Raises SettingsError OUTPUT_NOT_WRITABLE.
    """
    path = folder / FILE_NAME
    text = _text(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() != text.encode():
            _shift(path)
        _write(path, text)
    except OSError as error:
        raise SettingsError(ErrorCode.OUTPUT_NOT_WRITABLE, path=path, reason=error) from None


def _load(folder: Path) -> tuple[Settings, SettingsError | None]:
    """The settings, and what is wrong with the file where a former one had to serve."""
    path = folder / FILE_NAME
    former = _former(path)
    try:
        if former is None and not _is_there(path):
            return Settings(), None
        return _read(path), None
    except NotADirectoryError:
        raise _unwritable(folder) from None
    except SettingsError as error:
        if former is None or error.code is not ErrorCode.SETTINGS_BROKEN:
            raise
        return former, error


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True


def _read(path: Path) -> Settings:
    try:
        text = path.read_text("utf-8-sig")
        values = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(path, "", error) from None
    if not values or (text.startswith(_SUM) and not text.rstrip().endswith(_END)):
        raise _broken(path, "", "cut short")  # or what is missing would silently be a default
    form, version = values.get("schema_version", SCHEMA_VERSION), _writer(text)
    try:
        return _validated(_brought_forward(values, path), path)
    except SettingsError as error:
        if error.code is ErrorCode.SETTINGS_BROKEN and _order(version) <= _order(__version__):
            raise
        facts = {"version": version or "?", "form": form}
        raise SettingsError(ErrorCode.SETTINGS_NEWER, path=path, **facts) from None


def _former(path: Path) -> Settings | None:
    """The newest generation that is as it was written; nobody edits these."""
    for number in range(1, GENERATIONS + 1):
        one = _generation(path, number)
        with suppress(OSError, UnicodeDecodeError, SettingsError):
            if _is_whole(one.read_text("utf-8")):
                return _read(one)
    return None


def _shift(path: Path) -> None:
    """Make room for the next generation; a damaged file is none and is kept aside."""
    try:
        last = _text(_read(path))
    except SettingsError:
        _set_aside(path)
        return
    for number in range(GENERATIONS - 1, 0, -1):
        with suppress(FileNotFoundError):
            _generation(path, number).replace(_generation(path, number + 1))
    _write(_generation(path, 1), last)


def _text(settings: Settings) -> str:
    values = settings.model_dump(exclude_defaults=True)
    words = tomli_w.dumps({"schema_version": SCHEMA_VERSION, **values})
    body = f"{_BY}{__version__}\n{words}{_END}\n"
    return f"{_SUM}{_digest(body)}\n{body}"


def _is_whole(text: str) -> bool:
    head, _, body = text.partition("\n")
    return head == _SUM + _digest(body)


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    """Put the whole text in place so that it survives a power cut, or nothing at all."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name != "nt":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _set_aside(path: Path) -> None:
    if path.exists():
        path.replace(path.with_name(f"{path.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"))


def _generation(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")


def _brought_forward(values: dict[str, Any], path: Path) -> dict[str, Any]:
    version = values.pop("schema_version", SCHEMA_VERSION)
    oldest = min(MIGRATIONS, default=SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < oldest:
        raise _broken(path, "schema_version", f"{version!r}")
    if version > SCHEMA_VERSION:
        raise SettingsError(ErrorCode.SETTINGS_NEWER)
    for step in range(version, SCHEMA_VERSION):
        values = MIGRATIONS[step](values)
    return values


def _validated(values: Mapping[str, Any], path: Path) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise _broken(path, field, first["msg"]) from None


def _writer(text: str) -> str:
    """The version that wrote it; empty where a person has edited it since, or nothing says so."""
    found = re.search(rf"^{_BY}(\S+)$", text, re.MULTILINE)
    return found[1] if found and _is_whole(text) else ""


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _broken(path: Path, field: str, reason: object) -> SettingsError:
    return SettingsError(ErrorCode.SETTINGS_BROKEN, path=path, field=field, reason=reason)


def _unwritable(folder: Path) -> SettingsError:
    reason = "not a folder"
    return SettingsError(ErrorCode.DATA_FOLDER_NOT_WRITABLE, path=folder, reason=reason)
