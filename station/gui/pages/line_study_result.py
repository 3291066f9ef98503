"""The last step of a study of agreement: the figures, and the parts that were judged wrong."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from station.gui import study_words
from station.gui.pages import line_study_words as saying
from station.gui.pages.line_study_picture import PartView
from station.gui.study_words import Cell
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets.touch_key import TouchKey
from station.insight.study import Study
from station.insight.study_result import Result

_SHARES = (34, 13, 22, 31)  # of the width, for the lines of one figure each
_WIDE = 46  # so many times the height of the small text, and the judges stand in one table


class ResultPanel(QWidget):
    """Figures at the left; at the right one part at a time, with what everybody said of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._shown: tuple[Study, Result, tuple[str, ...]] | None = None
        self._data = Path()
        self.figures = QTextBrowser()
        self.figures.setOpenLinks(False)
        self.figures.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.figures.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.part, self.said = QLabel(), QLabel()
        self.part.setProperty("role", "caption")
        for label in (self.part, self.said):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.view = PartView()
        self.earlier_key, self.later_key = TouchKey(), TouchKey()
        self._dispute = 0
        self._wide = True
        self.earlier_key.clicked.connect(lambda: self.turn_to(-1))
        self.later_key.clicked.connect(lambda: self.turn_to(1))
        self._arrange()

    def _arrange(self) -> None:
        self._row, self._right = QHBoxLayout(self), QVBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        panel = QFrame()
        panel.setProperty("role", "panel")
        self._panel = QVBoxLayout(panel)
        self._panel.addWidget(self.figures)
        self._row.addWidget(panel, 13)
        self._row.addLayout(self._right, 7)
        self._right.addWidget(self.part)
        self._right.addWidget(self.view, 1)
        self._right.addWidget(self.said)
        keys = QHBoxLayout()
        for key in (self.earlier_key, self.later_key):
            keys.addWidget(key, 1)
        self._right.addLayout(keys)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._row.setSpacing(theme.px(16))
        self._right.setSpacing(theme.px(10))
        self._panel.setContentsMargins(theme.px(12), theme.px(8), 2, theme.px(8))
        for key in (self.earlier_key, self.later_key):
            key.setMinimumHeight(max(theme.px(64), touch(self)))
        self._tell()

    def retranslate(self) -> None:
        """Write all words anew."""
        words = saying.foot_words()
        self.earlier_key.set_title(words["earlier"])
        self.later_key.set_title(words["later"])
        self.view.set_missing(saying.gone())
        self._tell()
        self._show_words()

    def show_result(self, study: Study, found: Result, experts: Sequence[str], data: Path) -> None:
        """Show these figures; data: the folder of the pictures."""
        self._shown, self._data = (study, found, tuple(experts)), data
        self._dispute = 0
        self._tell()
        self.turn_to(0)

    def turn_to(self, by: int) -> None:
        """Another part that was judged wrong, so many further on."""
        if self._shown is None:
            return
        study, found, _ = self._shown
        if found.disputes:
            self._dispute = (self._dispute + by) % len(found.disputes)
            part = study.parts[found.disputes[self._dispute].part]
            self.view.show_part(self._data / part.image, part.roi)
        self.view.setVisible(bool(found.disputes))
        for key in (self.earlier_key, self.later_key):
            key.setEnabled(len(found.disputes) > 1)
        self._show_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has no room for a wide table."""
        super().resizeEvent(event)
        if self._is_wide != self._wide:
            self._tell()

    @property
    def _is_wide(self) -> bool:
        return self.figures.viewport().width() > _WIDE * self._theme.text_px(16)

    def _tell(self) -> None:
        self._wide = self._is_wide
        if self._shown is not None:
            self.figures.setHtml(figures_html(*self._shown, self._theme, self._wide))

    def _show_words(self) -> None:
        """Which part it is, and what everybody said of it."""
        if self._shown is None:
            return
        study, found, _ = self._shown
        if not found.disputes:
            self.part.setText(saying.undisputed())
            self.said.setText("")
            return
        one, count = found.disputes[self._dispute], len(found.disputes)
        name = study.parts[one.part].name
        self.part.setText(saying.disputed(self._dispute + 1, count, name).upper())
        lines = [saying.truth_line(study_words.word(one.truth))]
        for judge, words in zip(found.appraisers, one.said, strict=True):
            said = " · ".join(study_words.word(word) for word in words)
            lines.append(saying.dispute_line(study_words.name(judge), said))
        self.said.setText("\n".join(lines))


def figures_html(
    study: Study, found: Result, experts: Sequence[str], theme: Theme, wide: bool = True
) -> str:
    """All figures as rich text in the colours of that theme; else judge below judge."""
    said = [_muted(study_words.reference(study, experts), theme)]
    rows = [study_words.row(one) for one in found.appraisers]
    if wide:
        said.append(_table(study_words.columns(), rows, theme))
    for who, *cells in () if wide else rows:
        said.append(f"<p><b>{escape(who.value)}</b> · {escape(who.note)}</p>")
        names = study_words.columns()[1:]
        said.append(_table((), [_line(*pair) for pair in zip(names, cells, strict=True)], theme))
    said.append(_table((), [_line(*pair) for pair in study_words.together(found)], theme))
    if len(found.appraisers) > 1:
        said.append(_muted(study_words.pairs_title(), theme))
        said.append(_table(*_pairs(found, wide), theme))
    said += [f"<p>{escape(note)}</p>" for note in study_words.notes(study, found)]
    return "".join(said)


def _muted(words: str, theme: Theme) -> str:
    return f'<p style="color:{theme.muted}">{escape(words)}</p>'


def _line(words: str, cell: Cell) -> tuple[Cell, ...]:
    """A figure in a row of its own: what it is, value, interval, class."""
    value, interval = Cell(cell.value, tone=cell.tone), Cell("", cell.interval)
    return Cell("", note=words), value, interval, Cell("", note=cell.note, tone=cell.tone)


def _pairs(found: Result, wide: bool) -> tuple[Sequence[str], Sequence[Sequence[Cell]]]:
    """As a matrix, or a pair below the other."""
    heads, rows = study_words.matrix(found)
    if wide:
        return heads, rows
    named = [
        (f"{row[0].value} × {heads[place]}", row[place])
        for row in rows
        for place in range(1, len(heads))
        if row[place].value
    ]
    return (), [_line(*pair) for pair in named]


def _table(heads: Sequence[str], rows: Sequence[Sequence[Cell]], theme: Theme) -> str:
    """With headings, or lines of one figure each that stand in line with those of other tables."""
    size, lines = theme.text_px(16), []
    if heads:
        cells = "".join(f'<th align="left">{escape(head)}</th>' for head in heads)
        lines.append(f'<tr style="color:{theme.muted};font-size:{size}px">{cells}</tr>')
    shares = () if heads else _SHARES
    lines += [f"<tr>{_cells(row, shares, theme)}</tr>" for row in rows]
    pad = theme.px(7)
    return f'<table width="100%" cellspacing="0" cellpadding="{pad}">{"".join(lines)}</table>'


def _cells(row: Sequence[Cell], shares: Sequence[int], theme: Theme) -> str:
    widths = [f' width="{share}%"' for share in shares] or [""] * len(row)
    edge = f'style="border-bottom:1px solid {theme.line}"'
    pairs = zip(row, widths, strict=True)
    return "".join(f"<td{width} {edge}>{_cell(cell, theme)}</td>" for cell, width in pairs)


def _cell(cell: Cell, theme: Theme) -> str:
    """The figure, its interval below it, and what it is worth."""
    size, color = theme.text_px(16), _ink(cell.tone, theme)
    ink = color if cell.tone else theme.muted
    lines = [
        f'<b style="color:{color}">{escape(cell.value)}</b>' if cell.value else "",
        f'<span style="font-size:{size}px">{escape(cell.interval)}</span>' if cell.interval else "",
        f'<span style="font-size:{size}px;color:{ink}">{escape(cell.note)}</span>'
        if cell.note
        else "",
    ]
    return "<br>".join(line for line in lines if line)


def _ink(tone: str, theme: Theme) -> str:
    return str(getattr(theme, f"{tone}_text")) if tone else theme.text
