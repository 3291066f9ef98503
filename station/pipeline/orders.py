"""What a line is told about its models: kept, proven, released, taken back, watched beside."""

from collections.abc import Callable
from pathlib import Path

from station.domain.recipe import Recipe
from station.domain.revision import Revision, RevisionState
from station.errors import ErrorCode, LineError
from station.pipeline.adoption import Adoption
from station.pipeline.shadow import Seat
from station.store.releases import Release
from station.store.revisions import Draft
from station.store.store import Store


class ModelOrders:
    """For any thread. What returns something blocks, and raises StationError where it is refused.

    `release` and `roll_back` let a revision's verdicts count and make the line judge by it,
    between two parts; Adopted or Refused follows as an event too.
    """

    _on_change_over: Callable[[], None] | None = None
    _store: Store
    _adoption: Adoption
    _seat: Seat

    def adopt(self, recipe: Recipe) -> None:
        """Judge by that recipe of the same product; Adopted or Refused follows as an event."""
        self._adoption.adopt(recipe)

    def shadow(self, path: Path | str | None, sha256: str = "") -> None:
        """Have that model judge silently beside the one in charge, or none; returns at once.

        A revision of that content does so again after a restart, and `path` may be empty. Refused
        follows as an event where it cannot.
        """
        self._seat.change(None if path is None else str(path), sha256)

    def change_over(self) -> None:
        """Inspect what the settings say from now on: whoever runs the line starts it anew.

        Raises LineError START_ANEW where a person must do that.
        """
        if self._on_change_over is None:
            raise LineError(ErrorCode.START_ANEW)
        self._on_change_over()

    def on_change_over(self, act: Callable[[], None]) -> None:
        """From now on `act` starts the line anew."""
        self._on_change_over = act

    def release(self, order: Release) -> Recipe:
        """Prove the revision on the golden picture, release it, and judge by it."""
        recipe = self._adoption.release(order)
        self._seat.left(recipe.model_sha256)
        return recipe

    def roll_back(self, product: str, reason: str, operator: str = "") -> Recipe:
        """The same with the one that was released before."""
        recipe = self._adoption.roll_back(product, reason, operator)
        self._seat.left(recipe.model_sha256)
        return recipe

    def add_revision(self, draft: Draft) -> Revision:
        """See Store.add_revision."""
        return self._store.add_revision(draft)

    def evaluate_revision(
        self, product: str, number: int, evaluation_json: str, operator: str = ""
    ) -> Revision:
        """See Store.evaluate_revision."""
        return self._store.evaluate_revision(product, number, evaluation_json, operator)

    def move_revision(
        self, product: str, number: int, state: RevisionState, reason: str, operator: str = ""
    ) -> Revision:
        """See Store.move_revision; a shadow sits down, or leaves."""
        revision = self._store.move_revision(product, number, state, reason, operator)
        if product == self._adoption.now.recipe.name:
            if state is RevisionState.SHADOW:
                self._seat.change("", revision.sha256)
            else:
                self._seat.left(revision.sha256)
        return revision
