"""Which samples are held out together, so that every one is judged by a model that never saw it."""

import warnings
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

    groups: samples of equal names never part; an empty name is a group of its own. A class that is
    one sample or one group alone stands in one fold; the others hold none of it out.
    """
    if not any(groups):
        counts = np.bincount(labels)
        folds = max(2, min(most, int(counts[counts > 0].min())))
        splits = StratifiedKFold(folds, shuffle=True, random_state=seed).split(labels, labels)
    else:
        names = np.array([name or f"\0{i}" for i, name in enumerate(groups)])
        parts = [len(set(names[labels == k])) for k in np.unique(labels)]
        splitter = StratifiedGroupKFold(max(2, min(most, *parts)), shuffle=True, random_state=seed)
        splits = splitter.split(labels, labels, names)
    numbers = np.zeros(len(labels), np.intp)
    with warnings.catch_warnings():  # of a class with fewer members than folds
        warnings.simplefilter("ignore", UserWarning)
        for number, (_, held_out) in enumerate(splits):
            numbers[held_out] = number
    return numbers
