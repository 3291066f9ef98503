"""All that the Line page may ask for, joined."""

from collections.abc import Callable
from functools import partial

from station.gui.pages.line_room import Beside, LineRoom
from station.overview.advice import Adviser
from station.overview.health import Health
from station.overview.report import Reports
from station.overview.study import study_room
from station.overview.use import Use, figures, studied
from station.store.history import Filter


class Overview:
    """Over one data folder; `program(*arguments)` is a command of this program.

    `close` after the page's workers are closed.
    """

    def __init__(self, use: Use, program: Callable[..., list[str]]) -> None:
        self._use = use
        self._health = Health(use.data, use.reader, use.settings.line.machines)
        self._reports = Reports(use.data, use.reader, use.settings)
        target = use.settings.line.drives
        self._adviser = Adviser(use.data, use.reader, program("advise"), target)
        self.close = self._adviser.close

    def room(self, show_parts: Callable[[Filter], None]) -> LineRoom:
        """show_parts: brings parts up as a list, in the window's own thread."""
        use = self._use
        return LineRoom(
            partial(figures, use),
            self._beside,
            self._serviced,
            self._reports.write,
            self._reports.stem,
            show_parts,
            self._adviser.room,
            study_room(use.data, use.reader, use.operator),
            self._reports.room(),
        )

    def _beside(self) -> Beside:
        reader = self._use.reader
        return Beside(reader.facets(), self._health.tiles(), studied(reader))

    def _serviced(self, machine: str, worn: bool) -> None:
        self._health.serviced(machine, "", self._use.operator, worn)
