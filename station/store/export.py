"""Records for other programs: a table as CSV or XLSX, or a ZIP of the pictures with the table.

What is written is complete or not there: a temporary file beside the target takes its place at
the end. Parts are read page by page, so that millions of them need no more memory than one page.
"""

import csv
import io
import os
import re
import secrets
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from station.domain.inspection import Decision
from station.errors import ErrorCode, StoreError
from station.store.entry import Entry
from station.store.history import Filter
from station.store.images import sync_folder
from station.store.queries import Reader

if TYPE_CHECKING:
    from xlsxwriter.format import Format as Look
    from xlsxwriter.worksheet import Worksheet

PAGE = 2000
SHEET_ROWS = 1_000_000
"""A sheet of XLSX holds 1,048,576 rows; more parts go to the next one."""
TABLE_NAME = "parts.csv"
KEPT, MISSING = "kept", "missing"
_CELL = 32_767  # characters, in XLSX
_TOLD_SECONDS = 0.1
_RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')

Cell = str | int | float | datetime | None


class Format(StrEnum):
    """The kinds of file, each the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many parts were written; `missing` of them should have a picture and it is not there."""

    parts: int
    missing: int = 0


class _Cancelled(Exception):  # noqa: N818 - it is no error
    pass


def export(
    reader: Reader,
    folder: Path,
    wanted: Filter,
    form: Format,
    target: Path,
    progress: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported | None:
    """Write the parts that are wanted, newest first; None where it was cancelled.

    folder: the data folder, for the pictures. progress(parts so far) and cancelled() are asked
    some ten times a second. Raises StoreError EXPORT_NOTHING, OUTPUT_NOT_WRITABLE, STORE_BROKEN.
    """
    if not reader.page(wanted, 1):
        raise StoreError(ErrorCode.EXPORT_NOTHING)
    entries = _watched(_matching(reader, wanted), progress, cancelled)
    half = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with half.open("xb") as file:
            made = write(entries, form, file, folder)
            file.flush()
            os.fsync(file.fileno())
        if cancelled():
            return None
        half.replace(target)
        with suppress(OSError):  # a memory stick or a share may not know how
            sync_folder(target.parent)
        progress(made.parts)
    except _Cancelled:
        return None
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(ErrorCode.OUTPUT_NOT_WRITABLE, path=target, reason=reason) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return made


def write(entries: Iterable[Entry], form: Format, file: BinaryIO, folder: Path) -> Exported:
    """Write them in that form to a file that can seek."""
    match form:
        case Format.CSV:
            return write_csv(entries, file)
        case Format.XLSX:
            return write_xlsx(entries, file)
        case Format.ZIP:
            return write_zip(entries, file, folder)


def write_csv(entries: Iterable[Entry], file: BinaryIO) -> Exported:
    """UTF-8 with a mark that Excel knows; no text in it can be taken for a formula."""
    parts = 0
    with _csv_text(file) as text:
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for entry in entries:
            table.writerow(_plain(entry))
            parts += 1
    return Exported(parts)


def write_xlsx(entries: Iterable[Entry], file: BinaryIO) -> Exported:
    """Numbers as numbers, times as times of the local clock, texts never as formulas."""
    from xlsxwriter import Workbook  # here, for it takes a while and is seldom needed
    from xlsxwriter.exceptions import FileCreateError

    parts = 0
    with tempfile.TemporaryDirectory(prefix="station-export-") as scratch:
        path = Path(scratch) / "book.xlsx"
        book = Workbook(path, {"constant_memory": True, "tmpdir": scratch})
        book.use_zip64()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
        bold = book.add_format({"bold": True})
        try:
            for entry in entries:
                row = parts % SHEET_ROWS
                if row == 0:
                    sheet = book.add_worksheet(f"Parts {parts // SHEET_ROWS + 1}")
                    sheet.freeze_panes(1, 1)
                    sheet.set_column(0, len(COLUMNS) - 1, 14)
                    sheet.write_row(0, 0, COLUMNS, bold)
                _put_row(sheet, row + 1, cells(entry), moment)
                parts += 1
        finally:  # also where it was cancelled: only this closes the files below `scratch`
            try:
                book.close()
            except FileCreateError as error:
                raise error.args[0] from None
        with path.open("rb") as made:
            shutil.copyfileobj(made, file, 1 << 20)
    return Exported(parts)


def _put_row(sheet: "Worksheet", row: int, values: list[Cell], moment: "Look") -> None:
    for column, value in enumerate(values):
        match value:
            case str() if value:
                sheet.write_string(row, column, value[:_CELL])
            case int() | float():
                sheet.write_number(row, column, value)
            case datetime():
                sheet.write_datetime(row, column, value.replace(tzinfo=None), moment)


def write_zip(entries: Iterable[Entry], file: BinaryIO, folder: Path) -> Exported:
    """Every picture that is there, and a table that says of each part where its picture is."""
    parts = missing = 0
    with (
        tempfile.TemporaryFile() as table_file,
        zipfile.ZipFile(file, "w") as archive,
        _csv_text(table_file) as text,
    ):
        table = csv.writer(text)
        table.writerow([*COLUMNS, "file"])
        for entry in entries:
            row, name = _plain(entry), ""
            if row[_PICTURE] == KEPT:
                name = _add_picture(archive, entry, folder)
                if not name:
                    row[_PICTURE] = MISSING
                    missing += 1
            table.writerow([*row, name])
            parts += 1
        text.flush()
        table_file.seek(0)
        with archive.open(_info(TABLE_NAME, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as inside:
            shutil.copyfileobj(table_file, inside, 1 << 20)
    return Exported(parts, missing)


def _add_picture(archive: zipfile.ZipFile, entry: Entry, folder: Path) -> str:
    """Its name inside; empty where the file is not there."""
    try:
        data = (folder / str(entry.image)).read_bytes()
    except OSError:
        return ""
    name = picture_name(entry)
    archive.writestr(_info(name), data)
    return name


def picture_name(entry: Entry) -> str:
    """A name that says what is on it, that is the only one, and that Windows takes too."""
    seen = entry.inspection
    number = f"{seen.part.number:06}" + (f"-{entry.id}" if entry.id != seen.part.number else "")
    serial = _UNSAFE.sub("-", seen.part.serial)[:60].strip(" .")
    words = [number, *([serial] if serial else []), seen.verdict.value]
    return f"{_local(seen.at_ms):%Y-%m-%d}/{'_'.join(words)}.png"


def _info(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """Pictures are packed already: they are only stored."""
    info = zipfile.ZipInfo(name, time.localtime()[:6])
    info.compress_type = method
    info.external_attr = 0o644 << 16
    return info


def _csv_text(file: BinaryIO) -> io.TextIOWrapper:
    return _Text(file, "utf-8-sig", newline="", errors="replace")


class _Text(io.TextIOWrapper):
    """Leaves the file below open when it is closed."""

    def __exit__(self, *_: object) -> None:
        self.flush()
        self.detach()


def _matching(reader: Reader, wanted: Filter) -> Iterator[Entry]:
    before = None
    while page := reader.page(wanted, PAGE, before):
        yield from page
        before = page[-1].id


def _watched(
    entries: Iterable[Entry], progress: Callable[[int], None], cancelled: Callable[[], bool]
) -> Iterator[Entry]:
    """The same, with a word now and then; raises _Cancelled."""
    due = time.monotonic() + _TOLD_SECONDS
    for done, entry in enumerate(entries):
        if time.monotonic() >= due:
            if cancelled():
                raise _Cancelled
            progress(done)
            due = time.monotonic() + _TOLD_SECONDS
        yield entry


def _plain(entry: Entry) -> list[Cell]:
    """The row in CSV: a text that a spreadsheet could calculate gets a ' before it."""
    row = cells(entry)
    for column in _TIMES:
        value = row[column]
        if isinstance(value, datetime):
            row[column] = value.isoformat(timespec="milliseconds")
    return [f"'{one}" if isinstance(one, str) and one[:1] in _RISKY else one for one in row]


def _local(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000).astimezone()


def _fault(entry: Entry) -> Cell:
    fault = entry.inspection.fault
    return None if fault is None else fault.code.value


def _picture(entry: Entry) -> str:
    if entry.image is None:
        return "none"
    return KEPT if entry.removed_at_ms is None else "removed"


_PLAIN = {
    "part": "inspection.part.number",
    "serial": "inspection.part.serial",
    "lot": "inspection.part.lot",
    "verdict": "inspection.verdict.value",
    "label": "inspection.label",
    "score": "inspection.score",
    "confidence": "inspection.confidence",
    "operator": "inspection.operator",
    "recipe": "inspection.recipe",
    "recipe_version": "inspection.recipe_version",
    "review_limit": "inspection.review_limit",
    "ng_limit": "inspection.ng_limit",
    "model": "inspection.model",
    "model_sha256": "inspection.model_sha256",
    "provider": "inspection.provider",
    "camera": "inspection.camera",
    "trigger": "inspection.trigger.value",
    "ms": "inspection.ms",
    "model_ms": "inspection.model_ms",
    "station": "station",
    "uid": "inspection.uid",
    "image": "image",
    "image_sha256": "image_sha256",
    "source": "inspection.source",
    "truth": "inspection.truth",
}
"""The columns that an entry has as they are, and where."""

_MADE: dict[str, Callable[[Entry], Cell]] = {
    "time": lambda entry: _local(entry.inspection.at_ms),
    "waits": lambda entry: int(entry.waits and entry.decision is None),
    "disposition": lambda entry: entry.disposition and entry.disposition.value,
    "fault": _fault,
    "picture": _picture,
}
_SAID: dict[str, Callable[[Decision], Cell]] = {
    "decision": lambda said: said.kind.value,
    "decision_label": lambda said: said.label,
    "decision_by": lambda said: said.operator,
    "decision_time": lambda said: _local(said.at_ms),
    "reason": lambda said: said.reason,
}

_FIRST = ("part", "time", "serial", "lot", "verdict", "label", "score", *_SAID, "disposition")
_MIXED = (*_PLAIN, *_MADE, *_SAID)
COLUMNS = (*_FIRST, *(name for name in _MIXED if name not in _FIRST))
"""The names of the columns: one word each, the same in every language."""

_TIMES = (COLUMNS.index("time"), COLUMNS.index("decision_time"))
_PICTURE = COLUMNS.index("picture")
_UNSAID: tuple[Cell, ...] = (None,) * len(_SAID)
_take = attrgetter(*_PLAIN.values())  # one for all: a third of the time of one for each
_in_order = itemgetter(*(_MIXED.index(name) for name in COLUMNS))


def cells(entry: Entry) -> list[Cell]:
    """The row of one part, a cell for each of COLUMNS."""
    said = entry.decision
    made = (of(entry) for of in _MADE.values())
    words = _UNSAID if said is None else (of(said) for of in _SAID.values())
    return list(_in_order((*_take(entry), *made, *words)))
