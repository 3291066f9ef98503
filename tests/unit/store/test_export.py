"""What other programs read: whole files or none, in which nothing is calculated."""

import csv
import hashlib
import io
import re
import secrets
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from sqlalchemy import insert

from station.domain.inspection import Decision, DecisionKind, Disposition, Inspection, Verdict
from station.domain.part import Part
from station.errors import ErrorCode, Fault, StoreError
from station.store import export as module
from station.store.export import COLUMNS, Exported, Format, export, picture_name
from station.store.history import Filter
from station.store.rows import to_row
from station.store.schema import inspections
from station.store.store import Store

Keep = Callable[..., Inspection]
Says = Callable[..., Decision]
ALL = Filter()
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def run(store: Store, form: Format, target: Path, wanted: Filter = ALL) -> Exported:
    made = export(store.reader, store.folder, wanted, form, target)
    assert made is not None
    return made


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return rows(raw.decode("utf-8-sig"))


def cell_types(path: Path, sheet: int = 1) -> list[dict[str, tuple[str, str | float]]]:
    """Of each row below the head, by column: type and value as they lie in the file."""
    with zipfile.ZipFile(path) as book:
        tree = Xml.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = []
    for row in list(tree.iter(f"{SHEET}row"))[1:]:
        cells = {}
        for cell in row.iter(f"{SHEET}c"):
            assert cell.find(f"{SHEET}f") is None, "a formula"
            letters = re.sub(r"\d", "", cell.get("r", ""))
            index = 0
            for letter in letters:
                index = index * 26 + ord(letter) - ord("A") + 1
            text = "".join(cell.itertext())
            kind = cell.get("t", "n")
            cells[COLUMNS[index - 1]] = (kind, float(text) if kind == "n" else text)
        found.append(cells)
    return found


def test_a_table_has_every_part_newest_first_as_it_stands(
    store: Store, keep: Keep, says: Says, tmp_path: Path
) -> None:
    keep(1)
    wrong = keep(2, verdict=Verdict.NG, label="scratch", score=0.75, operator="07")
    store.decide(says(wrong, DecisionKind.REJECT, label="dent", operator="12", reason="seen"))
    store.dispose(wrong.uid, Disposition.REJECT, wrong.at_ms + 5)
    keep(3, waits=True, verdict=Verdict.REVIEW)
    target = tmp_path / "Prüfung 检查.csv"
    assert run(store, Format.CSV, target) == Exported(3)
    written = table(target)
    assert [row["part"] for row in written] == ["3", "2", "1"]
    assert tuple(written[0]) == COLUMNS
    assert written[0]["waits"] == "1"
    row = written[1]
    assert (row["verdict"], row["label"], float(row["score"])) == ("NG", "scratch", 0.75)
    assert (row["decision"], row["decision_label"], row["decision_by"]) == ("reject", "dent", "12")
    assert (row["reason"], row["disposition"], row["waits"]) == ("seen", "reject", "0")
    assert datetime.fromisoformat(row["time"]).timestamp() * 1000 == wrong.at_ms
    assert (
        row["image_sha256"]
        == hashlib.sha256((store.folder / row["image"]).read_bytes()).hexdigest()
    )
    assert list(tmp_path.glob("*.part")) == list(tmp_path.glob(".*")) == []


def test_only_what_is_wanted_is_written_over_all_pages(
    store: Store, keep: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 4)
    for number in range(1, 24):
        keep(number, verdict=Verdict.NG if number % 2 else Verdict.OK)
    run(store, Format.CSV, tmp_path / "t.csv", Filter(verdict=Verdict.NG))
    assert [int(row["part"]) for row in table(tmp_path / "t.csv")] == list(range(23, 0, -2))


RISKY = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")', "＝1"]


def test_no_text_of_a_table_is_a_formula(store: Store, keep: Keep, tmp_path: Path) -> None:
    for number, text in enumerate(RISKY, 1):
        keep(number, part=Part(number, text, text), operator=text, score=-0.5)
    run(store, Format.CSV, tmp_path / "t.csv")
    for row, text in zip(table(tmp_path / "t.csv"), reversed(RISKY), strict=True):
        assert row["serial"] == row["lot"] == row["operator"] == f"'{text}"
        assert float(row["score"]) == -0.5  # a number stays one, its sign is no formula


def test_xlsx_has_numbers_times_and_texts(
    store: Store, keep: Keep, make: Callable[..., Inspection], tmp_path: Path
) -> None:
    for number, text in enumerate(RISKY[:4], 1):
        keep(number, part=Part(number, text, "00123"), score=0.25)
    fault = Fault(ErrorCode.CAMERA_LOST, (("source", "cam"),))
    blind = make(5, verdict=Verdict.NOT_INSPECTED, fault=fault, label=None, score=None, scores=())
    store.record(blind, None, False)
    assert run(store, Format.XLSX, tmp_path / "t.xlsx") == Exported(5)
    written = cell_types(tmp_path / "t.xlsx")
    assert written[0]["fault"][1] == "camera_lost"
    assert "score" not in written[0]
    begin = datetime.fromtimestamp(blind.at_ms / 1000, UTC).astimezone().replace(tzinfo=None)
    days = (begin - datetime(1899, 12, 30)).total_seconds() / 86400  # noqa: DTZ001 - as Excel
    assert written[0]["time"] == ("n", pytest.approx(days, abs=1e-8))
    for row, text in zip(written[1:], reversed(RISKY[:4]), strict=True):
        assert row["serial"] == ("inlineStr", text)
        assert row["lot"] == ("inlineStr", "00123")
        assert row["score"] == ("n", 0.25)


