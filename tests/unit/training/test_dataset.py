import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.training.dataset import good_classes, read_dataset
from tests.unit.training.conftest import write, write_parts

GREY = np.full((40, 60), 90, np.uint8)


def fill(folder: Path, **counts: int) -> Path:
    for label, count in counts.items():
        for number in range(count):
            write(folder / label / f"{number}.png", GREY + number)
    return folder


def refused(folder: Path, good: list[str] | None = None) -> DatasetError:
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder, good)
    return caught.value


def test_classes_are_folders_and_good_ones_go_by_name(tmp_path: Path) -> None:
    data = read_dataset(fill(tmp_path, OK=3, dent=4))
    assert data.classes == ("OK", "dent")
    assert data.good == ("OK",)
    assert len(data.samples) == 7
    assert data.labels == (0, 0, 0, 1, 1, 1, 1)
    assert (data.channels, data.side, data.skipped) == (1, 60, ())


def test_sub_folders_of_a_class_belong_to_it(tmp_path: Path) -> None:
    fill(tmp_path, good=3)
    fill(tmp_path / "bad", monday=2, 火曜=1)
    data = read_dataset(tmp_path)
    assert data.classes == ("bad", "good")
    assert len(data.samples) == 6


@pytest.mark.parametrize("name", ["good", "OK", "Normal", "pass", "FREE"])
def test_names_that_may_pass(name: str) -> None:
    assert good_classes((name, "x"), None) == (name,)


def test_what_is_told_goes_before_the_names() -> None:
    assert good_classes(("good", "soso"), ["soso"]) == ("soso",)
    assert good_classes(("good", "soso"), []) == ()


def test_an_unknown_good_class(tmp_path: Path) -> None:
    error = refused(fill(tmp_path, a=3, b=3), ["c"])
    assert error.code is ErrorCode.DATASET_UNKNOWN_CLASS
    assert error.fault.fact("label") == "c"
    assert error.fault.fact("known") == "a, b"


def test_no_folder_an_empty_one_and_one_without_classes(tmp_path: Path) -> None:
    assert refused(tmp_path / "no").code is ErrorCode.FOLDER_NOT_FOUND
    assert refused(tmp_path).code is ErrorCode.FOLDER_EMPTY
    (tmp_path / "hollow").mkdir()
    (tmp_path / "hollow" / "notes.txt").write_text("nothing to see")
    fill(tmp_path, **{".hidden": 3})
    write(tmp_path / "loose.png", GREY)
    assert refused(tmp_path).code is ErrorCode.FOLDER_EMPTY
    assert refused(tmp_path / "loose.png").code is ErrorCode.FOLDER_NOT_FOUND


def test_one_class_or_only_good_ones_teach_nothing(tmp_path: Path) -> None:
    error = refused(fill(tmp_path, dent=5))
    assert error.code is ErrorCode.DATASET_ONE_CLASS
    assert error.fault.fact("found") == "dent"
    fill(tmp_path, ok=3)
    assert refused(tmp_path, ["ok", "dent"]).code is ErrorCode.DATASET_ONE_CLASS


def test_broken_images_are_skipped_and_named(tmp_path: Path) -> None:
    fill(tmp_path, good=3, bad=3)
    (tmp_path / "bad" / "letter.png").write_text("Dear customer, …")
    write(tmp_path / "bad" / "tiny.png", GREY[:1, :1])
    data = read_dataset(tmp_path)
    assert len(data.samples) == 6
    assert [(s.path.name, s.fault.code) for s in data.skipped] == [
        ("letter.png", ErrorCode.IMAGE_UNREADABLE),
        ("tiny.png", ErrorCode.IMAGE_TOO_SMALL),
    ]


def test_a_class_with_too_few_good_images(tmp_path: Path) -> None:
    fill(tmp_path, good=3, bad=2)
    (tmp_path / "bad" / "letter.png").write_text("Dear customer, …")
    error = refused(tmp_path)
    assert error.code is ErrorCode.DATASET_TOO_FEW
    assert [error.fault.fact(f) for f in ("label", "count", "minimum")] == ["bad", "2", "3"]


def test_one_coloured_image_makes_a_colour_model(tmp_path: Path) -> None:
    fill(tmp_path, good=3, bad=3)
    colour = np.zeros((40, 60, 3), np.uint8)
    colour[..., 1] = 200
    write(tmp_path / "bad" / "green.png", colour)
    assert read_dataset(tmp_path).channels == 3


def test_the_hash_is_of_names_and_contents_not_of_the_place(tmp_path: Path) -> None:
    one = read_dataset(fill(tmp_path / "a", good=3, bad=3)).sha256
    assert read_dataset(fill(tmp_path / "b", good=3, bad=3)).sha256 == one
    write(tmp_path / "b" / "bad" / "0.png", GREY + 50)
    assert read_dataset(tmp_path / "b").sha256 != one


def test_good_images_alone_can_be_learnt_from(tmp_path: Path) -> None:
    data = read_dataset(fill(tmp_path, good=5))
    assert (data.classes, data.good, data.labels) == (("good",), ("good",), (0,) * 5)
    assert refused(tmp_path, []).code is ErrorCode.DATASET_ONE_CLASS


def test_a_class_of_one_image(tmp_path: Path) -> None:
    error = refused(fill(tmp_path, good=5, dent=1))
    assert error.code is ErrorCode.DATASET_TOO_FEW
    assert [error.fault.fact(f) for f in ("label", "count")] == ["dent", "1"]


def test_every_sample_knows_its_content_and_its_group(tmp_path: Path) -> None:
    write_parts(tmp_path, 0, 6)
    told = {"good/000.png": "tile 1", "good/001.png": "tile 1", "line/002.png": "tile 2"}
    data = read_dataset(tmp_path, groups=told)
    found = {f"{s.label}/{s.path.name}": s for s in data.samples}
    one = found["good/000.png"]
    assert one.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()
    assert found["good/000.png"].group == found["good/001.png"].group == "tile 1"
    assert found["line/002.png"].group == "tile 2"
    assert data.groups == tuple(sample.group for sample in data.samples)


def test_a_copy_of_an_image_is_never_parted_from_it(tmp_path: Path) -> None:
    write_parts(tmp_path, 0, 12)
    source = tmp_path / "blob" / "003.png"
    (tmp_path / "blob" / "copy.png").write_bytes(source.read_bytes())
    (tmp_path / "good" / "mistake.png").write_bytes(source.read_bytes())
    groups = {sample.path.name: sample.group for sample in read_dataset(tmp_path).samples}
    by_path = {s.path: s.group for s in read_dataset(tmp_path).samples}
    assert groups["copy.png"] == groups["mistake.png"] == by_path[source] != ""


def test_groups_that_are_one_part_are_too_few(tmp_path: Path) -> None:
    write_parts(tmp_path, 0, 6)
    told = {f"line/{n:03}.png": "one tile" for n in range(6)}
    with pytest.raises(DatasetError) as caught:
        read_dataset(tmp_path, groups=told)
    assert caught.value.code is ErrorCode.DATASET_TOO_FEW


def test_what_is_kept_back_is_not_learnt_from(tmp_path: Path) -> None:
    data = read_dataset(write_parts(tmp_path, 0, 6))
    samples = tuple(replace(s, test=i % 3 == 0) for i, s in enumerate(data.samples))
    data = replace(data, samples=samples)
    assert (len(data.learning.samples), len(data.kept_back.samples)) == (12, 6)
    assert data.learning.classes == data.classes
