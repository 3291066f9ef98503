"""The same parts under worse light, out of focus, noisy, turned, shifted; and under attack.

Disturbed is the picture as the camera would have given it, before crop and resize. The two attacks
look for the worst by trial alone, without the gradients of the network, so they are a lower bound
of what can be done: a part that holds out here may yet fall to a cleverer search.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import cv2
import numpy as np

from station.cameras.image_file import read_image
from station.domain.inspection import Verdict
from station.domain.judge import judge
from station.domain.part import Pixels
from station.domain.recipe import Recipe
from station.domain.statistics import Share, share
from station.errors import ImageError
from station.inference.engine import Engine
from station.training.dataset import Sample

MOST_PARTS = 60  # in the sweep, half good and half bad where there are as many
MOST_ATTACKED = 16
FEWEST = 4
SECONDS = 8.0  # of one model, for the sweep and again for the attacks, where parts take long
PATCH = 1 / 6  # of the shorter side
PLACES = 5  # of the patch, along each side
SHADES = (0, 255)  # of the patch
TRIES = 40  # of the search
REACH = 4  # grey values that the search may change a pixel by
SQUARE = (0.5, 0.08)  # side of the changed square, first and last try, as a share of the shorter

Item = TypeVar("Item")
Progress = Callable[[str, float], None]


class Kind(StrEnum):
    """What is done to the picture; the amount beside it says how much."""

    NONE = "none"
    LIGHT = "light"  # factor
    BLUR = "blur"  # sigma in pixels
    NOISE = "noise"  # sigma in grey values
    TURN = "turn"  # degrees
    SHIFT = "shift"  # share of the width and of the height
    PATCH = "patch"  # side as a share of the shorter one; the worst of all places and shades
    SEARCH = "search"  # grey values; the worst that a random search finds


SWEEP: tuple[tuple[Kind, float], ...] = (
    (Kind.NONE, 0.0),
    (Kind.LIGHT, 0.7),
    (Kind.LIGHT, 1.3),
    (Kind.BLUR, 1.5),
    (Kind.NOISE, 8.0),
    (Kind.TURN, -5.0),
    (Kind.TURN, 5.0),
    (Kind.SHIFT, 0.05),
)


@dataclass(frozen=True, slots=True)
class RobustRow:
    """One disturbance: escapes of the bad parts, false rejects of the good ones, under it.

    reviews: of all. kept: parts whose verdict is that of the undisturbed picture.
    """

    kind: Kind
    amount: float
    escapes: Share
    false_rejects: Share
    reviews: Share
    kept: Share


@dataclass(frozen=True, slots=True)
class _Part:
    pixels: Pixels
    good: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Room:
    """How many parts there is time for."""

    parts: int = MOST_PARTS
    attacked: int = MOST_ATTACKED


def room(ms: float) -> Room:
    """For a model that takes so long for a part; the slowest of those that are compared."""
    looks = 1000 * SECONDS / max(ms, 0.01)
    attack = len(SHADES) * PLACES**2 + TRIES + 2
    return Room(
        min(MOST_PARTS, max(FEWEST, int(looks / (len(SWEEP) + 1)))),
        min(MOST_ATTACKED, max(FEWEST, int(looks / attack))),
    )


def sweep(
    engine: Engine,
    recipe: Recipe,
    samples: Sequence[Sample],
    good: Sequence[str],
    progress: Progress | None = None,
    most: Room | None = None,
) -> tuple[RobustRow, ...]:
    """A row for each of SWEEP and for both attacks; nothing where no image can be read."""
    most = most or Room()
    parts = _parts(engine, recipe, chosen(samples, good, most.parts), good)
    passes, bad = [p for p in parts if p.good], [p for p in parts if not p.good]
    few = _halves(passes, bad, most.attacked)
    rows: list[RobustRow] = []
    steps = len(SWEEP) + 2
    for kind, amount in SWEEP if parts else ():
        rng = np.random.default_rng(0)
        looks = [_look(engine, recipe, disturbed(part.pixels, kind, amount, rng)) for part in parts]
        rows.append(_row(kind, amount, parts, [verdict for verdict, _ in looks]))
        _tell(progress, len(rows) / steps)
    for kind, amount, attack in (
        (Kind.PATCH, PATCH, worst_patch),
        (Kind.SEARCH, float(REACH), worst_change),
    ):
        if few:
            found = [attack(engine, recipe, part.pixels, part.good) for part in few]
            rows.append(_row(kind, amount, few, found))
            _tell(progress, len(rows) / steps)
    return tuple(rows)


def chosen(samples: Sequence[Sample], good: Sequence[str], most: int) -> list[Sample]:
    """At most so many, evenly from good and bad, and along their order; always the same."""
    passes = [sample for sample in samples if sample.label in good]
    bad = [sample for sample in samples if sample.label not in good]
    return _halves(passes, bad, most)


def disturbed(pixels: Pixels, kind: Kind, amount: float, rng: np.random.Generator) -> Pixels:
    """A changed copy; what a turn or a shift uncovers mirrors the picture's edge."""
    height, width = pixels.shape[:2]
    match kind:
        case Kind.LIGHT:
            return _grey(pixels * np.float32(amount))
        case Kind.BLUR:
            return cv2.GaussianBlur(pixels, (0, 0), amount)  # type: ignore[return-value]
        case Kind.NOISE:
            return _grey(pixels + rng.normal(0, amount, pixels.shape))
        case Kind.TURN:
            return _moved(pixels, cv2.getRotationMatrix2D((width / 2, height / 2), amount, 1.0))
        case Kind.SHIFT:
            return _moved(pixels, np.array([[1, 0, amount * width], [0, 1, amount * height]]))
        case _:
            return pixels


