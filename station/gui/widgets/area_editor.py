"""Rectangles on a picture, to be moved and stretched by mouse, finger or key."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from station.domain.recipe import Roi
from station.gui.fonts import ui_font
from station.gui.picture import Picture
from station.gui.widgets import paint
from station.gui.widgets.image_view import PictureView

HANDLE = 26  # pixels: what is drawn of a handle; a finger may miss it by half as much again
REACH = 20
LEAST_REGION, LEAST_IGNORED = 32, 8  # pixels of the frame
STEP, LEAP = 1, 10
_SMALL = 4 * HANDLE  # a side that is shorter on the screen has no handle in its middle

Edges = tuple[int, int]  # which side is held: -1 left or top, 0 none, 1 right or bottom


@dataclass(frozen=True, slots=True)
class Areas:
    """Where to look, None: everywhere; and where not."""

    region: Roi | None = None
    ignored: tuple[Roi, ...] = ()

    def at(self, place: int, frame: QSize) -> Roi:
        """The region is 0, then come the ignored ones."""
        if place > 0:
            return self.ignored[place - 1]
        return self.region or Roi(0, 0, frame.width(), frame.height())

    def put(self, place: int, area: Roi) -> "Areas":
        """With another one in that place."""
        if place == 0:
            return replace(self, region=area)
        some = list(self.ignored)
        some[place - 1] = area
        return replace(self, ignored=tuple(some))


class AreaEditor(PictureView):
    """Shows the areas over a picture; while `is_editing` they can be changed.

    `picked` when another one is chosen, `changed` after every step of a change. Arrows move by a
    pixel, with Ctrl they stretch, with Shift by ten; Page Up and Down choose; Delete removes.
    """

    picked = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.areas = Areas()
        self.chosen: int = 0
        self.is_editing = False
        self._empty = ""
        self._tag = ""
        self._held: Edges | None = None
        self._from = QPointF()
        self._was = Roi(0, 0, 1, 1)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 180)

    def set_areas(self, areas: Areas) -> None:
        """Show these; tells nobody."""
        self.areas = areas
        self.chosen = min(self.chosen, len(areas.ignored))
        self.update()

    def set_editing(self, is_on: bool) -> None:
        """Let them be changed, or not."""
        self.is_editing = is_on
        self._held = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_on else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    def set_empty(self, words: str) -> None:
        """What stands in the middle while there is no picture."""
        self._empty = words
        self.update()

    def set_tag(self, words: str) -> None:
        """What stands in the corner."""
        self._tag = words
        self.update()

    def choose(self, place: int) -> None:
        """The area that keys act on."""
        if place != self.chosen and 0 <= place <= len(self.areas.ignored):
            self.chosen = place
            self.picked.emit()
            self.update()

    def add_ignored(self) -> None:
        """A new area in the middle of the region, chosen, for the person to put in place."""
        frame = self.frame_size
        region = self.areas.at(0, frame)
        width, height = (
            max(region.width // 5, LEAST_IGNORED),
            max(region.height // 5, LEAST_IGNORED),
        )
        x = region.x + (region.width - width) // 2 + 12 * len(self.areas.ignored)
        y = region.y + (region.height - height) // 2 + 12 * len(self.areas.ignored)
        area = Roi(
            max(0, min(x, frame.width() - width)),
            max(0, min(y, frame.height() - height)),
            width,
            height,
        )
        self.areas = replace(self.areas, ignored=(*self.areas.ignored, area))
        self.chosen = len(self.areas.ignored)
        self.setFocus()
        self._tell()

    def remove(self) -> None:
        """The chosen ignored area goes; the region becomes the whole picture."""
        if self.chosen == 0:
            self.areas = replace(self.areas, region=None)
        else:
            some = list(self.areas.ignored)
            del some[self.chosen - 1]
            self.areas = replace(self.areas, ignored=tuple(some))
            self.chosen = min(self.chosen, len(some))
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.picked.emit()
        self.changed.emit()

    @property
    def frame_size(self) -> QSize:
        """Of what is shown, in its own pixels."""
        return self._picture.source if self._picture is not None else QSize(1, 1)

    # ── by mouse and finger ─────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle of the chosen area, else of the area under the pointer."""
        if not self.is_editing or self._picture is None:
            return
        at = event.position()
        held = self._handle_at(at)
        if held is None:
            place = self._area_at(at)
            if place is None:
                return
            self.choose(place)
            held = (0, 0)
        self._held, self._from = held, at
        self._was = self.areas.at(self.chosen, self.frame_size)
        self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull it along."""
        at = event.position()
        if self._held is None:
            self._show_cursor(at)
            return
        scale = self._scale()
        dx = round((at.x() - self._from.x()) / scale)
        dy = round((at.y() - self._from.y()) / scale)
        self._put(_pulled(self._was, self._held, dx, dy, self.frame_size, self._least()))

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def _put(self, area: Roi) -> None:
        if area != self.areas.at(self.chosen, self.frame_size):
            self.areas = self.areas.put(self.chosen, area)
            self.changed.emit()
            self.update()

    def _least(self) -> int:
        return LEAST_REGION if self.chosen == 0 else LEAST_IGNORED

    def _handle_at(self, at: QPointF) -> Edges | None:
        found = [
            ((at - point).manhattanLength(), edges)
            for edges, point in self._handles(self._rect(self.chosen)).items()
            if max(abs(at.x() - point.x()), abs(at.y() - point.y())) <= REACH
        ]
        middle = self._rect(self.chosen).center()
        if (at - middle).manhattanLength() < HANDLE / 2:
            return (0, 0)
        return min(found)[1] if found else None

    def _area_at(self, at: QPointF) -> int | None:
        """The topmost area there; the chosen one first."""
        places: list[int] = [self.chosen, *range(len(self.areas.ignored), 0, -1)]
        for place in places:
            if place > 0 and self._rect(place).contains(at):
                return place
        return 0 if self._rect(0).contains(at) else None

    def _show_cursor(self, at: QPointF) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self.is_editing and self._picture is not None:
            edges = self._handle_at(at)
            shape = _cursor(edges) if edges is not None else shape
            if edges is None and self._area_at(at) is not None:
                shape = Qt.CursorShape.SizeAllCursor
        self.setCursor(shape)

    # ── by key ──────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page Up and Down, Delete."""
        ways = {
            int(Qt.Key.Key_Left): (-1, 0),
            int(Qt.Key.Key_Right): (1, 0),
            int(Qt.Key.Key_Up): (0, -1),
            int(Qt.Key.Key_Down): (0, 1),
        }
        if not self.is_editing:
            super().keyPressEvent(event)
        elif event.key() in ways:
            self._nudge(*ways[event.key()], event.modifiers())
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            count = len(self.areas.ignored) + 1
            step = 1 if event.key() == Qt.Key.Key_PageDown else -1
            self.choose((self.chosen + step) % count)
        elif event.key() == Qt.Key.Key_Delete and self.chosen > 0:
            self.remove()
        else:
            super().keyPressEvent(event)

    def _nudge(self, x: int, y: int, modifiers: Qt.KeyboardModifier) -> None:
        step = LEAP if modifiers & Qt.KeyboardModifier.ShiftModifier else STEP
        stretch = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        edges: Edges = (abs(x), abs(y)) if stretch else (0, 0)
        area = self.areas.at(self.chosen, self.frame_size)
        self._put(_pulled(area, edges, x * step, y * step, self.frame_size, self._least()))

    # ── painting ────────────────────────────────────────────────────────────────────────────

    def show_picture(self, picture: Picture | None) -> None:
        """All of it, for the handles may lie where the last picture did not."""
        super().show_picture(picture)
        if self.is_editing:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, dark where nobody looks, and the areas."""
        with QPainter(self) as painter:
            self._paint_picture(painter, event.region())
            paint.smooth(painter)
            if self._picture is None:
                font = ui_font(self._theme.text_px(20), QFont.Weight.Medium)
                color = self._theme.color("tag_text")
                paint.text(painter, QRectF(self.rect()), self._empty, font, color, paint.CENTER)
            else:
                self._paint_areas(painter)
            self._paint_tag(painter)
            self._paint_frame(painter, self._theme.px(12), QRectF(self.rect()))

    def _paint_areas(self, painter: QPainter) -> None:
        region = self._rect(0)
        if self.areas.region is not None:
            outside = QPainterPath()
            outside.addRect(QRectF(self._image_rect()))
            hole = QPainterPath()
            hole.addRect(region)
            painter.fillPath(outside - hole, QColor(0, 0, 0, 120 if self.is_editing else 70))
        for place in range(len(self.areas.ignored), 0, -1):
            self._paint_ignored(painter, self._rect(place), place)
        if self.areas.region is not None or self.is_editing:
            self._paint_edge(painter, region, "roi", self.chosen == 0)
        if self.is_editing:
            self._paint_handles(painter)

    def _paint_ignored(self, painter: QPainter, rect: QRectF, place: int) -> None:
        painter.fillRect(rect, QColor(20, 14, 26, 170))
        stripe = self._theme.color("tag_absent")
        stripe.setAlphaF(0.35)
        paint.stripes(painter, rect, 1, stripe, 14)
        self._paint_edge(painter, rect, "tag_absent", self.chosen == place)
        font = ui_font(self._theme.text_px(16), QFont.Weight.Bold)
        if rect.width() > 28 and rect.height() > 24:
            paint.text(painter, rect, str(place), font, self._theme.color("tag_text"), paint.CENTER)

    def _paint_edge(self, painter: QPainter, rect: QRectF, role: str, chosen: bool) -> None:
        wide = self.is_editing and chosen
        pen = QPen(self._theme.color(role), 3 if wide else 2)
        if not wide:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def _paint_handles(self, painter: QPainter) -> None:
        role = "roi" if self.chosen == 0 else "tag_absent"
        for point in self._handles(self._rect(self.chosen)).values():
            box = QRectF(0, 0, HANDLE, HANDLE)
            box.moveCenter(point)
            paint.box(painter, box, 6, QColor(255, 255, 255, 235), self._theme.color(role), 3)

    def _paint_tag(self, painter: QPainter) -> None:
        if not self._tag:
            return
        theme = self._theme
        font = ui_font(theme.text_px(18), QFont.Weight.DemiBold)
        gap, height = theme.px(15), int(theme.text_px(18) * 1.75)
        width = min(paint.advance(font, self._tag) + theme.px(24), self.width() - 2 * gap)
        rect = QRectF(gap, gap, width, height)
        ground = theme.color("tag")
        ground.setAlphaF(0.86)
        paint.box(painter, rect, theme.px(8), ground, ground, 0)
        words = rect.adjusted(theme.px(12), 0, -theme.px(10), 0)
        paint.text(painter, words, self._tag, font, theme.color("tag_text"))

    # ── where they lie on the screen ────────────────────────────────────────────────────────

    def _scale(self) -> float:
        """Pixels of the screen for one of the frame."""
        return self._image_rect().width() / max(1, self.frame_size.width())

    def _rect(self, place: int) -> QRectF:
        area, scale = self.areas.at(place, self.frame_size), self._scale()
        corner = QPointF(self._image_rect().topLeft())
        return QRectF(
            corner.x() + area.x * scale,
            corner.y() + area.y * scale,
            area.width * scale,
            area.height * scale,
        )

    def _handles(self, rect: QRectF) -> dict[Edges, QPointF]:
        """Drawn inside the widget, also where the area reaches its edge."""
        room = QRectF(self.rect()).adjusted(*(side * HANDLE / 2 for side in (1, 1, -1, -1)))
        points = {}
        for x in (-1, 0, 1):
            for y in (-1, 0, 1):
                narrow = (x == 0 and rect.width() < _SMALL) or (y == 0 and rect.height() < _SMALL)
                if (x, y) == (0, 0) or narrow:
                    continue
                at = QPointF(
                    rect.center().x() + x * rect.width() / 2,
                    rect.center().y() + y * rect.height() / 2,
                )
                points[(x, y)] = QPointF(
                    min(max(at.x(), room.left()), room.right()),
                    min(max(at.y(), room.top()), room.bottom()),
                )
        return points


def _pulled(area: Roi, edges: Edges, dx: int, dy: int, frame: QSize, least: int) -> Roi:
    """Moved, or stretched at those edges; never smaller than `least`, never out of the frame."""
    x, width = _pulled_span(area.x, area.width, edges, 0, dx, frame.width(), least)
    y, height = _pulled_span(area.y, area.height, edges, 1, dy, frame.height(), least)
    return Roi(x, y, width, height)


def _pulled_span(
    start: int, length: int, edges: Edges, axis: int, by: int, most: int, least: int
) -> tuple[int, int]:
    if edges == (0, 0):
        length = min(length, most)
        return max(0, min(start + by, most - length)), length
    end = start + length
    if edges[axis] < 0:
        start = max(0, min(start + by, end - least))
    elif edges[axis] > 0:
        end = min(most, max(end + by, start + least))
    return start, end - start


def _cursor(edges: Edges) -> Qt.CursorShape:
    if edges == (0, 0):
        return Qt.CursorShape.SizeAllCursor
    if 0 in edges:
        return Qt.CursorShape.SizeVerCursor if edges[0] == 0 else Qt.CursorShape.SizeHorCursor
    same = edges[0] == edges[1]
    return Qt.CursorShape.SizeFDiagCursor if same else Qt.CursorShape.SizeBDiagCursor
