"""What a line in another process is told about its models; see orders.py."""

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from station.domain.recipe import Recipe
from station.domain.revision import Revision, RevisionState
from station.errors import ErrorCode, Fault, LineError, raised
from station.pipeline import wire
from station.pipeline.events import Event, Refused
from station.pipeline.remote_setup import RemoteSetup
from station.store.releases import Release
from station.store.revisions import Draft

PATIENCE_SECONDS = 180.0  # a large model on a slow device; one who hangs is ended by its heart


class RemoteOrders(RemoteSetup):
    """For any thread. What returns something blocks until the line answers.

    Raises StationError where it is refused, LINE_LOST where the line is away or goes meanwhile:
    then the records tell whether it was done.
    """

    def adopt(self, recipe: Recipe) -> None:
        """Judge by that recipe of the same product; Adopted or Refused follows as an event."""
        if not self._tell(wire.Adopt(recipe)):
            self._emit(Refused(Fault(ErrorCode.LINE_LOST)))

    def shadow(self, path: Path | str | None, sha256: str = "") -> None:
        """Have that model judge silently beside the one in charge, or none."""
        if not self._tell(wire.LookOn(None if path is None else str(path), sha256)):
            self._emit(Refused(Fault(ErrorCode.LINE_LOST)))

    def release(self, order: Release) -> Recipe:
        """Prove the revision on the golden picture, release it, and judge by it."""
        recipe: Recipe = self._order(lambda id_: wire.AskRelease(id_, order), Recipe)
        return recipe

    def roll_back(self, product: str, reason: str, operator: str = "") -> Recipe:
        """The same with the one that was released before."""
        recipe: Recipe = self._order(
            lambda id_: wire.AskRollBack(id_, product, reason, operator), Recipe
        )
        return recipe

    def add_revision(self, draft: Draft) -> Revision:
        """See Store.add_revision."""
        return self._revision(lambda id_: wire.AskRevision(id_, draft))

    def evaluate_revision(
        self, product: str, number: int, evaluation_json: str, operator: str = ""
    ) -> Revision:
        """See Store.evaluate_revision."""
        return self._revision(
            lambda id_: wire.AskEvaluation(id_, product, number, evaluation_json, operator)
        )

    def move_revision(
        self, product: str, number: int, state: RevisionState, reason: str, operator: str = ""
    ) -> Revision:
        """See Store.move_revision; a shadow sits down, or leaves."""
        return self._revision(
            lambda id_: wire.AskMove(id_, product, number, state, reason, operator)
        )

    def change_over(self) -> None:
        """Inspect what the settings say from now on; the line goes and comes back."""
        self._order(wire.AskChangeOver, None)

    def _revision(self, make: Callable[[int], wire.Request]) -> Revision:
        revision: Revision = self._order(make, Revision)
        return revision

    def _order(self, make: Callable[[int], wire.Request], kind: Any) -> Any:
        answer = self._answer(make, PATIENCE_SECONDS)
        if answer is None:
            raise LineError(ErrorCode.LINE_LOST)
        if answer.fault is not None:
            raise raised(answer.fault)
        return msgspec.msgpack.decode(answer.value, type=kind)

    # ── of the line whose orders these are ──────────────────────────────────────────────────

    @abstractmethod
    def _tell(self, message: wire.Request) -> bool:
        """Say it; whether somebody was there to hear."""

    @abstractmethod
    def _answer(self, make: Callable[[int], wire.Request], timeout: float) -> wire.Answer | None:
        """The answer to a request, or None where the line is away or says nothing in time."""

    @abstractmethod
    def _emit(self, event: Event) -> None:
        """Tell whoever listens to the line."""
