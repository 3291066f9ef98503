from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.training.dataset import good_classes, read_dataset
from tests.unit.training.conftest import write

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
