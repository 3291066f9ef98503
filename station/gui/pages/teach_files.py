"""Images in and data sets out: from where, where to, how far, and what came of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from station.errors import Fault
from station.gui.long_job import Cancelled, LongJob, Tell
from station.gui.pages.teach_room import Brought, FileRoom
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, number, translate
from station.gui.theme import Theme
from station.gui.widgets.choice_dialog import ChoiceDialog

FOLDER, FILE = "folder", "file"


class FileJob(QObject):
    """One import or export at a time. `ended(words)`: what came of it; empty: cancelled."""

    changed = Signal()
    ended = Signal(str)
    failed = Signal(object)

    def __init__(self, room: FileRoom, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._job = LongJob(tasks, self)
        self._folder = ""
        self.brings = self.gives = False
        self._job.changed.connect(self.changed)
        self._job.ended.connect(self._ended)
        self._job.failed.connect(self._failed)

    @property
    def runs(self) -> bool:
        """Whether images are on their way."""
        return self._job.runs

    @property
    def share(self) -> float:
        """How much of it is done, 0 … 1."""
        return self._job.told[1] if self._job.told else 0.0

    def titles(self) -> tuple[str, str]:
        """What stands on the keys for the way in and the way out."""
        stop = translate("Teach", "Stop ({share} %)", share=number(self.share * 100))
        bring = stop if self.brings else translate("Teach", "Import…")
        return bring, stop if self.gives else translate("Teach", "Export…")

    def ask_import(self, product: str, theme: Theme, parent: QWidget) -> None:
        """Ask what to take, then begin."""
        kinds = (
            (FOLDER, translate("Teach", "A folder: a folder in it for each class, or a list")),
            (FILE, translate("Teach", "A ZIP file of such a folder")),
        )
        title = translate("Teach", "Import images of this product")
        dialog = ChoiceDialog(title, kinds, theme, parent)
        dialog.chosen.connect(lambda kind: self._ask_source(product, kind, parent))
        dialog.open()

    def _ask_source(self, product: str, kind: str, parent: QWidget) -> None:
        title = translate("Teach", "Import from")
        dialog = self._dialog(title, parent, folder=kind == FOLDER)
        if kind == FILE:
            dialog.setNameFilter("ZIP (*.zip)")
        dialog.fileSelected.connect(lambda path: self.bring(product, Path(path)))
        dialog.open()

    def ask_folder(self, product: str, label: str, parent: QWidget) -> None:
        """Ask for a folder in which every image is of that class, then begin."""
        dialog = self._dialog(translate("Teach", "Import from"), parent, folder=True)
        dialog.fileSelected.connect(lambda path: self.bring(product, Path(path), label))
        dialog.open()

    def ask_export(self, product: str, theme: Theme, parent: QWidget) -> None:
        """Ask in which form and where to, then begin."""
        title = translate("Teach", "Export the data set as")
        forms = tuple((form, form_word(form)) for form in self._room.forms)
        dialog = ChoiceDialog(title, forms, theme, parent)
        dialog.chosen.connect(lambda form: self._ask_target(product, form, parent))
        dialog.open()

    def _ask_target(self, product: str, form: str, parent: QWidget) -> None:
        dialog = self._dialog(translate("Teach", "Export to an empty folder"), parent, folder=True)
        dialog.fileSelected.connect(lambda path: self.give(product, Path(path), form))
        dialog.open()

    def _dialog(self, title: str, parent: QWidget, folder: bool) -> QFileDialog:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        start = self._folder or QStandardPaths.writableLocation(documents)
        dialog = QFileDialog(parent, title, start)
        mode = QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile
        dialog.setFileMode(mode)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, folder)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def bring(self, product: str, source: Path, label: str = "") -> bool:
        """Take images in; with a label all are of that class."""
        work = partial(self._room.bring, product, source, label)
        started = self._start(work, source)
        self.brings = self.brings or started
        self.changed.emit()
        return started

    def give(self, product: str, target: Path, form: str) -> None:
        """Write the data set."""
        started = self._start(partial(self._room.export, product, target, form), target)
        self.gives = self.gives or started
        self.changed.emit()

    def _start(self, work: "partial[Brought | None]", place: Path) -> bool:
        self._folder = self._folder if self._job.runs else str(place.parent)

        def run(tell: Tell, cancelled: Cancelled) -> Brought | None:
            return work(lambda step, share: tell((step, share)), cancelled)

        return self._job.start(run)

    @Slot()
    def cancel(self) -> None:
        """Stop soon; what was taken in stays, and of an export nothing is left."""
        self._job.cancel()

    def _ended(self, made: Brought | None) -> None:
        brought = self.brings
        self.brings = self.gives = False
        self.changed.emit()
        self.ended.emit("" if made is None else what_came(made, brought))

    def _failed(self, fault: Fault) -> None:
        self.brings = self.gives = False
        self.changed.emit()
        self.failed.emit(fault)


def form_word(form: str) -> str:
    """The name of a form of data sets; those of the trade have one in every language."""
    match form:
        case "folders":
            return translate("Teach", "A folder for each class")
        case "csv":
            return translate("Teach", "Table (CSV)")
        case "coco" | "yolo":
            return form.upper()
        case _:
            return form


def what_came(made: Brought, brought: bool) -> str:
    """How many images, and why some were left out."""
    count = number(made.count)
    text = (
        translate("Teach", "{count} images were taken in.", count=count)
        if brought
        else translate("Teach", "{count} images were written.", count=count)
    )
    if not made.skipped:
        return text
    name, fault = made.skipped[0]
    left = translate("Teach", "{count} were left out.", count=number(len(made.skipped)))
    return f"{text} {left} {name}: {fault_text(fault)}"
