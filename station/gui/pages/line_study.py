"""A study of agreement from its plan to its figures (AIAG MSA); see station/insight/study.py."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from station.errors import Fault
from station.gui import study_words
from station.gui.pages import line_study_words as saying
from station.gui.pages.line_files import Files
from station.gui.pages.line_study_room import Begun, Offer, StudyRoom
from station.gui.pages.line_study_sitting import Sitting
from station.gui.pages.line_study_view import Step, StudyView
from station.gui.study_paper import study_file
from station.gui.tasks import Tasks
from station.gui.texts import fault_text
from station.gui.theme import Theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.insight.study import Said, Study, Word, experts
from station.insight.study_notes import outcome
from station.insight.study_result import Result
from station.whole import write_whole

T = TypeVar("T")

SETTLE_SECONDS = 0.3
"""A press so soon after another part came up is not meant for it."""
SAID_SECONDS = 10.0
_OK_KEYS = (Qt.Key.Key_A, Qt.Key.Key_F1, Qt.Key.Key_Left)
_NG_KEYS = (Qt.Key.Key_R, Qt.Key.Key_F2, Qt.Key.Key_Right)
_UNDO_KEYS = (Qt.Key.Key_Z, Qt.Key.Key_Backspace)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StudyDialog(StudyView):
    """`changed` when a study was begun, or somebody has gone through all parts.

    Every word is in the records before the next part is shown. Shown with `open()`; deletes
    itself. product: that is on the line.
    """

    changed = Signal()

    def __init__(
        self, room: StudyRoom, tasks: Tasks, theme: Theme, parent: QWidget, product: str = ""
    ) -> None:
        super().__init__(theme, parent)
        self._room, self._tasks, self._product = room, tasks, product
        self._files = Files(tasks, self._written, self)
        self._begun: tuple[Begun, ...] = ()
        self.sitting: Sitting | None = None
        self.found: Result | None = None
        self.step = Step.PLAN
        self._busy = False
        self._since: float | None = None  # when the part to be judged came in sight
        self._asked = 0
        self._closed = False
        self._connect()
        self.retranslate()
        self._go(Step.PLAN)

    def _connect(self) -> None:
        judge = self.judge
        self.plan_panel.changed.connect(self._show)
        self.who.changed.connect(self._show)
        self.who.named.connect(self._start)
        judge.ok_key.clicked.connect(lambda: self._say(Said.OK))
        judge.ng_key.clicked.connect(lambda: self._say(Said.NG))
        judge.undo_key.clicked.connect(self.undo)
        judge.pause_key.clicked.connect(self.pause)
        judge.out_key.clicked.connect(self._leave_out)
        judge.view.came.connect(self._part_came)
        self.close_key.clicked.connect(self.reject)
        self.back_key.clicked.connect(self._back)
        self.earlier_key.clicked.connect(self._ask_begun)
        self.result_key.clicked.connect(self._figure)
        self.next_key.clicked.connect(self.next)
        self.pdf_key.clicked.connect(lambda: self._save("pdf"))
        self.csv_key.clicked.connect(lambda: self._save("csv"))
        self.finished.connect(self._end)

    def open(self) -> None:
        """Come up, and ask what there is."""
        super().open()
        for view in (self.judge.view, self.figures.view):
            view.start()
        self._ask()

    def _ask(self) -> None:
        room = self._room
        self._run(lambda: (room.offers(), room.studies()), self._loaded)

    def _loaded(self, found: tuple[Sequence[Offer], Sequence[Begun]]) -> None:
        offers, begun = found
        self._begun = tuple(begun)
        self.plan_panel.set_offers(offers, self._product)
        self._show()

    # ── from step to step ───────────────────────────────────────────────────────────────────

    def next(self) -> None:
        """The blue key: choose the parts, or judge."""
        if not self.next_key.isEnabled() or self._busy:
            return
        if self.step is Step.PLAN:
            self._begin()
        elif self.step is Step.WHO:
            self._start(self.who.written)

    def _begin(self) -> None:
        plan, begin = self.plan_panel.plan, self._room.begin
        if plan is not None:
            self._busy = True
            self._show()
            self._run(lambda: begin(plan), self._take)

    def _take(self, study: Study, new: bool = True) -> None:
        """Go on with that study."""
        words = self._room.words
        if new:
            self.changed.emit()
        self._busy = True
        self._run(lambda: words(study.uid), partial(self._taken, study))

    def _taken(self, study: Study, words: Sequence[Word]) -> None:
        self._busy = False
        self.who.tell("")
        self.sitting, self.found = Sitting(study, words), None
        if self.sitting.complete:
            self._figure()
        else:
            self._go(Step.WHO)

    def _ask_begun(self) -> None:
        by_uid = {one.study.uid: one for one in self._begun}
        choices = tuple((uid, saying.begun_line(one)) for uid, one in by_uid.items())
        dialog = ChoiceDialog(saying.go_on(), choices, self._theme, self)
        dialog.chosen.connect(lambda uid: self._take(by_uid[uid].study, new=False))
        dialog.open()

    def _start(self, by: str) -> None:
        """Let that person judge, if it is his turn at all."""
        if self.sitting is None or not by or self._busy:
            return
        refused = self.sitting.start(by)
        if refused:
            self._warn(refused)
            return
        self.who.name.clear()
        self.who.tell("")
        self._warn("")
        self._go(Step.JUDGE)
        self._show_part()

    def _back(self) -> None:
        if self.step is Step.RESULT:
            self._go(Step.WHO)
        else:
            self._go(Step.PLAN)
            self._ask()

    def _go(self, step: Step) -> None:
        self.step = step
        self.show_step(step)
        self._show()
        if step is Step.WHO and not self.who.name.isHidden():
            self.who.name.setFocus()
        else:
            self.setFocus()

    # ── judging ─────────────────────────────────────────────────────────────────────────────

    def _show_part(self) -> None:
        """The part whose turn it is; it may be judged as soon as it is in sight."""
        assert self.sitting is not None
        assert self.sitting.turn is not None
        part = self.sitting.study.parts[self.sitting.turn.part]
        self._since = None
        self.judge.view.show_part(self._room.data / part.image, part.roi)
        self._show()

    def _part_came(self) -> None:
        if self._since is None:
            self._since = time.monotonic()
        self._show()

    @property
    def _ready(self) -> bool:
        return self._since is not None and self.judge.view.has_picture and not self._busy

    def _say(self, said: Said) -> None:
        """Keep the word, then show the next part."""
        settled = self._since is not None and time.monotonic() - self._since >= SETTLE_SECONDS
        if self.sitting is not None and settled and self._ready:
            (self.judge.ok_key if said is Said.OK else self.judge.ng_key).flash()
            self._keep(self.sitting.word(said))

    def _leave_out(self) -> None:
        if self.sitting is not None:
            self._keep(self.sitting.leaving_out())

    def undo(self) -> None:
        """Take the last word back; its part comes up again."""
        if self.sitting is not None and self.judge.undo_key.isEnabled():
            self.judge.undo_key.flash()
            self._keep(self.sitting.undoing())

    def _keep(self, word: Word | None) -> None:
        if self.sitting is None or word is None or self._busy or self.step is not Step.JUDGE:
            return
        say, uid = self._room.say, self.sitting.study.uid
        self._busy = True
        self._run(lambda: say(uid, word), lambda _: self._kept(word))

    def _kept(self, word: Word) -> None:
        assert self.sitting is not None
        self._busy, sitting = False, self.sitting
        ended = sitting.add(word)
        if sitting.turn is None:
            self._through(sitting)
        elif ended:
            self.who.tell(saying.trial_done(sitting.by, word.trial))
            self.pause()
        else:
            self._show_part()

    def _through(self, sitting: Sitting) -> None:
        """That person has judged everything; the last one sees the figures."""
        self.who.tell(saying.all_done(sitting.by))
        self.pause()
        self.changed.emit()
        if sitting.complete:
            self._figure()

    def pause(self) -> None:
        """Leave the parts; all words are kept."""
        if self.step is Step.JUDGE and self.sitting is not None and not self._busy:
            self.sitting.leave()
            self.judge.view.show_part(None)
            self._go(Step.WHO)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A and R as at the line, or the arrows; Z takes back; Escape pauses."""
        if self.step is not Step.JUDGE:
            self._other_key(event)
        elif not event.isAutoRepeat():
            self._judge_key(event.key())

    def _judge_key(self, key: int) -> None:
        if key in _OK_KEYS:
            self._say(Said.OK)
        elif key in _NG_KEYS:
            self._say(Said.NG)
        elif key in _UNDO_KEYS:
            self.undo()
        elif key == Qt.Key.Key_Escape:
            self.pause()

    def _other_key(self, event: QKeyEvent) -> None:
        focus, ways = self.focusWidget(), {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        way = ways.get(Qt.Key(event.key()))
        if event.key() in _ENTER:
            focus.click() if isinstance(focus, QAbstractButton) else self.next()
        elif way is not None and self.step is Step.RESULT:
            self.figures.turn_to(way)
        else:
            super().keyPressEvent(event)

    # ── the figures ─────────────────────────────────────────────────────────────────────────

    def _figure(self) -> None:
        """From the records: somebody may judge in another window too."""
        if self.sitting is not None:
            study, words = self.sitting.study, self._room.words

            def work() -> tuple[Sitting, Result | None]:
                sitting = Sitting(study, words(study.uid))
                return sitting, outcome(study, sitting.words)

            self._run(work, self._figured)

    def _figured(self, figured: tuple[Sitting, Result | None]) -> None:
        self.sitting, self.found = figured
        if self.found is None:
            self._warn(saying.no_result())
            return
        judges = experts(self.sitting.said)
        self.figures.show_result(self.sitting.study, self.found, judges, self._room.data)
        self._go(Step.RESULT)

    def _save(self, form: str) -> None:
        """As PDF, or every word as CSV."""
        sitting, found, data = self.sitting, self.found, self._room.data
        if sitting is None or found is None:
            return
        study, words = sitting.study, list(sitting.words)

        def write(path: Path) -> None:
            write_whole({path: study_file(form, study, words, found, data)})

        stem = f"{study_words.heading()} {study.plan.product} {study.uid}"
        self._files.ask(stem, form, write, self)

    def _written(self, path: Path, fault: Fault | None) -> None:
        if not self._closed:
            self._warn(saying.saved(str(path)) if fault is None else fault_text(fault))

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.setWindowTitle(study_words.heading())
        for panel in (self.plan_panel, self.who, self.judge, self.figures):
            panel.retranslate()
        words = saying.foot_words()
        for key in ("close", "back", "pdf", "csv"):
            getattr(self, f"{key}_key").set_title(words[key])
        self.earlier_key.set_title(saying.go_on())
        self.result_key.set_title(saying.result_word())
        self._show()

    def _show(self) -> None:
        sitting = self.sitting
        study = None if self.step is Step.PLAN or sitting is None else sitting.study
        self.where.setText(saying.where(study).upper())
        if self.step is Step.PLAN:
            self._show_plan()
        elif sitting is not None and self.step is Step.WHO:
            self._show_who(sitting)
        elif sitting is not None and self.step is Step.JUDGE:
            lost = self._since is not None and not self.judge.view.has_picture
            self.judge.show_sitting(sitting, self._ready, lost)
        elif sitting is not None:
            through, people = len(sitting.through), sitting.study.plan.people
            self.title.setText(saying.result_title(through, people))

    def _show_plan(self) -> None:
        self.title.setText(saying.preparing() if self._busy else saying.plan_title())
        self.plan_panel.setEnabled(not self._busy)
        self.earlier_key.setVisible(bool(self._begun))
        self.earlier_key.setEnabled(not self._busy)
        self.next_key.set_title(saying.begin())
        self.next_key.setEnabled(self.plan_panel.plan is not None and not self._busy)

    def _show_who(self, sitting: Sitting) -> None:
        self.who.show_sitting(sitting)
        self.title.setText(saying.who_title(sitting.wanted))
        self.next_key.set_title(saying.start())
        self.next_key.setVisible(sitting.more)
        self.next_key.setEnabled(bool(self.who.written))
        self.result_key.setEnabled(sitting.has_trial)

    def _warn(self, words: str) -> None:
        self.notice.warn(words, SAID_SECONDS)

    # ── work off the GUI thread ─────────────────────────────────────────────────────────────

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Nobody hears the answer once the dialog is closed."""
        self._asked += 1

        def answered(tell: Callable[[], None]) -> None:
            self._asked -= 1
            self._leave() if self._closed else tell()

        self._tasks.run(
            work,
            lambda found: answered(lambda: done(found)),
            lambda fault: answered(lambda: self._failed(fault)),
        )

    def _failed(self, fault: Fault) -> None:
        self._busy = False
        self._warn(fault_text(fault))
        self._show()

    def _end(self) -> None:
        self._closed = True
        for view in (self.judge.view, self.figures.view):
            view.stop()
        self._leave()

    def _leave(self) -> None:
        """Go for good, when nothing can come back to this dialog any more."""
        if self._closed and not self._asked:
            self.deleteLater()
