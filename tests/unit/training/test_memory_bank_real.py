"""A few real tiles, sessions never split: far above chance from sixty good pictures."""

import csv

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from station.cameras.image_file import read_image
from station.inference.model import INPUT, SCORES
from station.inference.prepare import prepare
from station.inference.provider import new_session
from station.training.dataset import Dataset, Sample
from station.training.folds import fold_numbers
from station.training.methods import memory_bank
from station.training.methods.base import Wishes
from tests.conftest import shared_data

SIZE = 256
EVERY = 4  # of the kept-back pictures, one in so many is judged
SESSIONS = 10


@pytest.mark.data
def test_broken_and_frayed_tiles_lie_apart_from_unseen_good_ones() -> None:
    folder = shared_data("magnetic_tile")
    with (folder / "index.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    taught = [row for row in rows if row["file"].startswith("train/")]
    few = set(sorted({row["tile_session"] for row in taught})[:: 74 // SESSIONS][:SESSIONS])
    good = [
        Sample(folder / row["file"], "good", row["tile_session"])
        for row in taught
        if row["tile_session"] in few
    ]
    dataset = Dataset(("good",), ("good",), tuple(good), (), 1, 617, "0" * 64)
    folds = fold_numbers(np.zeros(len(good), np.intp), 0, [s.group for s in good], 2)
    fitted = memory_bank.fit(dataset, folds, Wishes(size=SIZE), "tiles", lambda step, share: None)

    kept = [row["file"] for row in rows if row["file"].startswith("val/")][::EVERY]
    bad = [f for row in rows if (f := row["file"]).startswith(("dev/break", "dev/fray"))][::EVERY]
    paths = [folder / name for name in (*kept, *bad)]
    session = new_session(fitted.model, "cpu", 2)
    images = [prepare(read_image(path), None, fitted.card) for path in paths]
    scores = np.concatenate([session.run([SCORES], {INPUT: image})[0] for image in images])
    truth = np.repeat([0, 1], [len(kept), len(bad)])
    assert roc_auc_score(truth, scores[:, 1]) > 0.85
    assert (fitted.crossed[:, 1] > fitted.card.ng_limit).mean() <= 0.05
