"""The picture of one part of a study, as large as it goes, made off the GUI thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from station.cameras.image_file import read_image
from station.domain.recipe import Roi
from station.errors import StationError
from station.gui.picture import Picture
from station.gui.pictures import cropped, resized, to_image
from station.gui.preview import StillStudio
from station.gui.widgets.image_view import ImageView


class PartView(ImageView):
    """`came` when the picture that was asked for is in sight, or there is none."""

    came = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Path, Roi | None] | None = None
        self._tickets = 0
        self._missing = ""
        self._studio = StillStudio(self)
        self._studio.ready.connect(self._show_made)
        self.room_changed.connect(self._order)

    def start(self) -> None:
        """Pictures can be made from now on."""
        self._studio.open()

    def stop(self) -> None:
        """No more of them; waits for the one that is being made."""
        self._studio.close()

    def set_missing(self, words: str) -> None:
        """What stands in the middle where the file is gone or broken."""
        self._missing = words

    def show_part(self, path: Path | None, roi: Roi | None = None) -> None:
        """Show that picture as soon as it is made, and nothing until then; None: nothing."""
        self._wanted = None if path is None else (path, roi)
        self.set_empty("")
        self.show_picture(None)
        self._order()

    def _order(self) -> None:
        if self._wanted is not None:
            self._tickets += 1
            make = partial(_picture, *self._wanted, self.room)
            self._studio.order("part", make, tag=str(self._tickets))

    def _show_made(self) -> None:
        made = self._studio.take_made().get("part")
        if made is not None and self._wanted is not None and made.tag == str(self._tickets):
            self.set_empty(self._missing)
            self.show_picture(made.picture)
            self.came.emit()


def _picture(path: Path, roi: Roi | None, room: QSize) -> Picture | None:
    """None where the file is gone or broken."""
    try:
        pixels = cropped(read_image(path), roi)
    except StationError:
        return None
    size = QSize(pixels.shape[1], pixels.shape[0])
    return Picture(to_image(resized(pixels, room, fine=True)), size)
