"""Which parts are in work: so that a part whose line died is not forgotten with it.

    <data folder>/in-work.log    a line for every part that was taken, another when it was settled

A part is settled when the machine was told what happens to it, or when it waits for a person in
the records. What is open in the file when a line starts was in work when the last one ended.
"""

import json
import logging
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from station.domain.part import Part, Trigger, TriggerSource
from station.store.rows import fit_text

log = logging.getLogger(__name__)

FILE_NAME = "in-work.log"
_FRESH_BYTES = 64 * 1024  # a file as long as this begins anew when nothing is open


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A part that was in work when its line ended; it has no number yet."""

    uid: str
    source: TriggerSource
    at_ms: int
    serial: str
    lot: str


class InWork:
    """Safe from any thread. Every line is one write, so a killed process leaves no half of it.

    `begin` and `settle` never raise and never wait for the disk: a part goes its way also where
    the disk is full. `sync` makes what was begun survive a power cut.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._file = -1
        self._bytes = 0
        self._open: set[str] = set()
        self._complained = False
        self._lock = threading.Lock()

    def open(self) -> list[Unfinished]:
        """Begin, and tell what was in work before, oldest first; it stays open until settled."""
        found = _unfinished(self._path)
        with self._lock:
            self._open = {one.uid for one in found}
            try:
                self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
                self._bytes = os.fstat(self._file).st_size
            except OSError as error:
                log.warning("parts in work are not noted down: %s", error)
        return found

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        with self._lock:
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    def begin(self, trigger: Trigger, part: Part) -> None:
        """A part was taken."""
        texts = fit_text(part.serial), fit_text(part.lot)
        with self._lock:
            self._open.add(trigger.uid)
            self._write(["+", trigger.uid, trigger.source.value, trigger.at_ms, *texts])

    def settle(self, uid: str) -> None:
        """Nothing is owed to that part any more; harmless for one that is not open."""
        with self._lock:
            if uid not in self._open:
                return
            self._open.discard(uid)
            self._write(["-", uid])
            if not self._open and self._bytes > _FRESH_BYTES:
                with suppress(OSError):
                    os.ftruncate(self._file, 0)
                    self._bytes = 0

    def sync(self) -> None:
        """Make what was begun survive a power cut."""
        if self._file >= 0:
            with suppress(OSError):
                os.fsync(self._file)

    def _write(self, line: list[object]) -> None:
        if self._file < 0:  # not open yet, so every part that comes is refused
            return
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        try:
            self._bytes += os.write(self._file, data)
        except OSError as error:
            if not self._complained:
                log.warning("parts in work are not noted down: %s", error)
            self._complained = True


def _unfinished(path: Path) -> list[Unfinished]:
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return []
    found: dict[str, Unfinished] = {}
    for line in text.splitlines():
        with suppress(ValueError, TypeError):  # half a line after a power cut
            match json.loads(line):
                case ["+", str(uid), str(source), int(at_ms), str(serial), str(lot)]:
                    found[uid] = Unfinished(uid, TriggerSource(source), at_ms, serial, lot)
                case ["-", str(uid)]:
                    found.pop(uid, None)
    return list(found.values())
