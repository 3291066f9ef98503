"""A picture as widgets draw it."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture ready to be drawn 1:1 in device pixels, and the size of what it shows."""

    image: QImage
    source: QSize
