"""Texts to read: a list of them that can be searched, and the chosen one beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextList,
    QTextTable,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScroller,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from station.gui.theme import DARK, Theme

ROW = 60
_TAP = QScroller.ScrollerGestureType.TouchGesture


@dataclass(frozen=True, slots=True)
class Entry:
    """A text by its title; `detail` is the line under it, or empty."""

    title: str
    detail: str = ""


class Reader(QWidget):
    """`chosen(index)` when an entry is wanted; whoever hears it brings its text."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._markdown = ""
        self._entries: tuple[Entry, ...] = ()
        self.search, self.list, self.text = QLineEdit(), QListWidget(), QTextBrowser()
        self.search.setClearButtonEnabled(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setWordWrap(True)
        self.text.setOpenLinks(False)  # a station opens no browser
        for area in (self.list, self.text):
            QScroller.grabGesture(area.viewport(), _TAP)
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(left, 2)
        self._row.addWidget(self.text, 5)
        self._left = left
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._take_first)
        self.list.currentRowChanged.connect(self._choose)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._row.setSpacing(theme.px(14))
        self._left.setSpacing(theme.px(10))
        self.search.setFixedHeight(max(48, theme.px(56)))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(self._size())
        colors = {
            QPalette.ColorRole.Link: "accent_text",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "accent_ink",
        }
        for area in (self.list, self.text):
            palette = area.palette()
            for role, name in colors.items():
                palette.setColor(role, theme.color(name))
            area.setPalette(palette)
        self.text.document().setDocumentMargin(theme.px(20))
        if self._markdown:
            self.set_markdown(self._markdown)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """What there is to read; as many as before are the same, and the choice stays."""
        row, same = max(self.list.currentRow(), 0), len(entries) == len(self._entries)
        self._entries = tuple(entries)
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(
                f"{entry.title}\n{entry.detail}" if entry.detail else entry.title
            )
            item.setSizeHint(self._size())
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._filter(self.search.text())
        self.list.setCurrentRow(row if same else 0)

    def set_plain(self, text: str) -> None:
        """Show that text as it is."""
        self._markdown = ""
        self.text.setPlainText(text)

    def set_markdown(self, text: str) -> None:
        """Show that text as Markdown, in the colours of the theme."""
        self._markdown = text
        at = self.text.verticalScrollBar().value() if self.text.toMarkdown() else 0
        self.text.document().setDefaultFont(self._font())
        self.text.setMarkdown(text)
        self._space_blocks()
        self._rule_tables()
        self.text.verticalScrollBar().setValue(at)

    def show_top(self) -> None:
        """Go to where the text begins."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.verticalScrollBar().setValue(0)

    def _font(self) -> QFont:
        font = QFont(self.text.font())
        font.setPixelSize(self._theme.text_px(18))
        return font

    def _space_blocks(self) -> None:
        """Markdown's headings and paragraphs stand off what is above and below them."""
        block = self.text.document().begin()
        while block.isValid():
            cursor, form = QTextCursor(block), block.blockFormat()
            above, below = _gaps(cursor, form)
            if below:
                form.setTopMargin(self._theme.px(above))
                form.setBottomMargin(self._theme.px(below))
                cursor.setBlockFormat(form)
            block = block.next()

    def _rule_tables(self) -> None:
        """Markdown's tables get thin lines and room for their words."""
        for table in self.text.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                form = table.format()
                form.setBorder(1)
                form.setBorderCollapse(True)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderBrush(self._theme.color("line"))
                form.setCellPadding(self._theme.px(6))
                table.setFormat(form)
                _mend_corner(table)

    def _size(self) -> QSize:
        return QSize(0, max(56, self._theme.px(ROW), int(self._theme.text_px(18) * 3.2)))

    def _filter(self, wanted: str) -> None:
        words = wanted.casefold().split()
        for row, entry in enumerate(self._entries):
            told = f"{entry.title} {entry.detail}".casefold()
            self.list.item(row).setHidden(not all(word in told for word in words))

    def _take_first(self) -> None:
        """Enter in the search opens the first that was found."""
        shown = (r for r in range(self.list.count()) if not self.list.item(r).isHidden())
        self.list.setCurrentRow(next(shown, self.list.currentRow()))

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)


def _gaps(cursor: QTextCursor, form: QTextBlockFormat) -> tuple[int, int]:
    """In pixels of the design; none in lists, tables and between the lines of code."""
    if form.headingLevel():
        return (22 if cursor.position() else 0), 8
    fence = QTextBlockFormat.Property.BlockCodeFence
    stands = form.hasProperty(fence) or isinstance(cursor.currentTable(), QTextTable)
    if stands or isinstance(cursor.currentList(), QTextList):
        return 0, 0
    return 4, 10


def _mend_corner(table: QTextTable) -> None:
    """After a block of code, Qt begins a table with an empty line, and forgets to make it bold."""
    cell = table.cellAt(0, 0)
    cursor = cell.firstCursorPosition()
    if not cursor.block().text() and cursor.position() < cell.lastPosition():
        cursor.deleteChar()
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        cursor.mergeCharFormat(bold)
