"""Draws station.ico from resources/icons/station.svg: icon.py SVG ICO. Needs PySide6."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QGuiApplication, QIcon

SIZES = (16, 24, 32, 48, 64, 256)


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


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    drawn = QIcon(sys.argv[1])
    Path(sys.argv[2]).write_bytes(ico({size: png(drawn, size) for size in SIZES}))
