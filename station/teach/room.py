"""All that the Teach page may ask for, joined."""

from dataclasses import replace

from station.access import Door
from station.gui.pages.teach_room import TeachRoom
from station.teach.files import file_room
from station.teach.first import first_room
from station.teach.lessons import lesson_room
from station.teach.releases import release_room
from station.teach.samples import label_room, sample_room
from station.teach.use import Use


def teach_room(use: Use, door: Door) -> TeachRoom:
    """Over one data folder and its line; what changes how it judges only while `door` is open.

    A new product is asked about when its teaching begins, which may take longer than a door is
    open; so `first.inspect` itself does not ask again.
    """
    releases = release_room(use)
    return TeachRoom(
        samples=sample_room(use),
        labels=label_room(use),
        files=file_room(use),
        lessons=lesson_room(use),
        releases=replace(
            releases,
            release=door.guarded(releases.release),
            roll_back=door.guarded(releases.roll_back),
        ),
        first=first_room(use),
    )
