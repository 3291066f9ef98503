"""Advice on the Line page: what drives a defect, and which settings would be better."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from station.errors import Fault
from station.gui.pages.line_advice_drives import DrivesPanel
from station.gui.pages.line_advice_room import AdviceRoom, AdviceView, Work
from station.gui.pages.line_advice_settings import SettingsPanel
from station.gui.tasks import Tasks
from station.store.history import Filter

BUSY_MS, QUIET_MS = 1000, 60_000


class Advice(QObject):
    """The two panels, and what they ask for; all of it through the only thread of `tasks`.

    It looks between `opened` and `closed` only, and has old advice worked out anew then.
    """

    def __init__(self, room: AdviceRoom, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._room, self._tasks = room, tasks
        self._recipe = ""
        self._is_open = False
        self._looks = 0
        self._begun = -math.inf
        self._is_asked = False  # a person changed what is asked: it need not rest
        self.view = AdviceView()
        self.drives, self.settings = DrivesPanel(parent), SettingsPanel(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.drives.chosen.connect(self._choose)
        self.drives.asked.connect(self._work)
        self.settings.marked.connect(self._mark)
        self.settings.accepted.connect(self._accept)

    def ask(self, wanted: Filter) -> None:
        """Of that recipe from now on; the time is always that of the last weeks."""
        if wanted.recipe != self._recipe:
            self._recipe, self._is_asked = wanted.recipe, True
            self._show(AdviceView())
            self.look()

    def opened(self) -> None:
        """The page came into sight."""
        self._is_open = True
        self.look()

    def closed(self) -> None:
        """The page is out of sight."""
        self._is_open = False
        self._timer.stop()

    def retranslate(self) -> None:
        """Write all words anew."""
        for panel in (self.drives, self.settings):
            panel.retranslate()

    @Slot()
    def look(self) -> None:
        """See how it stands."""
        if not self._is_open:
            return
        self._do(lambda: None)

    def _do(self, first: Callable[[], object]) -> None:
        """In the worker, and then look; only what is asked last is shown."""
        self._looks += 1
        self._timer.stop()
        recipe, room = self._recipe, self._room

        def work() -> AdviceView:
            first()
            return room.look(recipe)

        self._tasks.run(work, partial(self._seen, self._looks), self._failed)

    def _seen(self, look: int, view: AdviceView) -> None:
        if look != self._looks:
            return
        self._show(view)
        if not self._is_open:
            return
        if self._is_due(view):
            self._work()
        else:
            self._timer.start(BUSY_MS if view.work.runs else QUIET_MS)

    def _failed(self, fault: Fault) -> None:
        """The records, or what is kept beside them, could not be read or written."""
        self._show(replace(self.view, work=Work(fault=fault)))
        if self._is_open:
            self._timer.start(QUIET_MS)

    def _is_due(self, view: AdviceView) -> bool:
        """Old, and not in work; what failed is tried again when somebody asks."""
        rested = time.monotonic() - self._begun > QUIET_MS / 1000
        free = not view.work.runs and view.work.fault is None
        return bool(view.product) and view.is_old and free and (rested or self._is_asked)

    def _show(self, view: AdviceView) -> None:
        self.view = view
        self.drives.show_view(view)
        self.settings.show_view(view)

    def _work(self) -> None:
        self._begun, self._is_asked = time.monotonic(), False
        self._do(partial(self._room.work, self.view.product))

    def _choose(self, target: str) -> None:
        self._is_asked = True
        self._do(partial(self._room.choose, self.view.product, target))

    def _mark(self, names: tuple[str, ...]) -> None:
        self._is_asked = True
        self._do(partial(self._room.mark, self.view.product, names))

    def _accept(self, operator: str) -> None:
        advice = self.view.advice
        if advice is not None and advice.suggestion is not None:
            self._do(partial(self._room.accept, self.view.product, advice, operator))
