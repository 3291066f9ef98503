"""Choosing what the Line page is about, with the fingers: a key, a list, two moments."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QObject, Signal

from station.gui.pages import line_scope as asking
from station.gui.pages.line_scope import Field, Scope, Span
from station.gui.texts import translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.filter_bar import FilterBar
from station.gui.widgets.span_dialog import SpanDialog
from station.gui.word_pages import MORE
from station.store.history import Facets

Now = Callable[[], datetime]


class ScopeChooser(QObject):
    """`changed()` when `scope` is another."""

    changed = Signal()

    def __init__(self, bar: FilterBar, shifts: tuple[time, ...], now: Now) -> None:
        super().__init__(bar)
        self._bar, self._shifts, self._now = bar, shifts, now
        self._theme = DARK
        self._facets: Facets | None = None
        self.scope = Scope()
        bar.touched.connect(self.ask)
        bar.cleared.connect(lambda: self.set_scope(Scope()))

    def set_theme(self, theme: Theme) -> None:
        """For the dialogs."""
        self._theme = theme

    def set_facets(self, facets: Facets) -> None:
        """The words that can be chosen."""
        self._facets = facets

    def set_scope(self, scope: Scope) -> None:
        """Ask for that from now on."""
        self.scope = scope
        self.show()
        self.changed.emit()

    def show(self) -> None:
        """Write the keys anew."""
        for field in Field:
            value = asking.value_word(self.scope, field, self._now(), self._shifts)
            self._bar.set_key(field, asking.field_word(field), value, self.scope.is_set(field))
        self._bar.clear_key.set_title(translate("History", "Clear"))
        self._bar.clear_key.setEnabled(self.scope != Scope())
        self._bar.fit()

    def ask(self, name: str, page: int = 0) -> None:
        """Ask for another value of a field."""
        field = Field(name)
        own = "" if field is Field.SPAN else translate("History", "Or type it here")
        title, choices = asking.field_word(field), asking.choices(field, self._facets, page)
        dialog = ChoiceDialog(title, choices, self._theme, self._bar.window(), own)
        dialog.chosen.connect(partial(self._answer, field, page))
        dialog.open()

    def _answer(self, field: Field, page: int, value: str) -> None:
        if value == MORE:
            self.ask(field, (page + 1) % asking.pages(field, self._facets))
        elif field is Field.SPAN and value == Span.BETWEEN:
            self._ask_span()
        else:
            self.set_scope(self.scope.chosen(field, value))

    def _ask_span(self) -> None:
        until = self.scope.until or self._now()
        since = self.scope.since or until.replace(hour=0, minute=0)
        title = translate("History", "From when to when?")
        dialog = SpanDialog(title, since, until, self._theme, self._bar.window())
        dialog.chosen.connect(lambda *span: self.set_scope(self.scope.between(*span)))
        dialog.open()
