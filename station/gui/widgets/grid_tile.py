"""One picture of a wall as it is drawn: frame, words below, the sign that it is chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from station.domain.inspection import Verdict
from station.gui.fonts import ui_font
from station.gui.theme import Theme
from station.gui.widgets import paint


@dataclass(frozen=True, slots=True)
class GridItem:
    """What stands on a tile. `key` finds its picture; `alarm` frames it in red."""

    key: str
    left: str = ""
    right: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class TileState:
    """How a person stands to the tile: chosen; current: the keyboard is there."""

    chosen: bool = False
    current: bool = False


def caption_height(theme: Theme) -> int:
    """The height of the line below the picture."""
    return int(theme.text_px(16) * 1.75)


def badge_rect(tile: QRectF, theme: Theme) -> QRectF:
    """Where the sign of a chosen tile is drawn."""
    side, edge = max(26, theme.px(32)), theme.px(8)
    return QRectF(tile.right() - side - edge, tile.top() + edge, side, side)


def paint_tile(
    painter: QPainter,
    rect: QRectF,
    item: GridItem,
    picture: QImage | None,
    state: TileState,
    theme: Theme,
) -> None:
    """Draw one; picture: None where it is not made yet, null where there is none."""
    foot = caption_height(theme)
    there = picture is not None and not picture.isNull()
    painter.fillRect(rect, theme.color("image_bg" if there else "key"))
    if picture is not None and there:
        _paint_picture(painter, rect.adjusted(2, 2, -2, -foot), picture)
    elif picture is not None:
        side = rect.width() / 4
        sign = QRectF(0, 0, side, side)
        sign.moveCenter(rect.adjusted(0, 0, 0, -foot).center())
        paint.mark(painter, Verdict.NOT_INSPECTED, sign, theme.color("disabled"))
    caption = QRectF(rect.left(), rect.bottom() - foot, rect.width(), foot)
    painter.fillRect(caption, theme.color("image_bg"))
    _paint_words(painter, caption.adjusted(theme.px(11), -1, -theme.px(11), -1), item, theme)
    _paint_edge(painter, rect, item, state, theme)
    if state.chosen:
        _paint_badge(painter, badge_rect(rect, theme), theme)


def _paint_picture(painter: QPainter, room: QRectF, picture: QImage) -> None:
    size = picture.deviceIndependentSize()
    factor = min(1.0, room.width() / size.width(), room.height() / size.height())
    area = QRectF(0, 0, size.width() * factor, size.height() * factor)
    area.moveCenter(room.center())
    painter.drawImage(QRectF(area.toRect()), picture)


def _paint_words(painter: QPainter, area: QRectF, item: GridItem, theme: Theme) -> None:
    figures = ui_font(theme.text_px(16), 700, tabular=True)
    words = ui_font(theme.text_px(16), 600)
    ink = theme.color("tag_ng" if item.alarm else "tag_text")
    taken = paint.text(painter, area, item.right, figures, ink, paint.RIGHT)
    left = area.adjusted(0, 0, -taken - theme.px(6), 0)
    paint.text(painter, left, item.left, words, ink)


def _paint_edge(
    painter: QPainter, rect: QRectF, item: GridItem, state: TileState, theme: Theme
) -> None:
    """White where the keyboard is, blue where chosen, red for an alarm: each inside the other."""
    paint.corners(painter, rect, theme.px(7), theme.color("panel"))
    rings = [("select", 2.0)] if state.current else []
    if state.chosen:
        rings.append(("accent", max(3.0, theme.px(4))))
    if item.alarm:
        rings.append(("ng", max(2.0, theme.px(3))))
    for role, width in rings or [("line", max(1.5, theme.px(2)))]:
        _frame(painter, rect, theme, role, width)
        rect = rect.adjusted(width, width, -width, -width)


def _frame(painter: QPainter, rect: QRectF, theme: Theme, role: str, width: float) -> None:
    half = width / 2
    painter.setBrush(theme.color("image_bg").fromRgb(0, 0, 0, 0))
    painter.setPen(QPen(theme.color(role), width))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), theme.px(7), theme.px(7))


def _paint_badge(painter: QPainter, area: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("image_bg"), 2))
    painter.setBrush(theme.color("accent"))
    painter.drawEllipse(QPointF(area.center()), area.width() / 2, area.height() / 2)
    quarter = area.width() / 4
    sign = area.adjusted(quarter, quarter, -quarter, -quarter)
    paint.check(painter, sign, theme.color("accent_ink"))
