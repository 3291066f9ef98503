"""Shifted crops of one picture are found; parts that only look alike are left alone."""

from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.cameras.flange import draw_part
from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.errors import ErrorCode, ImageError
from station.training.cache import PLACE
from station.training.dataset import read_dataset
from station.training.near import clusters, linked, phash
from station.training.overlap import NOTHING, known_overlaps, marks, overlaps
from tests.conftest import shared_data
from tests.unit.training.conftest import write

SIDE = 200


def strip(seed: int, width: int = 420) -> Pixels:
    """Rolled steel with specks and scratches, wider than one picture."""
    rng = np.random.default_rng(seed)
    grain = cv2.GaussianBlur(rng.normal(0, 26, (SIDE + 60, width)).astype(np.float32), (5, 3), 0)
    steel = (120 + grain).astype(np.float32)
    for _ in range(60):
        x, y = int(rng.integers(width)), int(rng.integers(SIDE + 60))
        cv2.circle(steel, (x, y), int(rng.integers(1, 5)), float(rng.uniform(30, 220)), -1)
    return np.clip(steel, 0, 255).astype(np.uint8)


def crop(steel: Pixels, x: int, y: int) -> Pixels:
    return np.ascontiguousarray(steel[y : y + SIDE, x : x + SIDE])


def saved(pixels: Pixels, quality: int = 85) -> Pixels:
    """As a lossy file shows it."""
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def found(pictures: list[Pixels]) -> list[tuple[int, int]]:
    return overlaps([marks(one) for one in pictures], lambda number: pictures[number])


def test_crops_that_a_hash_of_the_whole_does_not_see() -> None:
    pictures = [crop(strip(seed), 20, 20) for seed in range(20)]
    wide = strip(3)
    shifted = [saved(crop(wide, 110, 20)), crop(wide, 20, 58), saved(crop(wide, 140, 5))]
    lit = np.clip(crop(strip(7), 75, 45).astype(float) * 1.2 + 9, 0, 255).astype(np.uint8)
    colour = np.repeat(crop(strip(9), 80, 20)[..., None], 3, axis=2)
    pictures += [*shifted, lit, colour]
    hashes = [phash(one) for one in pictures]
    alone = clusters(hashes, [str(i) for i in range(25)], ["x"] * 25)
    assert alone.tolist() == list(range(25))
    pairs = found(pictures)
    assert {(3, 20), (3, 21), (3, 22), (7, 23), (9, 24)} <= set(pairs)
    apart = {3: 3, 20: 3, 21: 3, 22: 3, 7: 7, 23: 7, 9: 9, 24: 9}
    assert all(apart.get(one) == apart.get(other) is not None for one, other in pairs)
    numbers = linked(alone, pairs, ["x"] * 25)
    assert numbers[[20, 21, 22, 23, 24]].tolist() == [3, 3, 3, 7, 9]
    assert sorted(Counter(numbers.tolist()).values())[-4:] == [1, 2, 2, 4]


def test_a_sliver_is_no_overlap_and_other_steel_neither() -> None:
    wide = strip(1)
    assert found([crop(wide, 0, 0), crop(wide, 195, 0)]) == []
    assert found([crop(strip(seed), 0, 0) for seed in range(40)]) == []


def test_parts_in_one_fixture_are_each_another() -> None:
    pictures = [draw_part(1, index, (320, 256))[0] for index in range(30)]
    assert found(pictures) == []


def test_parts_of_one_print_laid_anywhere_are_no_cluster() -> None:
    """They all overlap as pixels go; then nothing follows from it."""
    rng = np.random.default_rng(2)
    table = [draw_part(1, index, (320, 256))[0] for index in range(30)]
    moved = [np.roll(one, tuple(rng.integers(-30, 30, 2)), (0, 1)) for one in table]
    pairs = found([np.asarray(one) for one in moved])
    numbers = linked(np.arange(30), pairs, ["good"] * 30)
    assert max(Counter(numbers.tolist()).values()) <= 30 // 5


def test_small_even_and_missing_pictures_overlap_nothing() -> None:
    rng = np.random.default_rng(0)
    small = rng.integers(0, 255, (28, 28), dtype=np.uint8)
    assert marks(small) is NOTHING
    assert marks(np.full((200, 200), 90, np.uint8)) is NOTHING
    assert overlaps([NOTHING, NOTHING], lambda number: small) == []
    assert overlaps([], lambda number: small) == []

    def gone(number: int) -> Pixels:
        raise ImageError(ErrorCode.IMAGE_NOT_FOUND, path=number)

    wide = strip(1)
    assert overlaps([marks(crop(wide, 0, 0)), marks(crop(wide, 60, 0))], gone) == []


def test_too_many_candidates_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.training.overlap.MOST_CHECKED", 2)
    wide = strip(1)
    pictures = [crop(wide, x, 0) for x in (0, 40, 80, 120)]
    assert found(pictures) == []
    assert found(pictures[:2]) == [(0, 1)]


def test_the_answer_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path))
    wide = strip(1)
    pictures, asked = [crop(wide, 0, 0), crop(wide, 60, 0)], []

    def read(number: int) -> Pixels:
        asked.append(number)
        return pictures[number]

    assert known_overlaps(["a0", "b0"], read) == [(0, 1)]
    assert asked == [0, 1, 0, 1], "for the marks, and to be sure"
    assert known_overlaps(["a0", "b0"], read) == [(0, 1)]
    assert len(asked) == 4
    assert known_overlaps(["a0", "c0"], read) == [(0, 1)]
    assert asked[4:] == [1, 0, 1], "the marks of the first are known"


def test_a_folder_keeps_its_crops_in_one_group(tmp_path: Path) -> None:
    for label, first in (("good", 0), ("bad", 50)):
        for seed in range(first, first + 12):
            write(tmp_path / label / f"{seed}.png", crop(strip(seed), 20, 20))
    write(tmp_path / "good" / "shifted.png", crop(strip(4), 90, 40))
    dataset = read_dataset(tmp_path)
    groups = {sample.path.stem: sample.group for sample in dataset.samples}
    assert groups.pop("shifted") == groups.pop("4") != ""
    assert set(groups.values()) == {""}


@pytest.mark.data
def test_neu_is_cut_from_fewer_pictures_than_it_has() -> None:
    folder = shared_data("neu_cls") / "train"
    paths = sorted(path for path in folder.rglob("*") if path.suffix == ".jpg")
    labels = [path.parent.name for path in paths]
    looks = [marks(read_image(path)) for path in paths]
    pairs = overlaps(looks, lambda number: read_image(paths[number]))
    numbers = linked(np.arange(len(paths)), pairs, labels)
    sizes = Counter(numbers.tolist())
    crops = sum(size for size in sizes.values() if size > 1)
    print(f"{len(pairs)} pairs, {sum(s > 1 for s in sizes.values())} groups, {crops} pictures")
    assert crops > 600
    assert sum(labels[one] != labels[other] for one, other in pairs) <= 3
    assert max(sizes.values()) <= 210 // 5
