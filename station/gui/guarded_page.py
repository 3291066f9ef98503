"""A page that the administrator's PIN guards, and the cover that is seen while it is locked."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.gui.focus import press_focused
from station.gui.product import ProductView
from station.gui.texts import translate
from station.gui.theme import DARK, Theme
from station.gui.unlock import Guard
from station.gui.widgets import paint
from station.gui.widgets.touch_key import Tone, TouchKey
from station.pipeline.events import Event


class GuardedPage(QStackedWidget):
    """A page that is in sight only while the guard's door is open; else a cover that says so.

    What the window tells a page goes through, what a person does only while it is open.
    """

    def __init__(self, page: QWidget, guard: Guard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self._guard = guard
        self._theme = DARK
        self._in_sight = False
        self.cover = Cover()
        self.addWidget(self.cover)
        self.addWidget(page)
        self.cover.key.clicked.connect(self.ask)
        guard.changed.connect(self._changed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme

    @property
    def is_shown(self) -> bool:
        """Whether the page itself is in sight."""
        return self._in_sight and self.currentWidget() is self.page

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """It came into sight: ask at once where it is shut."""
        self._in_sight = True
        self._guard.look()
        if self._guard.door.is_open:
            self._show_page()
        else:
            self.setCurrentWidget(self.cover)
            self.cover.key.setFocus()
            self.ask()

    def closed(self) -> None:
        """It went out of sight."""
        if self.is_shown:
            _call(self.page, "closed")
        self._in_sight = False
        self.setCurrentWidget(self.cover)

    def show_event(self, event: Event) -> None:
        """What the line tells, also while it is shut."""
        _call(self.page, "show_event", event)

    def set_product(self, product: ProductView) -> None:
        """The same."""
        _call(self.page, "set_product", product)

    @Slot()
    def ask(self) -> None:
        """Ask for the PIN."""
        self._guard.ask(self.window(), self._theme, self._show_page)

    @Slot()
    def inspect(self) -> None:
        """Space presses the key that has the focus."""
        press_focused()

    @Slot()
    def refresh(self) -> None:
        """F5."""
        if self.is_shown:
            _call(self.page, "refresh")

    # ── opening and shutting ────────────────────────────────────────────────────────────────

    def _changed(self, is_open: bool) -> None:
        if self._in_sight:
            self._show_page() if is_open else self._shut()

    def _show_page(self) -> None:
        if self._in_sight and not self.is_shown:
            self.setCurrentWidget(self.page)
            _call(self.page, "opened")

    def _shut(self) -> None:
        """Out of sight, with every question that is open over it."""
        if self.is_shown:
            for dialog in self.window().findChildren(QDialog):
                if dialog.isVisible():
                    dialog.reject()
            _call(self.page, "closed")
        self.setCurrentWidget(self.cover)
        self.cover.key.setFocus()


class Cover(QWidget):
    """What is seen instead of a page that is locked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.title, self.words = QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.key = TouchKey(tone=Tone.PRIMARY, sign=paint.padlock, title_px=22)
        self._column, row = QVBoxLayout(), QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(self._column)
        row.addStretch(1)
        self._column.addStretch(2)
        for one in (self.title, self.words, self.key):
            self._column.addWidget(one)
        self._column.addStretch(3)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._column.setSpacing(theme.px(24))
        self.words.setFixedWidth(theme.px(420))  # no wider than the dialog, which stands before it
        self.key.setMinimumWidth(theme.px(420))

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.title.setText(translate("Pin", "This page is locked"))
        self.words.setText(
            translate("Pin", "Inspecting goes on. Who has the administrator’s PIN can open it.")
        )
        self.key.set_title(translate("Pin", "Enter the PIN…"))


def _call(page: QWidget, name: str, *arguments: object) -> None:
    """As the window calls its pages: by name, those that have it."""
    found = getattr(page, name, None)
    if callable(found):
        found(*arguments)
