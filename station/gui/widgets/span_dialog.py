"""From when to when: two moments to type, or to move with big keys."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from station.gui.texts import translate
from station.gui.theme import TOUCH_MM, Theme, mm, stylesheet
from station.gui.widgets.touch_key import Tone, TouchKey

FORM = "%Y-%m-%d %H:%M"
"""The same in every language, for nobody takes its day for its month."""
_STEPS = (timedelta(days=-1), timedelta(hours=-1), timedelta(hours=1), timedelta(days=1))


class SpanDialog(QDialog):
    """`chosen(since, until)`, local moments, once. Shown with `open()`."""

    chosen = Signal(object, object)

    def __init__(
        self, title: str, since: datetime, until: datetime, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setStyleSheet(stylesheet(theme))
        self._theme = theme
        self.since, self.until = QLineEdit(f"{since:{FORM}}"), QLineEdit(f"{until:{FORM}}")
        grid = QGridLayout(self)
        grid.setContentsMargins(*[theme.px(24)] * 4)
        grid.setSpacing(theme.px(14))
        heading = QLabel(title)
        heading.setProperty("role", "title")
        grid.addWidget(heading, 0, 0, 1, 6)
        self._add_row(grid, 1, translate("History", "From"), self.since)
        self._add_row(grid, 2, translate("History", "To"), self.until)
        self.ok_key = self._key(translate("Dialog", "OK"), Tone.PRIMARY)
        cancel = self._key(translate("Dialog", "Cancel"))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(14))
        foot.addWidget(cancel, 1)
        foot.addWidget(self.ok_key, 1)
        grid.addLayout(foot, 3, 0, 1, 6)
        cancel.clicked.connect(self.reject)
        self.ok_key.clicked.connect(self._choose)
        for field in (self.since, self.until):
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._choose)

    def _add_row(self, grid: QGridLayout, row: int, words: str, field: QLineEdit) -> None:
        grid.addWidget(QLabel(words), row, 0)
        field.setMinimumHeight(mm(self, TOUCH_MM * 0.75))
        field.setMinimumWidth(self._theme.text_px(20) * 12)
        grid.addWidget(field, row, 1)
        names = (
            translate("History", "−1 day"),
            translate("History", "−1 h"),
            translate("History", "+1 h"),
            translate("History", "+1 day"),
        )
        for column, (name, step) in enumerate(zip(names, _STEPS, strict=True), 2):
            key = self._key(name)
            key.clicked.connect(lambda _=False, step=step: self._move(field, step))
            grid.addWidget(key, row, column)

    def _key(self, words: str, tone: Tone = Tone.NEUTRAL) -> TouchKey:
        key = TouchKey(tone=tone, title_px=20)
        key.set_theme(self._theme)
        key.set_title(words)
        return key

    def _move(self, field: QLineEdit, step: timedelta) -> None:
        moment = read_moment(field.text())
        if moment is not None:
            field.setText(f"{moment + step:{FORM}}")

    def _span(self) -> tuple[datetime, datetime] | None:
        since, until = read_moment(self.since.text()), read_moment(self.until.text())
        return (since, until) if since and until and since < until else None

    def _check(self) -> None:
        self.ok_key.setEnabled(self._span() is not None)

    def _choose(self) -> None:
        span = self._span()
        if span is not None:
            self.accept()
            self.chosen.emit(*span)


def read_moment(text: str) -> datetime | None:
    """The local moment, to the minute, that somebody typed; None where it is none."""
    try:
        return datetime.strptime(text.strip(), FORM).astimezone()
    except (ValueError, OverflowError):
        return None
