r"""Where the data of this PC's station are kept, when nobody named a folder at the start.

    the usual folder      STATION_DATA_FOLDER, or the system's usual place for a program's data
    data-folder.toml      in it: `folder = "D:\\Station"`, where a person chose another one

A folder that is named and not there is told, and never begun anew elsewhere.
"""

import os
import tomllib
from pathlib import Path
from typing import Any

import platformdirs
import tomli_w

from station.errors import ErrorCode, SettingsError
from station.whole import not_writable, write_whole

NOTE_NAME = "data-folder.toml"
TRACES = (
    "settings.toml",
    "settings.toml.1",
    "records.sqlite",
    "images",
    "recipes",
    "before-upgrade",
)
"""What a station leaves in its data folder; where nothing of it lies, no station has begun."""


def usual_data_folder() -> Path:
    """STATION_DATA_FOLDER, or the system's usual place for a program's data."""
    named = os.environ.get("STATION_DATA_FOLDER")
    return Path(named) if named else Path(platformdirs.user_data_dir("station", appauthor=False))


def note_path() -> Path:
    """Where it is written down that the data are in another folder."""
    return usual_data_folder() / NOTE_NAME


def default_data_folder() -> Path:
    """The usual folder, or the one that a person chose instead of it.

    Raises SettingsError DATA_FOLDER_MISSING where that one is not there now, or SETTINGS_BROKEN.
    """
    named = noted_folder()
    if named is None:
        return usual_data_folder()
    if not _is_folder(named):
        raise SettingsError(ErrorCode.DATA_FOLDER_MISSING, path=named, note=note_path())
    return named


def noted_folder() -> Path | None:
    """The folder that was chosen instead of the usual one. Raises SettingsError SETTINGS_BROKEN."""
    path = note_path()
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(path, error) from None
    folder: Any = values.get("folder")
    if not isinstance(folder, str) or not Path(folder).is_absolute():
        raise _broken(path, f"a whole path is wanted, not {folder!r}")
    return Path(folder)


def keep_data_in(folder: Path) -> None:
    """From the next start on the data are there. Raises DatasetError OUTPUT_NOT_WRITABLE."""
    path = note_path()
    if folder != usual_data_folder():
        write_whole({path: tomli_w.dumps({"folder": str(folder)}).encode()})
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise not_writable(path, error) from None


def is_fresh(folder: Path) -> bool:
    """Whether no station has kept data there yet; where nobody may look, one may have."""
    try:
        return not any((folder / name).exists() for name in TRACES)
    except OSError:
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a server that does not answer
        return False


def _broken(path: Path, reason: object) -> SettingsError:
    return SettingsError(ErrorCode.SETTINGS_BROKEN, path=path, field="folder", reason=reason)
