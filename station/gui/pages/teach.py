"""Teaching: what each image shows, and from that a better model, proven before it judges."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from station.domain.recipe import Recipe
from station.errors import Fault
from station.gui.focus import press_focused
from station.gui.pages import teach_words as words
from station.gui.pages.teach_asks import ask_lot, ask_since
from station.gui.pages.teach_disputes import DisputesDialog
from station.gui.pages.teach_files import FileJob
from station.gui.pages.teach_lesson import Lesson
from station.gui.pages.teach_look import FindStill, Look
from station.gui.pages.teach_new import NewProduct
from station.gui.pages.teach_room import Ask, Board, Shadow, Show, Since, TeachRoom, Workers
from station.gui.pages.teach_view import TeachView
from station.gui.pages.teach_wall import Wall
from station.gui.product import ProductView
from station.gui.texts import fault_text, translate
from station.gui.widgets.class_dialog import ClassDialog
from station.pipeline.events import (
    Adopted,
    Decided,
    Event,
    Inspected,
    Refused,
    StateChanged,
    Warned,
)

SAID_SECONDS, DONE_SECONDS = 20.0, 6.0
COUNT_MS = 3000


class TeachPage(TeachView):
    """Images on the left, what is learnt from them on the right.

    data: the folder that images lie below. What a person has labelled keeps its place in the
    wall until it is asked for anew.
    """

    def __init__(
        self,
        room: TeachRoom,
        workers: Workers,
        data: Path,
        still: FindStill,
        parent: QWidget | None = None,
    ) -> None:
        self._room = room
        self._workers = workers
        self._tasks = workers.tasks
        lesson = Lesson(room.lessons, room.releases, workers.tasks, workers.lessons, room.ask_pin)
        self.wall = Wall(room.samples, room.labels, data, workers.tasks, workers.pictures, lesson)
        super().__init__(self.wall.grid, lesson, parent)
        self.files = FileJob(room.files, workers.files, self)
        self.look = Look(still, self)
        self._still, self._data = still, data
        self._product = self._title = ""
        self.board: Board | None = None
        self._in_sight = False
        self._line_fault: Fault | None = None
        self._read_fault: Fault | None = None
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.wall.read.connect(self._show_wall)
        self.wall.labelled.connect(self._labelled)
        self.wall.failed.connect(self._say)
        self.wall.rows_came.connect(self.look.refresh)
        self.look.moved.connect(self._look_moved)
        self.look.numbered.connect(self._number)
        self.grid.picked.connect(self._show_choice)
        self.grid.opened.connect(self._open)
        self.classes.touched.connect(self._touch_class)
        self.shows.touched.connect(lambda name: self.set_ask(self.ask.of_kind(Show(name))))
        self.lot_key.clicked.connect(self._ask_lot)
        self.since_key.clicked.connect(self._ask_since)
        self.undo_key.clicked.connect(self.undo)
        self.new_key.clicked.connect(self.teach_new)
        self.import_key.clicked.connect(self._import)
        self.export_key.clicked.connect(self.export)
        self.files.changed.connect(self._show_files)
        self.files.ended.connect(self._files_ended)
        self.files.failed.connect(self._say)
        self.lesson.said.connect(self._say)
        self.lesson.taught.connect(self._count_soon)
        self.lesson.disputes.connect(self._open_disputes)
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.timeout.connect(self._read_board)

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.show_caption.setText(translate("Teach", "Show").upper())
        self.new_key.set_title(translate("Teach", "Teach a new product…"))
        self.undo_key.set_title(translate("Inspect", "Undo"))
        self.lesson.retranslate()
        self._show_choice()
        self._show_wall()
        self._show_files()
        self._show_faults()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight."""
        self._in_sight = self.lesson.in_sight = True
        self.grid.setFocus()
        self._gather()
        self.lesson.reload()

    def _gather(self) -> None:
        """Take in what operators have said of parts since."""
        if self._in_sight and self._product:
            gather, product = self._room.samples.gather, self._product
            self._tasks.run(lambda: gather(product), self._gathered, self._say)

    def _gathered(self, _: int) -> None:
        """Who scrolled or chose finds all where it was."""
        if not self.grid.picks.chosen and self.grid.verticalScrollBar().value() == 0:
            self.reload()
        else:
            self._read_board()
            self.grid.look_again()

    def closed(self) -> None:
        """The page went out of sight; a lesson goes on."""
        self._in_sight = self.lesson.in_sight = False
        self.wall.thumbs.want(())
        self.look.close()

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected from now on."""
        self._set_recipe(product.recipe)
        self.show_product(product.recipe.name, product.title)

    def _set_recipe(self, recipe: Recipe) -> None:
        self.look.limits = (recipe.review_limit, recipe.ng_limit)
        self.lesson.set_recipe(recipe)

    def show_product(self, name: str, title: str) -> None:
        """Another product's images and models."""
        self._title = title
        if name != self._product:
            self._product = name
            self.set_ask(Ask())
            self._gather()
            self.lesson.set_product(name)

    def show_event(self, event: Event) -> None:
        """Keep numbers and models in step with the line; the wall stays as it is."""
        match event:
            case Inspected() | Decided():
                self._count_soon()
            case StateChanged(_, fault):
                self._line_fault = fault
                self._show_faults()
            case Refused(fault) | Warned(fault):
                self._say(fault)
            case Adopted(recipe):
                self._set_recipe(recipe)
            case _:
                pass

    # ── what the person does ────────────────────────────────────────────────────────────────

    def set_ask(self, ask: Ask) -> None:
        """Show other images."""
        self.wall.ask = ask
        self.reload()

    @Slot()
    def refresh(self) -> None:
        """Read everything anew."""
        self.reload()
        self.lesson.reload()

    @Slot()
    def teach_new(self) -> None:
        """Teach a product that the station has never seen, and that it inspects then."""
        self._room.ask_pin(self.window(), self._theme, self._open_new)

    def _open_new(self) -> None:
        dialog = NewProduct(self._room, self._workers, self._theme, self.window())
        dialog.finished_as.connect(lambda name: self.show_product(name, name))
        dialog.open()

    @Slot()
    def export(self) -> None:
        """Write the data set to a folder; while one is written: stop that."""
        if self.files.runs:
            self.files.cancel()
        elif self._product:
            self.files.ask_export(self._product, self._theme, self.window())

    def choose_defect(self, place: int) -> None:
        """Give the chosen images the class with that number, from 1."""
        board = self.board
        if board is not None and self.grid.picks.chosen and place <= len(board.classes):
            self.label(board.classes[place - 1].name)

    def label(self, name: str) -> None:
        """Say that the chosen images are of that class; empty: set aside."""
        picks = self.grid.picks
        chosen = sorted(picks.chosen)
        if not chosen:
            return
        self.wall.label(name)
        if len(chosen) == 1 and chosen[0] + 1 < len(self.grid.rows):
            picks.only(chosen[0] + 1)
            self.grid.show_place(chosen[0] + 1)
        else:
            picks.clear()
        self._show_choice()

    @Slot()
    def undo(self) -> None:
        """Take the last labels back."""
        self.wall.undo()

    @Slot()
    def inspect(self) -> None:
        """Space, where no picture has the focus: press the key that has it."""
        press_focused()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z, Delete; Enter presses the key that has the focus."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Z and control:
            self.undo()
        elif event.key() == Qt.Key.Key_Delete and self.grid.picks.chosen:
            self.label("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.inspect()
        else:
            super().keyPressEvent(event)

    def _touch_class(self, name: str) -> None:
        if name == words.NEW_CLASS:
            self._ask_class()
        elif name == words.ASIDE:
            self.label("")
        elif self.grid.picks.chosen:
            self.label(name)
        else:
            self.set_ask(self.ask.of_class(name))

    def _ask_class(self) -> None:
        if self._product and self.board is not None:
            known = tuple(one.name for one in self.board.classes)
            dialog = ClassDialog(known, self._theme, self.window())
            dialog.chosen.connect(self._add_class)
            dialog.open()

    def _add_class(self, name: str, good: bool) -> None:
        add, product = self._room.labels.add_class, self._product
        self._tasks.run(lambda: add(product, name, good), lambda _: self._read_board(), self._say)

    def _ask_lot(self) -> None:
        lots = self.board.lots if self.board else ()
        ask_lot(lots, self._theme, self.window(), lambda lot: self._narrow(lot=lot))

    def _ask_since(self) -> None:
        ask_since(self._theme, self.window(), lambda since: self._narrow(since=since))

    def _narrow(self, **values: str | Since) -> None:
        self.set_ask(replace(self.ask, **values))  # type: ignore[arg-type]

    def _import(self) -> None:
        if self.files.runs:
            self.files.cancel()
        elif self._product:
            self.files.ask_import(self._product, self._theme, self.window())

    def _open(self, place: int) -> None:
        count = len(self.grid.rows)
        self.look.show(self.wall.look_item, place, count, self._theme, self.window())

    def _look_moved(self, place: int) -> None:
        self.grid.picks.only(place)
        self.grid.show_place(place)
        self._show_choice()

    def _number(self, place: int) -> None:
        """A number key while an image is shown large."""
        self.grid.picks.only(self.look.place)
        self.choose_defect(place)
        self.look.refresh()
        self.look.go(self.look.place + 1)

    def _open_disputes(self, shadow: Shadow) -> None:
        thumbs, window = self.wall.thumbs, self.window()
        dialog = DisputesDialog(shadow, self._data, thumbs, self._still, self._theme, window)
        dialog.finished.connect(self.grid.look_again)
        dialog.open()

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    @property
    def ask(self) -> Ask:
        """Which images are shown."""
        return self.wall.ask

    @Slot()
    def reload(self) -> None:
        """Read the numbers, and the images of what is asked for; out of sight: nothing."""
        self.wall.show_all(self._product if self._in_sight else "", self.ask)
        self._read_board()
        self._show_wall()

    def _count_soon(self) -> None:
        if self._in_sight and not self._count.isActive():
            self._count.start(COUNT_MS)

    def _labelled(self) -> None:
        self.undo_key.setVisible(self.wall.can_undo)
        self._read_board()

    def _read_board(self) -> None:
        self.lesson.watch()
        product, room = self._product, self._room.samples
        if product and self._in_sight:
            self._tasks.run(
                lambda: (product, room.board(product)), self._counted, self._not_counted
            )

    def _counted(self, found: tuple[str, Board]) -> None:
        product, board = found
        self._read_fault = None
        self._show_faults()
        if product == self._product and board != self.board:
            self.board = board
            self.lesson.set_board(board)
            self.wall.set_good(frozenset(one.name for one in board.classes if one.good))
            self._show_choice()
            self._show_wall()

    def _not_counted(self, fault: Fault) -> None:
        self._read_fault = fault
        self._show_faults()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show_choice(self) -> None:
        board, chosen = self.board or Board(), len(self.grid.picks.chosen)
        self.classes_caption.setText(words.tiles_caption(self._title, chosen).upper())
        self.classes.set_tiles(words.class_tiles(board, self.ask, chosen > 0))
        self.shows.set_tiles(words.show_tiles(board, self.ask))
        self.classes.setEnabled(self.board is not None)
        self.shows.setEnabled(self.board is not None)
        self.undo_key.setVisible(self.wall.can_undo)
        self._show_caption()
        self.fit_classes()

    def _show_caption(self) -> None:
        count, chosen = len(self.grid.rows), len(self.grid.picks.chosen)
        self.caption.setText(words.wall_caption(count, chosen).upper())

    def _show_wall(self) -> None:
        self._show_caption()
        none = self.board if self._product else None
        self.grid.set_empty("" if self.wall.reads else words.empty_wall(none, self.ask))
        self.lot_key.set_title(words.lot_word(self.ask.lot))
        self.lot_key.setChecked(bool(self.ask.lot))
        self.since_key.set_title(words.since_word(self.ask.since))
        self.since_key.setChecked(self.ask.since is not Since.ALL)
        self._fit()

    def _show_files(self) -> None:
        bring, give = self.files.titles()
        self.import_key.set_title(bring)
        self.export_key.set_title(give)
        self.import_key.set_left(self.files.share if self.files.brings else None)
        self.export_key.set_left(self.files.share if self.files.gives else None)

    def _files_ended(self, said: str) -> None:
        if said:
            self.notice.warn(said, DONE_SECONDS)
        self.reload()

    def _show_faults(self) -> None:
        fault = self._read_fault or self._line_fault
        self.notice.set_fault(fault_text(fault) if fault else "")

    def _say(self, fault: Fault) -> None:
        self.notice.warn(fault_text(fault), SAID_SECONDS)
