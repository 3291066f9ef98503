"""Labelled pictures of every kind are recognised by themselves, and what is broken is refused."""

import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from station.errors import DatasetError, ErrorCode
from station.training import archive
from station.training.archive import unpacked
from station.training.exporters.write import Picture, write
from station.training.importers.base import Box, label_of
from station.training.importers.recognise import opened, recognise
from tests.conftest import shared_data
from tests.unit.training.conftest import draw
from tests.unit.training.conftest import write as save


def fill(folder: Path, names: dict[str, str]) -> Path:
    """A picture under each name."""
    for number, (name, kind) in enumerate(names.items()):
        save(folder / name, draw(kind, number)[0])
    return folder


def labels(folder: Path, form: str = "") -> dict[str, str]:
    found = recognise(folder, form)
    return {item.path.name: item.label for item in found.items}


def text(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


THREE = {"images/a.png": "good", "images/b.png": "blob", "images/c.png": "line"}
TRUTH = {"a.png": "good", "b.png": "blob", "c.png": "line"}


def coco(folder: Path) -> Path:
    fill(folder, THREE)
    whole = {
        "images": [{"id": n, "file_name": f"{name}.png"} for n, name in enumerate("abc")],
        "categories": [{"id": 7, "name": "blob"}, {"id": 9, "name": "line"}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 7, "bbox": [1, 2, 30, 30]},
            {"id": 2, "image_id": 2, "category_id": 9, "bbox": [1, 2, 30, 30]},
            {"id": 3, "image_id": 2, "category_id": 7, "bbox": [1, 2, 3, 3]},
        ],
    }
    text(folder / "annotations" / "instances.json", json.dumps(whole))
    return folder


def yolo(folder: Path, names: str = "names:\n  0: blob\n  1: 'line'\n") -> Path:
    fill(folder, THREE)
    text(folder / "data.yaml", f"path: .\ntrain: images\n{names}nc: 2\n")
    text(folder / "labels" / "b.txt", "0 0.5 0.5 0.1 0.1\n")
    text(folder / "labels" / "c.txt", "1 0.1 0.1 0.4 0.1 0.4 0.4\n0 0.5 0.5 0.01 0.01\n")
    return folder


def voc(folder: Path) -> Path:
    fill(
        folder,
        {
            f"JPEGImages/{name}.png": kind
            for name, kind in zip("abc", ("good", "blob", "line"), strict=True)
        },
    )
    box = (
        "<object><name>%s</name><bndbox><xmin>1</xmin><ymin>1</ymin>"
        "<xmax>%d</xmax><ymax>9</ymax></bndbox></object>"
    )
    for name, boxes in {
        "a": "",
        "b": box % ("blob", 9),
        "c": box % ("blob", 4) + box % ("line", 9),
    }.items():
        text(
            folder / "Annotations" / f"{name}.xml",
            f"<annotation><filename>{name}.png</filename>{boxes}</annotation>",
        )
    return folder


def table(folder: Path) -> Path:
    fill(folder, THREE)
    text(
        folder / "labels.csv",
        "Filename;Class;Group\na.png;;p1\nimages/b.png;blob;p1\nc.png;line;p2\n",
    )
    return folder


def folders(folder: Path) -> Path:
    return fill(folder, {"good/a.png": "good", "blob/b.png": "blob", "line/c.png": "line"})


def parted(folder: Path) -> Path:
    fill(folder, {"ground_truth/blob/b_mask.png": "blob"})
    return fill(
        folder, {"train/good/a.png": "good", "test/blob/b.png": "blob", "test/line/c.png": "line"}
    )


KINDS = {"coco": coco, "yolo": yolo, "voc": voc, "csv": table, "folders": folders, "parted": parted}


