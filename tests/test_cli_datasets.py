"""`station dataset` by its contract, as a process of its own."""

import zipfile
from pathlib import Path

import pytest

from station.errors import ErrorCode
from station.training.dataset import read_dataset
from tests.program import assert_says, station
from tests.unit.training.conftest import write_parts

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home é 家")


@pytest.fixture(scope="module")
def parts(home: Path) -> Path:
    return write_parts(home / "parts", 0, 8)


def test_a_folder_becomes_samples_a_snapshot_and_a_folder_again(home: Path, parts: Path) -> None:
    data = str(home / "data")
    to = ("--data", data, "--product", "flange", "--json")
    (row,) = station(home, "dataset", "import", str(parts), *to).rows
    assert (row["format"], row["added"], row["known"]) == ("folders", 24, 0)
    assert row["classes"] == ["blob", "good", "line"]
    (row,) = station(home, "dataset", "import", str(parts), *to).rows
    assert (row["added"], row["known"]) == (0, 24)
    (row,) = station(home, "dataset", "snapshot", *to).rows
    assert (row["n"], row["good"]) == (24, ["good"])
    held = read_dataset(Path(row["path"]))
    assert len(held.kept_back.samples) == row["test"] > 0
    out = home / "anomalib"
    form = ("--format", "anomalib", "--out", str(out))
    (row,) = station(home, "dataset", "export", *form, *to).rows
    assert row["images"] == 24
    assert {path.name for path in (out / "test").iterdir()} >= {"blob", "line"}


def test_from_folder_to_folder(home: Path, parts: Path) -> None:
    coco, back, frozen = home / "coco", home / "back", home / "frozen"
    answer = station(
        home, "dataset", "export", str(parts), "--format", "coco", "--out", str(coco), "--json"
    )
    assert answer.rows[0]["images"] == 24
    answer = station(home, "dataset", "import", str(coco), "--out", str(back), "--json")
    assert (answer.rows[0]["format"], answer.rows[0]["images"]) == ("coco", 24)
    assert {place.name for place in back.iterdir()} == {"blob", "good", "line"}
    answer = station(home, "dataset", "snapshot", str(parts), "--out", str(frozen), "--json")
    assert read_dataset(Path(answer.rows[0]["path"])).sha256 == answer.rows[0]["sha256"]


def test_bad_input_is_said_in_words(home: Path, parts: Path) -> None:
    empty = home / "empty"
    empty.mkdir()
    out = str(home / "never")
    answer = station(home, "dataset", "import", str(empty), "--out", out, "--json")
    assert_says(answer, 1, ErrorCode.FOLDER_EMPTY)
    form = ("--format", "tar", "--out", out, "--json")
    answer = station(home, "dataset", "export", str(parts), *form)
    assert_says(answer, 2, ErrorCode.DATASET_FORMAT)
    answer = station(home, "dataset", "snapshot", str(parts / "blob"), "--out", out, "--json")
    assert_says(answer, 1, ErrorCode.FOLDER_EMPTY)
    with zipfile.ZipFile(home / "evil.zip", "w") as file:
        file.writestr("../evil.png", b"1")
    answer = station(home, "dataset", "import", str(home / "evil.zip"), "--out", out, "--json")
    assert_says(answer, 1, ErrorCode.ARCHIVE_UNSAFE)
    assert station(home, "dataset", "import", str(parts)).code == 2
    assert not (home / "never").exists()
    assert not list(home.glob(".never*"))
