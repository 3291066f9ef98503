"""A model that judges silently beside the one in charge: after it, and never in its way.

It sees a part when that is recorded, waits for a moment in which the line has nothing to do, and
uses one core. What it has no time for is left out and counted.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from station.domain.inspection import Inspection, Still
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.domain.revision import Revision, RevisionState
from station.domain.views import gravest
from station.errors import ErrorCode, StationError, StoreError, internal
from station.inference.engine import Engine
from station.pipeline.channel import Channel, Closed
from station.pipeline.events import Event, Refused, Warned
from station.pipeline.recorder import RecordPart, weight
from station.store.second_looks import SecondLook
from station.store.store import Store

log = logging.getLogger(__name__)

WAITING = 4
WAITING_BYTES = 64 * 2**20
BUSY_SECONDS = 0.25  # longer than that it does not wait for a quiet moment
POLL_SECONDS = 0.005
BATCH = 16  # so many looks are written in one change, or what there is after a moment
BATCH_SECONDS = 1.0


class Shadow:
    """One model and its thread; it opens the model itself.

    Its verdicts fall by the limits of its own card, all else by recipe(), that of the line.
    busy(): the line works.
    """

    def __init__(
        self,
        engine: Engine,
        store: Store,
        recipe: Callable[[], Recipe],
        busy: Callable[[], bool],
    ) -> None:
        self._engine = engine
        self._store = store
        self._recipe = recipe
        self._busy = busy
        self._parts: Channel[RecordPart] = Channel(WAITING, WAITING_BYTES, weight)
        self._looks: list[SecondLook] = []
        self._written_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="line-shadow", daemon=True)
        self.sha256 = engine.sha256
        self.seen = 0
        self.dropped = 0

    def start(self) -> None:
        """Begin to look at what is offered."""
        self._thread.start()

    def offer(self, part: RecordPart) -> None:
        """Take a recorded part if there is room; returns at once."""
        seen = part.inspection
        if part.still is None or seen.score is None or seen.model_sha256 == self.sha256:
            return
        try:
            if not self._parts.put(part, timeout=0):
                self.dropped += 1
        except Closed:
            pass

    def close(self) -> None:
        """End after the part at hand, and write what there is."""
        self._parts.close()
        if self._thread.is_alive():
            self._thread.join(5.0)
        self._engine.close()

    def _run(self) -> None:
        while True:
            try:
                part = self._parts.get(BATCH_SECONDS)
            except Closed:
                break
            if part is not None and part.still is not None:
                self._wait_quiet()
                self._look(part.inspection, part.still, part.recipe)
            self._write_due()
        self._write()

    def _wait_quiet(self) -> None:
        until = time.monotonic() + BUSY_SECONDS
        while self._busy() and time.monotonic() < until:
            time.sleep(POLL_SECONDS)

    def _look(self, inspection: Inspection, still: Still, recipe: Recipe) -> None:
        try:
            finding = self._engine.look(still.pixels, inspection.roi, recipe.ignore)
            own = judge(finding, self._by_card())
            verdict = gravest([own, *(one.verdict for one in inspection.views[1:])])
        except Exception as error:  # noqa: BLE001 - whatever happens, the line does not care
            log.warning("the shadow failed at part %s: %s", inspection.part.number, error)
            self.dropped += 1
            return
        uid, sha256 = inspection.uid, self.sha256
        look = SecondLook(uid, sha256, finding.label, finding.score, verdict, finding.ms)
        self._looks.append(look)
        self.seen += 1

    def _by_card(self) -> Recipe:
        card = self._engine.card
        recipe, (low, high) = self._recipe(), (card.review_limit, card.ng_limit)
        return replace(recipe, review_limit=low, ng_limit=high)

    def _write_due(self) -> None:
        due = time.monotonic() - self._written_at >= BATCH_SECONDS
        if len(self._looks) >= BATCH or (due and self._looks):
            self._write()

    def _write(self) -> None:
        """All at once; what cannot be written is left out, for no part depends on it."""
        looks, self._looks = self._looks, []
        self._written_at = time.monotonic()
        if looks:
            try:
                self._store.add_looks(looks)
            except StationError as error:
                log.warning("%s second looks could not be written: %s", len(looks), error)
                self.dropped += len(looks)


class Seat:
    """The place beside the model in charge: empty, or with one shadow. For any thread.

    `emit` is told Refused where one cannot sit down.
    """

    def __init__(
        self,
        store: Store,
        recipe: Callable[[], Recipe],
        busy: Callable[[], bool],
        emit: Callable[[Event], None],
    ) -> None:
        self._store = store
        self._recipe = recipe
        self._busy = busy
        self._emit = emit
        self._one = threading.Lock()
        self._shadow: Shadow | None = None
        self._closed = False

    def standing(self) -> dict[str, Any]:
        """The shadow's part of a LineStatus."""
        shadow = self._shadow
        return {
            "shadow": shadow.sha256 if shadow else "",
            "shadow_seen": shadow.seen if shadow else 0,
            "shadow_dropped": shadow.dropped if shadow else 0,
        }

    def offer(self, part: RecordPart) -> None:
        """A part was recorded; returns at once."""
        shadow = self._shadow
        if shadow is not None:
            shadow.offer(part)

    def resume(self) -> None:
        """After a start, the one that the registry names; opens the model."""
        found = self._store.reader.shadow(self._recipe().name)
        if found is None:
            return
        try:
            self._sit(str(self._store.folder / found.path), found.sha256)
        except StationError as error:
            self._emit(Warned(error.fault))

    def change(self, path: str | None, sha256: str) -> None:
        """Have that model sit there from now on, or nobody; returns at once."""
        thread = threading.Thread(
            target=self._change, args=(path, sha256), name="line-seat", daemon=True
        )
        thread.start()

    def left(self, sha256: str) -> None:
        """That model is in charge now, so it leaves."""
        with self._one:
            if self._shadow is not None and self._shadow.sha256 == sha256:
                self._leave()

    def close(self) -> None:
        """Nobody sits there any more; the registry still names who did."""
        with self._one:
            self._closed = True
            self._leave()

    def _change(self, path: str | None, sha256: str) -> None:
        try:
            if path is None:
                self._empty()
            else:
                self._sit(path, sha256)
        except Exception as error:
            fault = internal(error)
            if fault.code is ErrorCode.INTERNAL:
                log.exception("no shadow could be set")
            self._emit(Refused(fault))

    def _sit(self, path: str, sha256: str) -> None:
        with self._one:
            if self._closed:
                return
            product = self._recipe().name
            known = self._known(product, sha256)
            where = path or ("" if known is None else known.path)
            if not where:
                raise StoreError(ErrorCode.REVISION_NOT_FOUND, product=product, number=sha256[:8])
            engine = Engine(self._store.folder / where, "cpu", threads=1, sha256=sha256)
            engine.open()
            try:
                if known is not None:
                    state = RevisionState.SHADOW
                    self._store.move_revision(product, known.number, state, "", "")
            except BaseException:
                engine.close()
                raise
            self._leave()
            self._shadow = Shadow(engine, self._store, self._recipe, self._busy)
            self._shadow.start()

    def _empty(self) -> None:
        with self._one:
            self._leave()
            product = self._recipe().name
            found = self._store.reader.shadow(product)
            if found is not None:
                state = RevisionState.CANDIDATE
                self._store.move_revision(product, found.number, state, "", "")

    def _leave(self) -> None:
        shadow, self._shadow = self._shadow, None
        if shadow is not None:
            shadow.close()

    def _known(self, product: str, sha256: str) -> Revision | None:
        found = self._store.reader.revisions(product)
        return next((one for one in found if one.sha256 == sha256), None)
