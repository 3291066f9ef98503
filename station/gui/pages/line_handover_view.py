"""How the hand-over of a shift is arranged: left what is known, right what is said."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station.gui.pages.line_handover_words import Essential
from station.gui.texts import translate
from station.gui.theme import TOUCH_MM, Theme, apply_theme, mm
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey

NOTES = 2000  # letters of a note


class HandoverView(QDialog):
    """Widgets and their places."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._build()
        self._arrange()
        apply_theme(self, theme)
        self._fit()
        self.notice.changed.connect(self.place_notice)

    def _build(self) -> None:
        self.title, self.state, self.hint = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.state.setWordWrap(True)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self.shift_keys = tuple(TouchKey(tone=Tone.SEGMENT) for _ in range(2))
        self.golden_keys = tuple(TouchKey(tone=Tone.SEGMENT) for _ in range(3))
        for keys in (self.shift_keys, self.golden_keys):
            group = QButtonGroup(self)
            for key in keys:
                group.addButton(key)
        self.rows: tuple[Essential, ...] = ()
        self.words = QPlainTextEdit()
        self.giver, self.taker = _names(), _names()
        self.captions = tuple(QLabel() for _ in range(4))
        for caption in self.captions:
            caption.setProperty("role", "caption")
        self.former_key, self.show_key, self.close_key = TouchKey(), TouchKey(), TouchKey()
        self.sign_key = TouchKey(tone=Tone.PRIMARY)
        self.notice = Notice(self)

    def _arrange(self) -> None:
        theme = self._theme
        column, body = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(*[theme.px(28)] * 4)
        column.setSpacing(theme.px(14))
        body.setSpacing(theme.px(24))
        top = _row(theme, self.title, *self.shift_keys)
        top.setStretch(0, 1)
        body.addWidget(self._facts_panel(), 1)
        body.addLayout(self._said(), 1)
        column.addLayout(top)
        column.addWidget(self.state)
        column.addLayout(body, 1)
        foot = _row(theme, self.close_key, self.former_key, self.show_key, self.sign_key)
        for place in range(4):
            foot.setStretch(place, 1)
        column.addLayout(foot)

    def _facts_panel(self) -> QWidget:
        """Scrolls where there are many alarms."""
        area = self.facts = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _said(self) -> QVBoxLayout:
        theme = self._theme
        side, names = QVBoxLayout(), QGridLayout()
        side.setSpacing(theme.px(10))
        names.setHorizontalSpacing(theme.px(14))
        notes, golden, giver, taker = self.captions
        side.addWidget(notes)
        side.addWidget(self.words, 1)
        side.addWidget(golden)
        side.addLayout(_row(theme, *self.golden_keys))
        for place, (caption, field) in enumerate(((giver, self.giver), (taker, self.taker))):
            names.addWidget(caption, 0, place)
            names.addWidget(field, 1, place)
            names.setColumnStretch(place, 1)
        side.addLayout(names)
        side.addWidget(self.hint)
        return side

    def _fit(self) -> None:
        high = max(self._theme.px(56), mm(self, TOUCH_MM * 0.6))
        for field in (self.giver, self.taker):
            field.setMinimumHeight(high)
        for key in (*self.shift_keys, *self.golden_keys):
            key.setMinimumHeight(high)
        self.words.setMinimumHeight(self._theme.px(90))

    def retranslate(self) -> None:
        """Write all words that do not change."""
        said = (
            translate("Handover", "Notes for the next shift"),
            translate("Handover", "Check with known parts"),
            translate("Report", "Handed over by"),
            translate("Report", "Taken over by"),
        )
        for caption, word in zip(self.captions, said, strict=True):
            caption.setText(word.upper())
        for field, word in zip((self.giver, self.taker), said[2:], strict=True):
            field.setAccessibleName(word)
        self.words.setAccessibleName(said[0])
        self.former_key.set_title(translate("Handover", "Former hand-overs"))
        self.show_key.set_title(translate("Handover", "Show the report"))
        self.close_key.set_title(translate("Handover", "Close"))

    def show_facts(self, rows: tuple[Essential, ...]) -> None:
        """These and no others."""
        if rows == self.rows:
            return
        self.rows = rows
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(*[self._theme.px(16)] * 4)
        grid.setHorizontalSpacing(self._theme.px(18))
        grid.setVerticalSpacing(self._theme.px(12))
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(rows):
            name, value = QLabel(row.name), QLabel(row.value)
            name.setProperty("role", "muted")
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            color = self._theme.color(row.tone).name()
            value.setStyleSheet(f"color: {color}; font-weight: 600;")
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(rows), 1)
        inner.setProperty("role", "bar")
        self.facts.setWidget(inner)

    def showEvent(self, event: QShowEvent) -> None:
        """Nearly as large as the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.window().size() * 0.92)
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())

    def place_notice(self) -> None:
        """Lay the strip of news over the upper edge."""
        edge = self._theme.px(20)
        width = max(1, self.width() - 2 * edge)
        self.notice.setGeometry(edge, edge, width, self.notice.height_for(width))
        self.notice.raise_()


def _names() -> QComboBox:
    """Choose a name or type one."""
    field = QComboBox()
    field.setEditable(True)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    edit = field.lineEdit()
    assert edit is not None
    edit.setMaxLength(60)
    return field


def _row(theme: Theme, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(12))
    for widget in widgets:
        row.addWidget(widget)
    return row
