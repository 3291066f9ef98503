"""A thread for calls that may hang: whoever asks waits so long and no longer."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as TooLate
from typing import Any, TypeVar

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.02

T = TypeVar("T")


class HandHangs(Exception):  # noqa: N818 - an end, not a mistake
    """The call did not come back in time, or is not worth waiting for any more."""


class Hand:
    """Does one thing after the other; nothing is begun after one that was given up.

    A driver's handle that is used by this thread only can never be let go in the midst of a call:
    the last thing that is done is `end`, however long the one before takes.
    """

    def __init__(self, name: str) -> None:
        self._work: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None]
        self._work = queue.SimpleQueue()
        self._last: Callable[[], None] | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do(
        self, act: Callable[[], T], seconds: float, given_up: Callable[[], bool] = lambda: False
    ) -> T:
        """Have it done; raises what it raises, HandHangs after so long or when it is given up."""
        answer: Future[T] = Future()
        self._work.put((act, answer))
        until = time.monotonic() + seconds
        while True:
            try:
                return answer.result(min(_LOOK_SECONDS, max(0.0, until - time.monotonic())))
            except CancelledError:
                raise HandHangs from None
            except TooLate:
                if answer.done():  # it raised a time-out of its own
                    raise
                if given_up() or time.monotonic() >= until:
                    answer.cancel()
                    raise HandHangs from None

    def end(self, last: Callable[[], None], seconds: float) -> bool:
        """Do this last, and wait so long for it; whether it was done."""
        if self._last is None:
            self._last = last
            self._work.put(None)
        return self.ended(seconds)

    def ended(self, seconds: float) -> bool:
        """Wait for the thread's end, but not for ever."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (item := self._work.get()) is not None:
            act, answer = item
            if self._last is not None or not answer.set_running_or_notify_cancel():
                answer.cancel()
                continue
            try:
                result = act()
            except BaseException as error:  # noqa: BLE001 - whoever asked hears of it
                answer.set_exception(error)
            else:
                answer.set_result(result)
        try:
            if self._last is not None:
                self._last()
        except Exception:
            log.exception("a camera could not be let go")