def worst_patch(engine: Engine, recipe: Recipe, pixels: Pixels, good: bool) -> Verdict:
    """The verdict with one black or white square laid where it does the most harm.

    On a bad part it may simply lie over the defect: then an escape says how small the defect is.
    """
    side = max(1, round(PATCH * min(pixels.shape[:2])))
    worst = _look(engine, recipe, pixels)
    for y in np.linspace(0, pixels.shape[0] - side, PLACES).astype(int):
        for x in np.linspace(0, pixels.shape[1] - side, PLACES).astype(int):
            for shade in SHADES:
                covered = pixels.copy()
                covered[y : y + side, x : x + side] = shade
                worst = _worse(worst, _look(engine, recipe, covered), good)
    return worst[0]


def worst_change(engine: Engine, recipe: Recipe, pixels: Pixels, good: bool) -> Verdict:
    """The verdict after a random search for the most harmful change of REACH grey values a pixel.

    Squares of shrinking size take one sign each, and a try is kept where it harms: the Square
    Attack of Andriushchenko and others (2020), with TRIES looks where they take thousands.
    """
    rng = np.random.default_rng(0)
    change = np.zeros(pixels.shape, np.int16)
    worst = _look(engine, recipe, pixels)
    for share_done in np.linspace(0, 1, TRIES):
        attempt = change.copy()
        y, x, side = _square(pixels, float(share_done), rng)
        attempt[y : y + side, x : x + side] = rng.choice((-REACH, REACH))
        seen = _look(engine, recipe, _grey(pixels + attempt))
        if _worse(worst, seen, good) is seen:
            worst, change = seen, attempt
    return worst[0]


def _square(pixels: Pixels, done: float, rng: np.random.Generator) -> tuple[int, int, int]:
    """Where the next change lies and how wide it is, shrinking evenly by ratio."""
    short = min(pixels.shape[:2])
    first, last = SQUARE
    side = max(1, round(short * first * math.pow(last / first, done)))
    y, x = (int(rng.integers(0, length - side + 1)) for length in pixels.shape[:2])
    return y, x, side


def _worse(
    now: tuple[Verdict, float], then: tuple[Verdict, float], good: bool
) -> tuple[Verdict, float]:
    """Of two looks the one that is farther wrong: higher for a good part, lower for a bad one."""
    harms = then[1] > now[1] if good else then[1] < now[1]
    return then if harms else now


def _parts(
    engine: Engine, recipe: Recipe, samples: Sequence[Sample], good: Sequence[str]
) -> list[_Part]:
    found = []
    for sample in samples:
        try:
            pixels = read_image(sample.path)
            verdict, _ = _look(engine, recipe, pixels)
        except ImageError:  # named by the evaluation itself
            continue
        found.append(_Part(pixels, sample.label in good, verdict))
    return found


def _look(engine: Engine, recipe: Recipe, pixels: Pixels) -> tuple[Verdict, float]:
    finding = engine.look(pixels, recipe.roi, recipe.ignore)
    return judge(finding, recipe), finding.score


def _row(
    kind: Kind, amount: float, parts: Sequence[_Part], verdicts: Sequence[Verdict]
) -> RobustRow:
    pairs = list(zip(parts, verdicts, strict=True))
    bad = [verdict for part, verdict in pairs if not part.good]
    good = [verdict for part, verdict in pairs if part.good]
    return RobustRow(
        kind=kind,
        amount=amount,
        escapes=share(bad.count(Verdict.OK), len(bad)),
        false_rejects=share(good.count(Verdict.NG), len(good)),
        reviews=share(list(verdicts).count(Verdict.REVIEW), len(pairs)),
        kept=share(sum(part.verdict is verdict for part, verdict in pairs), len(pairs)),
    )


def _halves(good: Sequence[Item], bad: Sequence[Item], most: int) -> list[Item]:
    """Half and half where there are as many of both."""
    room = max(most // 2, most - len(bad))
    taken = _evenly(good, room)
    return [*taken, *_evenly(bad, most - len(taken))]


def _evenly(items: Sequence[Item], most: int) -> list[Item]:
    if len(items) <= most:
        return list(items)
    return [items[i] for i in np.linspace(0, len(items) - 1, most).round().astype(int)]


def _moved(pixels: Pixels, matrix: object) -> Pixels:
    height, width = pixels.shape[:2]
    return cv2.warpAffine(  # type: ignore[return-value]
        pixels,
        np.asarray(matrix, np.float64),
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT_101,
    )


def _grey(values: object) -> Pixels:
    grey: Pixels = np.clip(np.rint(np.asarray(values)), 0, 255).astype(np.uint8)
    return grey


def _tell(progress: Progress | None, share_done: float) -> None:
    if progress is not None:
        progress("disturb", share_done)
