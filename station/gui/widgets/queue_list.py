"""The parts that wait for a person, oldest first, as a list for a finger."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets import paint

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One part in words: its name, what the model thinks, how long it waits."""

    uid: str
    title: str
    detail: str
    age: str


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title} · {row.detail} · {row.age}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, rows: _Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._view = parent
        self.theme = DARK

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        theme = self.theme
        words = theme.text_px(20) + theme.text_px(17)
        return QSize(0, max(touch(self._view), int(words * 1.5) + theme.px(20)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self.theme, self._rows.rows[index.row()]
        paint.smooth(painter)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        gap = theme.px(4)
        box = option.rect.toRectF().adjusted(gap, gap, -gap, -gap)
        edge = theme.color("accent" if chosen else "key")
        paint.box(painter, box, theme.px(10), theme.color("key"), edge, theme.px(3))
        inner = box.adjusted(theme.px(16), theme.px(6), -theme.px(16), -theme.px(6))
        upper, lower = (
            inner.adjusted(0, 0, 0, -inner.height() / 2),
            inner.adjusted(0, inner.height() / 2, 0, 0),
        )
        small = ui_font(theme.text_px(17), 500, tabular=True)
        paint.text(painter, upper, row.age, small, theme.color("muted"), paint.RIGHT)
        name = upper.adjusted(0, 0, -paint.advance(small, row.age) - theme.px(10), 0)
        bold = ui_font(theme.text_px(20), 600, tabular=True)
        paint.text(painter, name, row.title, bold, theme.color("text"))
        paint.text(painter, lower, row.detail, small, theme.color("muted"))


class QueueList(QListView):
    """`picked(uid)` when a person chose a part."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows()
        self._delegate = _Delegate(self._rows, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.picked.emit(self._rows.rows[index.row()].uid))

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._delegate.theme = theme
        self.scheduleDelayedItemsLayout()

    def set_rows(self, rows: tuple[QueueRow, ...], selected: str) -> None:
        """Show these, with one of them marked."""
        if rows != self._rows.rows:
            self._rows.beginResetModel()
            self._rows.rows = rows
            self._rows.endResetModel()
        at = next((i for i, row in enumerate(rows) if row.uid == selected), -1)
        if at >= 0:
            self.setCurrentIndex(self._rows.index(at, 0))
