"""The line and the records as the window reaches them: they come when the window stands already."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Union

from station.domain.inspection import DecisionKind, Still
from station.domain.part import Frame, TriggerSource
from station.gui.chips import Disk
from station.gui.tasks import Tasks
from station.pipeline.events import NOWHERE, Event, LineState, LineStatus, Refused, not_ready

if TYPE_CHECKING:
    from station.opening import DiskWatch
    from station.pipeline.line import Line
    from station.pipeline.remote import RemoteLine
    from station.settings import Settings
    from station.store.queries import Reader

AnyLine = Union["Line", "RemoteLine"]


@dataclass(frozen=True, slots=True)
class Room:
    """What a window works with: its data folder, the settings, the records, and the line."""

    data: Path
    settings: "Settings"
    reader: "Reader"
    line: AnyLine


class Reach:
    """Until `line` is set every order is refused, with words; `reader` may come later still.

    post: hears what is refused.  `still` and `live` may be called from any thread.  `waiting` says
    how many parts wait for review.
    """

    def __init__(self, post: Callable[[Event], None], tasks: Tasks) -> None:
        self._post, self._tasks = post, tasks
        self._expected = ""
        self._line: AnyLine | None = None
        self.reader: Reader | None = None
        self.disk: DiskWatch | None = None
        self.waiting: Callable[[], int] = lambda: 0

    def set_line(self, line: AnyLine) -> None:
        """From now on it takes orders; it hears of the serial that was scanned before."""
        self._line = line
        if self._expected:
            self.expect(self._expected)

    def status(self) -> LineStatus:
        """How the line stands; STARTING while there is none."""
        return self._line.status() if self._line is not None else NOWHERE

    def room(self) -> Disk | None:
        """For records, as last measured."""
        return self.disk.latest if self.disk is not None else None

    def trigger(self, source: TriggerSource) -> None:
        """Ask for one part."""
        line = self._line
        if line is None:
            self._refuse(source)
        else:
            self._tasks.run(lambda: line.trigger(source), lambda _: None)

    def decide(self, uid: str, kind: DecisionKind, label: str | None, reason: str) -> None:
        """Take a person's word on a part."""
        if self._line is None:
            self._refuse()
        else:
            self._line.decide(uid, kind, label, reason)

    def undo(self, uid: str) -> None:
        """Take the last word back."""
        self.decide(uid, DecisionKind.UNDO, None, "")

    def expect(self, serial: str) -> None:
        """What the next part is called."""
        self._expected = serial
        if self._line is not None:
            self._line.expect(serial)

    def still(self, uid: str) -> Still | None:
        """The judged picture, of the line or else from the records."""
        at_hand = self._line.still(uid) if self._line is not None else None
        reader = self.reader
        if at_hand is not None or reader is None or not reader.knows(uid):
            return at_hand  # a part without a picture may not be recorded yet
        return reader.still(uid)

    def live(self, timeout: float) -> Frame | None:
        """The newest picture of the camera, or None when none came in time."""
        if self._line is not None:
            return self._line.live.take(timeout)
        time.sleep(timeout)
        return None

    def _refuse(self, source: TriggerSource | None = None) -> None:
        self._post(Refused(not_ready(LineState.STARTING), source))
