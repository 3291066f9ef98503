"""Process values for the records: the last ones with each part, and all of them over time.

Nothing here holds up a part: what a part gets is in memory, and what is kept over time is written
in a moment in which the line has nothing to do.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from station.domain.process import ProcessValue
from station.errors import Fault, StationError
from station.machine.readings import Reading, Source
from station.store.store import Store

log = logging.getLogger(__name__)

STEADY_SECONDS = 60.0  # a value that does not change is kept once in so long
WRITE_SECONDS = 5.0
WRITE_ROWS, SOON_SECONDS = 500, 0.5  # or so soon, when so many wait
QUIET_SECONDS = 2.0  # longer than that it does not wait for a quiet moment
ROOM = 20_000
WARN_SECONDS = 60.0  # a source that comes and goes is told of once in so long
_SHORTEST, _LONGEST = 0.02, 1.0
_POLL = 0.005


@dataclass(frozen=True, slots=True)
class _Kept:
    """The last reading of a name that was kept."""

    value: float
    at_ns: int


class Sampling:
    """One thread beside the line, where there are sources at all.

    now_ms(): the time for records.  warn(fault): READINGS_LOST.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        store: Store,
        now_ms: Callable[[], int],
        warn: Callable[[Fault], None],
    ) -> None:
        self._sources = tuple(sources)
        self._store = store
        self._busy: Callable[[], bool] = lambda: False
        self._now_ms = now_ms
        self._warn = warn
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._waiting: deque[ProcessValue] = deque(maxlen=ROOM)
        self._written_at = 0.0
        self._warned: dict[str, float] = {}
        self._complained: set[str] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, busy: Callable[[], bool]) -> None:
        """Open the sources; one that fails is a warning, and the others go on.

        busy(): the line works just now.
        """
        self._busy = busy
        self._stop.clear()
        self._written_at = time.monotonic()
        for source in self._sources:
            try:
                source.open(partial(self._hear, source.name))
            except StationError as error:
                self._hear(source.name, error.fault)
            except Exception:
                log.exception("the source %s could not be opened", source.name)
        if self._sources:
            self._thread = threading.Thread(target=self._run, name="line-values", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Let go of the sources, and write what waits; safe to call twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(QUIET_SECONDS + WRITE_SECONDS)
            self._thread = None
            for source in self._sources:
                try:
                    source.close()
                except Exception:
                    log.exception("the source %s failed to close", source.name)

    def latest(self) -> tuple[ProcessValue, ...]:
        """What every source read last, as far as that is fresh; returns at once, raises nothing."""
        if not self._sources:
            return ()
        return tuple(
            self._value(source.name, one) for source in self._sources for one in self._ask(source)
        )

    def _ask(self, source: Source) -> tuple[Reading, ...]:
        try:
            return source.latest()
        except Exception:
            if source.name not in self._complained:
                self._complained.add(source.name)
                log.exception("the source %s fails", source.name)
            return ()

    def _value(self, source: str, one: Reading) -> ProcessValue:
        at_ms = self._now_ms() - (time.monotonic_ns() - one.at_ns) // 10**6
        return ProcessValue(one.name, one.value, one.unit, source, at_ms)

    def _hear(self, source: str, fault: Fault | None) -> None:
        now = time.monotonic()
        if fault is None or now - self._warned.get(source, -WARN_SECONDS) < WARN_SECONDS:
            return
        self._warned[source] = now
        self._warn(fault)

    # ── over time ───────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        shortest = min(source.every for source in self._sources) / 2
        pause = min(max(shortest, _SHORTEST), _LONGEST)
        while not self._stop.wait(pause):
            self._look()
            soon = len(self._waiting) >= WRITE_ROWS
            due = self._written_at + (SOON_SECONDS if soon else WRITE_SECONDS)
            if self._waiting and time.monotonic() > due:
                self._wait_quiet()
                self._write()
        self._write()

    def _look(self) -> None:
        for source in self._sources:
            for one in self._ask(source):
                key = (source.name, one.name)
                if _is_due(one, self._kept.get(key), source.every):
                    self._kept[key] = _Kept(one.value, one.at_ns)
                    self._waiting.append(self._value(source.name, one))

    def _wait_quiet(self) -> None:
        until = time.monotonic() + QUIET_SECONDS
        while self._busy() and time.monotonic() < until and not self._stop.wait(_POLL):
            pass

    def _write(self) -> None:
        """What the store does not take now is tried again; when there is no room, the oldest go."""
        self._written_at = time.monotonic()
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not batch:
            return
        try:
            self._store.add_values(batch)
        except StationError as error:
            log.warning("process values could not be written: %s", error)
            self._waiting.extendleft(reversed(batch[-(ROOM - len(self._waiting)) :]))


def _is_due(one: Reading, kept: _Kept | None, every: float) -> bool:
    """Another reading, not too soon, that says something new or that is due again."""
    if kept is None:
        return True
    seconds = (one.at_ns - kept.at_ns) / 1e9
    if seconds < 0.9 * every:  # a reading may come a little early
        return False
    return one.value != kept.value or seconds >= STEADY_SECONDS
