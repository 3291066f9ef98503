"""Pictures that show the same are found, parts that only look alike are not."""

import time

import cv2
import numpy as np
import pytest

from station.cameras.image_file import image_files, read_image
from station.training.near import clusters, merged, phash
from tests.conftest import shared_data


def scene(seed: int) -> np.ndarray:
    """A picture like no other."""
    rng = np.random.default_rng(seed)
    rough = rng.normal(0, 1, (8, 8)).astype(np.float32)
    picture = cv2.resize(rough, (200, 160), interpolation=cv2.INTER_CUBIC) * 40 + 128
    return np.clip(picture + rng.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)


def numbers_of(pictures, labels=None):
    hashes = [phash(picture) for picture in pictures]
    contents = [str(hash(picture.tobytes())) for picture in pictures]
    return clusters(hashes, contents, labels or ["x"] * len(hashes)).tolist()


def test_the_same_picture_saved_anew_is_found():
    pictures = [scene(seed) for seed in range(40)]
    jpeg = cv2.imencode(".jpg", pictures[3], [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    again = cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE)
    smaller = cv2.resize(pictures[5], (150, 120), interpolation=cv2.INTER_AREA)
    lighter = np.clip(pictures[7].astype(int) + 12, 0, 255).astype(np.uint8)
    found = numbers_of([*pictures, again, smaller, lighter])
    assert found[:40] == list(range(40))
    assert found[40:] == [3, 5, 7]


def test_colour_is_of_no_account():
    grey = scene(1)
    assert phash(np.dstack([grey, grey, grey])) == phash(grey)
    assert len(phash(grey)) == 16


def test_parts_that_all_look_alike_are_not_one_cluster():
    rng = np.random.default_rng(0)
    alike = [
        np.clip(scene(1) + rng.normal(0, 3, (160, 200)), 0, 255).astype(np.uint8) for _ in range(30)
    ]
    found = numbers_of(alike)
    assert len(set(found)) > 5
    found = numbers_of([*alike, *[scene(n) for n in range(2, 30)], alike[4]])
    assert found[-1] == found[4]


def test_a_burst_within_a_class_stays_together():
    rng = np.random.default_rng(0)
    pictures = [scene(n) for n in range(20)]
    burst = [
        np.clip(scene(50) + rng.normal(0, 3, (160, 200)), 0, 255).astype(np.uint8) for _ in range(4)
    ]
    assert numbers_of([*pictures, *burst])[20:] == [20] * 4


def test_groups_that_were_told_and_clusters_join():
    assert merged(["", "a", "", "b", "", ""], np.array([0, 1, 1, 3, 4, 4])) == (
        "",
        "a",
        "a",
        "b",
        "near 4",
        "near 4",
    )
    assert merged(["a", "b", "b"], np.array([0, 0, 2])) == ("a", "a", "a")


def test_a_hundred_thousand_are_looked_through_in_seconds():
    rng = np.random.default_rng(0)
    values = rng.integers(0, 2**63, 100_000, np.uint64)
    values[70_000:] = values[:30_000] ^ np.uint64(0b10100)
    hashes = [f"{value:016x}" for value in values]
    began = time.perf_counter()
    found = clusters(hashes, [str(i) for i in range(len(hashes))], ["x"] * len(hashes))
    spent = time.perf_counter() - began
    print(f"{spent:.1f} s")
    assert (found[70_000:] == np.arange(30_000)).all()
    assert (found[:70_000] == np.arange(70_000)).all()
    assert spent < 20


@pytest.mark.data
def test_real_textures_saved_anew_are_found_and_no_two_are_taken_for_one():
    paths = image_files(shared_data("neu_cls") / "train")
    pictures = [read_image(path) for path in paths]
    again = []
    for picture in pictures[::30]:
        lighter = np.clip(picture.astype(int) + 8, 0, 255).astype(np.uint8)
        smaller = cv2.resize(lighter, (160, 160), interpolation=cv2.INTER_AREA)
        jpeg = cv2.imencode(".jpg", smaller, [cv2.IMWRITE_JPEG_QUALITY, 70])[1]
        again.append(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE))
    labels = [path.parent.name for path in paths]
    found = numbers_of([*pictures, *again], [*labels, *labels[::30]])
    assert found[: len(paths)] == list(range(len(paths)))
    right = sum(a == b for a, b in zip(found[len(paths) :], range(0, len(paths), 30), strict=True))
    print(f"{right} of {len(again)} found")
    assert right >= 0.95 * len(again)
