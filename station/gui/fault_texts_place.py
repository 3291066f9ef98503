"""The sentences for what is wrong with a data folder; part of `fault_texts.SENTENCES`."""

from collections.abc import Mapping
from types import MappingProxyType

from station.errors import ErrorCode as Code

PLACE: Mapping[Code, str] = MappingProxyType(
    {
        Code.DATA_FOLDER_MISSING: (
            "The station's data are in {path}, and that folder is not there now. Plug the disk "
            "in, or have the network connected, and start the station again. Where the data are "
            "is written in {note}."
        ),
        Code.DATA_FOLDER_PROGRAM: (
            "{path} belongs to the program: an update or its removal would delete the data. "
            "Choose another folder."
        ),
        Code.DATA_FOLDER_FOREIGN: (
            "{path} holds files that are no station's, such as {found}. Choose an empty folder, "
            "or make a new one in it."
        ),
        Code.DATA_FOLDER_NARROW: (
            "Only {free} GB are free at {path}; a station needs {least} GB at least. Choose a "
            "folder on another disk."
        ),
        Code.DATA_FOLDER_REFUSES: (
            "Nothing can be kept in {path} ({reason}). Choose another folder, or have its "
            "permissions changed."
        ),
        Code.NOTHING_TAUGHT: (
            "No product has been taught yet, so no part is judged. Show the first one to the "
            "station: page Teach, “Teach a new product…”."
        ),
    }
)
