"""Defects of rare classes made from the few there are: cut out, varied and laid on other parts.

A synthetic picture never judges and is never tested on: it shares the fold of the pictures it is
made from, so no model is asked of a part whose copy it has seen. Whether it helps is decided by
cross-validation over real pictures alone, and both results stand on the card.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.errors import ErrorCode, RecipeError
from station.inference.model import ModelCard
from station.training.dataset import Dataset, Sample
from station.training.expected import expected_of
from station.training.fuse import with_card
from station.training.methods.base import Fit, Fitted, Index, Progress, Wishes
from station.training.methods.limits import limits_of

RARE = 0.5  # of the median class: a class with fewer images is rare
MOST_TIMES = 3  # so many synthetic images for a real one, and no more
SALIENT = 0.06  # share of the picture, at most, that is cut out as the defect
LEAST_SIDE = 6  # pixels
USUAL = 48  # places of a side at which good parts are known
MOST_USUAL = 40  # good pictures that they are known from
LEAST_USUAL = 1.0  # grey levels
CUTPASTE, GAN = "cutpaste", "gan"
WAYS = (CUTPASTE, GAN)
SYNTHETIC, MADE = "synthetic", "synthetic.made"  # how many were used, and how many were tried
PLAIN, HELPED = "plain.balanced", "synthetic.balanced"  # mean recall of all classes either way
ERRORS = ("escapes", "false_rejects")  # of which there are both figures too

Plane = npt.NDArray[np.float32]
Make = Callable[[Sequence[Pixels], Sequence[Pixels], int, int], list[Pixels]]


@dataclass(frozen=True, slots=True)
class Cutout:
    """What stands out of a picture: its difference from what surrounds it, and how much covers."""

    apart: Plane  # (h, w, channels), grey levels
    cover: Plane  # (h, w), 0 … 1


def synthesise(
    good_images: Sequence[Pixels], defect_images: Sequence[Pixels], n: int, seed: int
) -> list[Pixels]:
    """N pictures: what stands out of a defect picture, laid on a good one of the same shape.

    Where no good picture is given, defect pictures are also what is laid on. The same arguments
    give the same pixels.
    """
    rng = np.random.default_rng(seed)
    grounds = good_images or defect_images
    usual = usual_of(good_images)
    made = []
    for number in range(n):
        cut = cut_out(defect_images[number % len(defect_images)], rng, usual)
        ground = grounds[int(rng.integers(len(grounds)))]
        made.append(lay_on(ground, _varied(cut, rng), rng))
    return made


def usual_of(good_images: Sequence[Pixels]) -> Plane:
    """(USUAL, USUAL): how much each place of good pictures stands out, so borders and print do."""
    if not good_images:
        return np.ones((USUAL, USUAL), np.float32)
    each = [cv2.resize(_apart(one)[1], (USUAL, USUAL)) for one in good_images[:MOST_USUAL]]
    level = np.mean(each, axis=0) + 2 * np.std(each, axis=0)
    return np.asarray(cv2.dilate(level, np.ones((3, 3))) + LEAST_USUAL, np.float32)


def cut_out(pixels: Pixels, rng: np.random.Generator, usual: Plane | None = None) -> Cutout:
    """One of the places that differ most from their surroundings, with a soft rim.

    usual: of `usual_of`; what differs as much there on good parts does not count.
    """
    apart, stands_out = _apart(pixels)
    size = max(stands_out.shape)
    if usual is not None:
        stands_out = stands_out / cv2.resize(usual, stands_out.shape[::-1])
    limit = np.quantile(stands_out, 1 - SALIENT)
    mask = (stands_out > limit).astype(np.uint8)
    count, labels = cv2.connectedComponents(mask)
    if count < 2:  # an even picture: nothing stands out, so anything does
        count, labels = 2, np.ones_like(labels)
    over = np.maximum(stands_out - limit, 1e-6)
    weight = np.bincount(labels.ravel(), over.ravel(), minlength=count)[1:count] ** 2
    chosen = 1 + int(rng.choice(count - 1, p=weight / weight.sum()))
    grown = cv2.dilate((labels == chosen).astype(np.uint8), np.ones((5, 5), np.uint8))
    x, y, wide, high = cv2.boundingRect(grown)
    wide, high = max(wide, LEAST_SIDE), max(high, LEAST_SIDE)
    cover = cv2.GaussianBlur(grown.astype(np.float32), (0, 0), max(1.0, size / 150))
    part = np.s_[y : y + high, x : x + wide]
    return Cutout(apart[part].astype(np.float32), cover[part].astype(np.float32))


def _apart(pixels: Pixels) -> tuple[Plane, Plane]:
    """The difference from the wide surroundings, and how strong it is about each place."""
    image = _planes(pixels)
    size = max(image.shape[:2])
    around = cv2.GaussianBlur(image, (0, 0), size / 10).reshape(image.shape)
    apart = image - around
    strong = cv2.GaussianBlur(np.abs(apart).mean(axis=2), (0, 0), size / 60)
    return apart, np.asarray(strong, np.float32)


def lay_on(ground: Pixels, cut: Cutout, rng: np.random.Generator) -> Pixels:
    """The ground with the cutout somewhere on it: its texture, or over the ground's own."""
    image = _planes(ground)
    high, wide = (min(a, b) for a, b in zip(cut.cover.shape, image.shape[:2], strict=True))
    y = int(rng.integers(image.shape[0] - high + 1))
    x = int(rng.integers(image.shape[1] - wide + 1))
    place = image[y : y + high, x : x + wide]
    cover = cut.cover[:high, :wide, None]
    apart = _channels(cut.apart[:high, :wide], image.shape[2])
    if rng.random() < 0.5:  # cut and paste: the ground's own texture goes
        level = place.mean(axis=(0, 1), keepdims=True)
        place[:] = place * (1 - cover) + (level + apart) * cover
    else:  # blend: it shines through
        place += apart * cover
    return np.clip(np.rint(image), 0, 255).astype(np.uint8).reshape(ground.shape)


