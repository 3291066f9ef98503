"""One picture of a camera, or why there is none."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

LONGEST = 1600  # pixels of a side: more is never shown


def read_shot(path: Path) -> QImage:
    """The picture of that file, small enough to be drawn quickly; for a worker."""
    image = QImage(str(path))
    if max(image.width(), image.height()) <= LONGEST:
        return image
    way = Qt.TransformationMode.SmoothTransformation
    return image.scaled(LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio, way)


class Shot(QWidget):
    """Letterboxes the picture; words in the middle where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._image: QImage | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours."""
        self._theme = theme
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether one is shown."""
        return self._image is not None

    def show_picture(self, image: QImage) -> None:
        """That one."""
        self._image, self._words = image, ""
        self.update()

    def say(self, words: str) -> None:
        """These instead of a picture."""
        self._image, self._words = None, words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, picture or words, frame."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            theme, rect = self._theme, QRectF(self.rect())
            ground, line = theme.color("image_bg"), theme.color("line")
            paint.box(painter, rect, theme.px(12), ground, line, 1)
            inner = rect.adjusted(2, 2, -2, -2)
            if self._image is not None and not self._image.isNull():
                size = self._image.size().scaled(
                    inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
                )
                left = inner.center().x() - size.width() / 2
                top = inner.center().y() - size.height() / 2
                painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)
                return
            font = ui_font(theme.text_px(20), QFont.Weight.Medium)
            area = inner.adjusted(theme.px(32), 0, -theme.px(32), 0)
            rows = paint.lines(self._words, font, area.width(), 5)
            high = font.pixelSize() * 1.4 * len(rows)
            middle = QRectF(area.left(), area.center().y() - high / 2, area.width(), high)
            paint.block(painter, middle, rows, font, theme.color("tag_text"), paint.CENTER)
