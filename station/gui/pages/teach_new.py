"""Teach a new product: its name, twenty good parts, bad ones if there are any; then it inspects."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from station.errors import Fault
from station.gui.long_job import Cancelled, LongJob, Tell
from station.gui.pages import teach_new_words as saying
from station.gui.pages.teach_files import FileJob
from station.gui.pages.teach_new_view import NewView, Step
from station.gui.pages.teach_room import Board, TeachRoom, Workers
from station.gui.preview import Preview
from station.gui.texts import fault_text
from station.gui.theme import Theme

T = TypeVar("T")

GOOD, BAD = "good", "defect"
"""The classes of a product that was taught here; a person may add others on the Teach page."""
WANTED = 20  # good parts that are enough to learn from
LEAST_BAD = 3
SAID_SECONDS = 12.0


class NewProduct(NewView):
    """`finished_as(product)` when it inspects. No question on the way needs a teacher of models."""

    finished_as = Signal(str)

    def __init__(self, room: TeachRoom, workers: Workers, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._room = room
        self._tasks = workers.tasks
        self._files = FileJob(room.files, workers.files, self)
        self._job = LongJob(workers.lessons, self)
        self._preview = Preview(room.first.live, self)
        self.step = Step.NAME
        self.product = ""
        self.counts = {GOOD: 0, BAD: 0}
        self._busy = False
        self._asked = 0
        self._closed = False
        self._connect()
        self._go(Step.NAME)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._show)
        self.name.returnPressed.connect(self.next)
        self.take_key.clicked.connect(self.take)
        self.folder_key.clicked.connect(self._folder)
        self.back_key.clicked.connect(self._back)
        self.next_key.clicked.connect(self.next)
        self.close_key.clicked.connect(self._close)
        self._preview.ready.connect(self._show_live)
        self.view.room_changed.connect(lambda: self._preview.set_room(self.view.room))
        self._files.changed.connect(self._show)
        self._files.ended.connect(self._brought)
        self._files.failed.connect(self._failed)
        self._job.changed.connect(self._show)
        self._job.ended.connect(self._taught)
        self._job.failed.connect(self._not_taught)
        self.finished.connect(self._end)

    @property
    def label(self) -> str:
        """Which class is shown to the camera now."""
        return BAD if self.step is Step.BAD else GOOD

    # ── what the person does ────────────────────────────────────────────────────────────────

    def next(self) -> None:
        """On to the next step, if this one is done."""
        if not self.next_key.isEnabled():
            return
        match self.step:
            case Step.NAME:
                self._begin()
            case Step.GOOD:
                self._go(Step.BAD)
            case Step.BAD:
                self._learn()
            case Step.LEARN:
                self._job.cancel()
            case Step.DONE:
                self.accept()

    def take(self) -> None:
        """Keep the picture of now as one more part."""
        if self.step not in (Step.GOOD, Step.BAD) or self._busy or self._files.runs:
            return
        self._busy = True
        self.take_key.flash()
        capture, product, label = self._room.first.capture, self.product, self.label
        self._run(lambda: capture(product, label), partial(self._captured, label))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes a picture; Enter presses the key that has the focus, else goes on."""
        key = self.focusWidget()
        if event.key() == Qt.Key.Key_Space:
            self.take()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            key.click() if isinstance(key, QAbstractButton) else self.next()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        name, first, labels = self._name, self._room.first, self._room.labels

        def work() -> bool:
            if first.taken(name):
                return False
            labels.add_class(name, GOOD, True)
            labels.add_class(name, BAD, False)
            return True

        self._busy = True
        self._show()
        self._run(work, partial(self._begun, name))

    def _begun(self, name: str, new: bool) -> None:
        self._busy = False
        if not new:
            self.notice.warn(saying.taken(name), SAID_SECONDS)
            self._show()
            return
        self.product = name
        board = self._room.samples.board
        self._run(lambda: board(name), self._counted)  # who left off goes on
        self._go(Step.GOOD)

    def _captured(self, label: str, count: int) -> None:
        self._busy = False
        if count <= self.counts[label]:
            self.notice.warn(saying.same_picture(), SAID_SECONDS)
        self.counts[label] = count
        self._show()

    def _folder(self) -> None:
        if self._files.runs:
            self._files.cancel()
        else:
            self._files.ask_folder(self.product, self.label, self)

    def _brought(self, said: str) -> None:
        if self._closed:
            self._leave()
            return
        if said:
            self.notice.warn(said, SAID_SECONDS)
        board, product = self._room.samples.board, self.product
        self._run(lambda: board(product), self._counted)

    def _counted(self, board: Board) -> None:
        for one in board.classes:
            if one.name in self.counts:
                self.counts[one.name] = one.n
        self._show()

    def _back(self) -> None:
        self._go(Step.GOOD if self.step is Step.BAD else Step.NAME)

    def _close(self) -> None:
        self.reject()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Ask something short; nobody hears the answer once the dialog is closed."""
        self._asked += 1

        def answered(tell: Callable[[], None]) -> None:
            self._asked -= 1
            if self._closed:
                self._leave()
            else:
                tell()

        self._tasks.run(
            work,
            lambda found: answered(lambda: done(found)),
            lambda fault: answered(lambda: self._failed(fault)),
        )

    def _end(self) -> None:
        self._closed = True
        self._job.cancel()
        self._files.cancel()
        self._preview.close()
        self._leave()

    def _leave(self) -> None:
        """Go for good, when nothing can come back to this dialog any more."""
        if self._closed and not (self._asked or self._job.runs or self._files.runs):
            self.deleteLater()

    # ── learning ────────────────────────────────────────────────────────────────────────────

    def _learn(self) -> None:
        self._go(Step.LEARN)
        teach, inspect, product = self._room.lessons.teach, self._room.first.inspect, self.product

        def work(tell: Tell, cancelled: Cancelled) -> int | None:
            number = teach(product, tell, cancelled)
            if number is not None and not cancelled():
                inspect(product, number)
                return number
            return None

        self._job.start(work)

    def _taught(self, number: int | None) -> None:
        if self._closed:
            self._leave()
        elif number is None:
            self._go(Step.BAD)
        else:
            self._go(Step.DONE)
            self.finished_as.emit(self.product)

    def _not_taught(self, fault: Fault) -> None:
        if self._closed:
            self._leave()
        else:
            self._go(Step.BAD)
            self._failed(fault)

    def _failed(self, fault: Fault) -> None:
        self._busy = False
        if self._closed:
            self._leave()
            return
        self.notice.warn(fault_text(fault), SAID_SECONDS)
        self._show()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    @property
    def _name(self) -> str:
        return " ".join(self.name.text().split())

    def _go(self, step: Step) -> None:
        self.step = step
        self.show_step(step)
        if step in (Step.GOOD, Step.BAD):
            self._preview.open()
        else:
            self._preview.close()
        self._show()
        if step is Step.NAME:
            self.name.setFocus()
        else:
            self.setFocus()

    def _show(self) -> None:
        step, count = self.step, self.counts[self.label]
        self.setWindowTitle(saying.heading())
        self.where.setText(saying.where(step, self.product).upper())
        self.title.setText(saying.title(step, self.product))
        self.words.setText(saying.help_words(step))
        self.name.setPlaceholderText(saying.name_prompt())
        self.view.set_empty(saying.no_picture())
        self.take_key.set_title(saying.take())
        self.take_key.set_cap(saying.take_cap())
        self.take_key.setEnabled(not self._files.runs)
        self.folder_key.set_title(saying.folder(self._files.runs, self._files.share))
        self.back_key.set_title(saying.back())
        self.close_key.set_title(saying.close())
        self.close_key.setVisible(step is not Step.DONE)
        self.next_key.set_title(saying.next_word(step, self.counts[BAD], self._job.stopping))
        self.next_key.setEnabled(self._may_go_on())
        if step is Step.LEARN:
            self.progress.show_state(*saying.learning(self._job.told, self._job.stopping))
        elif step is Step.DONE:
            self.progress.show_state(saying.done())
        else:
            share = min(1.0, count / WANTED) if step is Step.GOOD else None
            self.progress.show_state(saying.counter(step, count, WANTED), share)

    def _may_go_on(self) -> bool:
        if (self._busy and self.step is Step.NAME) or self._files.runs:
            return False
        match self.step:
            case Step.NAME:
                return bool(self._name)
            case Step.GOOD:
                return self.counts[GOOD] >= WANTED
            case Step.BAD:
                return self.counts[BAD] == 0 or self.counts[BAD] >= LEAST_BAD
            case Step.LEARN:
                return not self._job.stopping
            case Step.DONE:
                return True

    def _show_live(self) -> None:
        picture = self._preview.take_picture()
        if picture is not None:
            self.view.show_picture(picture)
