"""The one place where a part may wait for its picture: a trigger is taken or turned away."""

import threading
from collections.abc import Callable

from station.domain.part import Part, Trigger


class Gate:
    """Holds at most one trigger. `has_room` says whether the line has room behind the gate."""

    def __init__(self, has_room: Callable[[], bool]) -> None:
        self._has_room = has_room
        self._waiting: tuple[Trigger, Part] | None = None
        self._open = False
        self._change = threading.Condition()

    def set_open(self, is_open: bool) -> None:
        """Let triggers in, or turn all away while the line is not running."""
        with self._change:
            self._open = is_open
            self._change.notify_all()

    def offer(self, trigger: Trigger, part: Part) -> bool:
        """Take the trigger, or refuse it because one waits already or there is no room."""
        with self._change:
            if not self._free():
                return False
            self._waiting = (trigger, part)
            self._change.notify_all()
            return True

    @property
    def waiting(self) -> tuple[Trigger, Part] | None:
        """The trigger that waits for its frame; its part carries no number yet."""
        with self._change:
            return self._waiting

    def wait_trigger(self, timeout: float) -> bool:
        """Block until a trigger waits; False when none came in time."""
        with self._change:
            return self._change.wait_for(lambda: self._waiting is not None, timeout)

    def wait_free(self, timeout: float) -> bool:
        """Block until a trigger would be taken; the room behind is looked at 200 times a second."""
        with self._change:
            left = max(1, int(timeout * 200))
            while not self._free() and left:
                self._change.wait(0.005)
                left -= 1
            return self._free()

    def done(self) -> None:
        """The waiting trigger has become a capture, or nothing."""
        with self._change:
            self._waiting = None
            self._change.notify_all()

    @property
    def free(self) -> bool:
        """Whether a trigger would be taken now."""
        with self._change:
            return self._free()

    def _free(self) -> bool:
        return self._open and self._waiting is None and self._has_room()
