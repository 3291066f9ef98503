"""Which samples are held out together, so that every one is judged by a model that never saw it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

Index = npt.NDArray[np.intp]

MOST_FOLDS = 5


def fold_numbers(
    labels: Index, seed: int, groups: Sequence[str] = (), most: int = MOST_FOLDS
) -> Index:
    """For each sample the fold that holds it out, stratified; fewer folds for a small class.

    groups: samples of equal names never part; an empty name is a group of its own.
    """
    if not any(groups):
        folds = min(most, int(np.bincount(labels).min()))
        splits = StratifiedKFold(folds, shuffle=True, random_state=seed).split(labels, labels)
    else:
        names = np.array([name or f"\0{i}" for i, name in enumerate(groups)])
        parts = [len(set(names[labels == k])) for k in range(int(labels.max()) + 1)]
        splitter = StratifiedGroupKFold(max(2, min(most, *parts)), shuffle=True, random_state=seed)
        splits = splitter.split(labels, labels, names)
    numbers = np.zeros(len(labels), np.intp)
    for number, (_, held_out) in enumerate(splits):
        numbers[held_out] = number
    return numbers
