"""The pictures of a part, for a thread of their own; nothing heavy is loaded before the first."""

from collections.abc import Callable

from PySide6.QtCore import QSize

from station.domain.inspection import Still
from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.gui.picture import Picture


def part_picture(
    still: Callable[[str], Still | None], uid: str, room: QSize, heat: bool
) -> Picture | None:
    """The judged picture of that part, with or without its heat map; None where it is gone."""
    from station.gui.pictures import still_picture

    found = still(uid)
    return None if found is None else still_picture(found, room, heat)


def good_picture(golden: Pixels, roi: Roi | None, room: QSize) -> Picture:
    """The picture of a known good part, cut as the judged one is."""
    from station.gui.pictures import golden_picture

    return golden_picture(golden, roi, room)
