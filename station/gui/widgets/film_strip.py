"""The last parts, oldest left: a small picture, the verdict in sign, word and colour, the score."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.domain.inspection import DecisionKind, Verdict
from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

KEPT = 60
THUMB = QSize(320, 320)  # pictures are handed in at this size, and shrunk once for the strip's own


@dataclass(frozen=True, slots=True)
class FilmItem:
    """One part of the strip. `word` is its verdict in words; `said` a person's word on it."""

    uid: str
    verdict: Verdict
    word: str
    score: float | None = None
    said: DecisionKind | None = None


class FilmStrip(QWidget):
    """`chosen(uid)` when a person picks a part, by touch or with the arrow keys."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: OrderedDict[str, FilmItem] = OrderedDict()
        self._images: dict[str, QImage] = {}
        self._tiles: dict[str, QImage] = {}  # parts as drawn; painting the strip copies them
        self._selected = ""
        self._theme = DARK
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._tiles.clear()
        self.updateGeometry()
        self.update()

    def put(self, item: FilmItem) -> None:
        """Append a part, or change it in its place."""
        self._items[item.uid] = item
        self._tiles.pop(item.uid, None)
        while len(self._items) > KEPT:
            uid, _ = self._items.popitem(last=False)
            self._images.pop(uid, None)
            self._tiles.pop(uid, None)
        self.update()

    def set_image(self, uid: str, image: QImage) -> None:
        """The picture of a part that is in the strip."""
        if uid in self._items:
            self._images[uid] = image
            self._tiles.pop(uid, None)
            self.update()

    def select(self, uid: str) -> None:
        """Mark a part as the one that is shown large."""
        if uid != self._selected:
            self._tiles.pop(uid, None)
            self._tiles.pop(self._selected, None)
            self._selected = uid
            self.update()

    @property
    def selected(self) -> str:
        """The uid of the marked part, or empty."""
        return self._selected

    @property
    def shown(self) -> tuple[FilmItem, ...]:
        """The parts that there is room for now, oldest first."""
        items = list(self._items.values())
        return tuple(items[-self._capacity() :])

    def rect_of(self, uid: str) -> QRectF | None:
        """Where that part is drawn, or None when it is out of sight."""
        for index, item in enumerate(self.shown):
            if item.uid == uid:
                return self._rect(index)
        return None

    def sizeHint(self) -> QSize:
        """As drawn in the design."""
        return QSize(self._theme.px(1238), self._theme.px(178))

    def minimumSizeHint(self) -> QSize:
        """Room for one part with two lines below its picture."""
        return QSize(self._thumb_width() * 2, max(138, self._theme.px(160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The parts are drawn anew."""
        super().resizeEvent(event)
        self._tiles.clear()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the part under the finger."""
        for index, item in enumerate(self.shown):
            if self._rect(index).adjusted(-4, -20, 4, 20).contains(event.position()):
                self._pick(item.uid)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go through the parts while the strip has the focus."""
        steps = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
        uids = [item.uid for item in self.shown]
        if event.key() not in steps or self._selected not in uids:
            super().keyPressEvent(event)
            return
        index = uids.index(self._selected) + steps[event.key()]
        if 0 <= index < len(uids):
            self._pick(uids[index])

    def _pick(self, uid: str) -> None:
        self.select(uid)
        self.chosen.emit(uid)

    def _thumb_width(self) -> int:
        return max(self._theme.px(126), 118)

    def _capacity(self) -> int:
        gap = self._theme.px(8)
        room = self.width() - 2 * self._theme.px(13) + gap
        return max(1, room // (self._thumb_width() + gap))

    def _rect(self, index: int) -> QRectF:
        theme = self._theme
        width, pad = self._thumb_width(), theme.px(13)
        left = pad + index * (width + theme.px(8))
        return QRectF(left, pad, width, self.height() - 2 * pad)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The panel, then part by part."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme = self._theme
            frame = theme.color("accent" if self.hasFocus() else "line")
            paint.box(painter, QRectF(self.rect()), theme.px(12), theme.color("panel"), frame, 1)
            for index, item in enumerate(self.shown):
                painter.drawImage(self._rect(index).topLeft(), self._tile(item))

    def _tile(self, item: FilmItem) -> QImage:
        tile = self._tiles.get(item.uid)
        if tile is None:
            ratio = self.devicePixelRatioF()
            rect = QRectF(0, 0, self._rect(0).width(), self._rect(0).height())
            tile = QImage((rect.size() * ratio).toSize(), QImage.Format.Format_RGB32)
            tile.setDevicePixelRatio(ratio)
            with QPainter(tile) as painter:
                paint.smooth(painter)
                self._paint_item(painter, rect, item)
            self._tiles[item.uid] = tile
        return tile

    def _paint_item(self, painter: QPainter, rect: QRectF, item: FilmItem) -> None:
        theme = self._theme
        line = max(2, theme.px(3))
        inner = rect.adjusted(line, line, -line, -line)
        painter.fillRect(inner, theme.color("key"))
        rows = self._caption_rows(item, inner)
        height = theme.text_px(17) * (1.24 * rows + 0.55)
        picture = inner.adjusted(0, 0, 0, -height)
        self._paint_picture(painter, picture, item.uid)
        self._paint_said(painter, picture, item)
        caption = QRectF(inner.left(), picture.bottom(), inner.width(), height)
        painter.fillRect(caption, theme.color("image_bg"))
        self._paint_caption(painter, caption, item, rows)
        self._paint_edge(painter, rect, item)

    def _paint_edge(self, painter: QPainter, rect: QRectF, item: FilmItem) -> None:
        theme = self._theme
        role = "line" if item.verdict is Verdict.OK else paint.ROLES[item.verdict]
        width = max(2, theme.px(3))
        if item.uid == self._selected:
            role, width = "select", max(4, theme.px(5))
        paint.corners(painter, rect, theme.px(7), theme.color("panel"))
        pen = QPen(theme.color(role), width)
        if role == "absent":
            pen.setDashPattern([2.5, 1.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), theme.px(6), theme.px(6))

    def _paint_picture(self, painter: QPainter, rect: QRectF, uid: str) -> None:
        painter.fillRect(rect, self._theme.color("image_bg"))
        image = self._images.get(uid)
        if image is None:
            return
        ratio = self.devicePixelRatioF()
        small = image.scaled(
            (rect.size() * ratio).toSize(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small.setDevicePixelRatio(ratio)
        shown = small.deviceIndependentSize()
        left = rect.left() + (rect.width() - shown.width()) / 2
        top = rect.top() + (rect.height() - shown.height()) / 2
        painter.drawImage(QPointF(round(left), round(top)), small)

    def _paint_said(self, painter: QPainter, rect: QRectF, item: FilmItem) -> None:
        """A badge in the corner of a part that a person has decided."""
        if item.said is None:
            return
        theme = self._theme
        side = max(22, theme.px(26))
        badge = QRectF(rect.right() - side - 4, rect.top() + 4, side, side)
        role = "ok" if item.said is DecisionKind.ACCEPT else "ng"
        fill = theme.color(f"{role}_fill")
        paint.box(painter, badge, side / 2, fill, theme.color("image_bg"), 2)
        sign = badge.adjusted(side * 0.27, side * 0.27, -side * 0.27, -side * 0.27)
        draw = paint.check if item.said is DecisionKind.ACCEPT else paint.cross
        draw(painter, sign, theme.color(f"{role}_ink"))

    def _caption_font(self) -> QFont:
        return ui_font(self._theme.text_px(17), QFont.Weight.DemiBold, tabular=True)

    def _sign_room(self) -> float:
        return self._theme.text_px(17) * 1.02

    def _caption_rows(self, item: FilmItem, inner: QRectF) -> int:
        font = self._caption_font()
        need = self._sign_room() + paint.advance(font, item.word)
        if item.score is not None:
            need += paint.advance(font, short_score(item.score)) + 4
        return 1 if need <= inner.width() - 2 * self._theme.px(5) else 2

    def _paint_caption(self, painter: QPainter, rect: QRectF, item: FilmItem, rows: int) -> None:
        font, color = self._caption_font(), self._theme.color(f"tag_{paint.ROLES[item.verdict]}")
        pad = self._theme.px(5)
        area = rect.adjusted(pad, 0, -pad, 0)
        height = rect.height() / rows
        side = font.pixelSize() * 0.72
        top = QRectF(area.left(), area.top(), area.width(), height)
        paint.mark(
            painter,
            item.verdict,
            QRectF(top.left(), top.center().y() - side / 2, side, side),
            color,
        )
        room = area.width() - self._sign_room()
        words = paint.lines(item.word, font, room, rows)
        for index, row in enumerate(words):
            line = top.adjusted(self._sign_room(), 0, 0, 0).translated(0, index * height)
            paint.text(painter, line, row, font, color)
        if item.score is not None:
            bottom = top.translated(0, (rows - 1) * height)
            paint.text(painter, bottom, short_score(item.score), font, color, paint.RIGHT)


def short_score(score: float) -> str:
    """.94 for 0.94; cut, not rounded, so that it never seems to reach a limit that it does not."""
    if score >= 1.0:
        return QLocale().toString(1.0, "f", 1)
    return f"{QLocale().decimalPoint()}{int(score * 100 + 1e-9):02d}"
