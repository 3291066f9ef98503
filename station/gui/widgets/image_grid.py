"""A wall of small pictures, of any number: only what is in sight is described, asked for, drawn."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScroller, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint
from station.gui.widgets.grid_places import Places
from station.gui.widgets.grid_tile import (
    GridItem,
    TileState,
    badge_rect,
    caption_height,
    paint_tile,
)
from station.gui.widgets.picks import Picks

Describe = Callable[[Any], GridItem]
Picture = Callable[[str], QImage | None]

TILE = 148  # of the design
_LEAST = 118
_EDGE_MS = 30
_FINGER = 10  # so far around its sign a finger may miss the corner
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Escape, *_ENTER)


class ImageGrid(QAbstractScrollArea):
    """`picked()` when others are chosen; `opened(place)` for Enter; `seen(rows)` when one scrolls.

    What is seen comes with what is around it, the nearest first.
    `describe` says what stands on the tile of a row; `picture` has the image of a key, or None
    as long as it is not made. A tap on the upper right corner chooses one more: for fingers.
    tile_px: about so wide is a tile in the design.
    """

    picked = Signal()
    opened = Signal(int)
    seen = Signal(object)

    def __init__(
        self,
        describe: Describe,
        picture: Picture,
        parent: QWidget | None = None,
        *,
        tile_px: int = TILE,
    ) -> None:
        super().__init__(parent)
        self._tile_px = tile_px
        self._describe = describe
        self._picture = picture
        self._rows: list[Any] = []
        self._theme = DARK
        self._empty = ""
        self.picks = Picks()
        self._from: QPointF | None = None  # where a rubber band began, in the whole wall
        self._to = QPointF()
        self._before: set[int] = set()
        self._told = range(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._drag = QTimer(self)
        self._drag.setInterval(_EDGE_MS)
        self._drag.timeout.connect(self._pull)
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.timeout.connect(self._tell_seen)
        self.set_theme(DARK)

    # ── what the page tells ─────────────────────────────────────────────────────────────────

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        top = self.places.span().start
        self._theme = theme
        self._fit(top)

    def set_empty(self, words: str) -> None:
        """What is said where there are no pictures."""
        self._empty = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these from the top; nothing is chosen."""
        self._rows = list(rows)
        self.picks.reset(len(self._rows))
        self._from = None
        self._drag.stop()
        self._fit(0)
        self.picked.emit()

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Show these behind the others; all stays where it is."""
        self._rows.extend(rows)
        self.picks.grow(len(self._rows))
        self._fit(None)

    def change_rows(self, changed: dict[int, Any]) -> None:
        """Write the rows at these places anew; the choice stands."""
        for place, row in changed.items():
            self._rows[place] = row
        self.viewport().update()

    def refresh(self) -> None:
        """Pictures have come."""
        self.viewport().update()

    def look_again(self) -> None:
        """Tell once more what is in sight: more is known of it now."""
        self._told = range(0)
        self._tell.start(0)

    @property
    def rows(self) -> list[Any]:
        """All rows, in their order; not to be changed."""
        return self._rows

    @property
    def chosen(self) -> list[Any]:
        """The rows that are chosen, in their order."""
        return [self._rows[place] for place in sorted(self.picks.chosen)]

    @property
    def places(self) -> Places:
        """Where everything lies now."""
        theme = self._theme
        return Places(
            self.viewport().size(),
            len(self._rows),
            self.verticalScrollBar().value(),
            max(_LEAST * self._tile_px // TILE, theme.px(self._tile_px)),
            theme.px(10),
            caption_height(theme),
        )

    @property
    def room(self) -> QSize:
        """The room for one picture, in device pixels."""
        cell, foot = self.places.cell, caption_height(self._theme)
        return QSize(cell.width() - 4, cell.height() - foot - 2) * self.devicePixelRatioF()

    def show_place(self, place: int) -> None:
        """Scroll as little as brings that picture into sight."""
        tile, bar = self.places.tile(place), self.verticalScrollBar()
        below = tile.bottom() - self.viewport().height()
        if tile.top() < 0:
            bar.setValue(bar.value() + int(tile.top()))
        elif below > 0:
            bar.setValue(bar.value() + int(below + 1))

    def _fit(self, top: int | None) -> None:
        """Sizes have changed: the picture `top` stands at the top; None: nothing moves."""
        places, bar = self.places, self.verticalScrollBar()
        bar.setRange(0, places.most)
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, places.step // 3))
        if top is not None:
            bar.setValue(top // places.columns * places.step)
        self._told = range(0)
        self._moved()

    def _moved(self) -> None:
        self.viewport().update()
        self._tell.start(0)

    def _tell_seen(self) -> None:
        places = self.places
        if places.span() != self._told:
            self._told = places.span()
            self.seen.emit([self._rows[place] for place in places.around()])

    # ── mouse and finger ────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what lies there; Ctrl and Shift as everywhere."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        place = self.places.at(point)
        control, shift = bool(event.modifiers() & _CONTROL), bool(event.modifiers() & _SHIFT)
        self._before = set(self.picks.chosen) if control or shift else set()
        self._from = self._to = self._in_wall(point)
        if place < 0:
            self.picks.chosen = set(self._before)
        elif shift:
            self.picks.reach(place, keep=control)
        elif control or self._corner(place).contains(point):
            self.picks.toggle(place)
        else:
            self.picks.only(place)
        self._chose()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw a rubber band."""
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self._to = self._in_wall(event.position())
        if self._drag.isActive() or self._far(self._from):
            self._drag.start()
            self._stretch()

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """The band is gone, the choice stays."""
        self._drag.stop()
        self._from = None
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it large."""
        place = self.places.at(event.position())
        if place >= 0 and not self._corner(place).contains(event.position()):
            self.opened.emit(place)

    def _corner(self, place: int) -> QRectF:
        badge = badge_rect(self.places.tile(place), self._theme)
        return badge.adjusted(-_FINGER, -_FINGER, _FINGER, _FINGER)

    def _in_wall(self, point: QPointF) -> QPointF:
        return point + QPointF(0, self.verticalScrollBar().value())

    def _far(self, begun: QPointF) -> bool:
        return (self._to - begun).manhattanLength() > QApplication.startDragDistance()

    def _band(self) -> QRectF:
        begun = self._to if self._from is None else self._from
        band = QRectF(begun, self._to).normalized().adjusted(-1, -1, 1, 1)  # flat ones touch too
        return band.translated(0, -self.verticalScrollBar().value())

    def _stretch(self) -> None:
        self.picks.band(self.places.covered(self._band()), self._before)
        self._chose()

    def _pull(self) -> None:
        """Scroll while the band is drawn over the upper or the lower edge."""
        at, bar = self._to.y() - self.verticalScrollBar().value(), self.verticalScrollBar()
        over = min(0.0, at) + max(0.0, at - self.viewport().height())
        if over:
            before = bar.value()
            bar.setValue(before + int(max(-60.0, min(60.0, over))))
            self._to += QPointF(0, bar.value() - before)
            self._stretch()

    # ── keyboard ────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Space, Enter and Esc are the wall's own, whatever they do elsewhere."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End and the pages move; Shift reaches; Space, Enter, Ctrl+A, Esc."""
        key, picks = event.key(), self.picks
        control, shift = bool(event.modifiers() & _CONTROL), bool(event.modifiers() & _SHIFT)
        target = self.places.target(picks.current, key)
        if target is not None:
            self._go(target, control, shift)
        elif key == Qt.Key.Key_Space:
            picks.toggle(picks.current)
        elif key == Qt.Key.Key_A and control:
            picks.all()
        elif key == Qt.Key.Key_Escape and picks.chosen:
            picks.clear()
        elif key in _ENTER and picks.current >= 0:
            self.opened.emit(picks.current)
            return
        else:
            event.ignore()
            return
        self._chose()

    def _go(self, target: int, control: bool, shift: bool) -> None:
        if shift:
            self.picks.reach(target, keep=control)
        elif control:
            self.picks.stand(target)
        else:
            self.picks.only(target)
        self.show_place(target)

    def _chose(self) -> None:
        self._speak()
        self.viewport().update()
        self.picked.emit()

    def _speak(self) -> None:
        """What a screen reader says: the words of the picture that the keyboard stands on."""
        at = self.picks.current
        item = self._describe(self._rows[at]) if 0 <= at < len(self._rows) else None
        self.setAccessibleDescription(f"{item.left} {item.right}".strip() if item else self._empty)

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stood at the top stays there."""
        old = self.places
        top = Places(event.oldSize(), old.count, old.top, old.wish, old.gap, old.foot).span().start
        super().resizeEvent(event)
        self._fit(top if event.oldSize().isValid() else None)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw anew: a tile costs little."""
        self._moved()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody who comes by keyboard stands on a picture."""
        super().focusInEvent(event)
        if self.picks.current < 0 and self._rows:
            self.picks.stand(self.places.span().start)
        self._speak()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tiles in sight, then the band."""
        with QPainter(self.viewport()) as painter:
            paint.smooth(painter)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(event.rect(), self._theme.color("panel"))
            places = self.places
            for place in places.span():
                self._paint_one(painter, place, places.tile(place))
            if not self._rows:
                self._paint_empty(painter, QRectF(self.viewport().rect()))
            if self._drag.isActive():
                edge = self._theme.color("accent")
                fill = self._theme.color("accent")
                fill.setAlphaF(0.18)
                paint.box(painter, self._band(), 2, fill, edge, 2)

    def _paint_one(self, painter: QPainter, place: int, rect: QRectF) -> None:
        item = self._describe(self._rows[place])
        here = self.hasFocus() and place == self.picks.current
        state = TileState(place in self.picks.chosen, here)
        paint_tile(painter, rect, item, self._picture(item.key), state, self._theme)

    def _paint_empty(self, painter: QPainter, area: QRectF) -> None:
        edge = self._theme.px(40)
        room = area.adjusted(edge, 0, -edge, 0)
        font = ui_font(self._theme.text_px(22), 500)
        rows = paint.lines(self._empty, font, room.width(), 6)
        paint.block(painter, room, rows, font, self._theme.color("muted"), paint.CENTER)
