from pathlib import Path

import numpy as np

from station.cameras.image_file import read_image
from station.training.turned import (
    FEW,
    MOST_TURNED,
    QUARTERS,
    Turns,
    all_turns,
    turned_ones,
)
from tests.unit.training.conftest import draw, write


def test_a_picture_is_turned_to_the_left(tmp_path: Path) -> None:
    pixels = draw("blob", 1)[0][:, :40]
    write(tmp_path / "a.png", pixels)
    plain = read_image(tmp_path / "a.png")
    once, twice, thrice = (turned.read() for turned in all_turns([tmp_path / "a.png"]))
    assert np.array_equal(once[::-1].swapaxes(0, 1), plain)
    assert np.array_equal(twice, plain[::-1, ::-1])
    assert np.array_equal(thrice, once[::-1, ::-1])
    assert once.flags.c_contiguous


def test_all_images_of_few_are_turned_and_of_many_as_many_of_each_class() -> None:
    labels = np.array([0] * 5 + [1] * 200 + [2] * 300)
    assert turned_ones(labels, np.arange(9)).tolist() == list(range(9))
    chosen = turned_ones(labels, np.arange(len(labels)))
    assert len(chosen) == MOST_TURNED
    counts = np.bincount(labels[chosen])
    assert counts[0] == 5
    assert abs(int(counts[1]) - int(counts[2])) <= 1
    assert not len(turned_ones(np.arange(3 * FEW) % 3, np.arange(3 * FEW)))
    assert len(turned_ones(np.arange(3 * FEW) % 3, np.arange(3 * FEW - 1)))


def test_of_a_fold_nothing_is_known_without_it() -> None:
    folds = np.repeat([0, 1, 0], len(QUARTERS))
    turns = Turns(np.arange(len(folds), dtype=np.float32)[:, None], folds)
    assert turns.without(0)[:, 0].tolist() == [3, 4, 5]
