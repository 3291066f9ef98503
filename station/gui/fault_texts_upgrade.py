"""The sentences for records and settings of another version; part of `fault_texts.SENTENCES`."""

from collections.abc import Mapping
from types import MappingProxyType

from station.errors import ErrorCode as Code

UPGRADE: Mapping[Code, str] = MappingProxyType(
    {
        Code.SETTINGS_NEWER: (
            "The settings in {path} were written by a newer program (version {version}, form "
            "{form}). Install the newer program again, or put this file aside: then the last "
            "ones hold that this program knows."
        ),
        Code.STORE_NEWER: (
            "The records {path} were written by a newer program (version {version}, form "
            "{found}; this one knows them up to {known}). Nothing was changed. Install the newer "
            "program again, or go back to the copy from before the upgrade with: station records "
            "restore-former."
        ),
        Code.STORE_OLDER: (
            "The records {path} are still of an older form ({found}; the one of this program is "
            "{known}). Start the station: it copies them and brings them up to date."
        ),
        Code.UPGRADE_NO_ROOM: (
            "To bring the records in {path} up to date, version {version} needs {needed} MB free "
            "on that disk, {missing} MB more than there are. Nothing was changed. Free as much "
            "and start again, or install the former version again: it goes on."
        ),
        Code.UPGRADE_NO_COPY: (
            "Version {version} copies the records {path} before it brings them up to date, and "
            "that failed: {reason}. Nothing was changed. Check the disk and start again, or "
            "install the former version again: it goes on."
        ),
        Code.UPGRADE_FAILED: (
            "Version {version} could not bring the records {path} from form {found} to form "
            "{known}: {reason}. They are unharmed and as they were, and a copy of them lies in "
            "{copy}. Install the former version again: it goes on. Tell service."
        ),
        Code.PLANT_NEWER: (
            "The database of the plant at {address} belongs to newer stations (form {found}; this "
            "program knows it up to {known}). Install the newer program here as well; until then "
            "everything is kept here and copied later."
        ),
        Code.FORMER_NOT_FOUND: (
            "There is no copy in {path} from before an upgrade that this program could use. "
            "Nothing was changed. Restore a backup instead, or install the newer program again."
        ),
    }
)
