"""Small pictures for a wall of many: made off the GUI thread, few in memory, all on the disk."""

import contextlib
import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import Fault, StationError
from station.gui.pictures import cropped, resized, to_image
from station.gui.tasks import Tasks

MEMORY = 64 * 2**20
DISK = 512 * 2**20
KEPT_SIDE = 320  # of the copies on disk; no tile is larger on a screen of 1920 pixels
AT_ONCE = 4
QUALITY = 85


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that is wanted: `key` names what is shown; roi: only that of the file."""

    key: str
    path: Path
    roi: Roi | None = None


class Thumbs(QObject):
    """`came` when there are new ones. All methods belong to the GUI thread.

    folder: where copies lie; it may be thrown away at any time. What is wanted last is made first,
    and what is wanted no more is not made.
    """

    came = Signal()

    def __init__(
        self,
        folder: Path,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._tasks = tasks
        self._room = QSize(150, 140)
        self._kept: OrderedDict[str, QImage] = OrderedDict()
        self._bytes = 0
        self._wanted: OrderedDict[str, Wanted] = OrderedDict()
        self._runs = False
        self._pruned = False

    @property
    def used(self) -> int:
        """Bytes of the pictures in memory."""
        return self._bytes

    @property
    def waiting(self) -> int:
        """How many are wanted and not begun."""
        return len(self._wanted)

    def set_room(self, room: QSize) -> None:
        """The device pixels of a tile; what is in memory for another size is thrown away."""
        if room != self._room and not room.isEmpty():
            self._room = QSize(room)
            self.forget()

    def forget(self) -> None:
        """Make all anew."""
        self._kept.clear()
        self._bytes = 0

    def get(self, key: str) -> QImage | None:
        """The picture of that content, or None where it is not at hand; null where none can be."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def want(self, all_wanted: Iterable[Wanted]) -> None:
        """These and no others, the most urgent first."""
        self._wanted = OrderedDict(
            (one.key, one) for one in all_wanted if one.key not in self._kept
        )
        self._go_on()

    def _go_on(self) -> None:
        if self._runs:
            return
        if not self._wanted:
            self._prune()
            return
        some = [self._wanted.popitem(last=False)[1] for _ in range(min(AT_ONCE, self.waiting))]
        self._runs = True
        room = QSize(self._room)
        places = [self._place(one.key) for one in some]

        def work() -> list[tuple[str, QImage]]:
            pairs = zip(some, places, strict=True)
            return [(one.key, thumbnail(one, room, place)) for one, place in pairs]

        self._tasks.run(work, lambda made: self._made(room, made), self._failed)

    def _prune(self) -> None:
        """Once, when nothing is wanted: looking through the folder may take a second."""
        if not self._pruned:
            self._pruned = self._runs = True
            folder = self._folder
            self._tasks.run(lambda: prune_folder(folder, DISK), self._idle, self._failed)

    def _idle(self, _: object) -> None:
        self._runs = False
        self._go_on()

    def _made(self, room: QSize, made: list[tuple[str, QImage]]) -> None:
        self._runs = False
        if room == self._room:
            for key, image in made:
                self._keep(key, image)
            self.came.emit()
        self._go_on()

    def _failed(self, _: Fault) -> None:
        self._idle(None)

    def _keep(self, key: str, image: QImage) -> None:
        old = self._kept.pop(key, None)
        self._bytes += image.sizeInBytes() - (old.sizeInBytes() if old is not None else 0)
        self._kept[key] = image
        while self._bytes > MEMORY:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= gone.sizeInBytes()

    def _place(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        return self._folder / name[:2] / f"{name}.jpg"


def thumbnail(wanted: Wanted, room: QSize, place: Path) -> QImage:
    """A picture that fits into `room`, from the copy at `place` where there is one, else made.

    A null image where the file is missing or broken.
    """
    large = max(room.width(), room.height()) > KEPT_SIDE
    kept = None if large else _read_copy(place)
    if kept is not None:
        return to_image(resized(kept, room, fine=True))
    try:
        pixels = cropped(read_image(wanted.path), wanted.roi)
    except StationError:
        return QImage()
    if not large:
        _write_copy(place, resized(pixels, QSize(KEPT_SIDE, KEPT_SIDE), fine=True))
    return to_image(resized(pixels, room, fine=True))


def prune_folder(folder: Path, most: int) -> None:
    """Throw away the oldest copies until they are no more bytes than that."""
    found: list[tuple[float, int, Path]] = []
    with contextlib.suppress(OSError):
        for path in folder.glob("*/*.jpg"):
            stat = path.stat()
            found.append((stat.st_mtime, stat.st_size, path))
    spare = sum(size for _, size, _ in found) - most
    for _, size, path in sorted(found):
        if spare <= 0:
            return
        with contextlib.suppress(OSError):
            path.unlink()
        spare -= size


def _read_copy(place: Path) -> Pixels | None:
    try:
        data = np.frombuffer(place.read_bytes(), np.uint8)
        found = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if len(data) else None
    except (OSError, cv2.error):
        return None
    if found is None:
        return None
    return np.asarray(found if found.ndim == 2 else found[:, :, ::-1], np.uint8)


def _write_copy(place: Path, pixels: Pixels) -> None:
    """Whole or not at all; a full disk costs only time."""
    ours = pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[:, :, ::-1])
    done, data = cv2.imencode(".jpg", ours, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    part = place.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            if done:
                part.write_bytes(data.tobytes())
                part.replace(place)
        finally:
            part.unlink(missing_ok=True)
