"""The window of the first start: one question at a time, Back and Next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station.errors import Fault
from station.gui.texts import fault_text, translate
from station.gui.theme import DARK, apply_theme, scaled
from station.gui.welcome.progress import Bars
from station.gui.welcome.room import Answers
from station.gui.welcome.step import Done, Failed, Step, sentence
from station.gui.widgets.touch_key import Tone, TouchKey

Finish = Callable[[Answers, Done, Failed], None]
WIDEST = 1320  # pixels of the design: what is wider is hard to read


class WelcomeWindow(QWidget):
    """`written(answers)` once all was answered and `finish(answers, done, failed)` wrote it down.

    Then it stays in sight until it is closed. Closed before that, `answers` stay None.
    """

    written = Signal(object)

    def __init__(self, steps: Sequence[Step], finish: Finish) -> None:
        super().__init__()
        self.steps, self._finish = tuple(steps), finish
        self.answers: Answers | None = None
        self._said = [Answers()]  # before each question that was asked, and before the next
        self._asked: list[Step] = []
        self._busy = ""
        self._writes = False
        self._fault: Fault | None = None
        self._theme = DARK
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.where, self.title, self.words = QLabel(), QLabel(), sentence()
        self.where.setProperty("role", "caption")
        self.title.setWordWrap(True)
        self.bars, self.stack = Bars(), QStackedWidget()
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.back_key = TouchKey()
        self.next_key = TouchKey(tone=Tone.PRIMARY, title_px=24)
        self._arrange()
        self._connect()
        self.setMinimumSize(1024, 720)
        self.resize(1366, 768)
        self._open(next(one for one in self.steps if one.is_wanted(self._said[-1])))

    def _arrange(self) -> None:
        self._column, self._foot, row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._middle = QWidget()
        self._middle.setLayout(self._column)
        row.addWidget(self._middle, 1, Qt.AlignmentFlag.AlignHCenter)
        for step in self.steps:
            self.stack.addWidget(step)
        for widget in (self.where, self.bars, self.title, self.words):
            self._column.addWidget(widget)
        self._gap = QWidget()
        self._column.addWidget(self._gap)
        self._column.addWidget(self.stack, 1)
        self._foot.addWidget(self.back_key, 1)
        self._foot.addWidget(self.trouble, 3)
        self._foot.addWidget(self.next_key, 2)
        self._column.addLayout(self._foot)

    def _connect(self) -> None:
        self.back_key.clicked.connect(self.back)
        self.next_key.clicked.connect(self.next)
        for step in self.steps:
            step.changed.connect(self._show)
            step.answered.connect(self.next)
            step.failed.connect(self._say)

    @property
    def step(self) -> Step:
        """The question in sight."""
        return self._asked[-1]

    # ── what the person does ────────────────────────────────────────────────────────────────

    def next(self) -> None:
        """On, if the answer holds."""
        if self._busy or not self.step.may_go_on:
            return
        step = self.step
        self._wait(translate("Welcome", "One moment…"))
        step.prove(lambda: self._proven(step), self._failed)

    def back(self) -> None:
        """To the question before; from the first one: leave."""
        if self._busy:
            return
        self._say(None)
        if self.step.back():
            return
        if len(self._asked) == 1:
            self.close()
            return
        self.step.closed()
        self._asked.pop()
        self._said.pop()
        self._come_to(self.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, or presses the key that has the focus; Escape goes back."""
        key = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            key.click() if isinstance(key, TouchKey) else self.next()
        elif event.key() == Qt.Key.Key_Escape:
            if len(self._asked) > 1:
                self.back()
        else:
            super().keyPressEvent(event)

    # ── going on ────────────────────────────────────────────────────────────────────────────

    def _proven(self, step: Step) -> None:
        self._wait("")
        said = step.answer(self._said[-1])
        self._said.append(said)
        following = self.steps[self.steps.index(step) + 1 :]
        nothing_else = said.place is not None and said.place.used
        wanted = (
            None if nothing_else else next((one for one in following if one.is_wanted(said)), None)
        )
        step.closed()
        if wanted is not None:
            self._open(wanted)
            return
        self._writes = True
        self._wait(translate("Welcome", "The station is being set up…"))
        self._finish(said, lambda: self._finished(said), self._unfinished)

    def _open(self, step: Step) -> None:
        self._asked.append(step)
        self._come_to(step)

    def _come_to(self, step: Step) -> None:
        self.stack.setCurrentWidget(step)
        self.setFocus()  # Enter goes on, unless the question wants the keyboard
        step.opened(self._said[-1])
        self._show()

    def _finished(self, said: Answers) -> None:
        self.answers, self._writes = said, False
        self._wait(translate("Welcome", "The station starts…"))
        self.written.emit(said)

    def _unfinished(self, fault: Fault) -> None:
        self._writes = False
        self._said.pop()
        self._failed(fault)

    def _failed(self, fault: Fault) -> None:
        self._wait("")
        self._say(fault)

    def _say(self, fault: Fault | None) -> None:
        self._fault = fault
        self._show()

    def _wait(self, words: str) -> None:
        self._busy = words
        self.stack.setEnabled(not words)
        if words:
            self._fault = None
        self._show()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        if not self._asked:
            return
        step, first = self.step, len(self._asked) == 1
        wanted = [one for one in self.steps if one in self._asked or one.is_wanted(self._said[-1])]
        place, count = wanted.index(step) + 1, len(wanted)
        heading = translate("Welcome", "First start")
        where = translate("New", "Step {step} of {steps}", step=place, steps=count)
        self.where.setText(f"{heading} · {where}".upper() if count > 1 else "STATION")
        self.setWindowTitle(f"Station · {place}/{count}" if count > 1 else "Station")
        self.bars.show_state(place, count)
        self.bars.setVisible(count > 1)
        self.title.setText(step.title())
        self.words.setText(step.words())
        self.words.setVisible(bool(self.words.text()))
        self.trouble.setText(self._busy or (fault_text(self._fault) if self._fault else ""))
        role = "muted" if self._busy else "ng_text"
        size = self._theme.text_px(20)
        self.trouble.setStyleSheet(f"color: {getattr(self._theme, role)}; font-size: {size}px;")
        self.back_key.set_title(
            translate("Welcome", "Close") if first else translate("Welcome", "Back")
        )
        self.back_key.setEnabled(not self._busy)
        self.next_key.set_title(step.next_word())
        self.next_key.setEnabled(step.may_go_on and not self._busy)

    def retranslate(self) -> None:
        """Write all words anew."""
        for step in self.steps:
            step.retranslate()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All sizes follow the window."""
        super().resizeEvent(event)
        self._theme = theme = scaled(DARK, self.size())
        apply_theme(self, theme)
        edge = theme.px(56)
        self._middle.setFixedWidth(min(self.width(), theme.px(WIDEST) + 2 * edge))
        self._column.setContentsMargins(edge, theme.px(30), edge, theme.px(30))
        self._column.setSpacing(theme.px(18))
        self._foot.setSpacing(theme.px(20))
        self._gap.setFixedHeight(theme.px(6))
        self._middle.setStyleSheet(f'QLabel[role="muted"] {{ font-size: {theme.text_px(22)}px; }}')
        for key in (self.back_key, self.next_key):
            key.setMinimumHeight(theme.px(92))
        self.title.setStyleSheet(f"font-size: {theme.text_px(40)}px; font-weight: 700;")
        self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever was half said is forgotten; only what is being written is waited for."""
        if self._writes:
            event.ignore()
            return
        super().closeEvent(event)
