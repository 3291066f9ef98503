"""What stands in the audit trail until a person has confirmed it, shown one after the other."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.widgets.alarm_bar import AlarmBar
from station.store.audit import AuditEntry

LOOK_MS = 2000


class Banners(QObject):
    """Fills the bar. `read` and `confirm(entry id)` are called off the GUI thread."""

    def __init__(
        self,
        bar: AlarmBar,
        read: Callable[[], list[AuditEntry]],
        confirm: Callable[[int], object],
        tasks: Tasks,
    ) -> None:
        super().__init__(bar)
        self._bar, self._read, self._confirm, self._tasks = bar, read, confirm, tasks
        self._entries: list[AuditEntry] = []
        bar.confirmed.connect(self.confirm)
        bar.installEventFilter(self)
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)
        self._look.start(LOOK_MS)
        self.look()

    @Slot()
    def look(self) -> None:
        """Read the trail."""
        self._tasks.run(self._read, self._take, lambda _: None)

    @Slot()
    def confirm(self) -> None:
        """A person has read what is shown."""
        if not self._entries:
            return
        entry = self._entries.pop(0)
        self._tasks.run(lambda: self._confirm(entry.id), lambda _: None)
        self._look.start(LOOK_MS)  # the line needs a moment to write it down
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The language may have changed."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        return super().eventFilter(watched, event)

    def _take(self, entries: list[AuditEntry]) -> None:
        self._entries = entries
        self._show()

    def _show(self) -> None:
        first = self._entries[0] if self._entries else None
        words = fault_text(first.fault) if first is not None and first.fault is not None else ""
        if len(self._entries) > 1:
            more = translate("Window", "{count} more", count=str(len(self._entries) - 1))
            words = f"{words} ({more})"
        self._bar.show_words(words, translate("Window", "Confirm"))
