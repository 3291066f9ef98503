"""Writing the parts that are asked for to a file: how, where, how far, and what came of it."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from station.errors import Fault
from station.gui.tasks import Tasks
from station.gui.texts import translate
from station.gui.theme import Theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.store.export import Exported, Format
from station.store.history import Filter

Export = Callable[
    [Filter, Format, Path, Callable[[int], None], Callable[[], bool]], Exported | None
]


@dataclass(frozen=True, slots=True)
class ExportState:
    """How far it is: parts written; made: what came of the last one, none while one runs."""

    runs: bool = False
    parts: int = 0
    made: Exported | None = None
    target: Path | None = None


class ExportJob(QObject):
    """One at a time, in the only thread of `tasks`, which nobody else may use.

    `changed` when `state` is another; `failed(fault)` beside it.
    """

    changed = Signal()
    failed = Signal(object)
    _told = Signal(int)

    def __init__(self, write: Export, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._write = write
        self._tasks = tasks
        self._stop = threading.Event()
        self._folder = ""
        self.state = ExportState()
        self._told.connect(self._on_told)

    def ask(self, wanted: Filter, stem: str, theme: Theme, parent: QWidget) -> None:
        """Ask in which form and where, then begin."""
        if self.state.runs:
            return
        forms = (
            (Format.CSV.value, translate("History", "Table (CSV)")),
            (Format.XLSX.value, translate("History", "Table (Excel)")),
            (Format.ZIP.value, translate("History", "Pictures and table (ZIP)")),
        )
        title = translate("History", "Export the parts that are asked for")
        dialog = ChoiceDialog(title, forms, theme, parent)
        dialog.chosen.connect(lambda form: self._ask_target(wanted, Format(form), stem, parent))
        dialog.open()

    def _ask_target(self, wanted: Filter, form: Format, stem: str, parent: QWidget) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = self._folder or QStandardPaths.writableLocation(documents)
        name = str(Path(folder) / f"{safe_name(stem)}.{form.value}")
        title = translate("History", "Export to")
        dialog = QFileDialog(parent, title, name, f"{form.value.upper()} (*.{form.value})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.start(wanted, form, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def start(self, wanted: Filter, form: Format, target: Path) -> None:
        """Begin, unless one runs."""
        if self.state.runs:
            return
        self._folder = str(target.parent)
        stop = self._stop = threading.Event()
        self._set(ExportState(runs=True, target=target))
        self._tasks.run(
            lambda: self._write(wanted, form, target, self._told.emit, stop.is_set),
            partial(self._done, target),
            self._on_failed,
        )

    @Slot()
    def cancel(self) -> None:
        """Stop soon, and leave no file behind."""
        self._stop.set()

    def _on_told(self, parts: int) -> None:
        if self.state.runs:
            self._set(ExportState(runs=True, parts=parts, target=self.state.target))

    def _done(self, target: Path, made: Exported | None) -> None:
        self._set(ExportState(made=made, target=target))

    def _on_failed(self, fault: Fault) -> None:
        self._set(ExportState())
        self.failed.emit(fault)

    def _set(self, state: ExportState) -> None:
        self.state = state
        self.changed.emit()


def safe_name(words: str) -> str:
    """A file name that every system takes."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*\s]+', "_", words)[:100].strip("_. ") or "parts"
