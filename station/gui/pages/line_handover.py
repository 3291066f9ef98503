"""Handing over a shift: its essentials are read, notes are written, two persons sign."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from station.errors import Fault
from station.gui.pages import line_handover_words as saying
from station.gui.pages.line_handover_asking import Asking
from station.gui.pages.line_handover_former import FormerDialog
from station.gui.pages.line_handover_pages import PagesDialog
from station.gui.pages.line_handover_room import HandoverRoom, Kept
from station.gui.pages.line_handover_view import NOTES, HandoverView
from station.gui.tasks import Tasks
from station.gui.texts import fault_text
from station.gui.theme import Theme
from station.insight.handover import Golden, Handover
from station.insight.shift import ShiftReport

LOOK_MS = 30_000
SAID_SECONDS = 20.0
JUST_BEGUN_MS = 2 * 3_600_000  # so long after a shift began, the one before is handed over


class HandoverDialog(HandoverView):
    """`signed` when a shift was signed. Shown with `open()`; it goes by itself.

    The figures that are on the screen are those that are signed, as of the moment beside them.
    """

    signed = Signal()

    def __init__(self, room: HandoverRoom, tasks: Tasks, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._room, self._tasks = room, tasks
        self._reports: dict[int, ShiftReport] = {}
        self._back = 0
        self._twice = False  # one name for both: the next touch signs all the same
        self._told = ""  # what came of signing, until something is changed
        self._busy = False
        self._asking = Asking(tasks, self, self._failed)
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)
        self._look.start(LOOK_MS)
        self._connect()
        self.retranslate()
        self._show()
        self.words.setFocus()
        self._asking.run(room.operators, self._know_names)
        self._asking.run(lambda: room.shift(0), self._opened)

    @property
    def report(self) -> ShiftReport | None:
        """That of the chosen shift, once it was read."""
        return self._reports.get(self._back)

    @property
    def golden(self) -> Golden:
        """What is said of the check with known parts."""
        pairs = zip(self.golden_keys, saying.golden_choices(), strict=True)
        return next((one for key, (one, _) in pairs if key.isChecked()), Golden.UNSAID)

    def _connect(self) -> None:
        for back, key in enumerate(self.shift_keys):
            key.clicked.connect(partial(self._choose, back))
        for key in self.golden_keys:
            key.toggled.connect(self._changed)
        for field in (self.giver, self.taker):
            field.editTextChanged.connect(self._changed)
        self.words.textChanged.connect(self._cut)
        self.sign_key.clicked.connect(self.sign)
        self.show_key.clicked.connect(self._show_pages)
        self.former_key.clicked.connect(self._show_former)
        self.close_key.clicked.connect(self.reject)
        self.finished.connect(self._look.stop)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def look(self) -> None:
        """Read the figures of the chosen shift anew, unless they are being signed."""
        if not self._busy:
            back, shift = self._back, self._room.shift
            self._asking.run(lambda: shift(back), partial(self._read, back))

    def _opened(self, report: ShiftReport) -> None:
        """Just after a shift began it is the one before that is handed over."""
        self._read(0, report)
        if report.made_ms - report.since_ms < JUST_BEGUN_MS:
            self._asking.run(lambda: self._room.shift(1), self._prefer)

    def _prefer(self, report: ShiftReport) -> None:
        self._reports[1] = report
        if report.figures.parts and not report.signed:
            self._back = 1
        self._show()

    def _choose(self, back: int) -> None:
        self._back = back
        self._twice, self._told = False, ""
        self._show()
        self.look()

    def _read(self, back: int, report: ShiftReport) -> None:
        if not self._busy:
            self._reports[back] = report
            self._show()

    def _know_names(self, names: tuple[str, ...]) -> None:
        """To choose from; what was typed stays."""
        for field in (self.giver, self.taker):
            typed = field.currentText()
            field.addItems([name for name in names if name])
            field.setCurrentIndex(-1)
            field.setEditText(typed)

    # ── signing ─────────────────────────────────────────────────────────────────────────────

    def sign(self) -> None:
        """Sign what is on the screen; one name for both is asked about once more."""
        report, (giver, taker) = self.report, self._names()
        if report is None or not self.sign_key.isEnabled():
            return
        if giver.casefold() == taker.casefold() and not self._twice:
            self._twice = True
            self._show()
            return
        self._busy, self._twice = True, False
        handover = Handover(
            since_ms=report.since_ms,
            until_ms=report.until_ms,
            giver=giver,
            taker=taker,
            words=self.words.toPlainText().strip(),
            golden=self.golden,
            figures=report.stands,
            top=report.top,
            alarms=len(report.alarms),
        )
        self._show()
        sign = self._room.sign
        self._asking.run(lambda: sign(report, handover), partial(self._kept, self._back))

    def _kept(self, back: int, kept: Kept) -> None:
        self._busy = False
        self._reports[back] = kept.report
        self._told = saying.kept(str(kept.pdf))
        if kept.fault is not None:
            self._told = saying.kept_without(fault_text(kept.fault))
            self.notice.warn(self._told, SAID_SECONDS)
        self._show()
        self.signed.emit()

    def _names(self) -> tuple[str, str]:
        giver, taker = (" ".join(one.currentText().split()) for one in (self.giver, self.taker))
        return giver, taker

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show_pages(self) -> None:
        report = self.report
        if report is not None:
            PagesDialog(report, self._room, self._tasks, self._theme, self).open()

    def _show_former(self) -> None:
        FormerDialog(self._room, self._tasks, self._theme, self).open()

    def _cut(self) -> None:
        """No more letters than are kept."""
        text = self.words.toPlainText()
        if len(text) > NOTES:
            self.words.setPlainText(text[:NOTES])
        self._changed()

    def _changed(self) -> None:
        self._twice, self._told = False, ""
        self._show()

    def _show(self) -> None:
        report = self.report
        self.setWindowTitle(saying.heading())
        self.title.setText(saying.heading())
        said, role = saying.state(report)
        self.state.setText(said)
        self.state.setStyleSheet(f"color: {self._theme.color(role).name()};")
        for back, key in enumerate(self.shift_keys):
            key.set_title(saying.shift_key(self._reports.get(back), back))
            key.setChecked(back == self._back)
        for key, (_, word) in zip(self.golden_keys, saying.golden_choices(), strict=True):
            key.set_title(word)
        self.show_facts(() if report is None else saying.essentials(report))
        self._show_sign(report)

    def _show_sign(self, report: ShiftReport | None) -> None:
        giver, taker = self._names()
        misses = saying.what_misses(giver, taker, self.golden)
        self.hint.setText(self._told or (saying.same_name(giver) if self._twice else misses))
        again = report is not None and bool(report.signed)
        self.sign_key.set_title(saying.sign_key(again, self._twice))
        ready = report is not None and not misses and not self._told
        self.sign_key.setEnabled(ready and not self._busy)
        self.show_key.setEnabled(report is not None)

    def _failed(self, fault: Fault) -> None:
        self._busy = False
        self.notice.warn(fault_text(fault), SAID_SECONDS)
        self._show()
