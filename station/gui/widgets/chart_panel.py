"""A panel of the Line page: a caption, a chart or its table, and a sentence at the foot."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station.gui.fonts import ui_font
from station.gui.texts import translate
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets.chart_sheet import Sheet, SheetTable
from station.gui.widgets.touch_key import Tone, TouchKey

_CHART, _TABLE, _EMPTY = range(3)


class ChartPanel(QFrame):
    """`wanted(sheet)`: somebody wants these numbers as a file. `acted`: the key at the foot.

    The keys for the table lie over the upper right corner; where there are no numbers, they are
    hidden and words say why.
    """

    wanted = Signal(object)
    acted = Signal()

    def __init__(self, body: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._theme = DARK
        self._foot_role = "muted"
        self._as_table = False
        self._make: Callable[[], Sheet] | None = None
        self._build()
        self._arrange()
        if body is not None:
            self.set_body(body)
        self.retranslate()
        self._show()

    def _build(self) -> None:
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        self.caption.setMinimumWidth(1)
        self._body = QWidget()
        self.table = SheetTable()
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "muted")
        self.foot = QLabel()
        self.foot.setWordWrap(True)
        self.table_key = TouchKey(self, tone=Tone.SEGMENT, title_px=16)
        self.copy_key = TouchKey(self, tone=Tone.SEGMENT, title_px=16)
        self.save_key = TouchKey(self, tone=Tone.SEGMENT, title_px=16)
        self.act_key = TouchKey(tone=Tone.SEGMENT, title_px=16)
        for key in (self.copy_key, self.save_key, self.act_key):
            key.setCheckable(False)
        self.table_key.clicked.connect(self.toggle_table)
        self.copy_key.clicked.connect(self.table.copy)
        self.save_key.clicked.connect(lambda: self.wanted.emit(self.sheet))
        self.act_key.clicked.connect(self.acted)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for page in (self._body, self.table, self.empty):
            self.stack.addWidget(page)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.caption)
        self._column.addWidget(self.stack, 1)
        self._feet = QHBoxLayout()
        self._feet.addWidget(self.foot, 1)
        self._feet.addWidget(self.act_key)
        self._column.addLayout(self._feet)

    # ── what it shows ───────────────────────────────────────────────────────────────────────

    def set_body(self, body: QWidget) -> None:
        """What the panel shows when it has something to show."""
        self.stack.insertWidget(_CHART, body)
        self.stack.removeWidget(self._body)
        self._body.deleteLater()
        self._body = body
        self._show()

    @property
    def body(self) -> QWidget:
        """What `set_body` was given."""
        return self._body

    def set_title(self, words: str) -> None:
        """The caption, which is written in capitals."""
        self.setAccessibleName(words)
        self.caption.setToolTip(words)
        self._place()

    def set_foot(self, words: str, role: str = "muted") -> None:
        """The sentence below; role: its colour."""
        self.foot.setText(words)
        self._foot_role = role
        self._dress()
        self._show()

    def set_empty(self, words: str) -> None:
        """Why there is nothing to show; empty: there is."""
        self.empty.setText(words)
        self._show()

    def set_act(self, words: str) -> None:
        """What the key at the foot does; empty: there is none."""
        self.act_key.set_title(words)
        self._show()

    def set_sheet(self, sheet: Sheet) -> None:
        """The same numbers as a table."""
        self.set_maker((lambda: sheet) if sheet.rows else None)

    def set_maker(self, make: Callable[[], Sheet] | None) -> None:
        """The same, made when somebody looks; None: there are none."""
        self._make = make
        if self._as_table:
            self.table.set_sheet(self.sheet)
        self._show()

    @property
    def sheet(self) -> Sheet:
        """The numbers that are shown."""
        return Sheet() if self._make is None else self._make()

    def toggle_table(self) -> None:
        """The chart as a table, and back."""
        self._as_table = not self._as_table
        if self._as_table:
            self.table.set_sheet(self.sheet)
        self._show()

    @property
    def shows_table(self) -> bool:
        """Whether the table is in sight."""
        return self.stack.currentIndex() == _TABLE

    def retranslate(self) -> None:
        """Write the keys anew; the rest comes with the next numbers."""
        self.copy_key.set_title(translate("Line", "Copy"))
        self.save_key.set_title(translate("Line", "Save CSV"))
        self._show()

    def _show(self) -> None:
        page = _EMPTY if self.empty.text() else _TABLE if self._as_table else _CHART
        self.stack.setCurrentIndex(page)
        self.foot.setVisible(bool(self.foot.text()) and page == _CHART)
        self.act_key.setVisible(bool(self.act_key.text()) and page == _CHART)
        self.table_key.setVisible(self._make is not None and page != _EMPTY)
        for key in (self.copy_key, self.save_key):
            key.setVisible(self._make is not None and page == _TABLE)
        self.table_key.setChecked(False)
        words = translate("Line", "Chart") if self._as_table else translate("Line", "Table")
        self.table_key.set_title(words)
        self.table_key.setAccessibleDescription(self.accessibleName())
        self._place()

    # ── sizes ───────────────────────────────────────────────────────────────────────────────

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        edge = theme.px(19)
        self._column.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        self._column.setSpacing(theme.px(8))
        self._feet.setSpacing(theme.px(8))
        self.caption.setFixedHeight(int(theme.text_px(16) * 1.7))
        self._dress()
        self._place()

    def hasHeightForWidth(self) -> bool:
        """No: words that wrap in one panel must not take the height of others."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key stays in its corner."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """The keys from the right corner on, the caption in what they leave."""
        side, gap = touch(self), self._theme.px(10)
        pill = max(self._theme.px(34), self._theme.text_px(16) + 12)
        right = self.width() - gap // 2
        for key in (self.table_key, self.save_key, self.copy_key):
            if not key.isHidden():
                width = max(side, key.sizeHint().width())
                key.setGeometry(right - width, 0, width, side)
                key.set_pill(pill, side - pill - gap)
                key.raise_()
                right -= width
        room = right - 2 * self._theme.px(19)
        font = QFontMetrics(ui_font(self._theme.text_px(16), QFont.Weight.DemiBold))
        words = self.accessibleName().upper()
        self.caption.setText(font.elidedText(words, Qt.TextElideMode.ElideRight, room))

    def _dress(self) -> None:
        color = getattr(self._theme, self._foot_role)
        weight = 400 if self._foot_role == "muted" else 600
        self.foot.setStyleSheet(f"color: {color}; font-weight: {weight};")
