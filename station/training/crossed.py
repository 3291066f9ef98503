"""Cross-validation as an examination: what models said of parts that they had not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station.domain.inspection import Finding
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.domain.statistics import Share, Spread, share, spread
from station.inference.model import ModelCard
from station.training.evaluate import EvaluationRow, auroc

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Cross-validation on the parts that were learnt from, each judged by a model without it.

    accuracy and auroc: mean and spread over the folds. The shares are over all parts.
    """

    folds: int
    n: int
    accuracy: Spread
    auroc: Spread | None
    escapes: Share
    false_rejects: Share


@dataclass(frozen=True, slots=True)
class Said:
    """What a model that had not seen a part said of it."""

    label: str
    score: float
    confidence: float


def unseen_of(probabilities: Wide, card: ModelCard, paths: Sequence[Path]) -> dict[Path, Said]:
    """What cross-validation said of each part, from `Fitted.crossed`."""
    scores = np.clip(1 - probabilities[:, list(card.good_index)].sum(axis=1), 0.0, 1.0)
    best = probabilities.argmax(axis=1)
    return {
        path: Said(card.classes[best[i]], float(scores[i]), float(probabilities[i, best[i]]))
        for i, path in enumerate(paths)
    }


def crossed_figures(
    probabilities: Wide, card: ModelCard, labels: Sequence[str], good: Sequence[str], folds: Index
) -> Crossed:
    """From `Fitted.crossed` and the folds that held each sample out, by the card's limits.

    labels: of each sample. Where the card has other classes, as after learning from good parts
    alone, accuracy is of good against bad.
    """
    scores = np.clip(1 - probabilities[:, list(card.good_index)].sum(axis=1), 0.0, 1.0)
    passes = np.isin(np.array(labels), list(good))
    called = np.array(card.classes)[probabilities.argmax(axis=1)]
    if set(labels) <= set(card.classes):
        right = called == np.array(labels)
    else:
        right = np.isin(called, card.good) == passes
    numbers = range(int(folds.max()) + 1)
    ranks = [auroc(*_by_side(scores, passes, folds == k)) for k in numbers]
    accuracy = spread([float(right[folds == k].mean()) for k in numbers if (folds == k).any()])
    assert accuracy is not None, "there are folds"
    return Crossed(
        folds=len(numbers),
        n=len(labels),
        accuracy=accuracy,
        auroc=spread([rank for rank in ranks if rank is not None]),
        escapes=share(int((scores[~passes] < card.review_limit).sum()), int((~passes).sum())),
        false_rejects=share(int((scores[passes] >= card.ng_limit).sum()), int(passes.sum())),
    )


def unseen_rows(
    rows: Sequence[EvaluationRow], unseen: Mapping[Path, Said], rule: Recipe
) -> tuple[EvaluationRow, ...]:
    """The same parts and times, with the word of models that had not seen them."""
    found = []
    for row in rows:
        said = unseen[row.path]
        finding = Finding(said.label, said.score, said.confidence, (), None, row.ms)
        found.append(
            replace(
                row,
                label=said.label,
                score=said.score,
                confidence=said.confidence,
                verdict=judge(finding, rule),
            )
        )
    return tuple(found)


def _by_side(
    scores: Wide, passes: npt.NDArray[np.bool_], here: npt.NDArray[np.bool_]
) -> tuple[list[float], list[float]]:
    return scores[here & passes].tolist(), scores[here & ~passes].tolist()
