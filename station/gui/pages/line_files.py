"""Files that the Line page writes: where, and then the writing in a worker."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from station.errors import Fault
from station.gui.pages.history_export import safe_name
from station.gui.tasks import Tasks
from station.gui.texts import translate
from station.gui.theme import Theme
from station.gui.widgets.chart_sheet import Sheet, sheet_csv
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.whole import write_whole

Write = Callable[[Path], None]


class Files(QObject):
    """`told(path, fault)` when a file was written, or was not."""

    def __init__(
        self, tasks: Tasks, told: Callable[[Path, Fault | None], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks, self._told = tasks, told
        self._folder = ""

    def ask_report(self, stem: str, write: Write, theme: Theme, parent: QWidget) -> None:
        """Ask in which form, where, then write."""
        forms = (
            ("pdf", translate("Line", "Shift report (PDF)")),
            ("csv", translate("Line", "Table (CSV)")),
        )
        dialog = ChoiceDialog(translate("Line", "Export these figures"), forms, theme, parent)
        dialog.chosen.connect(lambda form: self.ask(stem, form, write, parent))
        dialog.open()

    def ask_sheet(self, sheet: Sheet, parent: QWidget) -> None:
        """Ask where, then write the numbers of a chart."""
        self.ask(sheet.title, "csv", lambda path: write_whole({path: sheet_csv(sheet)}), parent)

    def ask(self, stem: str, form: str, write: Write, parent: QWidget) -> None:
        """Ask where, then write."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = self._folder or QStandardPaths.writableLocation(documents)
        name = str(Path(folder) / f"{safe_name(stem)}.{form}")
        title, kinds = translate("History", "Export to"), f"{form.upper()} (*.{form})"
        dialog = QFileDialog(parent, title, name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.write(write, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, write: Write, target: Path) -> None:
        """Write it there."""
        self._folder = str(target.parent)
        self._tasks.run(
            partial(write, target),
            lambda _: self._told(target, None),
            lambda fault: self._told(target, fault),
        )
