"""Studies of agreement over the records: which parts there are, and what the station says."""

import logging
import random
import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from station.cameras.image_file import read_image
from station.domain.inspection import Verdict
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.errors import ErrorCode, RecipeError, StationError, StoreError
from station.gui.pages.line_study_room import Begun, Offer, StudyRoom
from station.insight import study_notes
from station.insight.study import (
    LEAST_PARTS,
    Plan,
    Role,
    Said,
    Study,
    StudyPart,
    Truth,
    Word,
    banded,
    choose,
    judgements,
    people,
    standing,
)
from station.store.beside import Beside
from station.store.entry import Entry
from station.store.history import Filter
from station.store.queries import Reader
from station.store.releases import at_home
from station.store.samples import SampleFilter, SampleRow
from station.store.schema import classes

if TYPE_CHECKING:
    from station.inference.engine import Engine

log = logging.getLogger(__name__)

NEWEST = 12  # studies to go on with
POOL = 1500  # parts of a kind from which some are chosen
_END_OF_TIME = 2**62
_LIMITS = (0.4, 0.6)  # of a product without a recipe
_SAID = {Verdict.OK: Said.OK, Verdict.NG: Said.NG, Verdict.REVIEW: Said.REVIEW}


def study_room(data: Path, reader: Reader, operator: str) -> StudyRoom:
    """Over one data folder; operator: who works at the station, whoever judges."""

    def begin(plan: Plan) -> Study:
        study, words = _prepared(data, reader, plan)
        with Beside(data) as beside:
            return study_notes.begin(beside, study, words, operator)

    def say(uid: str, word: Word) -> None:
        with Beside(data) as beside:
            study_notes.say(beside, uid, word, operator)

    return StudyRoom(
        data,
        lambda: _offers(reader),
        begin,
        lambda: _begun(reader),
        lambda uid: study_notes.words(reader, uid),
        say,
    )


def _offers(reader: Reader) -> list[Offer]:
    """By name; a product of which there is nothing is not offered."""
    names = {recipe.name for recipe in reader.recipes()} | set(reader.facets().recipes)
    with reader.connection() as connection:  # a product may have images and no recipe yet
        names |= set(connection.execute(select(classes.c.product).distinct()).scalars())
    found = []
    for name in sorted(names):
        counts = reader.sample_counts(name).classes
        offer = Offer(
            name,
            sum(one.n for one in counts if one.good),
            sum(one.n for one in counts if not one.good),
            reader.yield_between(0, _END_OF_TIME, name).parts,
        )
        if offer.good or offer.bad or offer.records:
            found.append(offer)
    return found


def _begun(reader: Reader) -> list[Begun]:
    found = []
    for study in study_notes.studies(reader)[:NEWEST]:
        said = standing(study_notes.words(reader, study.uid))
        done = sum(judgements(study, said, (Role.PERSON, by))[0] for by in people(said))
        plan = study.plan
        found.append(Begun(study, done, len(study.parts) * plan.people * plan.trials))
    return found


def _prepared(data: Path, reader: Reader, plan: Plan) -> tuple[Study, list[Word]]:
    """The parts, and what the station says of them. Raises STUDY_TOO_FEW, STUDY_ONE_KIND."""
    seed = secrets.randbelow(2**31)
    recipe = _recipe(data, reader, plan.product)
    limits = (recipe.review_limit, recipe.ng_limit) if recipe else _LIMITS
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    if plan.truth is Truth.LABELS:
        pool = _labelled(data, reader, plan.product, limits, chance)
        if len({part.truth for part in pool}) == 1:
            raise StoreError(ErrorCode.STUDY_ONE_KIND, product=plan.product)
    else:
        pool = _recorded(data, reader, plan.product)
    parts = choose(pool, plan.parts, limits, seed)
    if len(parts) < LEAST_PARTS:
        raise StoreError(ErrorCode.STUDY_TOO_FEW, count=len(parts), minimum=LEAST_PARTS)
    parts = [replace(part, band=banded(part, limits)) for part in parts]
    looked = _look(data, recipe, parts)
    said = looked or [part.said for part in parts]
    words = [
        Word("", Role.STATION, 1, place, word)
        for place, word in enumerate(said)
        if word is not Said.NOTHING
    ]
    plan = replace(plan, parts=len(parts))
    return Study("", plan, tuple(parts), seed, looked=bool(looked)), words


def _recipe(data: Path, reader: Reader, product: str) -> Recipe | None:
    """As it stands now, with its model where it lies."""
    try:
        return at_home(reader.recipe(product), data)
    except RecipeError:
        return None


def _labelled(
    data: Path,
    reader: Reader,
    product: str,
    limits: tuple[float, float],
    chance: random.Random,
) -> list[StudyPart]:
    """Images whose label a person confirmed, many of each kind."""
    found = []
    for truth, good in ((Said.OK, True), (Said.NG, False)):
        names = [one.name for one in reader.classes(product) if one.good is good]
        keys = [
            key
            for name in names
            for key in reader.sample_keys(product, SampleFilter(label=name))
            if key > 0
        ]
        some = chance.sample(keys, min(POOL, len(keys)))
        found += [_of_sample(row, truth, limits) for row in reader.sample_rows(some)]
    return [part for part in found if (data / part.image).is_file()]


def _of_sample(row: SampleRow, truth: Said, limits: tuple[float, float]) -> StudyPart:
    said = Said.NOTHING
    if row.score is not None:
        said = Said.NG if row.score >= limits[1] else Said.REVIEW
        said = Said.OK if row.score < limits[0] else said
    return StudyPart(
        name=row.group or row.uid[:8],
        image=row.image,
        roi=row.roi,
        truth=truth,
        said=said,
        score=row.score,
        group=row.group,
    )


def _recorded(data: Path, reader: Reader, product: str) -> list[StudyPart]:
    """The newest parts of each verdict, whose picture is still there."""
    found = []
    for verdict in _SAID:
        newest = reader.page(Filter(recipe=product, verdict=verdict), POOL // 3)
        found += [
            _of_record(entry, entry.image)
            for entry in newest
            if entry.image is not None and entry.removed_at_ms is None
        ]
    return [part for part in found if (data / part.image).is_file()]


def _of_record(entry: Entry, image: str) -> StudyPart:
    seen = entry.inspection
    return StudyPart(
        name=str(seen.part.number),
        image=image,
        roi=seen.region,
        record=seen.uid,
        said=_SAID[seen.verdict],
        score=seen.score,
        group=seen.part.serial,
        whole=True,
    )


def _look(data: Path, recipe: Recipe | None, parts: Sequence[StudyPart]) -> list[Said]:
    """What the released model says of these pictures now; empty where it cannot say.

    It looks once: the same picture gives the same answer every time. A recipe of several looks
    sees more than the picture of its own model shows, so there the records must do.
    """
    from station.inference.engine import Engine  # the runtime: not before it is needed

    if recipe is None or recipe.views:
        return []
    model, sha256 = Path(recipe.model), recipe.model_sha256
    try:
        with Engine(model, "cpu", 1, sha256=sha256) as engine:  # beside the line: one core is much
            return [_judged(engine, recipe, data, part) for part in parts]
    except StationError as error:
        log.info("the station does not look at the pictures of a study again: %s", error)
        return []


def _judged(engine: "Engine", recipe: Recipe, data: Path, part: StudyPart) -> Said:
    pixels = read_image(data / part.image)
    finding = engine.look(pixels, part.roi, recipe.ignore if part.whole else ())
    return _SAID.get(judge(finding, recipe), Said.NOTHING)