@pytest.mark.parametrize("kind", KINDS)
def test_each_form_is_recognised_by_itself(tmp_path: Path, kind: str) -> None:
    folder = KINDS[kind](tmp_path / "法兰 set")
    assert labels(folder) == TRUTH
    assert recognise(folder).format == {"parted": "folders"}.get(kind, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_each_form_comes_out_of_a_zip(tmp_path: Path, kind: str) -> None:
    KINDS[kind](tmp_path / "in" / "set")
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as file:
        for one in sorted((tmp_path / "in").rglob("*")):
            file.write(one, one.relative_to(tmp_path / "in"))
    with opened(path) as found:
        assert {item.path.name: item.label for item in found.items} == TRUTH
        place = found.items[0].path
        assert place.is_file()
    assert not place.exists()


@pytest.mark.parametrize(
    "names",
    [
        "names: [blob, line]\n",
        "names:\n- blob\n- line\n",
        "names: {0: blob, 1: line}\n",
        "names:\n  - blob\n  - line\n",
    ],
)
def test_every_way_to_name_classes(tmp_path: Path, names: str) -> None:
    assert labels(yolo(tmp_path, names)) == TRUTH


def test_groups_of_a_table(tmp_path: Path) -> None:
    found = recognise(table(tmp_path))
    assert [item.group for item in found.items] == ["p1", "p1", "p2"]


@pytest.mark.parametrize("kind", ["coco", "voc", "csv"])
def test_pictures_that_no_label_speaks_of_are_counted(tmp_path: Path, kind: str) -> None:
    folder = KINDS[kind](tmp_path)
    save(folder / "images" / "extra.png", draw("good", 9)[0])
    found = recognise(folder)
    assert (len(found.items), found.unlabelled) == (3, 1)


def test_boxes_become_one_label() -> None:
    assert label_of([]) == "good"
    assert label_of([Box("a", 1), Box("b", 9)]) == "b"
    assert label_of([Box("a", 1), Box("a", 1), Box("b", 9)]) == "a"
    assert label_of([Box("b", 1), Box("a", 1)]) == "a"


def test_names_that_lead_outside_are_not_followed(tmp_path: Path) -> None:
    save(tmp_path / "secret.png", draw("good", 1)[0])
    folder = table(tmp_path / "set")
    text(folder / "labels.csv", "file,label\n../secret.png,blob\nimages/b.png,line\n")
    found = recognise(folder)
    assert [item.path.name for item in found.items] == ["b.png"]
    assert found.missing == ("../secret.png",)


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("coco", "annotations/instances.json", '{"images": [{"id": 1}], "annotations": []}'),
        ("coco", "annotations/instances.json", '{"images": [], "annotations": [{}]}'),
        ("yolo", "labels/b.txt", "0 0.5 0.5\n"),
        ("yolo", "labels/b.txt", "blob 0.5 0.5 0.1 0.1\n"),
        ("voc", "Annotations/b.xml", "<annotation><object>"),
        ("voc", "Annotations/b.xml", '<!DOCTYPE a [<!ENTITY x "y">]><annotation/>'),
        ("csv", "labels.csv", "file,label\nnowhere.png,x\n"),
    ],
)
def test_what_is_broken_is_refused_in_words(
    tmp_path: Path, kind: str, name: str, content: str
) -> None:
    folder = KINDS[kind](tmp_path)
    text(folder / name, content)
    with pytest.raises(DatasetError) as caught:
        recognise(folder, kind)
    assert caught.value.code in (ErrorCode.DATASET_FORMAT, ErrorCode.FOLDER_EMPTY)


def test_nothing_and_nowhere(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no"):
        with pytest.raises(DatasetError) as caught, opened(place):
            pass
        assert caught.value.code in (ErrorCode.FOLDER_EMPTY, ErrorCode.FOLDER_NOT_FOUND)
    (tmp_path / "letter.zip").write_text("Dear customer")
    with pytest.raises(DatasetError) as caught, opened(tmp_path / "letter.zip"):
        pass
    assert caught.value.code is ErrorCode.DATASET_FORMAT


def zipped(path: Path, *members: tuple[str, bytes], link: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
        if link:
            info = zipfile.ZipInfo(link)
            info.external_attr = 0o120777 << 16
            file.writestr(info, "/etc/passwd")
    return path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../evil.png", "path leads outside"),
        ("a/../../evil.png", "path leads outside"),
        ("..\\evil.png", "path leads outside"),
        ("/etc/evil.png", "absolute path"),
        ("C:/evil.png", "absolute path"),
    ],
)
def test_a_member_that_leads_elsewhere(tmp_path: Path, name: str, reason: str) -> None:
    path = zipped(tmp_path / "x.zip", ("good/a.png", b"1"), (name, b"1"))
    with pytest.raises(DatasetError) as caught, unpacked(path, tmp_path):
        pass
    assert caught.value.code is ErrorCode.ARCHIVE_UNSAFE
    assert caught.value.fault.fact("reason") == reason
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]


