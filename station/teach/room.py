"""All that the Teach page may ask for, joined."""

from station.gui.pages.teach_room import TeachRoom
from station.teach.files import file_room
from station.teach.first import first_room
from station.teach.lessons import lesson_room
from station.teach.releases import release_room
from station.teach.samples import label_room, sample_room
from station.teach.use import Use


def teach_room(use: Use) -> TeachRoom:
    """Over one data folder and its line."""
    return TeachRoom(
        samples=sample_room(use),
        labels=label_room(use),
        files=file_room(use),
        lessons=lesson_room(use),
        releases=release_room(use),
        first=first_room(use),
    )
