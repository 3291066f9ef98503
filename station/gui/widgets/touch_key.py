"""A big key for a finger or a glove: title, hint, the key of the keyboard that does the same."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, TOUCH_MM, Theme, touch
from station.gui.widgets import paint

Sign = Callable[[QPainter, QRectF, QColor], None]
FLASH_MS = 130


class Tone(StrEnum):
    """What a key is for, as a colour."""

    NEUTRAL = "neutral"
    PRIMARY = "primary"
    ACCEPT = "accept"
    REJECT = "reject"
    DEFECT = "defect"  # neutral; red frame and word while chosen
    SEGMENT = "segment"  # a pill in a row of choices; blue while chosen
    DANGER = "danger"


_CHECKED = {Tone.DEFECT: ("key", "ng", "ng_text"), Tone.SEGMENT: ("accent", "accent", "accent_ink")}
_PLAIN = {
    Tone.NEUTRAL: ("key", "line", "text"),
    Tone.DEFECT: ("key", "line", "text"),
    Tone.SEGMENT: ("key", "key", "muted"),
    Tone.PRIMARY: ("accent", "accent", "accent_ink"),
    Tone.ACCEPT: ("accept_key", "ok", "accept_ink"),
    Tone.REJECT: ("reject_key", "ng", "reject_ink"),
    Tone.DANGER: ("panel", "ng", "ng_text"),
}


class TouchKey(QAbstractButton):
    """`title_px`: height of the title in the design. `size_mm`: the least area for a finger."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        tone: Tone = Tone.NEUTRAL,
        sign: Sign | None = None,
        cap: str = "",
        title_px: int = 20,
        size_mm: tuple[float, float] = (TOUCH_MM, TOUCH_MM),
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._sign = sign
        self._cap = cap
        self._title_px = title_px
        self._pill: tuple[int, int] | None = None
        self._size_mm = size_mm
        self._hint = ""
        self._index = ""
        self._left: float | None = None
        self._theme = DARK
        self._flashing = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCheckable(tone in _CHECKED)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: Tone) -> None:
        """What the key is for now; not for those that stay pressed."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def set_title(self, words: str) -> None:
        """The title; one line where it fits, else two."""
        if words != self.text():
            self.setText(words)
            self.updateGeometry()

    def set_hint(self, words: str) -> None:
        """The small line under the title; empty for none."""
        if words != self._hint:
            self._hint = words
            self.setAccessibleDescription(words)
            self.update()

    def set_cap(self, words: str) -> None:
        """What stands on the key of the keyboard that does the same."""
        if words != self._cap:
            self._cap = words
            self.updateGeometry()
            self.update()

    def set_index(self, words: str) -> None:
        """A small sign in the corner: the number key that does the same."""
        self._index = words
        self.update()

    def set_pill(self, height: int, foot: int) -> None:
        """Draw the key only so high, and so far above the foot of the area a finger may hit."""
        self._pill = (height, foot)
        self.update()

    def set_left(self, fraction: float | None) -> None:
        """How much of a time limit is left, 1 … 0, as a bar at the foot; None for none."""
        self._left = fraction
        self.update()

    def flash(self) -> None:
        """Look pressed for a moment, at once: the answer to a key of the keyboard."""
        self._flashing = True
        self.repaint()
        QTimer.singleShot(FLASH_MS, self, self._unflash)

    def _unflash(self) -> None:
        self._flashing = False
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for title and cap on one line, never less than a finger needs."""
        width = paint.advance(self._title_font(), self.text()) + self._cap_room()
        if self._sign is not None:
            width += self._theme.text_px(self._title_px) * 1.2
        least = self.minimumSizeHint()
        around = 2 * self._theme.px(20)
        return QSize(max(least.width(), int(width) + around + 1), least.height())

    def minimumSizeHint(self) -> QSize:
        """The least area for a finger, in pixels of this screen."""
        width, height = self._size_mm
        return QSize(touch(self, width), touch(self, height))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over the key."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that it left."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Box, then sign + title + cap, then hint."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect = self._theme, QRectF(self.rect())
            if self._pill is not None:
                height, foot = self._pill
                gap = theme.px(5)
                rect = QRectF(gap, rect.bottom() - foot - height, rect.width() - 2 * gap, height)
            fill, frame, ink = self._colors()
            radius = theme.px(8 if self._tone is Tone.SEGMENT else 12)
            width = (
                0
                if self._tone is Tone.SEGMENT and not self.hasFocus()
                else max(1.5, 2 * theme.scale)
            )
            paint.box(painter, rect, radius, fill, frame, width)
            if self._left is not None:
                self._paint_left(painter, rect)
            self._paint_words(painter, rect.adjusted(theme.px(8), 0, -theme.px(8), 0), ink)
            if self._index:
                corner = rect.adjusted(theme.px(9), theme.px(5), 0, 0)
                font = ui_font(theme.text_px(16), QFont.Weight.Medium)
                painter.setFont(font)
                painter.setPen(
                    theme.color("muted") if self.isEnabled() else theme.color("disabled")
                )
                painter.drawText(corner, int(Qt.AlignmentFlag.AlignLeft), self._index)

    def _paint_words(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        if not self._hint:
            self._paint_title(painter, rect, ink, self._cap)
            return
        room = rect.width() - self._cap_room()
        font = paint.fitted(self._hint, self._theme.text_px(19), QFont.Weight.Medium, room)
        rows = paint.lines(self._hint, font, room, 2)
        title_height = self._theme.text_px(self._title_px) * 1.25
        hint_height = font.pixelSize() * (1.6 if len(rows) == 1 else 2.5)
        top = rect.center().y() - (title_height + hint_height) / 2
        title = QRectF(rect.left(), top, rect.width(), title_height)
        self._paint_title(painter, title, ink, "")
        hint = QRectF(rect.left(), title.bottom(), rect.width(), hint_height)
        self._paint_hint(painter, hint, rows, font, ink)

    def _paint_title(self, painter: QPainter, rect: QRectF, ink: QColor, cap: str) -> None:
        cap_room = self._cap_room() if cap else 0.0
        sign_room = self._theme.text_px(self._title_px) * 1.2 if self._sign else 0.0
        room = rect.width() - cap_room - sign_room
        most = 2 if rect.height() > 2.4 * self._theme.text_px(self._title_px) else 1
        font = paint.fitted(self.text(), self._theme.text_px(self._title_px), 700, room, most)
        rows = paint.lines(self.text(), font, room, most)
        width = min(max(paint.advance(font, row) for row in rows), room)
        left = rect.center().x() - (width + cap_room + sign_room) / 2
        if self._sign is not None:
            side = font.pixelSize() * 0.76
            area = QRectF(left, rect.center().y() - side / 2, side, side)
            self._sign(painter, area, ink)
        body = QRectF(left + sign_room, rect.top(), width, rect.height())
        paint.block(painter, body, rows, font, ink, paint.CENTER)
        if cap:
            self._paint_cap(painter, body.right(), rect.center().y(), ink, cap)

    def _paint_hint(
        self, painter: QPainter, rect: QRectF, rows: list[str], font: QFont, ink: QColor
    ) -> None:
        room = rect.width() - self._cap_room()
        width = min(max(paint.advance(font, row) for row in rows), room)
        left = rect.center().x() - (width + self._cap_room()) / 2
        body = QRectF(left, rect.top(), width, rect.height())
        paint.block(painter, body, rows, font, ink, paint.CENTER)
        if self._cap:
            self._paint_cap(painter, body.right(), rect.center().y(), ink, self._cap)

    def _cap_font(self) -> QFont:
        return ui_font(self._theme.text_px(16), QFont.Weight.Medium)

    def _cap_room(self) -> float:
        if not self._cap:
            return 0.0
        return paint.advance(self._cap_font(), self._cap) + self._theme.px(18 + 10)

    def _paint_cap(self, painter: QPainter, x: float, y: float, ink: QColor, cap: str) -> None:
        font = self._cap_font()
        width = paint.advance(font, cap) + self._theme.px(18)
        height = font.pixelSize() * 1.55
        rect = QRectF(x + self._theme.px(10), y - height / 2, width, height)
        faint = QColor(ink)
        faint.setAlphaF(0.75)
        paint.box(painter, rect, self._theme.px(5), QColor(0, 0, 0, 0), faint, 1.0)
        paint.text(painter, rect, cap, font, ink, paint.CENTER)

    def _paint_left(self, painter: QPainter, rect: QRectF) -> None:
        inner = rect.adjusted(self._theme.px(10), 0, -self._theme.px(10), -self._theme.px(5))
        bar = QRectF(inner.left(), inner.bottom() - 4, inner.width() * (self._left or 0.0), 4)
        paint.box(painter, bar, 2, self._theme.color("accent"), self._theme.color("accent"), 0)

    def _title_font(self) -> QFont:
        return ui_font(self._theme.text_px(self._title_px), QFont.Weight.Bold)

    def _colors(self) -> tuple[QColor, QColor, QColor]:
        theme = self._theme
        if not self.isEnabled():
            return theme.color("key"), theme.color("line"), theme.color("disabled")
        table = _CHECKED if self.isChecked() and self._tone in _CHECKED else _PLAIN
        fill, frame, ink = (theme.color(role) for role in table[self._tone])
        if self.hasFocus():
            frame = theme.color("select")
        if self.isDown() or self._flashing:
            return (
                _mixed(fill, theme.color("page"), 0.45),
                theme.color("select"),
                theme.color("text" if self._tone is not Tone.PRIMARY else "select"),
            )
        if self.underMouse():
            fill = _mixed(fill, ink, 0.06)
        return fill, frame, ink


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    keep = 1 - share
    return QColor(
        round(one.red() * keep + other.red() * share),
        round(one.green() * keep + other.green() * share),
        round(one.blue() * keep + other.blue() * share),
    )
