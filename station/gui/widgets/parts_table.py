"""Parts as a table for a finger: rows of two lines, the chosen one framed."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from station.domain.inspection import Verdict
from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets import paint

Index = QModelIndex | QPersistentModelIndex
Lines = tuple[str, str]

SHARES = (0.235, 0.295, 0.22, 0.25)
"""How the width is divided between the columns; the first has the verdict's sign too."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part in words: an upper and a lower line in each column."""

    uid: str
    verdict: Verdict
    cells: tuple[Lines, Lines, Lines, Lines]


def columns(area: QRectF, gap: float) -> list[QRectF]:
    """The places of the columns in a row."""
    found, left = [], area.left()
    for share in SHARES:
        width = area.width() * share
        found.append(QRectF(left, area.top(), width - gap, area.height()))
        left += width
    return found


def halves(area: QRectF, height: float) -> tuple[QRectF, QRectF]:
    """The upper and the lower line of a place, each so high, in the middle of it."""
    middle = area.center().y()
    return (
        QRectF(area.left(), middle - height, area.width(), height),
        QRectF(area.left(), middle, area.width(), height),
    )


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PartRow] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cells = self.rows[index.row()].cells
            return " · ".join(words for lines in cells for words in lines if words)
        return None

    def replace(self, rows: list[PartRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def append(self, rows: list[PartRow]) -> None:
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self.rows = self.rows + rows
        self.endInsertRows()


class _Delegate(QStyledItemDelegate):
    def __init__(self, rows: _Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._view = parent
        self.theme = DARK

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        theme = self.theme
        words = theme.text_px(19) + theme.text_px(17)
        return QSize(0, max(touch(self._view), int(words * 1.5) + theme.px(20)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self.theme, self._rows.rows[index.row()]
        paint.smooth(painter)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        gap = theme.px(4)
        box = option.rect.toRectF().adjusted(gap, gap, -gap, -gap)
        edge = theme.color("accent" if chosen else "key")
        paint.box(painter, box, theme.px(10), theme.color("key"), edge, theme.px(3))
        inner = box.adjusted(*_padding(theme))
        places = columns(inner, theme.px(12))
        places[0] = self._paint_mark(painter, places[0], row.verdict)
        color = theme.color(f"{paint.ROLES[row.verdict]}_text")
        for place, (above, below) in zip(places, row.cells, strict=True):
            upper, lower = halves(place, theme.text_px(19) * 1.5)
            bold = ui_font(theme.text_px(19), QFont.Weight.DemiBold, tabular=True)
            small = ui_font(theme.text_px(17), QFont.Weight.Medium, tabular=True)
            paint.text(painter, upper, above, bold, color)
            paint.text(painter, lower, below, small, theme.color("muted"))
            color = theme.color("text")

    def _paint_mark(self, painter: QPainter, place: QRectF, verdict: Verdict) -> QRectF:
        """The sign at the left of a place; returns what is left of it."""
        theme = self.theme
        side = theme.text_px(20)
        sign = QRectF(place.left(), place.center().y() - side / 2, side, side)
        paint.mark(painter, verdict, sign, theme.color(paint.ROLES[verdict]))
        return place.adjusted(side + theme.px(12), 0, 0, 0)


def _padding(theme: Theme) -> tuple[float, float, float, float]:
    return theme.px(14), theme.px(6), -theme.px(4), -theme.px(6)


class _List(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.theme = DARK
        self.empty = ""
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setUniformItemSizes(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or words where there are none."""
        super().paintEvent(event)
        if self.empty and not self.model().rowCount():
            with QPainter(self.viewport()) as painter:
                paint.smooth(painter)
                gap = self.theme.px(24)
                area = QRectF(self.viewport().rect()).adjusted(gap, 0, -gap, 0)
                font = ui_font(self.theme.text_px(20), QFont.Weight.Medium)
                rows = paint.lines(self.empty, font, area.width(), 4)
                paint.block(painter, area, rows, font, self.theme.color("muted"), paint.CENTER)


class _Head(QWidget):
    """What stands in the upper and the lower line of each column."""

    def __init__(self) -> None:
        super().__init__()
        self.theme = DARK
        self.words: tuple[Lines, ...] = ()
        self.beside = 0

    def paintEvent(self, _: QPaintEvent) -> None:
        """The words over their columns."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, gap = self.theme, self.theme.px(4)
            left, _top, right, _foot = _padding(theme)
            area = QRectF(self.rect()).adjusted(gap + left, 0, right - gap - self.beside, 0)
            font = ui_font(theme.text_px(16), QFont.Weight.DemiBold)
            for place, lines in zip(columns(area, theme.px(12)), self.words, strict=False):
                for half, words in zip(halves(place, theme.text_px(16) * 1.3), lines, strict=True):
                    paint.text(painter, half, words, font, theme.color("muted"))


class PartsTable(QWidget):
    """`picked(uid)` when another part is chosen, `wanted` when more rows are due at the foot."""

    picked = Signal(str)
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._quiet = False
        self._rows = _Rows()
        self._head = _Head()
        self.list = _List()
        self._delegate = _Delegate(self._rows, self.list)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(self._delegate)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.list.selectionModel().currentChanged.connect(self._current)
        self._bar = self.list.verticalScrollBar()
        self._bar.valueChanged.connect(self._look)
        self._bar.rangeChanged.connect(self._look)

    @property
    def rows(self) -> list[PartRow]:
        """What is shown."""
        return self._rows.rows

    @property
    def at_top(self) -> bool:
        """Whether the first row is in sight."""
        return self._bar.value() == 0

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        for one in (self._delegate, self._head, self.list):
            one.theme = theme
        self._column.setContentsMargins(*[theme.px(5)] * 4)
        self._head.beside = theme.px(24)
        self._head.setFixedHeight(int(theme.text_px(16) * 2.6) + theme.px(10))
        self.list.scheduleDelayedItemsLayout()
        self.update()

    def set_headings(self, words: tuple[Lines, ...]) -> None:
        """What stands over the columns."""
        self._head.words = words
        self._head.update()

    def set_empty(self, words: str) -> None:
        """What is said where there are no rows."""
        self.list.empty = words
        self.list.setAccessibleDescription(words)
        self.list.viewport().update()

    def set_rows(self, rows: list[PartRow], selected: str) -> None:
        """Show these, with one of them chosen; the list stays where it was scrolled to."""
        place = self._bar.value()
        self._quiet = True
        self._rows.replace(rows)
        at = next((i for i, row in enumerate(rows) if row.uid == selected), -1)
        if at >= 0:
            self.list.setCurrentIndex(self._rows.index(at, 0))
        self._quiet = False
        self._bar.setValue(place)

    def add_rows(self, rows: list[PartRow]) -> None:
        """Show these below the others."""
        if rows:
            self._rows.append(rows)

    def step(self, pages: int) -> None:
        """Scroll down by so many pages; up where it is negative."""
        self._bar.setValue(self._bar.value() + pages * self._bar.pageStep())

    def to_top(self) -> None:
        """Scroll to the first row."""
        self._bar.setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more rows."""
        super().resizeEvent(event)
        self._look()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The panel below."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme = self._theme
            area = QRectF(self.rect())
            paint.box(painter, area, theme.px(12), theme.color("panel"), theme.color("line"), 1)

    def _current(self, index: Index) -> None:
        if index.isValid() and not self._quiet:
            self.picked.emit(self._rows.rows[index.row()].uid)

    def _look(self) -> None:
        if self._bar.value() >= self._bar.maximum() - self._bar.pageStep():
            self.wanted.emit()
