"""Advice for the Line page: worked out in a process of its own, kept, accepted, tracked."""

import json
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from station.errors import ErrorCode, Fault
from station.gui.pages.line_advice_room import AdviceRoom, AdviceView, Work
from station.helper import Helper
from station.insight.advice import FOLDER, NG, Advice, from_json, result_path
from station.insight.advice_track import (
    Tracked,
    accepted,
    before,
    defects,
    is_over,
    note_body,
    track,
)
from station.store.beside import Beside
from station.store.history import Filter
from station.store.notes import NoteKind
from station.store.queries import Reader
from station.store.store import now_ms
from station.whole import write_whole

OLD_MS = 3_600_000  # from then on it is worked out anew when somebody looks
TRACKED, TRACK_SECONDS = 5, 300.0  # the newest; so long what was read of them holds
MOST_OPERATORS = 8
CHOICES = "advice.json"


class Adviser:
    """One process at a time; a wish that comes while it runs is not needed: it is told `runs`.

    command: starts it. target: what is explained unless a person has chosen. operator(): who works
    here. All calls but `close` come from one thread.
    """

    def __init__(
        self, data: Path, reader: Reader, command: Sequence[str], target: str = NG
    ) -> None:
        self._data, self._reader = data, reader
        self._helper, self._usual = Helper(command, "advice"), target
        self._told: dict[tuple[int, int | None], Tracked] = {}
        self._told_at = 0.0
        self._lock = threading.Lock()
        self._work = Work()
        self._ended = False
        self.room = AdviceRoom(self.look, self.work, self.choose, self.mark, self.accept)

    def look(self, recipe: str) -> AdviceView:
        """How it stands. Raises StoreError."""
        product = recipe or self._newest()
        if not product:
            return AdviceView()
        target, marked = self._choice(product)
        advice = self._kept(product, target)
        old = advice is None or now_ms() - advice.made_ms > OLD_MS
        return AdviceView(
            product=product,
            target=target,
            targets=self._targets(product, target),
            marked=marked,
            advice=advice,
            is_old=old or (advice is not None and not _is_for(advice, marked)),
            work=self._state(),
            tracked=self._tracked(product),
            operators=self._reader.facets().operators[:MOST_OPERATORS],
        )

    def work(self, product: str) -> None:
        """Begin, unless it runs."""
        if self._state().runs:
            return
        self._helper.close()
        target, marked = self._choice(product)
        told = {"data": str(self._data), "product": product, "target": target, "settable": marked}
        self._ended = False
        self._set(Work(runs=True))
        try:
            self._helper.start((json.dumps(told) + "\n").encode(), self._hear, self._gone)
        except OSError as error:
            self._set(Work(fault=_lost(error.strerror or str(error))))

    def choose(self, product: str, target: str) -> None:
        """What is explained from now on."""
        self._remember(product, target, self._choice(product)[1])

    def mark(self, product: str, names: Sequence[str]) -> None:
        """Which values can be set."""
        self._remember(product, self._choice(product)[0], tuple(names))

    def accept(self, product: str, advice: Advice, operator: str) -> None:
        """Note it, with how it was before. Raises StoreError."""
        if advice.suggestion is None or advice.evidence is None:
            raise ValueError("nothing to accept")
        now = now_ms()
        with self._reader.connection() as connection:
            was = before(connection, product, advice.target, advice.evidence.lately_ms, now)
        with Beside(self._data) as beside:
            beside.note(NoteKind.ADVICE, product, operator, note_body(advice, was))

    def close(self) -> None:
        """End the process, if it runs. Safe twice."""
        self._helper.kill()
        self._helper.close()

    # ── the records ─────────────────────────────────────────────────────────────────────────

    def _newest(self) -> str:
        newest = self._reader.page(Filter(), 1)
        return newest[0].inspection.recipe if newest else ""

    def _targets(self, product: str, chosen: str) -> tuple[str, ...]:
        with self._reader.connection() as connection:
            return tuple(dict.fromkeys((NG, *defects(connection, product), chosen)))

    def _tracked(self, product: str) -> tuple[Tracked, ...]:
        """What is over does not change any more; the rest is read anew now and then."""
        notes = self._reader.notes(NoteKind.ADVICE, product)[-TRACKED:]
        if time.monotonic() - self._told_at > TRACK_SECONDS:
            self._told = {key: one for key, one in self._told.items() if is_over(one, key[1])}
            self._told_at = time.monotonic()
        until = [*(one.at_ms for one in notes[1:]), None]  # that of the last goes on
        keys = list(zip([one.id for one in notes], until, strict=False))
        for note, key in zip(notes, keys, strict=True):
            said = accepted(note)
            if said is not None and key not in self._told:
                with self._reader.connection() as connection:
                    self._told[key] = track(connection, said, now_ms(), key[1])
        return tuple(self._told[key] for key in reversed(keys) if key in self._told)

    # ── what is kept ────────────────────────────────────────────────────────────────────────

    def _kept(self, product: str, target: str) -> Advice | None:
        with suppress(OSError):
            return from_json(result_path(self._data, product, target).read_bytes())
        return None

    def _choice(self, product: str) -> tuple[str, tuple[str, ...]]:
        """What persons chose; what they did not is as usual."""
        one = self._choices().get(product)
        if not isinstance(one, dict):
            return self._usual, ()
        marked = one.get("settable")
        names = tuple(map(str, marked)) if isinstance(marked, list) else ()
        return str(one.get("target") or self._usual), names

    def _choices(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found = json.loads((self._data / FOLDER / CHOICES).read_bytes())
            return found if isinstance(found, dict) else {}
        return {}

    def _remember(self, product: str, target: str, settable: Sequence[str]) -> None:
        values = self._choices() | {product: {"target": target, "settable": list(settable)}}
        text = json.dumps(values, ensure_ascii=False, indent=1)
        write_whole({self._data / FOLDER / CHOICES: text.encode()})

    # ── the process ─────────────────────────────────────────────────────────────────────────

    def _hear(self, said: Mapping[str, Any]) -> None:
        if "fault" in said:
            facts = tuple((str(name), str(value)) for name, value in said["facts"])
            self._set(Work(fault=Fault(ErrorCode(said["fault"]), facts)))
            self._ended = True
        elif "done" in said:
            self._set(Work())
            self._ended = True
        else:
            self._set(Work(True, str(said["step"]), float(said["share"])))

    def _gone(self, _: int, how: str) -> None:
        if not self._ended:
            self._set(Work(fault=_lost(how)))

    def _state(self) -> Work:
        with self._lock:
            return self._work

    def _set(self, work: Work) -> None:
        with self._lock:
            self._work = work


def _is_for(advice: Advice, marked: Sequence[str]) -> bool:
    """Whether the same settings were asked for, as far as they could be used."""
    usable = {name for name, _ in advice.values}
    return set(advice.settable) == set(marked) & usable


def _lost(reason: str) -> Fault:
    return Fault(ErrorCode.ADVICE_LOST, (("reason", reason),))
