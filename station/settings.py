"""What belongs to a station and to no product: its settings, as TOML in the data folder."""

import os
import shutil
import tomllib
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import Any, Literal

import platformdirs
import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from station.errors import ErrorCode, SettingsError

SCHEMA_VERSION = 1
FILE_NAME = "settings.toml"

MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each older version to the next; none so far."""

Option = str | int | float | bool


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CameraSettings(_Part):
    """Which camera, by its kind and what that kind calls source and options."""

    kind: str = "simulated"
    source: str = ""
    options: dict[str, Option] = Field(default_factory=dict)


class MachineSettings(_Part):
    """What the station serves; `period` is the timer's, in seconds."""

    kind: str = "manual"
    period: float = Field(default=2.0, gt=0, le=3600)


class Settings(_Part):
    """Everything that belongs to the station and not to a product."""

    language: Literal["auto", "en", "zh_CN", "de"] = "auto"
    theme: Literal["dark", "light"] = "dark"
    operator: str = ""
    lot: str = ""
    recipe: str = ""
    provider: str = "auto"
    shifts: tuple[time, ...] = (time(6), time(14), time(22))
    camera: CameraSettings = CameraSettings()
    machine: MachineSettings = MachineSettings()

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


def default_data_folder() -> Path:
    """STATION_DATA_FOLDER, or the system's usual place for a program's data."""
    named = os.environ.get("STATION_DATA_FOLDER")
    return Path(named) if named else Path(platformdirs.user_data_dir("station", appauthor=False))


def load_settings(folder: Path) -> Settings:
    """The settings of that data folder; defaults where there are none yet.

    Raises SettingsError SETTINGS_BROKEN with the field and the reason, or SETTINGS_NEWER.
    """
    path = folder / FILE_NAME
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except NotADirectoryError:
        raise _unwritable(folder) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(path, "", error) from None
    return _validated(_brought_forward(values, path), path)


def save_settings(folder: Path, settings: Settings) -> None:
    """Write what differs from the defaults, durably; the last generation stays as `.1`.

    Raises SettingsError OUTPUT_NOT_WRITABLE.
    """
    path = folder / FILE_NAME
    values = settings.model_dump(exclude_defaults=True)
    text = tomli_w.dumps({"schema_version": SCHEMA_VERSION, **values})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copyfile(path, path.with_suffix(".toml.1"))
        fresh.replace(path)
    except OSError as error:
        raise SettingsError(ErrorCode.OUTPUT_NOT_WRITABLE, path=path, reason=error) from None


def _brought_forward(values: dict[str, Any], path: Path) -> dict[str, Any]:
    version = values.pop("schema_version", SCHEMA_VERSION)
    oldest = min(MIGRATIONS, default=SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < oldest:
        raise _broken(path, "schema_version", f"{version!r}")
    if version > SCHEMA_VERSION:
        raise SettingsError(ErrorCode.SETTINGS_NEWER, path=path, version=version)
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


def _broken(path: Path, field: str, reason: object) -> SettingsError:
    return SettingsError(ErrorCode.SETTINGS_BROKEN, path=path, field=field, reason=reason)


def _unwritable(folder: Path) -> SettingsError:
    reason = "not a folder"
    return SettingsError(ErrorCode.DATA_FOLDER_NOT_WRITABLE, path=folder, reason=reason)
