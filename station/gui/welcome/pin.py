"""The administrator's PIN, entered twice."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.errors import Fault
from station.gui.texts import translate
from station.gui.theme import Theme
from station.gui.welcome.room import Answers
from station.gui.welcome.step import SIZE_MM, Step, sentence
from station.gui.widgets.key_pad import KeyPad
from station.gui.widgets.touch_key import TouchKey


class PinStep(Step):
    """First, once more, then it is kept until the end; nothing is written here.

    pin_flaw(pin): why nobody should have it.  has_pin: whether the folder has one already.
    """

    def __init__(
        self,
        pin_flaw: Callable[[str], Fault | None],
        has_pin: Callable[[Answers], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lambda: translate("Welcome", "Choose a PIN for the administrator"), parent)
        self._flaw, self._has_pin = pin_flaw, has_pin
        self._first = self._pin = ""
        self._differed = False
        self.pad = KeyPad()
        self.ask, self.why = QLabel(), sentence()
        self.keep, self.forgotten = sentence(), sentence()
        self.ask.setProperty("role", "title")
        self.ask.setWordWrap(True)
        self.anew_key = TouchKey(size_mm=SIZE_MM)
        self._side, self._row = QVBoxLayout(), QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for one in (self.ask, self.why, self.keep, self.forgotten):
            self._side.addWidget(one)
        self._side.addWidget(self.anew_key)
        self._side.addStretch(1)
        self._row.addLayout(self._side, 1)
        self._row.addWidget(self.pad)
        self._row.addStretch(0)
        self.pad.entered.connect(self._take)
        self.pad.changed.connect(self._typed)
        self.anew_key.clicked.connect(self._begin_anew)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        super().set_theme(theme)
        self._side.setSpacing(theme.px(20))
        self._row.setSpacing(theme.px(64))

    @property
    def may_go_on(self) -> bool:
        """Once it was entered twice."""
        return bool(self._pin)

    def is_wanted(self, answers: Answers) -> bool:
        """Not where somebody has set one with the command."""
        return not self._has_pin(answers)

    def opened(self, answers: Answers) -> None:
        """The keyboard is for the pad."""
        del answers
        self._show()

    def closed(self) -> None:
        """What was half entered is forgotten."""
        self._first = ""
        self.pad.clear()

    def back(self) -> bool:
        """From the second time to the first."""
        if not self._first:
            return False
        self._begin_anew()
        return True

    def answer(self, answers: Answers) -> Answers:
        """With the PIN."""
        return replace(answers, pin=self._pin)

    def _typed(self) -> None:
        if self.pad.text:
            self.failed.emit(None)
            self._differed = False

    def _take(self, digits: str) -> None:
        self.pad.clear()
        if not self._first:
            flaw = self._flaw(digits)
            self.failed.emit(flaw)
            self._first = "" if flaw else digits
        elif digits == self._first:
            self._first, self._pin = "", digits
            self.answered.emit()
        else:
            self._first, self._differed = "", True
        self._show()

    def _begin_anew(self) -> None:
        self._first = self._pin = ""
        self._differed = False
        self.pad.clear()
        self._show()

    def _show(self) -> None:
        if self._pin:
            self.ask.setText(translate("Welcome", "A PIN is chosen. Keep it well."))
        elif self._first:
            self.ask.setText(translate("Welcome", "Enter it once more"))
        elif self._differed:
            words = translate("Welcome", "The second one was another. Begin again: choose a PIN")
            self.ask.setText(words)
        else:
            self.ask.setText(translate("Welcome", "Six to twelve digits"))
        self.pad.setEnabled(not self._pin)
        self.pad.set_ok(translate("Dialog", "OK"))
        self.anew_key.setVisible(bool(self._pin))
        if not self._pin and self.isVisible():
            self.pad.setFocus()
        self.changed.emit()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.why.setText(
            translate(
                "Welcome",
                "It guards the Setup page and what may judge your parts; the daily work needs"
                " none.",
            )
        )
        self.keep.setText(
            translate(
                "Welcome",
                "Write it down and keep it where only those find it who may set the station up.",
            )
        )
        self.forgotten.setText(
            translate(
                "Welcome",
                "If it is forgotten: whoever administers this PC sets a new one with the command"
                " “station pin set”. No record is lost by that.",
            )
        )
        self.anew_key.set_title(translate("Welcome", "Choose another PIN"))
        self._show()
