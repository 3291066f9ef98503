"""The lesson of a product: teach a candidate, hold it against the one in use, let it judge."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from station.domain.recipe import Recipe
from station.domain.revision import Revision, RevisionState
from station.errors import Fault
from station.gui.long_job import Cancelled, LongJob, Tell
from station.gui.pages import teach_release_words as saying
from station.gui.pages import teach_words as words
from station.gui.pages.teach_lesson_view import LessonView
from station.gui.pages.teach_room import Board, LessonRoom, LessonStep, Proof, ReleaseRoom
from station.gui.pages.teach_standing import (
    Change,
    Standing,
    judged_by,
    numbers,
    read_change,
    read_standing,
)
from station.gui.tasks import Tasks
from station.gui.texts import translate
from station.gui.unlock import AskPin, ask_nobody
from station.gui.widgets.choice_dialog import ChoiceDialog, Choices
from station.gui.widgets.touch_key import Tone
from station.store.releases import Limits
from station.training.costs import MOST, at_most, histogram, outcome, proposal

BINS = 40
NO_LIMITS = (0.4, 0.6)
WAIT_MS, WAITS = 700, 30
"""How often, and how many times, it is asked whether an order has been carried out."""


class Lesson(LessonView):
    """`said(fault)` for what went wrong, `taught` when there is a new candidate.

    `disputes(shadow)` when a person wants to see where the shadow disagrees.
    """

    said = Signal(object)
    taught = Signal()
    disputes = Signal(object)

    def __init__(
        self,
        lessons: LessonRoom,
        releases: ReleaseRoom,
        tasks: Tasks,
        long: Tasks,
        ask_pin: AskPin = ask_nobody,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask_pin = ask_pin
        self._lessons = lessons
        self._releases = releases
        self._tasks = tasks
        self.job = LongJob(long, self)
        self._product = ""
        self._recipe: Recipe | None = None
        self._board = Board()
        self.standing = Standing()
        self.limits = NO_LIMITS
        self._most = MOST
        self._ticket = 0
        self._busy = False
        self._waits = 0
        self.in_sight = False
        self._wait = QTimer(self)
        self._wait.setInterval(WAIT_MS)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._wait.timeout.connect(self._wait_on)
        self.teach_key.clicked.connect(self.teach)
        self.cancel_key.clicked.connect(self.job.cancel)
        self.job.changed.connect(self._show_progress)
        self.job.ended.connect(self._ended)
        self.job.failed.connect(self._job_failed)
        self.histogram.moved.connect(self._drag)
        self.most_key.clicked.connect(self._ask_most)
        self.shadow_key.clicked.connect(self._shadow)
        self.watch_key.clicked.connect(self._look)
        self.use_key.clicked.connect(self._ask_use)
        self.back_key.clicked.connect(self._ask_back)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.cancel_key.set_title(translate("Dialog", "Cancel"))
        self.histogram.set_words(
            translate("Teach", "Scores of kept-back parts"),
            translate("Teach", "review"),
            translate("Teach", "limit"),
        )
        self.histogram.setToolTip(
            translate("Teach", "Drag the limits, or move them with the arrow keys")
        )
        self._show_all()

    # ── what the page tells ─────────────────────────────────────────────────────────────────

    def set_product(self, product: str) -> None:
        """Another product."""
        if product != self._product:
            self._product, self.standing, self.limits = product, Standing(), NO_LIMITS
            self.reload()

    def set_recipe(self, recipe: Recipe) -> None:
        """By which limits the one in use judges from now on."""
        self._recipe = recipe
        self.limits = NO_LIMITS  # those that were dragged are used, or given up
        self.reload()

    def set_board(self, board: Board) -> None:
        """How its images stand."""
        self._board = board
        self._show_progress()

    def reload(self) -> None:
        """Read the models of the product, and what they are worth; out of sight: nothing."""
        if not (self._product and self.in_sight):
            self._show_all()
            return
        self._ticket += 1
        read = partial(read_standing, self._lessons, self._releases, self._product)
        self._tasks.run(read, partial(self._loaded, self._ticket), self._failed)

    def _loaded(self, ticket: int, standing: Standing) -> None:
        if ticket != self._ticket:
            return
        old, self.standing = self.standing, judged_by(standing, self._product, self._recipe)
        if numbers(old) != numbers(standing) or self.limits == NO_LIMITS:
            proof = self._proof
            self.limits = NO_LIMITS if proof is None else proof.limits
        self._show_all()

    def watch(self) -> None:
        """Read what has become of the models since, and what the shadow has done."""
        if self._product and self.in_sight and not self._busy:
            product, releases, known = self._product, self._releases, self._lessons.revisions
            work = partial(read_change, known, releases.watched, product, self.standing)
            self._tasks.run(work, partial(self._watched, self._ticket), self._failed)

    def _watched(self, ticket: int, change: Change) -> None:
        if ticket != self._ticket:
            return
        if change.others:
            self._wait.stop()
            self.reload()
        elif change.shadow is not None:
            self.standing = replace(self.standing, shadow=change.shadow)
            self._show_release()

    def _wait_on(self) -> None:
        """The line takes an order at once and carries it out when its model is open."""
        self._waits -= 1
        self.watch()
        if self._waits <= 0:
            self._wait.stop()

    # ── teaching ────────────────────────────────────────────────────────────────────────────

    def teach(self) -> None:
        """Learn from all images that have a class."""
        product, teach = self._product, self._lessons.teach

        def work(tell: Tell, cancelled: Cancelled) -> int | None:
            return teach(product, tell, cancelled)

        if product:
            self.job.start(work)

    def _ended(self, number: int | None) -> None:
        if number is not None:
            self.limits = NO_LIMITS
            self.taught.emit()
        self.reload()

    def _job_failed(self, fault: Fault) -> None:
        self.said.emit(fault)
        self.reload()

    # ── limits ──────────────────────────────────────────────────────────────────────────────

    @property
    def _proof(self) -> Proof | None:
        """Whose scores are drawn: the candidate's, else those of the one in use."""
        return self.standing.second or self.standing.first

    def _drag(self, review_limit: float, ng_limit: float) -> None:
        self.limits = (review_limit, ng_limit)
        self._show_figures()

    def _ask_most(self) -> None:
        title = translate("Teach", "How many of the bad parts may pass, at most?")
        own = translate("Teach", "Or per cent, such as 0.5")
        dialog = ChoiceDialog(title, saying.shares(), self._theme, self.window(), own)
        dialog.chosen.connect(self._set_most)
        dialog.open()

    def _set_most(self, value: str) -> None:
        most, proof = saying.read_share(value), self._proof
        if most is None or proof is None:
            return
        self._most = most
        found = at_most(proof.parts, escapes=most, false_rejects=MOST).outcome
        self.limits = (found.review_limit, found.ng_limit)
        self._show_limits()

    # ── release ─────────────────────────────────────────────────────────────────────────────

    @property
    def _target(self) -> Revision | None:
        """What the blue key puts in use: the candidate, else the same model by other limits."""
        standing = self.standing
        if standing.candidate is not None:
            return standing.candidate
        first = standing.first
        moved = first is not None and self.limits != first.limits
        return standing.incumbent if moved else None

    def _ask_use(self) -> None:
        target = self._target
        if target is not None:
            title = saying.use_question(self.standing, target, self.limits)
            limits = None if self._proof is None else Limits(*self.limits)
            release = partial(self._releases.release, self._product, target.number, limits)
            self._ask_reason(title, saying.use_reasons(), release)

    def _ask_back(self) -> None:
        before = self.standing.before
        if before is not None:
            title = saying.back_question(before)
            self._ask_reason(title, saying.back_reasons(), self._roll_back)

    def _roll_back(self, reason: str) -> None:
        self._releases.roll_back(self._product, reason)

    def _ask_reason(self, title: str, reasons: Choices, do: Callable[[str], None]) -> None:
        """Ask why, after the PIN where there is one."""

        def ask() -> None:
            own = translate("Teach", "Or another reason")
            dialog = ChoiceDialog(title, reasons, self._theme, self.window(), own)
            dialog.chosen.connect(lambda reason: self._do(partial(do, reason)))
            dialog.open()

        self._ask_pin(self.window(), self._theme, ask)

    def _shadow(self) -> None:
        candidate = self.standing.candidate
        if candidate is not None:
            runs = candidate.state is RevisionState.SHADOW
            number = None if runs else candidate.number
            self._waits = WAITS
            self._wait.start()
            self._do(partial(self._releases.shadow, self._product, number))

    def _look(self) -> None:
        if self.standing.shadow is not None:
            self.disputes.emit(self.standing.shadow)

    def _do(self, work: Callable[[], None]) -> None:
        """Change what judges, off this thread; keys wait until it is done."""
        self._busy = True
        self._show_release()
        self._tasks.run(work, self._did, self._failed)

    def _did(self, _: object) -> None:
        self._busy = False
        self.reload()

    def _failed(self, fault: Fault) -> None:
        self._busy = False
        self.said.emit(fault)
        self._show_release()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show_all(self) -> None:
        self._show_progress()
        self._show_limits()
        self._show_release()

    def _show_progress(self) -> None:
        standing, job = self.standing, self.job
        candidate = None if job.runs else standing.candidate
        incumbent = standing.incumbent
        self.caption.setText(
            words.lesson_caption(
                candidate.number if candidate else None,
                standing.following,
                incumbent.number if incumbent else None,
            ).upper()
        )
        self.teach_key.setVisible(not job.runs)
        self.cancel_key.setVisible(job.runs)
        self.cancel_key.setEnabled(not job.stopping)
        able = self._board.has_good
        again = standing.candidate is not None
        title = translate("Teach", "Teach again") if again else translate("Teach", "Teach")
        self.teach_key.set_title(title)
        self.teach_key.set_tone(Tone.PRIMARY if candidate is None else Tone.NEUTRAL)
        self.teach_key.setEnabled(bool(self._product) and able)
        if not job.runs:
            self.progress.show_state(words.ready_to_learn(self._board))
        elif job.stopping:
            self.progress.show_state(translate("Teach", "Stopping…"), 0.0)
        else:
            self._show_step(job.told)
        self._fit()

    def _show_step(self, step: LessonStep | None) -> None:
        now = step or LessonStep("snapshot", 0.0)
        left = words.time_left(now.seconds_left)
        self.progress.show_state(words.learning(self._board), now.share, words.step_word(now), left)

    def _show_limits(self) -> None:
        proof = self._proof
        if proof is None:
            self.histogram.set_bins((), ())
        else:
            bins = histogram(proof.parts, bins=BINS)
            self.histogram.set_bins(bins.good, bins.bad)
        self.histogram.set_limits(*self.limits)
        self.histogram.setVisible(proof is not None)
        self.most_key.setVisible(proof is not None)
        self.proven.setVisible(proof is not None)
        self._show_figures()

    def _show_figures(self) -> None:
        standing, first, second = self.standing, self.standing.first, self.standing.second
        if second is not None:
            second = replace(second, limits=self.limits)
        elif first is not None:
            first = replace(first, limits=self.limits)
        proof = self._proof
        parts = 0 if proof is None else len(proof.parts.good) + len(proof.parts.bad)
        self.figures_caption.setText(words.table_caption(parts).upper())
        rows = words.figure_rows(first, second) if proof is not None else ()
        self.table.set_figures(words.heads(standing.incumbent, standing.candidate), rows)
        self.most_key.set_title(saying.most_title(self._most))
        if proof is not None:
            found = proposal(outcome(proof.parts, *self.limits), self._most)
            self.proven.setText(words.proof_words(found))
        self._show_release()

    def _show_release(self) -> None:
        standing, target = self.standing, self._target
        candidate = standing.candidate
        shadows = candidate is not None and candidate.state is RevisionState.SHADOW
        self.shadow_key.setVisible(candidate is not None and standing.incumbent is not None)
        self.shadow_key.setEnabled(not self._busy)
        self.shadow_key.set_title(
            translate("Teach", "End the shadow run")
            if shadows
            else translate("Teach", "Run in shadow")
        )
        self.use_key.setVisible(target is not None)
        self.use_key.setEnabled(not self._busy and not self.job.runs)
        if target is not None:
            self.use_key.set_title(saying.use_title(target, candidate is None))
        self.watch_key.setVisible(shadows)
        self.note.setVisible(not shadows)
        self.watch_key.set_title(saying.watch_title(standing.shadow))
        self.watch_key.setEnabled(standing.shadow is not None and standing.shadow.count > 0)
        self.back_key.setVisible(standing.before is not None)
        self.back_key.setEnabled(not self._busy)
        if standing.before is not None:
            self.back_key.set_title(saying.back_title(standing.before))
        self.note.setText(saying.note(standing))
        self._fit()
