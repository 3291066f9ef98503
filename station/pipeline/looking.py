"""Every model of a recipe looks at its region of one picture; the worst of them is the part's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from station.cameras.freeze import black
from station.domain.inspection import Finding, ViewResult
from station.domain.judge import judge
from station.domain.part import Pixels
from station.domain.recipe import Recipe, Roi, hull
from station.domain.views import Look, worst
from station.errors import ErrorCode, ImageError
from station.inference.engine import Engine
from station.inference.prepare import region

MAP_SIDE = 256  # of the longer side of the evidence of several looks

Engines = tuple[Engine, ...]
"""That of the recipe itself, and one for each of its further views."""


def further_engines(engine: Engine, recipe: Recipe) -> Engines:
    """Those of the views, with the wishes of that engine; not open yet."""
    budget = recipe.budget_ms
    return tuple(
        engine.beside(Path(view.model), view.model_sha256, budget) for view in recipe.views
    )


def open_engines(engines: Engines) -> None:
    """All of them, or none. Raises what one of them raises."""
    try:
        for engine in engines:
            engine.open()
    except BaseException:
        close_engines(engines)
        raise


def close_engines(engines: Engines) -> None:
    """Let go of all; safe twice."""
    for engine in engines:
        engine.close()


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What came of all looks: the finding that decides, with the evidence of all of them."""

    finding: Finding
    views: tuple[ViewResult, ...] = ()


def look(pixels: Pixels, recipe: Recipe, engines: Engines, camera: str) -> Seen:
    """Have every model of the recipe judge its region.

    Raises ImageError CAMERA_BLACK for a further view without light, and as `Engine.look`.
    """
    main = engines[0].look(pixels, recipe.roi, recipe.ignore)
    if not recipe.views:
        return Seen(main)
    assert recipe.roi is not None  # no recipe with views is without
    looks = [Look(recipe.name, recipe.roi, main, judge(main, recipe), engines[0].sha256)]
    for view, engine in zip(recipe.views, engines[1:], strict=True):
        if black(region(pixels, view.roi, recipe.ignore)):
            raise ImageError(ErrorCode.CAMERA_BLACK, source=f"{camera}: {view.name}")
        found = engine.look(pixels, view.roi, recipe.ignore)
        looks.append(Look(view.name, view.roi, found, judge(found, recipe, view), engine.sha256))
    decides = worst(looks).finding
    ms = sum(one.finding.ms for one in looks)
    return Seen(replace(decides, map=_evidence(looks), ms=ms), _results(looks))


def _results(looks: Sequence[Look]) -> tuple[ViewResult, ...]:
    return tuple(
        ViewResult(
            one.name,
            one.roi,
            one.verdict,
            one.finding.label,
            one.finding.score,
            one.finding.confidence,
            one.model_sha256,
        )
        for one in looks
    )


def _evidence(looks: Sequence[Look]) -> Pixels | None:
    """The maps of all looks where they belong, over the region that holds them."""
    whole = hull([one.roi for one in looks])
    if all(one.finding.map is None for one in looks):
        return None
    scale = min(1.0, MAP_SIDE / max(whole.width, whole.height))
    canvas = np.zeros((_scaled(whole.height, scale), _scaled(whole.width, scale)), np.uint8)
    for one in looks:
        if one.finding.map is not None:
            _lay(one.finding.map, one.roi, whole, canvas, scale)
    return canvas


def _lay(evidence: Pixels, roi: Roi, whole: Roi, canvas: Pixels, scale: float) -> None:
    x, y = int((roi.x - whole.x) * scale), int((roi.y - whole.y) * scale)
    size = (_scaled(roi.width, scale), _scaled(roi.height, scale))
    fitted = cv2.resize(evidence, size, interpolation=cv2.INTER_LINEAR)
    room = canvas[y : y + size[1], x : x + size[0]]
    np.maximum(room, fitted[: room.shape[0], : room.shape[1]], out=room)


def _scaled(length: int, scale: float) -> int:
    return max(1, round(length * scale))
