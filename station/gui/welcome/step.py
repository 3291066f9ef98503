"""One question of the first start, as the window around it sees it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from station.errors import Fault
from station.gui.texts import translate
from station.gui.theme import DARK, Theme
from station.gui.welcome.room import Answers

SIZE_MM = (15.0, 15.0)  # of a key beside the answers
Done = Callable[[], None]
Failed = Callable[[Fault], None]


class Step(QWidget):
    """A question and what a person answers.

    title(): the question, in the language of that moment.
    `changed` when a word or whether one may go on is another; `answered` when it is time to go on;
    `failed(fault)` when something is wrong, `None` when it is so no more.
    """

    changed = Signal()
    answered = Signal()
    failed = Signal(object)

    def __init__(self, title: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._theme = DARK

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme

    def words(self) -> str:
        """What it is about, in a sentence or two; nothing where the answers tell it."""
        return ""

    def next_word(self) -> str:
        """What stands on the blue key."""
        return translate("Welcome", "Next")

    @property
    def may_go_on(self) -> bool:
        """Whether it is answered."""
        return True

    def is_wanted(self, answers: Answers) -> bool:
        """Whether it is asked at all, after what was said before."""
        del answers
        return True

    def opened(self, answers: Answers) -> None:
        """It came into sight."""
        del answers

    def closed(self) -> None:
        """It went out of sight."""

    def back(self) -> bool:
        """Whether going back stayed within this question."""
        return False

    def prove(self, done: Done, failed: Failed) -> None:
        """Make sure of the answer before one goes on: call one of the two, now or later."""
        del failed
        done()

    def answer(self, answers: Answers) -> Answers:
        """With what was said here."""
        return answers

    def retranslate(self) -> None:
        """Write all words anew."""


def sentence() -> QLabel:
    """Words in several lines that take the width that there is."""
    label = QLabel()
    label.setWordWrap(True)
    label.setProperty("role", "muted")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
