"""What the station does first: learn a product, or show what it can do."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.gui.texts import translate
from station.gui.welcome.room import DRAWN, Answers
from station.gui.welcome.step import Step
from station.gui.welcome.tiles import Choice, Tiles

TEACH, LATER = "teach", "later"


class ProductStep(Step):
    """A real camera's parts are unknown until they are taught; the demo line has its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: translate("Welcome", "What is inspected first?"), parent)
        self._is_demo = True
        self._chosen = ""
        self.tiles = Tiles(high=132)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tiles)
        column.addStretch(1)
        self.tiles.picked.connect(self._pick)
        self.retranslate()

    def words(self) -> str:
        """What it is about."""
        return translate(
            "Welcome",
            "The station learns a product from pictures of good parts; twenty are enough to begin.",
        )

    def next_word(self) -> str:
        """It is the last question."""
        return translate("Welcome", "Start the station")

    def opened(self, answers: Answers) -> None:
        """Which choices there are hangs on the camera."""
        self._is_demo = answers.camera == DRAWN
        self.retranslate()
        self.tiles.focus()

    def answer(self, answers: Answers) -> Answers:
        """Teach at once, or not."""
        return replace(answers, teach=self._now == TEACH)

    @property
    def _now(self) -> str:
        return self._chosen or (LATER if self._is_demo else TEACH)

    def _pick(self, name: str) -> None:
        self._chosen = name
        self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        teach = translate("Welcome", "Teach a first product")
        teach_hint = translate("Welcome", "The station opens where a new product is taught.")
        if self._is_demo:
            later = translate("Welcome", "Begin with the demo product")
            later_hint = translate(
                "Welcome", "Drawn flanges and a model that knows them, to look around with."
            )
        else:
            later = translate("Welcome", "Teach later")
            later_hint = translate(
                "Welcome",
                "The camera's picture is shown; until a product is taught, none is judged.",
            )
        choices = (Choice(TEACH, teach, teach_hint), Choice(LATER, later, later_hint))
        self.tiles.set_choices(choices, self._now)
