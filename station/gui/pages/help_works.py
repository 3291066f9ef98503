"""The works of others in the program: name, version, licence, and the licence in full."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.theme import Theme
from station.gui.widgets.reader import Entry, Reader
from station.notices.shipped import licence_text, own_licence
from station.notices.work import Work


class WorksPanel(QFrame):
    """The product itself comes first; the rest by name."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._tasks = tasks
        self._works: tuple[Work, ...] = ()
        self._wanted = 0
        self.reader = Reader()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.reader)
        self.reader.chosen.connect(self._read)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._column.setContentsMargins(*[theme.px(14)] * 4)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.reader.search.setPlaceholderText(translate("Help", "Search by name or licence"))

    def set_works(self, works: tuple[Work, ...]) -> None:
        """What there is."""
        self._works = works
        own = Entry("Station", "Apache-2.0")
        rest = (Entry(f"{one.name} {one.version}", one.licence) for one in works)
        self.reader.set_entries((own, *rest))

    def show_own(self) -> None:
        """The licence of the product itself."""
        self.reader.search.clear()
        self.reader.list.setCurrentRow(0)

    def _read(self, row: int) -> None:
        self._wanted = row
        work = self._works[row - 1] if row else None
        task = own_licence if work is None else partial(licence_text, work)
        self._tasks.run(
            task,
            lambda text: self._show(row, head(work), text),
            lambda fault: self._show(row, "", fault_text(fault)),
        )

    def _show(self, row: int, first: str, text: str) -> None:
        """Only what is still wanted: a finger may be quicker than the disk."""
        if row == self._wanted:
            self.reader.set_plain(f"{first}{text}")
            self.reader.show_top()


def head(work: Work | None) -> str:
    """What stands over the text of its licence."""
    if work is None:
        return ""
    rows = [f"{work.name} {work.version}", work.licence, work.summary, work.home]
    if work.inside:
        names = sorted({f"{one['name']} {one.get('version', '')}".strip() for one in work.inside})
        contains = translate("Help", "Built into it: {names}", names=", ".join(names))
        rows.append(contains)
    if not work.texts:
        rows.append(translate("Help", "It came without the text of its licence."))
    rows.append(work.note)
    return "\n".join(row for row in rows if row) + "\n\n"