def test_links_bombs_and_crowds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reason(path: Path) -> str:
        with pytest.raises(DatasetError) as caught, unpacked(path, tmp_path):
            pass
        assert caught.value.code is ErrorCode.ARCHIVE_UNSAFE
        return caught.value.fault.fact("reason")

    assert reason(zipped(tmp_path / "link.zip", link="good/a.png")) == "link"
    assert reason(zipped(tmp_path / "bomb.zip", ("a.png", bytes(2**24)))) == "packed too tightly"
    assert reason(zipped(tmp_path / "two.zip", ("A.png", b"1"), ("a.png", b"2"))) == "named twice"
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    assert reason(zipped(tmp_path / "large.zip", ("a.png", b"123456"), ("b.png", b"123456"))) == (
        "too large unpacked"
    )
    many = [(f"{n}.png", b"1") for n in range(3)]
    assert reason(zipped(tmp_path / "many.zip", *many)) == "more than 2 files"


def test_a_zip_that_was_cut_or_changed_leaves_nothing(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", ("good/a.png", bytes(range(256)) * 40))
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + b"\0\0\0\0" + whole[64:])
    with pytest.raises(DatasetError) as caught, unpacked(path, tmp_path):
        pass
    assert caught.value.code is ErrorCode.DATASET_FORMAT
    path.write_bytes(whole[:-30])
    with pytest.raises(DatasetError) as caught, unpacked(path, tmp_path):
        pass
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize("form", ["folders", "coco", "yolo", "csv", "anomalib"])
def test_what_is_written_is_read_again(tmp_path: Path, form: str) -> None:
    folder = fill(
        tmp_path / "in",
        {f"{kind}/{n}.png": kind for kind in ("good", "blob", "line") for n in range(4)},
    )
    pictures = [
        Picture(path, path.parent.name, path.parent.name == "good", "", path.stem == "3")
        for path in sorted(folder.rglob("*.png"))
    ]
    made = write(pictures, form, tmp_path / "out")
    assert made.n == 12
    found = recognise(tmp_path / "out")
    assert Counter(item.label for item in found.items) == {"good": 4, "blob": 4, "line": 4}
    truth = {path.read_bytes(): path.parent.name for path in folder.rglob("*.png")}
    assert all(truth[item.path.read_bytes()] == item.label for item in found.items)
    if form == "anomalib":
        assert len(list((tmp_path / "out" / "train" / "good").iterdir())) == 3
        assert not (tmp_path / "out" / "train" / "blob").exists()


def test_nothing_half_made_is_left(tmp_path: Path) -> None:
    save(tmp_path / "in" / "a.png", draw("good", 1)[0])
    gone = [Picture(tmp_path / "in" / name, "good", True) for name in ("a.png", "gone.png")]
    for form in ("folders", "coco", "csv"):
        with pytest.raises(DatasetError) as caught:
            write(gone, form, tmp_path / "out")
        assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    with pytest.raises(DatasetError) as caught:
        write(gone, "tfrecord", tmp_path / "out")
    assert caught.value.code is ErrorCode.DATASET_FORMAT
    with pytest.raises(DatasetError):
        write(gone[:1], "csv", tmp_path / "in")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


class StoppedError(Exception):
    """A person has cancelled."""


@pytest.mark.parametrize("form", ["folders", "coco", "yolo", "csv", "anomalib"])
@pytest.mark.parametrize("stop", [0, 2, 5])
def test_who_stops_an_export_is_obeyed_between_files(tmp_path: Path, form: str, stop: int) -> None:
    folder = fill(tmp_path / "in", {f"good/{n}.png": "good" for n in range(5)})
    pictures = [Picture(path, "good", True) for path in sorted(folder.rglob("*.png"))]
    out = tmp_path / "out"
    out.mkdir()
    seen: list[tuple[int, int, int]] = []

    def tick(done: int, total: int) -> None:
        half = [path for path in tmp_path.rglob("*.png") if ".part" in str(path)]
        seen.append((done, total, len(half)))
        if done == stop:
            raise StoppedError

    with pytest.raises(StoppedError):
        write(pictures, form, out, tick)
    assert seen == [(n, 5, n) for n in range(stop + 1)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    assert not list(out.iterdir())
    told: list[int] = []
    assert write(pictures, form, out, lambda done, _: told.append(done)).n == 5
    assert told == [0, 1, 2, 3, 4, 5]


@pytest.mark.data
def test_the_real_voc_files_of_neu() -> None:
    found = recognise(shared_data("neu_cls"))
    assert found.format == "voc"
    assert not found.missing
    wrong = [item for item in found.items if item.label != item.path.parent.name]
    assert len(found.items) == 1260
    print(len(wrong), [(item.path.name, item.label) for item in wrong][:10])
    assert len(wrong) <= 30
