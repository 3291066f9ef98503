"""Five real images of a class are enough; `tools/methods.py --few 5 20` asks all other images."""

from dataclasses import replace

import numpy as np
import pytest

from station.cameras.image_file import read_image
from station.inference.model import INPUT, SCORES
from station.inference.prepare import prepare
from station.inference.provider import new_session
from station.training.dataset import Dataset, read_dataset
from station.training.folds import fold_numbers
from station.training.methods import linear
from station.training.methods.base import Wishes
from tests.conftest import shared_data

EACH = 5
SEEDS = 10
EVERY = 6  # of the images that were not taught, one in so many is judged


def right(dataset: Dataset, labels: np.ndarray, seed: int) -> float:
    """The share of other images that a model of a few has right."""
    rng = np.random.default_rng(seed)
    drawn = [rng.choice(np.flatnonzero(labels == k), EACH, replace=False) for k in set(labels)]
    chosen = np.sort(np.concatenate(drawn))
    few = replace(dataset, samples=tuple(dataset.samples[i] for i in chosen))
    folds = fold_numbers(labels[chosen], seed)
    fitted = linear.fit(few, folds, Wishes(seed=seed), "steel", lambda step, share: None)
    session = new_session(fitted.model, "cpu", 2)
    asked = np.setdiff1d(np.arange(len(labels)), chosen)[seed % EVERY :: EVERY]
    images = (prepare(read_image(dataset.samples[i].path), None, fitted.card) for i in asked)
    scores = np.concatenate([session.run([SCORES], {INPUT: image})[0] for image in images])
    return float((scores.argmax(axis=1) == labels[asked]).mean())


@pytest.mark.data
@pytest.mark.slow
def test_five_images_of_each_kind_of_steel_are_enough() -> None:
    dataset = read_dataset(shared_data("neu_cls") / "train")
    labels = np.array(dataset.labels)
    found = [right(dataset, labels, seed) for seed in range(SEEDS)]
    print(f"{EACH} of each: {np.mean(found):.4f} ± {np.std(found):.4f}")
    assert np.mean(found) >= 0.975
