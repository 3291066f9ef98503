"""How another model comes to judge the parts of a running line: proven first, between two parts.

The model in use goes on until the other has been opened, has passed the golden picture and is
recorded as released; whatever fails before that changes nothing.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from station.domain.recipe import Recipe, with_hashes
from station.errors import ErrorCode, Fault, LineError, StationError, internal
from station.inference.engine import ProviderReport
from station.inference.model import ModelCard, card_to_json
from station.pipeline.events import Adopted, Event, Refused
from station.pipeline.golden import prove_golden
from station.pipeline.inspector import Context
from station.pipeline.looking import Engines, close_engines, further_engines, open_engines
from station.store.recover import last_loss
from station.store.releases import Release, at_home
from station.store.revisions import Draft
from station.store.store import Store

log = logging.getLogger(__name__)


class Judge(Protocol):
    """Who judges parts by a context: the inspector."""

    def change(self, context: Context) -> Context:
        """Judge by another from the next part on; returns the old one once no part needs it."""


class Adoption:
    """Which model judges, and every change of that; for any thread, one change at a time.

    `emit` is told Adopted or Refused.
    """

    def __init__(self, store: Store, context: Context, emit: Callable[[Event], None]) -> None:
        self.now = context
        self._store = store
        self._emit = emit
        self._judge: Judge | None = None
        self._one = threading.Lock()  # one change at a time, also while it takes long
        self._swapping = threading.Lock()
        self._closed = False

    @property
    def card(self) -> ModelCard | None:
        """What the model in use says of itself; None until it is open."""
        running = self.running
        return running[0] if running else None

    @property
    def running(self) -> tuple[ModelCard, ProviderReport] | None:
        """The model in use, and what runs it; None until it is open."""
        engine = self.now.engine
        try:
            return engine.card, engine.report
        except RuntimeError:  # not open yet, or no more
            return None

    def standing(self) -> dict[str, Any]:
        """The model's part of a LineStatus."""
        running = self.running
        return {
            "model": running[0].name if running else "",
            "provider": running[1].actual if running else "",
            "provider_fell_back": running[1].fell_back if running else False,
        }

    def serve(self, judge: Judge) -> None:
        """From now on a change reaches this one."""
        self._judge = judge

    def close(self) -> None:
        """No more changes; let go of the model."""
        with self._swapping:
            self._closed = True
            close_engines(self.now.engines)

    def adopt(self, recipe: Recipe) -> None:
        """Judge by that recipe of the same product, whose model may be another."""

        def work() -> None:
            wanted = at_home(recipe, self._store.folder)
            self._same_product(wanted)
            self._change(wanted, self._store.adopt_recipe)
            self.note_incumbent()

        threading.Thread(target=self._told, args=(work,), name="line-adopt", daemon=True).start()

    def release(self, order: Release) -> Recipe:
        """Prove that revision, release it, and judge by it; blocks for as long as that takes.

        Where the line inspects another product it is only recorded. Raises StationError.
        """
        return self._released(lambda: order, lambda: self._store.release(order))

    def roll_back(self, product: str, reason: str, operator: str) -> Recipe:
        """The same with what was released before. Raises StationError."""
        return self._released(
            lambda: self._store.reader.way_back(product, reason, operator),
            lambda: self._store.roll_back(product, reason, operator),
        )

    def note_incumbent(self) -> None:
        """Have the registry know the model in use. Raises StationError.

        Not while lost records are being brought back, for it may come back with them.
        """
        context, card = self.now, self.card
        if card is not None and last_loss(self._store.reader) is None:
            self._store.take_incumbent(
                Draft(
                    product=context.recipe.name,
                    file=str(context.engine.path),
                    sha256=context.engine.sha256,
                    card_json=card_to_json(card),
                    method=card.method,
                    metrics=card.metrics,
                    operator=context.operator,
                )
            )

    def _released(self, order: Callable[[], Release], record: Callable[[], Recipe]) -> Recipe:
        try:
            wanted = self._store.reader.released_recipe(order())
            wanted = at_home(wanted, self._store.folder)
            return self._change(wanted, lambda _: record())
        except StationError as error:
            self._emit(Refused(error.fault))
            raise

    def _change(self, wanted: Recipe, record: Callable[[Recipe], Recipe]) -> Recipe:
        with self._one:
            engines = self._opened(wanted)
            try:
                prove_golden(engines[0], wanted)
                recipe, old = self._swap(engines, wanted, record)
            except BaseException:
                close_engines(engines)
                raise
        close_engines(engines if old is None else old.engines)
        if old is not None:
            log.info("recipe %s %s judges from now on", recipe.name, recipe.version)
            self._emit(Adopted(recipe))
        return recipe

    def _swap(
        self, engines: Engines, wanted: Recipe, record: Callable[[Recipe], Recipe]
    ) -> tuple[Recipe, Context | None]:
        """Record it, then judge by it; returns what was judged by before."""
        with self._swapping:
            if self._closed:
                raise LineError(ErrorCode.LINE_NOT_READY, state="stopped")
            recipe = record(with_hashes(wanted, [engine.sha256 for engine in engines]))
            if self._judge is None or recipe.name != self.now.recipe.name:
                return recipe, None
            now = replace(self.now, engine=engines[0], further=engines[1:], recipe=recipe)
            old = self._judge.change(now)
            self.now = now
            return recipe, old

    def _opened(self, recipe: Recipe) -> Engines:
        budget, now = recipe.budget_ms, self.now.engine
        engine = now.beside(Path(recipe.model), recipe.model_sha256, budget)
        engines = (engine, *further_engines(now, recipe))
        open_engines(engines)
        return engines

    def _same_product(self, recipe: Recipe) -> None:
        if recipe.name != self.now.recipe.name:
            runs = self.now.recipe.name
            raise LineError(ErrorCode.LINE_OTHER_PRODUCT, product=recipe.name, runs=runs)

    def _told(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            fault: Fault = internal(error)
            if fault.code is ErrorCode.INTERNAL:
                log.exception("a recipe could not be adopted")
            self._emit(Refused(fault))
