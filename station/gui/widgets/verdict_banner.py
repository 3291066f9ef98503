"""The verdict, to be read from across the hall: colour, sign, word, and what it rests on."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.domain.inspection import Verdict
from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

LEADING = 1.25


@dataclass(frozen=True, slots=True)
class BannerText:
    """What the banner says, in words. `said` is what a person said of the part, if anything."""

    verdict: Verdict
    word: str
    label: str = ""
    detail: str = ""
    said: str = ""


class VerdictBanner(QWidget):
    """Empty, it shows `set_empty`'s words on a quiet ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: BannerText | None = None
        self._empty = ""
        self._theme = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_empty(self, words: str) -> None:
        """What stands there before the first part."""
        self._empty = words
        self.update()

    def show_text(self, shown: BannerText | None) -> None:
        """Show a verdict, or nothing."""
        self._shown = shown
        words = (shown.word, shown.label, shown.detail, shown.said) if shown else (self._empty,)
        self.setAccessibleName(" · ".join(word for word in words if word))
        self.update()

    @property
    def shown(self) -> BannerText | None:
        """What it says now."""
        return self._shown

    def sizeHint(self) -> QSize:
        """As drawn in the design."""
        return QSize(self._theme.px(640), self._theme.px(150))

    def minimumSizeHint(self) -> QSize:
        """High enough for a word and two lines beside it."""
        return QSize(200, max(88, self._theme.px(120)))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, sign, word, and the lines beside or below it."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            rect, theme = QRectF(self.rect()), self._theme
            shown = self._shown
            if shown is None:
                paint.box(painter, rect, theme.px(12), theme.color("panel"), theme.color("line"), 1)
                font = paint.fitted(
                    self._empty, theme.text_px(26), 600, rect.width() - theme.px(48), 2
                )
                rows = paint.lines(self._empty, font, rect.width() - theme.px(48), 2)
                paint.block(painter, rect, rows, font, theme.color("muted"), paint.CENTER)
                return
            role = paint.ROLES[shown.verdict]
            fill = theme.color(f"{role}_fill")
            paint.box(painter, rect, theme.px(12), fill, fill, 0)
            if shown.verdict is Verdict.NOT_INSPECTED:
                stripe = theme.color("absent_stripe")
                paint.stripes(painter, rect, theme.px(12), stripe, theme.px(36))
            inner = rect.adjusted(theme.px(35), theme.px(6), -theme.px(20), -theme.px(6))
            word = self._word_beside(inner, shown)
            if word is not None:
                self._paint_beside(painter, inner, shown, word)
            else:
                self._paint_below(painter, inner, shown)

    def _word_beside(self, inner: QRectF, shown: BannerText) -> QFont | None:
        """The font of a word that leaves room for the lines beside it; None: it does not."""
        theme = self._theme
        room = inner.width() * 0.52 - theme.px(90)
        font = paint.fitted(shown.word, theme.text_px(94), QFont.Weight.Bold, room)
        if font.pixelSize() < theme.text_px(94) * 0.66:
            return None
        rest = inner.width() - theme.px(62 + 30 + 26) - paint.advance(font, shown.word)
        lines = (shown.label, shown.detail, shown.said)
        small = ui_font(theme.text_px(17), QFont.Weight.Bold)
        return font if all(paint.advance(small, line) <= rest for line in lines) else None

    def _paint_beside(
        self, painter: QPainter, inner: QRectF, shown: BannerText, word: QFont
    ) -> None:
        theme = self._theme
        ink = self._ink(shown)
        side = theme.px(62)
        sign = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        paint.mark(painter, shown.verdict, sign, ink)
        left = sign.right() + theme.px(30)
        width = paint.advance(word, shown.word)
        rect = QRectF(left, inner.top(), width + 1, inner.height())
        paint.text(painter, rect, shown.word, word, ink)
        left += width + theme.px(26)
        rest = QRectF(left, inner.top(), inner.right() - left, inner.height())
        self._paint_lines(painter, rest, ink, [(shown.label, 30), *_rest(shown)])

    def _paint_below(self, painter: QPainter, inner: QRectF, shown: BannerText) -> None:
        """A long word goes above the rest; the kind of defect beside it where there is room."""
        theme = self._theme
        ink = self._ink(shown)
        side = theme.px(52)
        sign = QRectF(inner.left() - theme.px(10), inner.center().y() - side / 2, side, side)
        paint.mark(painter, shown.verdict, sign, ink)
        left = sign.right() + theme.px(22)
        width = inner.right() - left
        font = paint.fitted(shown.word, theme.text_px(50), QFont.Weight.Bold, width)
        height = inner.height() * 0.46
        head = QRectF(left, inner.top(), width, height)
        used = paint.text(painter, head, shown.word, font, ink) + theme.px(18)
        lines = _rest(shown)
        label = paint.fitted(shown.label, theme.text_px(30), QFont.Weight.Bold, width - used)
        if paint.advance(label, shown.label) <= width - used:
            drop = (font.pixelSize() - label.pixelSize()) * 0.3
            paint.text(painter, head.adjusted(used, drop, 0, drop), shown.label, label, ink)
        else:
            lines.insert(0, (shown.label, 22))
        rest = QRectF(left, inner.top() + height, width, inner.height() - height)
        self._paint_lines(painter, rest, ink, lines)

    def _paint_lines(
        self, painter: QPainter, rect: QRectF, ink: QColor, wishes: list[tuple[str, int]]
    ) -> None:
        """Each line as large as fits; one alone may take as many rows as there is room for."""
        theme = self._theme
        wishes = [(words, px) for words, px in wishes if words]
        least = theme.text_px(16) * LEADING
        spare = max(1, int(rect.height() / least) - len(wishes) + 1)
        laid: list[tuple[list[str], QFont]] = []
        for words, px in wishes:
            font = paint.fitted(words, theme.text_px(px), 700 if px > 20 else 600, rect.width(), 1)
            rows = paint.lines(words, font, rect.width(), spare)
            spare -= len(rows) - 1
            laid.append((rows, font))
        need = sum(font.pixelSize() * LEADING * len(rows) for rows, font in laid)
        squeeze = min(1.0, rect.height() / need) if need else 1.0
        top = rect.center().y() - need * squeeze / 2
        for rows, font in laid:
            height = font.pixelSize() * LEADING * len(rows) * squeeze
            paint.block(painter, QRectF(rect.left(), top, rect.width(), height), rows, font, ink)
            top += height

    def _ink(self, shown: BannerText) -> QColor:
        return self._theme.color(f"{paint.ROLES[shown.verdict]}_ink")


def _rest(shown: BannerText) -> list[tuple[str, int]]:
    return [(shown.detail, 19), (shown.said, 19)]