def rare_classes(dataset: Dataset) -> dict[int, int]:
    """For each class that is bad and rare: how many synthetic pictures it is worth."""
    counts = np.bincount(np.array(dataset.labels, np.intp), minlength=len(dataset.classes))
    median = float(np.median(counts))
    return {
        k: int(min(median - count, MOST_TIMES * count))
        for k, count in enumerate(counts)
        if dataset.classes[k] not in dataset.good and 0 < count < RARE * median
    }


@dataclass(frozen=True, slots=True)
class Side:
    """What cross-validation over real pictures says of one way to learn."""

    balanced: float
    escapes: int
    false_rejects: int


@dataclass(frozen=True, slots=True)
class Trial:
    """Whether synthetic pictures helped. made: how many were tried.

    It is 0 where no class is rare, or the method does not tell classes apart. used: of those, how
    many the model has learnt from. Without a trial both sides are None.
    """

    way: str
    made: int
    used: int
    plain: Side | None = None
    helped: Side | None = None


def helping(way: str) -> Callable[[Fit], Fit]:
    """What makes of a method one that also tries synthetic defects made that way.

    An empty way: the method itself. Raises RecipeError RECIPE_BAD_VALUE for one that is not of
    WAYS, DatasetError EXTRA_MISSING where its packages are not there.
    """
    if not way:
        return lambda fit: fit
    make = _maker(way)

    def helped(fit: Fit) -> Fit:
        def learn(
            dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress
        ) -> Fitted:
            return with_synthetic(fit, dataset, folds, wishes, name, progress, make, way)

        return learn

    return helped


