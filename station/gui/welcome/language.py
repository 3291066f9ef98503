"""Which language the station speaks."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.gui.texts import LANGUAGES, current_language, install, translate
from station.gui.welcome.room import Answers
from station.gui.welcome.step import Step
from station.gui.welcome.tiles import Choice, Tiles


class LanguageStep(Step):
    """The words change at once, so that everybody sees what they chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: translate("Welcome", "Which language does the station speak?"), parent
        )
        self.tiles = Tiles(high=150)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tiles)
        column.addStretch(1)
        self.tiles.picked.connect(install)
        self.retranslate()

    def words(self) -> str:
        """What it is about."""
        return translate(
            "Welcome", "Everybody may change it later, with the key at the top of the window."
        )

    def opened(self, answers: Answers) -> None:
        """The keyboard is for the tiles."""
        del answers
        self.tiles.focus()

    def answer(self, answers: Answers) -> Answers:
        """That language from now on."""
        return replace(answers, language=current_language())

    def retranslate(self) -> None:
        """Which one is spoken now."""
        choices = [Choice(name, words) for name, words in LANGUAGES.items()]
        self.tiles.set_choices(choices, current_language())
