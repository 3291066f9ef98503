"""The manual, page by page, in the language that is spoken."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from station.errors import Fault
from station.gui.tasks import Tasks
from station.gui.texts import current_language, fault_text, translate
from station.gui.theme import Theme
from station.gui.widgets.reader import Entry, Reader


class ManualPanel(QFrame):
    """`titles(language)`: the pages by name. `read(name, language)`: one of them in Markdown."""

    def __init__(
        self,
        titles: Callable[[str], dict[str, str]],
        read: Callable[[str, str], str],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._titles, self._read_page, self._tasks = titles, read, tasks
        self._names: tuple[str, ...] = ()
        self._language = ""
        self._wanted = 0
        self.reader = Reader()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.reader)
        self.reader.chosen.connect(self._read)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._column.setContentsMargins(*[theme.px(14)] * 4)

    def retranslate(self) -> None:
        """Write all words anew; the pages themselves only once somebody looks."""
        self.reader.search.setPlaceholderText(translate("Help", "Search in the titles"))
        if self.isVisible():
            self.opened()

    def opened(self) -> None:
        """Somebody looks: the titles are read, in the language that is spoken now."""
        language = current_language()
        if language != self._language:
            self._language = language
            self._tasks.run(partial(self._titles, language), self._show_titles, self._failed)

    def _show_titles(self, found: dict[str, str]) -> None:
        self._names = tuple(found)
        self.reader.set_entries([Entry(title) for title in found.values()])

    def _read(self, row: int) -> None:
        self._wanted = row
        self._tasks.run(
            partial(self._read_page, self._names[row], self._language),
            lambda text: self._show(row, text),
            self._failed,
        )

    def _show(self, row: int, text: str) -> None:
        if row == self._wanted:
            self.reader.set_markdown(text)
            self.reader.show_top()

    def _failed(self, fault: Fault) -> None:
        self._language = ""
        self.reader.set_plain(fault_text(fault))
