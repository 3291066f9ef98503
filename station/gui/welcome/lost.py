"""The folder that holds the data is not there: say so, and look again."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.errors import Fault
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.welcome.step import Done, Failed, Step, sentence


class LostStep(Step):
    """`look()` raises StationError while it is so."""

    def __init__(
        self,
        fault: Fault,
        look: Callable[[], object],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            lambda: translate("Welcome", "The station's data cannot be reached"), parent
        )
        self._fault, self._look, self._tasks = fault, look, tasks
        self.calm = sentence()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.calm)
        column.addStretch(1)
        self.retranslate()

    def words(self) -> str:
        """And what to do."""
        return fault_text(self._fault)

    def next_word(self) -> str:
        """The way on."""
        return translate("Welcome", "Look again")

    def prove(self, done: Done, failed: Failed) -> None:
        """See whether it is there by now."""
        self._tasks.run(self._look, lambda _: done(), failed)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.calm.setText(
            translate("Welcome", "Nothing is begun anew in another place: no record gets lost.")
        )
