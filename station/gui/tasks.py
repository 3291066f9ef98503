"""The way for work to leave the GUI thread, and for its result to come back."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from station.errors import Fault, StationError, internal

log = logging.getLogger(__name__)

T = TypeVar("T")


class _Reply(QObject):
    """Lives in the GUI thread; what the worker emits is delivered there."""

    done = Signal(object)
    failed = Signal(object)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], Any], reply: _Reply) -> None:
        super().__init__()
        self._work = work
        self._reply = reply

    def run(self) -> None:
        try:
            result = self._work()
        except StationError as error:
            self._reply.failed.emit(error.fault)
        except Exception as error:
            log.exception("work off the GUI thread failed")
            self._reply.failed.emit(internal(error))
        else:
            self._reply.done.emit(result)


class Tasks(QObject):
    """One worker thread, so that what is asked first is answered first.

    `on_error` hears of every failure that a caller did not want to handle itself.
    """

    def __init__(self, on_error: Callable[[Fault], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._replies: set[_Reply] = set()

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Fault], None] | None = None,
    ) -> None:
        """Run `work` in the worker; then `on_done` with its result, in the GUI thread."""
        reply = _Reply(self)
        self._replies.add(reply)
        failed = on_error or self._on_error

        def done(result: T) -> None:
            if self._expects(reply):
                on_done(result)

        def fail(fault: Fault) -> None:
            if self._expects(reply):
                failed(fault)

        reply.done.connect(done)
        reply.failed.connect(fail)
        self._pool.start(_Work(work, reply))

    @Slot()
    def close(self) -> None:
        """Wait for what runs; results that come after this are dropped."""
        self._pool.clear()
        self._pool.waitForDone(5000)
        self._replies.clear()

    def _expects(self, reply: _Reply) -> bool:
        """Whether this answer is still wanted; it is the only one its work gives."""
        wanted = reply in self._replies
        self._replies.discard(reply)
        reply.deleteLater()
        return wanted
