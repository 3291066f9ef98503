"""Small things that the window needs, and that take time: off the GUI thread."""

import time
from pathlib import Path

import psutil

from station.cameras.image_file import read_image
from station.domain.recipe import Recipe
from station.errors import ImageError
from station.gui.chips import Disk
from station.gui.product import ProductView
from station.inference.model import ModelCard
from station.settings import load_settings, save_settings
from station.store.queries import Reader

DAY_SECONDS = 24 * 3600
REFRESH_SECONDS = 60.0


def view_product(recipe: Recipe, lot: str, card: ModelCard) -> ProductView:
    """What the pages must know; a golden picture that cannot be read is left out."""
    golden = None
    if recipe.golden:
        try:
            golden = read_image(Path(recipe.golden))
        except ImageError:
            golden = None
    bad = tuple(name for name in card.classes if name not in card.good)
    return ProductView(recipe, recipe.name, lot, bad, golden)


def remember(data: Path, values: dict[str, str]) -> None:
    """Write a change of language or theme into the station's settings."""
    save_settings(data, load_settings(data).model_copy(update=values))


class DiskWatch:
    """Room on the disk of the data folder, and for how many days of the last day's pace.

    `measure` belongs to a worker; `latest` is for every thread.
    """

    def __init__(self, data: Path, reader: Reader) -> None:
        self._data = data
        self._reader = reader
        self._per_day = 0
        self._asked_at = -REFRESH_SECONDS
        self.latest = Disk(0)

    def measure(self) -> None:
        """Look at the disk; the pace is asked for once a minute."""
        if time.monotonic() - self._asked_at >= REFRESH_SECONDS:
            self._asked_at = time.monotonic()
            self._per_day = self._reader.image_bytes(int((time.time() - DAY_SECONDS) * 1000))
        free = psutil.disk_usage(str(self._data)).free
        self.latest = Disk(free, free / self._per_day if self._per_day else None)
