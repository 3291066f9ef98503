"""The numbers of a chart as a table: to read, to copy, to save."""

import csv
import io
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from station.gui.fonts import ui_font
from station.gui.texts import number
from station.gui.theme import DARK, Theme

Cell = str | int | float | None
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_DIGITS = 4
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart shows, in numbers; a cell that is None has none."""

    title: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def cell_word(cell: Cell) -> str:
    """A cell for a person: four digits that count, in the signs of the language."""
    match cell:
        case None:
            return "–"
        case str():
            return cell
        case int():
            return number(cell)
        case _:
            return number(cell, _digits(cell))


def _digits(value: float) -> int:
    """After the sign, so that four count; never an endless tail."""
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return max(0, _DIGITS - whole)


def sheet_csv(sheet: Sheet) -> bytes:
    """The same for another program: raw numbers, a point for the decimals; a title row of names.

    Words that a spreadsheet would take for a formula are quoted with '.
    """
    text = io.StringIO(newline="")
    write = csv.writer(text)
    write.writerow([_safe(head) for head in sheet.heads])
    write.writerows([_safe(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    risky = isinstance(cell, str) and cell.startswith(_RISKY)
    return f"'{cell}" if risky else cell


def sheet_text(sheet: Sheet) -> str:
    """The same to paste into a spreadsheet: tabs between the cells, as a person reads them."""
    rows = [sheet.heads, *([cell_word(cell) for cell in row] for row in sheet.rows)]
    return "\n".join("\t".join(one.replace("\t", " ") for one in row) for row in rows)


class _Model(QAbstractTableModel):
    """A sheet for Qt's table."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()

    def set_sheet(self, sheet: Sheet) -> None:
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.sheet.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.sheet.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_word(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if isinstance(cell, str) else _RIGHT
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sheet.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = any(isinstance(row[section], int | float) for row in self.sheet.rows[:9])
            return (
                _RIGHT if number else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
        return None


_RIGHT = Qt.AlignmentFlag.AlignRight


class SheetTable(QTableView):
    """Ctrl+C copies all of it; what was in sight stays there while numbers change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._model = _Model()
        self.setModel(self._model)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(0)

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._model.sheet

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        font = ui_font(theme.text_px(18), QFont.Weight.Medium, tabular=True)
        self.setFont(font)
        self.horizontalHeader().setFont(ui_font(theme.text_px(16), QFont.Weight.DemiBold))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(int(theme.text_px(18) * 1.9))
        self._fit()

    def set_sheet(self, sheet: Sheet) -> None:
        """Show that."""
        if sheet == self._model.sheet:
            return
        down = self.verticalScrollBar().value()
        self._model.set_sheet(sheet)
        self.setAccessibleName(sheet.title)
        self._fit()
        self.verticalScrollBar().setValue(down)

    def copy(self) -> None:
        """All of it into the clipboard."""
        QGuiApplication.clipboard().setText(sheet_text(self._model.sheet))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or what a table does."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as their words; where there is room left, they share it."""
        head, columns = self.horizontalHeader(), range(self._model.columnCount())
        wants = [max(self.sizeHintForColumn(c), head.sectionSizeHint(c)) for c in columns]
        spare = max(0, self.viewport().width() - sum(wants)) // max(1, len(wants))
        for column, want in enumerate(wants):
            self.setColumnWidth(column, want + spare)