def _maker(way: str) -> Make:
    if way not in WAYS:
        allowed = ", ".join(WAYS)
        raise RecipeError(ErrorCode.RECIPE_BAD_VALUE, field=SYNTHETIC, value=way, allowed=allowed)
    if way == CUTPASTE:
        return synthesise
    from station.training import gan  # it builds on this module
    from station.training.methods.torch_train import import_torch

    import_torch()
    return gan.synthesise


def trial_of(card: ModelCard, way: str) -> Trial:
    """What the card says of the trial."""
    told = dict(card.metrics)
    if MADE not in told:
        return Trial(way, 0, 0)
    plain, helped = (
        Side(told[recall], *(int(told[f"{side}.{error}"]) for error in ERRORS))
        for side, recall in (("plain", PLAIN), (SYNTHETIC, HELPED))
    )
    return Trial(way, int(told[MADE]), int(told[SYNTHETIC]), plain, helped)


def with_synthetic(
    fit: Fit,
    dataset: Dataset,
    folds: Index,
    wishes: Wishes,
    name: str,
    progress: Progress,
    make: Make = synthesise,
    way: str = CUTPASTE,
) -> Fitted:
    """Learn without and with synthetic defects, and keep what cross-validates better.

    The card says how many were used (0 where they did not help), and what was found both ways:
    the mean recall of all classes, escapes and false rejects. Where no class is rare, or the
    method tells only good from bad, it is `fit` alone.
    """
    plain = fit(dataset, folds, wishes, name, _told(progress, "plain"))
    wanted = rare_classes(dataset)
    if not wanted or plain.card.classes != dataset.classes:
        return plain
    with tempfile.TemporaryDirectory() as folder:
        extra, numbers = _samples(dataset, folds, wanted, wishes.seed, Path(folder), make)
        more = replace(dataset, samples=(*dataset.samples, *extra))
        own = replace(wishes, size=plain.card.height)
        both = np.concatenate([folds, numbers])
        helped = fit(more, both, own, name, _told(progress, SYNTHETIC))
    helped = _real_only(helped, dataset)
    first, second = _side(plain, dataset, folds), _side(helped, dataset, folds)
    better = _rank(second, dataset) > _rank(first, dataset)
    chosen, used = (helped, len(extra)) if better else (plain, 0)
    return _signed(chosen, Trial(way, len(extra), used, first, second))


def balanced(fitted: Fitted, dataset: Dataset) -> float:
    """The mean over the classes of the share of their images called right."""
    labels = np.array(dataset.labels, np.intp)
    hits = fitted.crossed.argmax(axis=1) == labels
    return float(np.mean([hits[labels == k].mean() for k in range(len(dataset.classes))]))


def _side(fitted: Fitted, dataset: Dataset, folds: Index) -> Side:
    seen = expected_of(fitted, dataset, folds)
    return Side(balanced(fitted, dataset), seen.escapes, seen.false_rejects)


def _rank(side: Side, dataset: Dataset) -> tuple[float, ...]:
    """Fewer escapes first, then the mean recall, then fewer false rejects."""
    escapes = side.escapes if dataset.good else 0
    return (-escapes, round(side.balanced, 9), -side.false_rejects)


def _samples(
    dataset: Dataset, folds: Index, wanted: dict[int, int], seed: int, folder: Path, make: Make
) -> tuple[list[Sample], Index]:
    """Pictures written to the folder, and the fold of those that each was made from."""
    labels = np.array(dataset.labels, np.intp)
    passes = np.isin(labels, [dataset.classes.index(one) for one in dataset.good])
    made: list[Sample] = []
    numbers: list[int] = []
    for k, total in wanted.items():
        own = labels == k
        for fold in np.unique(folds[own]):
            mine = np.flatnonzero(own & (folds == fold))
            count = round(total * len(mine) / int(own.sum()))
            grounds = _pictures(dataset, np.flatnonzero(passes & (folds == fold)))
            pictures = make(grounds, _pictures(dataset, mine), count, seed + 1000 * k + int(fold))
            for number, pixels in enumerate(pictures):
                path = folder / f"{k}-{fold}-{number:05}.png"
                path.write_bytes(_encoded(pixels))
                made.append(Sample(path, dataset.classes[k]))
                numbers.append(int(fold))
    return made, np.array(numbers, np.intp)


