"""How far something long is: a sentence, a bar, what is done now, how long it will take."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


class ProgressPanel(QWidget):
    """Without a share there is no bar, only the sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.sentence = ""
        self.share: float | None = None
        self.step = ""
        self.left = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_state(
        self, sentence: str, share: float | None = None, step: str = "", left: str = ""
    ) -> None:
        """What is being done; share: 0 … 1, None for nothing that runs."""
        resized = (sentence, share is None) != (self.sentence, self.share is None)
        self.sentence, self.share, self.step, self.left = sentence, share, step, left
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(f"{step} {left}".strip())
        if resized:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """A narrow panel breaks its sentence."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at that width."""
        height = self._sentence_height(width)
        if self.share is not None:
            height += self._theme.px(10) + self._bar() + self._small() * 1.5
        return int(height)

    def sizeHint(self) -> QSize:
        """The height at the present width."""
        return QSize(self._theme.px(520), self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """The same, however narrow."""
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may break the sentence elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Sentence, bar, small line."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme = self._theme
            height = self._sentence_height(self.width())
            area = QRectF(0, 0, self.width(), height)
            rows = paint.lines(self.sentence, self._font(), area.width(), 4)
            paint.block(painter, area, rows, self._font(), theme.color("text"))
            if self.share is None:
                return
            bar = QRectF(0, height + theme.px(8), self.width(), self._bar())
            self._paint_bar(painter, bar, self.share)
            small = ui_font(theme.text_px(17), 500, tabular=True)
            line = QRectF(0, bar.bottom(), self.width(), self._small() * 1.5)
            ink = theme.color("muted")
            taken = paint.text(painter, line, self.left, small, ink, paint.RIGHT)
            room = line.adjusted(0, 0, -taken - theme.px(12), 0)
            paint.text(painter, room, self.step, small, ink)

    def _paint_bar(self, painter: QPainter, bar: QRectF, share: float) -> None:
        theme, radius = self._theme, bar.height() / 2
        key, accent = theme.color("key"), theme.color("accent")
        paint.box(painter, bar, radius, key, key, 0)
        done = QRectF(bar)
        done.setWidth(max(bar.height(), bar.width() * min(max(share, 0.0), 1.0)))
        painter.setClipRect(bar, Qt.ClipOperation.ReplaceClip)
        paint.box(painter, done, radius, accent, accent, 0)
        painter.setClipping(False)

    def _sentence_height(self, width: int) -> float:
        rows = len(paint.lines(self.sentence, self._font(), width, 4)) if self.sentence else 0
        return rows * self._theme.text_px(20) * 1.4

    def _font(self) -> QFont:
        return ui_font(self._theme.text_px(20), 500)

    def _bar(self) -> int:
        return max(10, self._theme.px(16))

    def _small(self) -> int:
        return self._theme.text_px(17)
