"""The way for work to leave the GUI thread, and for its result to come back."""

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from station.errors import Fault, StationError, internal

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Answer:
    ticket: int
    result: Any = None
    fault: Fault | None = None


class Tasks(QObject):
    """One worker thread, so that what is asked first is answered first.

    `on_error` hears of every failure that a caller did not want to handle itself. All methods
    belong to the GUI thread.
    """

    _answered = Signal(object)

    def __init__(self, on_error: Callable[[Fault], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._worker = ThreadPoolExecutor(1, "tasks")
        self._tickets = itertools.count()
        self._waiting: dict[int, tuple[Callable[[Any], None], Callable[[Fault], None]]] = {}
        self._closed = False
        self._answered.connect(self._deliver)

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Fault], None] | None = None,
    ) -> None:
        """Run `work` in the worker; then `on_done` with its result. After `close`: nothing."""
        if self._closed:
            return
        ticket = next(self._tickets)
        self._waiting[ticket] = (on_done, on_error or self._on_error)
        self._worker.submit(self._work, ticket, work)

    def close(self) -> None:
        """Wait for what runs, leave out what has not begun, drop the answers."""
        self._closed = True
        self._waiting.clear()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _work(self, ticket: int, work: Callable[[], object]) -> None:
        """In the worker; the signal brings the answer into the GUI thread."""
        try:
            answer = _Answer(ticket, work())
        except StationError as error:
            answer = _Answer(ticket, fault=error.fault)
        except Exception as error:
            log.exception("work off the GUI thread failed")
            answer = _Answer(ticket, fault=internal(error))
        self._answered.emit(answer)

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        callbacks = self._waiting.pop(answer.ticket, None)
        if callbacks is None:
            return
        on_done, on_error = callbacks
        if answer.fault is not None:
            on_error(answer.fault)
        else:
            on_done(answer.result)