def test_more_parts_than_a_sheet_holds_go_to_the_next(
    store: Store, keep: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHEET_ROWS", 3)
    for number in range(1, 6):
        keep(number)
    run(store, Format.XLSX, tmp_path / "t.xlsx")
    sheets = [cell_types(tmp_path / "t.xlsx", sheet) for sheet in (1, 2)]
    assert [[row["part"][1] for row in sheet] for sheet in sheets] == [[5, 4, 3], [2, 1]]


def test_a_zip_has_the_pictures_and_lists_those_that_are_gone(
    store: Store, keep: Keep, tmp_path: Path
) -> None:
    kept = [keep(number) for number in range(1, 5)]
    store.removed([kept[0].uid], "retention")
    (store.folder / str(store.reader.entry(kept[1].uid).image)).unlink()
    assert run(store, Format.ZIP, tmp_path / "t.zip") == Exported(4, missing=1)
    with zipfile.ZipFile(tmp_path / "t.zip") as archive:
        assert archive.testzip() is None
        listed = rows(archive.read("parts.csv").decode("utf-8-sig"))
        assert [row["picture"] for row in listed] == ["kept", "kept", "missing", "removed"]
        assert [bool(row["file"]) for row in listed] == [True, True, False, False]
        assert len(archive.namelist()) == 3
        for row in listed[:2]:
            assert hashlib.sha256(archive.read(row["file"])).hexdigest() == row["image_sha256"]


def test_names_in_a_zip_are_safe_on_windows(store: Store, keep: Keep) -> None:
    nasty = ["CON", 'a<b>:"c/d\\e|f?g*', "x. ", "..", "../../etc/passwd", "检查\n1", "y" * 300, ""]
    for number, serial in enumerate(nasty, 1):
        keep(number, part=Part(number, serial))
    names = [picture_name(entry) for entry in store.reader.page(ALL, 50)]
    assert len({name.lower() for name in names}) == len(nasty)
    for name in names:
        day, base = name.split("/")
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', base)
        assert re.match(r"\d{6}", base)
        assert len(name) < 120


def test_two_parts_of_one_number_have_two_names(store: Store, keep: Keep) -> None:
    keep(7, uid="a" * 32)
    keep(7, uid="b" * 32, part=Part(7, "SN-7", "LOT-7"))
    assert len({picture_name(entry) for entry in store.reader.page(ALL, 50)}) == 2


@pytest.mark.parametrize("form", Format)
def test_nothing_to_export_leaves_what_was_there(
    store: Store, keep: Keep, tmp_path: Path, form: Format
) -> None:
    keep(1)
    target = tmp_path / "there"
    target.write_text("old")
    with pytest.raises(StoreError) as caught:
        export(store.reader, store.folder, Filter(lot="none such"), form, target)
    assert caught.value.code is ErrorCode.EXPORT_NOTHING
    assert target.read_text() == "old"


@pytest.mark.parametrize("form", Format)
def test_a_place_that_cannot_be_written_is_said(
    store: Store, keep: Keep, tmp_path: Path, form: Format
) -> None:
    keep(1)
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "none" / "t", tmp_path / "folder"):
        with pytest.raises(StoreError) as caught:
            export(store.reader, store.folder, ALL, form, target)
        assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
        assert caught.value.fault.fact("path") == str(target)
        assert caught.value.fault.fact("reason")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "folder"]


@pytest.mark.parametrize("form", Format)
def test_a_full_disk_leaves_nothing_behind(
    store: Store, keep: Keep, mounted: Callable[[str], Path], form: Format
) -> None:
    for number in range(1, 40):
        keep(number, source=secrets.token_hex(1500))
    disk = mounted("size=16k")
    with pytest.raises(StoreError) as caught:
        export(store.reader, store.folder, ALL, form, disk / "t")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert "space" in caught.value.fault.fact("reason")
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("form", Format)
def test_a_cancelled_export_leaves_what_was_there(
    store: Store, keep: Keep, tmp_path: Path, form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TOLD_SECONDS", 0.0)
    for number in range(1, 20):
        keep(number)
    told: list[int] = []
    target = tmp_path / "t"
    target.write_text("old")
    made = export(
        store.reader, store.folder, ALL, form, target, told.append, lambda: len(told) == 5
    )
    assert made is None
    assert told == [0, 1, 2, 3, 4]
    assert target.read_text() == "old"
    assert list(tmp_path.glob(".*")) == []


def test_ten_thousand_parts_take_a_second(
    store: Store, make: Callable[..., Inspection], tmp_path: Path
) -> None:
    fill(store, make, 10_000)
    begun = time.process_time()
    assert run(store, Format.CSV, tmp_path / "t.csv").parts == 10_000
    assert time.process_time() - begun < 1.5  # 0.5 on an idle desk


def fill(store: Store, make: Callable[..., Inspection], parts: int) -> None:
    """So many rows without pictures, as fast as the database takes them."""
    image = {"image": "images/none.png", "image_sha256": "ab" * 32, "image_bytes": 1}
    more = {"waits": 0, "station": "", **image}
    values = [{**to_row(make(n)), **more} for n in range(1, parts + 1)]
    with store.transaction() as connection:
        connection.execute(insert(inspections), values)