def _pictures(dataset: Dataset, rows: Index) -> list[Pixels]:
    """Of samples that are not kept back."""
    samples = [dataset.samples[row] for row in rows]
    return [read_image(sample.path) for sample in samples if not sample.test]


def _encoded(pixels: Pixels) -> bytes:
    ordered = pixels if pixels.ndim == 2 else pixels[..., ::-1]
    return cv2.imencode(".png", np.ascontiguousarray(ordered))[1].tobytes()


def _real_only(fitted: Fitted, dataset: Dataset) -> Fitted:
    """Without what was said of synthetic pictures, and with limits from real ones alone."""
    crossed = fitted.crossed[: len(dataset.samples)]
    labels = np.array(dataset.labels, np.intp)
    review, ng = limits_of(crossed, labels, fitted.card.good_index)
    card = replace(fitted.card, review_limit=review, ng_limit=ng)
    hits = float(np.mean(crossed.argmax(axis=1) == labels))
    metrics = dict(card.metrics) | {"cv_accuracy": hits, "n": len(labels)}
    return replace(fitted, crossed=crossed, card=replace(card, metrics=tuple(metrics.items())))


def _signed(fitted: Fitted, trial: Trial) -> Fitted:
    metrics: dict[str, float] = dict(fitted.card.metrics)
    metrics |= {SYNTHETIC: trial.used, MADE: trial.made}
    for name, recall, side in (("plain", PLAIN, trial.plain), (SYNTHETIC, HELPED, trial.helped)):
        assert side is not None
        metrics[recall] = side.balanced
        metrics |= {f"{name}.{error}": getattr(side, error) for error in ERRORS}
    sort = SYNTHETIC if trial.way == CUTPASTE else f"{SYNTHETIC} ({trial.way})"
    method = f"{fitted.card.method} + {sort}" if trial.used else fitted.card.method
    card = replace(fitted.card, metrics=tuple(metrics.items()), method=method)
    return replace(fitted, card=card, model=with_card(fitted.model, card))


def _told(progress: Progress, name: str) -> Progress:
    return lambda step, share: progress(f"{name}.{step}", share)


def _varied(cut: Cutout, rng: np.random.Generator) -> Cutout:
    """Mirrored, a little larger or smaller, fainter or stronger; brushed grain keeps its way."""
    apart, cover = cut.apart, cut.cover
    if rng.random() < 0.5:
        apart, cover = apart[:, ::-1], cover[:, ::-1]
    if rng.random() < 0.5:
        apart, cover = apart[::-1], cover[::-1]
    scale = rng.uniform(0.75, 1.3)
    size = tuple(max(LEAST_SIDE, round(side * scale)) for side in (cover.shape[1], cover.shape[0]))
    larger = cv2.resize(np.ascontiguousarray(apart), size, interpolation=cv2.INTER_LINEAR)
    covers = cv2.resize(np.ascontiguousarray(cover), size, interpolation=cv2.INTER_LINEAR)
    stronger = larger.reshape(*covers.shape, -1) * rng.uniform(0.75, 1.25)
    return Cutout(stronger.astype(np.float32), np.clip(covers, 0, 1).astype(np.float32))


def _planes(pixels: Pixels) -> Plane:
    return pixels.reshape(*pixels.shape[:2], -1).astype(np.float32)


def _channels(apart: Plane, count: int) -> Plane:
    """Grey laid on colour, or colour on grey."""
    if apart.shape[2] == count:
        return apart
    return np.repeat(apart.mean(axis=2, keepdims=True), count, axis=2)
