"""Writes down what a person answered at the first start."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from station.access import set_pin
from station.errors import ErrorCode, SettingsError
from station.gui.welcome.room import Answers
from station.place import keep_data_in, usual_data_folder
from station.settings import CameraSettings, Settings, save_settings


def finish(answers: Answers, named: bool) -> None:
    """PIN, settings, and where they are, in this order: the station has begun with the last.

    named: the folder was named at the start and is named again at the next.  Raises StationError;
    then the first start is asked for again.
    """
    place = answers.place
    assert place is not None
    if not place.used:
        _make(place.folder)
        if answers.pin:
            set_pin(place.folder, answers.pin)
        camera = CameraSettings(kind=answers.camera.kind, source=answers.camera.source)
        values = {"language": answers.language, "camera": camera}
        save_settings(place.folder, Settings.model_validate(values))
    if not named:
        keep_data_in(place.folder)


def _make(folder: Path) -> None:
    """The folder, for the same people as the usual one. Raises SettingsError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        code = ErrorCode.DATA_FOLDER_REFUSES
        raise SettingsError(code, path=folder, reason=reason) from None
    if os.name == "posix":
        with suppress(OSError):  # who does not own it leaves it as it is
            _share(folder)


def _share(folder: Path) -> None:
    """Where the usual folder is a group's, as the package makes it, this one is theirs too."""
    usual = usual_data_folder()
    state = next(one for one in (usual, *usual.parents) if one.is_dir()).stat()
    if state.st_mode & stat.S_ISGID:
        os.chown(folder, -1, state.st_gid)
        folder.chmod(folder.stat().st_mode | stat.S_ISGID | stat.S_IRWXG)
