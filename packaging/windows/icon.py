"""Draws station.ico and side.bmp from resources/icons/station.svg: icon.py SVG FOLDER.

side.bmp stands at the left of the first and the last page of set-up. Needs PySide6.
"""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter

SIZES = (16, 24, 32, 48, 64, 256)
SIDE = QSize(164, 314)  # as NSIS wants it
GROUND = "#14171b"


def png(icon: QIcon, size: int) -> bytes:
    """The icon in that size."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    icon.pixmap(QSize(size, size)).save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """The file: a head, a line for each picture, the pictures."""
    start = 6 + 16 * len(pictures)
    head, body = struct.pack("<3H", 0, 1, len(pictures)), b""
    for size, data in pictures.items():
        head += struct.pack(
            "<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(data), start + len(body)
        )
        body += data
    return head + body


def side(icon: QIcon) -> QImage:
    """The icon on the ground of the program's dark theme."""
    image = QImage(SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.drawPixmap(34, 40, icon.pixmap(QSize(96, 96)))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Indexed8)


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    drawn = QIcon(sys.argv[1])
    folder = Path(sys.argv[2])
    (folder / "station.ico").write_bytes(ico({size: png(drawn, size) for size in SIZES}))
    side(drawn).save(str(folder / "side.bmp"))
