"""Teaching for the page: freeze the images, learn and prove in a process of its own, keep it."""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.domain.revision import Revision
from station.errors import raised
from station.gui.pages.teach_room import Cancelled, LessonRoom, LessonStep, Proof
from station.store.beside import Beside
from station.store.model_files import folder_name
from station.store.revisions import Draft
from station.teach.doubts import keep_doubts
from station.teach.use import LESSONS, Use
from station.training.costs import sides
from station.training.registry import AUTO, METHODS
from station.training.worker import Lesson, LessonState

if TYPE_CHECKING:
    from station.training.pack import Examined, Pack
    from station.training.snapshot import Snapshot

LOOK_SECONDS = 0.2

Tell = Callable[[LessonStep], None]


def lesson_room(use: Use) -> LessonRoom:
    """Teaching and its proof."""
    return LessonRoom(
        revisions=use.reader.revisions,
        proof=lambda product, number, against: _proof(use, product, number, against),
        teach=lambda product, tell, cancelled: _teach(use, product, tell, cancelled),
    )


def _teach(use: Use, product: str, tell: Tell, cancelled: Cancelled) -> int | None:
    from station.training.snapshot import freeze  # scipy: not before somebody teaches

    tell(LessonStep("read", 0.0))
    with Beside(use.data) as beside:
        snapshot = freeze(beside, use.reader, product, use.operator)
    if cancelled():
        return None
    released = use.reader.released(product)
    lesson = _lesson(use, product, snapshot, released)
    state = _followed(use, lesson, tell, cancelled)
    if state is None or state.result is None:
        return None
    revision = use.line.add_revision(_draft(use, product, snapshot, released, lesson, state.result))
    keep_doubts(use.data, use.reader, product, state.result["doubts"])
    lesson.out.unlink(missing_ok=True)
    return revision.number


def _lesson(use: Use, product: str, snapshot: "Snapshot", released: Revision | None) -> Lesson:
    folder = use.data / LESSONS / folder_name(product)
    recipe = use.line.recipe
    judges = recipe is not None and recipe.name == product
    return Lesson(
        folder=snapshot.path,
        out=folder / f"{folder_name(product)} v{_next(use, product)}.onnx",
        method=_method(use, product, snapshot),
        good=snapshot.good,
        report=folder / "report",
        incumbent=None if released is None else use.data / released.path,
        limits=(recipe.review_limit, recipe.ng_limit) if recipe is not None and judges else None,
        robust=False,
    )


def _next(use: Use, product: str) -> int:
    """What number the model will have; it stands in its name."""
    return max((revision.number for revision in use.reader.revisions(product)), default=0) + 1


def _method(use: Use, product: str, snapshot: "Snapshot") -> str:
    """That of the last lesson while the classes are the same: to compare all takes minutes."""
    for revision in use.reader.revisions(product):
        name = revision.method.partition(":")[0]
        if revision.snapshot and name in METHODS:
            classes = set(json.loads(revision.card_json)["classes"])
            return name if classes == set(snapshot.classes) else AUTO
    return AUTO


def _followed(use: Use, lesson: Lesson, tell: Tell, cancelled: Cancelled) -> LessonState | None:
    """How the lesson ended; None where it was cancelled. Raises what it ended with."""
    while not use.lessons.start(lesson):  # another window's call is about to end
        if cancelled():
            return None
        time.sleep(LOOK_SECONDS)
    while (state := use.lessons.state()).running:
        if cancelled():
            use.lessons.cancel()
            return None
        tell(LessonStep(state.step, state.share, state.seconds_left))
        time.sleep(LOOK_SECONDS)
    if state.fault is not None:
        raise raised(state.fault)
    return state


def _draft(
    use: Use,
    product: str,
    snapshot: "Snapshot",
    released: Revision | None,
    lesson: Lesson,
    result: Mapping[str, Any],
) -> Draft:
    from station.training.report import VALUES

    card = json.loads(result["card_json"])
    return Draft(
        product=product,
        file=str(lesson.out),
        sha256=result["sha256"],
        card_json=result["card_json"],
        method=result["method"],
        metrics=tuple(card["metrics"].items()),
        parent=None if released is None else released.number,
        snapshot=snapshot.sha256,
        evaluation_json=(Path(result["report"]).parent / VALUES).read_text("utf-8"),
        operator=use.operator,
    )


def _proof(use: Use, product: str, number: int, against: int) -> Proof | None:
    asked = use.reader.revision(product, number)
    pack = _pack(use.reader.revision(product, against))
    if pack is None:
        return None
    found = next((one for one in pack.models if one.sha256 == asked.sha256), None)
    return None if found is None else _proof_of(found, _pack(asked))


def _pack(revision: Revision) -> "Pack | None":
    from station.training.pack import from_json

    if revision.evaluation_json is None:
        return None
    try:
        return from_json(revision.evaluation_json)
    except ValueError:  # of another program
        return None


def _proof_of(found: "Examined", own: "Pack | None") -> Proof:
    """own: of its own lesson, in which it was cross-validated."""
    crossed = own.models[0].crossed if own is not None else None
    return Proof(
        parts=sides(found.good_scores, found.bad_scores),
        limits=(found.review_limit, found.ng_limit),
        folds=None if crossed is None else (crossed.accuracy.mean, crossed.accuracy.std),
        ms=found.figures.times.p95,
    )
