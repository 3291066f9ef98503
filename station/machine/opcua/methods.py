"""The methods of the vision system: arguments checked, the call done, Error answered."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from asyncua import ua

from station.machine.opcua import structs as structs
from station.machine.opcua.model import AUTOMATIC, Model
from station.machine.opcua.news import Result
from station.machine.opcua.states import Refusal
from station.machine.opcua.vision import Vision

log = logging.getLogger(__name__)

MOST = 100  # results or recipes in one answer
SERIAL_LETTERS = 200

Answer = list[ua.Variant]
Clock = Callable[[], float]
AskForPart = Callable[[str], str]
Publish = Callable[[], Awaitable[None]]


class Methods:
    """Linked into a model; called in the server's thread.

    What a call changed is published before it is answered, so that a client which has its answer
    finds the state that goes with it.
    """

    def __init__(
        self, vision: Vision, ask: AskForPart, recipes: Path, clock: Clock, publish: Publish
    ) -> None:
        self._vision = vision
        self._ask = ask
        self._recipes = recipes
        self._clock = clock
        self._publish = publish

    def link(self, model: Model) -> None:
        """Make each of the model's methods answer."""
        outer, recipes, results = "VisionStateMachine", "RecipeManagement", "ResultManagement"
        for path, names in ((outer, ("Halt", "Reset")), (AUTOMATIC, ("Stop", "Abort"))):
            for name in names:
                self._link(model, f"{path}.{name}", self._caller(name), 2)
        self._link(model, f"{outer}.SelectModeAutomatic", self._caller("SelectModeAutomatic"), 0)
        self._link(model, f"{AUTOMATIC}.StartSingleJob", self.start_single, 5)
        self._link(model, f"{AUTOMATIC}.StartContinuous", self.start_continuous, 5)
        self._link(model, f"{recipes}.PrepareRecipe", self.prepare, 2)
        self._link(model, f"{recipes}.UnprepareRecipe", self.unprepare, 2)
        self._link(model, f"{recipes}.GetRecipeListFiltered", self.list_recipes, 6)
        self._link(model, f"{results}.GetResultById", self.result, 2)
        self._link(model, f"{results}.GetResultComponentsById", self.components, 2)
        self._link(model, f"{results}.GetResultListFiltered", self.list_results, 12)

    def _link(
        self, model: Model, path: str, body: Callable[[Sequence[Any]], Answer], count: int
    ) -> None:
        async def called(_parent: ua.NodeId, *given: ua.Variant) -> Any:
            if len(given) != count:
                few = len(given) < count
                codes = ua.StatusCodes
                return ua.StatusCode(
                    codes.BadArgumentsMissing if few else codes.BadTooManyArguments
                )
            try:
                answer = body([argument.Value for argument in given])
            except (ValueError, TypeError, AttributeError) as error:
                log.info("%s was called with wrong arguments: %s", path, error)
                return ua.StatusCode(ua.StatusCodes.BadInvalidArgument)
            await self._publish()
            return answer

        model.server.link_method(model.server.get_node(model.node(path)), called)

    # ── states and jobs ─────────────────────────────────────────────────────────────────────

    def _caller(self, name: str) -> Callable[[Sequence[Any]], Answer]:
        return lambda _given: [_error(self._vision.call(name, self._clock()))]

    def start_single(self, given: Sequence[Any]) -> Answer:
        """(MeasId, PartId, RecipeId, ProductId, Parameters) → (JobId, Error)."""
        serial, recipe = _serial(given[1]), structs.text_of(given[2]) or structs.text_of(given[3])
        refusal = self._vision.may_start("StartSingleJob", recipe, self._known(recipe))
        if refusal is not Refusal.NONE:
            return _job("", refusal)
        uid = self._ask(serial)
        if not uid:
            words = "the line is busy or not ready; the part is missed"
            return _job("", self._vision.refuse(Refusal.MISSED, words))
        self._vision.started(uid, serial, self._clock())
        return _job(uid, Refusal.NONE)

    def start_continuous(self, given: Sequence[Any]) -> Answer:
        """(MeasId, PartId, RecipeId, ProductId, Parameters) → (JobId, Error)."""
        recipe = structs.text_of(given[2]) or structs.text_of(given[3])
        refusal = self._vision.may_start("StartContinuous", recipe, self._known(recipe))
        if refusal is not Refusal.NONE:
            return _job("", refusal)
        return _job(self._vision.started_continuous(self._clock()), Refusal.NONE)

    # ── recipes ─────────────────────────────────────────────────────────────────────────────

    def known_recipes(self) -> tuple[str, ...]:
        """The running one first, then those of the folder, as they are there now."""
        running = self._vision.manner.recipe
        found = sorted(path.stem for path in self._recipes.glob("*.toml"))
        return (running, *(name for name in found if name != running))

    def _known(self, wanted: str) -> tuple[str, ...]:
        return self.known_recipes() if wanted else ()

    def prepare(self, given: Sequence[Any]) -> Answer:
        """(ExternalId, InternalIdIn) → (InternalIdOut, IsCompleted, Error)."""
        name = structs.text_of(given[1]) or structs.text_of(given[0])
        refusal = self._vision.prepare(name, self.known_recipes())
        done = refusal is Refusal.NONE
        completed = ua.Variant(done, ua.VariantType.Boolean)
        return [_recipe(name if done else ""), completed, _error(refusal)]

    def unprepare(self, given: Sequence[Any]) -> Answer:
        """(ExternalId, InternalIdIn) → (InternalIdOut, Error)."""
        name = structs.text_of(given[1]) or structs.text_of(given[0])
        refusal = self._vision.unprepare(name, self.known_recipes())
        return [_recipe(name if refusal is Refusal.NONE else ""), _error(refusal)]

    def list_recipes(self, given: Sequence[Any]) -> Answer:
        """(ExternalId, ProductId, IsPrepared, MaxResults, StartIndex, Timeout) → the list."""
        wanted = {structs.text_of(given[0]), structs.text_of(given[1])} - {""}
        prepared, running = given[2], self._vision.manner.recipe
        ready = self._vision.prepared
        found = [
            name
            for name in self.known_recipes()
            if wanted <= {name} and prepared in (2, int(ready and name == running))
        ]
        page, is_whole = _page(found, given[3], given[4])
        return _list([structs.recipe_id(name) for name in page], is_whole)

    # ── results ─────────────────────────────────────────────────────────────────────────────

    def result(self, given: Sequence[Any]) -> Answer:
        """(ResultId, Timeout) → (ResultHandle, Result, Error)."""
        found = self._vision.result(structs.text_of(given[0]))
        handle = ua.Variant(0, ua.VariantType.UInt32)
        if found is None:
            return [handle, ua.Variant(None), _error(self._unknown())]
        return [handle, structs.structure(structs.result_type(found)), _error(Refusal.NONE)]

    def components(self, given: Sequence[Any]) -> Answer:
        """(ResultId, Timeout) → the same, one by one."""
        found = self._vision.result(structs.text_of(given[0]))
        handle = ua.Variant(0, ua.VariantType.UInt32)
        no_file = ua.Variant(False, ua.VariantType.Boolean)
        if found is None:
            return [no_file, handle, *[ua.Variant(None)] * 14, _error(self._unknown())]
        return [no_file, handle, *structs.result_fields(found).values(), _error(Refusal.NONE)]

    def list_results(self, given: Sequence[Any]) -> Answer:
        """(ResultState, eight ids, MaxResults, StartIndex, Timeout) → the newest first.

        Ids that this vision system does not keep (MeasId) match nothing.
        """
        state = int(given[0] or 0)
        meas, part, external, internal, outer, inner, product, job = map(
            structs.text_of, given[1:9]
        )
        recipes, models = {external, internal, product} - {""}, {outer, inner} - {""}
        found = [
            one
            for one in self._vision.results()
            if state in (0, one.state)
            and not meas
            and part in ("", one.serial)
            and job in ("", one.job)
            and recipes <= {_recipe_name(one)}
            and models <= {one.inspection.model if one.inspection else ""}
        ]
        page, is_whole = _page(found, given[9], given[10])
        return _list([structs.result_type(one) for one in page], is_whole)

    def _unknown(self) -> Refusal:
        words = "there is no such result, or it is too old"
        return self._vision.refuse(Refusal.RESULT_UNKNOWN, words)


def _serial(given: Any) -> str:
    serial = structs.text_of(given)
    if len(serial) > SERIAL_LETTERS or not (serial.isprintable()):
        raise ValueError("no PartId")
    return serial


def _recipe_name(result: Result) -> str:
    return result.inspection.recipe if result.inspection else ""


def _page(found: list[Any], most: int, first: int) -> tuple[list[Any], bool]:
    """That part of the list, and whether nothing follows it; `most` 0 is as many as may be."""
    size = min(most or MOST, MOST)
    return found[first : first + size], first + size >= len(found)


def _list(items: list[Any], is_whole: bool) -> Answer:
    return [
        ua.Variant(is_whole, ua.VariantType.Boolean),
        ua.Variant(len(items), ua.VariantType.UInt32),
        ua.Variant(0, ua.VariantType.UInt32),
        structs.structure(items),
        _error(Refusal.NONE),
    ]


def _error(refusal: Refusal) -> ua.Variant:
    return ua.Variant(int(refusal), ua.VariantType.Int32)


def _job(uid: str, refusal: Refusal) -> Answer:
    return [structs.structure(structs.job_id(uid)), _error(refusal)]


def _recipe(name: str) -> ua.Variant:
    return structs.structure(structs.recipe_id(name))
