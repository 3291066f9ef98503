"""Reading, signing and writing a shift's report.

<data folder>/reports/2026-11-21_06-00_signed_2026-11-21_14-02-33.pdf, .csv   as it was signed
"""

import re
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, func, select

from station.errors import StationError
from station.gui import shift_report_words as words
from station.gui.pages.line_handover_room import HandoverRoom, Kept
from station.gui.shift_report import report_pdf
from station.gui.shift_report_csv import report_csv
from station.insight.figures import By, LineFigures
from station.insight.handover import Handover, handovers, of_shift, write_handover
from station.insight.overview import Seen, break_down, see
from station.insight.shift import Ran, ShiftReport, by_clock, is_shift, shift_of
from station.settings import Settings
from station.store.audit import audit_between, unconfirmed
from station.store.beside import Beside
from station.store.history import Filter, waiting_count
from station.store.notes import Note, NoteKind, all_notes
from station.store.queries import Reader
from station.store.schema import inspections
from station.whole import write_whole

REPORTS = "reports"
_SCOPE = ("recipe", "lot", "operator", "model", "station")


class Reports:
    """The reports of one station; for any thread, no I/O until it is asked."""

    def __init__(self, data: Path, reader: Reader, settings: Settings) -> None:
        self._data = data
        self._reader = reader
        self._settings = settings

    def room(self) -> HandoverRoom:
        """What a hand-over works with."""
        return HandoverRoom(
            shift=self.shift,
            sign=self.sign,
            former=lambda: handovers(self._reader),
            report=self.of_handover,
            write=write_by_name,
            operators=lambda: self._reader.facets().operators,
        )

    def read(self, wanted: Filter, seen: Seen | None = None) -> ShiftReport:
        """The report of that scope as of now; without an end it is one of the shift that runs.

        seen: its figures, where somebody has read them just now.
        """
        return read_report(self._reader, self._settings, wanted, _now_ms(), seen)

    def shift(self, back: int = 0) -> ShiftReport:
        """That of the shift that runs, or of so many before it."""
        since, until = shift_of(_now_ms(), self._settings.shifts)
        for _ in range(back):
            since, until = shift_of(since - 1, self._settings.shifts)
        return self.read(Filter(since, until))

    def of_handover(self, handover: Handover) -> ShiftReport:
        """That of the shift that was handed over."""
        return replace(self.read(Filter(handover.since_ms, handover.until_ms)), whole=True)

    def sign(self, report: ShiftReport, handover: Handover) -> Kept:
        """Keep it, then write the files; where these fail it is signed all the same.

        Raises StoreError where it cannot be kept.
        """
        with Beside(self._data) as store:
            kept = write_handover(store, handover)
        signed = report.handed(kept)
        pdf = self._data / REPORTS / f"{signed_stem(signed, kept)}.pdf"
        try:
            write_report(signed, pdf, pdf.with_suffix(".csv"))
        except StationError as error:
            return Kept(signed, None, error.fault)
        return Kept(signed, pdf)

    def write(self, wanted: Filter, target: Path) -> None:
        """Read that scope and write it. Raises StationError."""
        write_by_name(self.read(wanted), target)

    def stem(self, wanted: Filter) -> str:
        """The name of a file with that report, without its ending."""
        since = wanted.since_ms
        whole = since is not None and shift_of(since, self._settings.shifts)[0] == since
        day = f"{by_clock(_now_ms() if since is None else since):%Y-%m-%d_%H-%M}"
        stem = re.sub(r"\W+", "_", words.title(whole))
        return f"{stem}_{day}"


def write_report(report: ShiftReport, pdf: Path | None = None, table: Path | None = None) -> None:
    """Both files whole, or none. Raises DatasetError OUTPUT_NOT_WRITABLE."""
    files = {}
    if pdf is not None:
        files[pdf] = report_pdf(report)
    if table is not None:
        files[table] = report_csv(report)
    if files:
        write_whole(files)


def write_by_name(report: ShiftReport, target: Path) -> None:
    """As CSV where the name ends so, else as PDF. Raises DatasetError OUTPUT_NOT_WRITABLE."""
    as_table = target.suffix.lower() == ".csv"
    write_report(report, None if as_table else target, target if as_table else None)


def signed_stem(report: ShiftReport, handover: Handover) -> str:
    """The name of the files of a hand-over: its shift, and when it was signed."""
    since, signed = by_clock(report.since_ms), by_clock(handover.at_ms)
    return f"{since:%Y-%m-%d_%H-%M}_signed_{signed:%Y-%m-%d_%H-%M-%S}"


def read_report(
    reader: Reader, settings: Settings, wanted: Filter, now_ms: int, seen: Seen | None = None
) -> ShiftReport:
    """All that a report says, by the records as they are now. Raises StoreError."""
    shifts = settings.shifts
    wanted = _with_end(wanted, settings, now_ms)
    signed = handovers(reader, wanted.since_ms or 0)
    with reader.connection() as connection:
        if seen is None:
            seen = see(connection, wanted, settings.line, shifts, now_ms)
        since = seen.since_ms if wanted.since_ms is None else wanted.since_ms
        until = now_ms if wanted.until_ms is None else wanted.until_ms
        all_parts = not any(getattr(wanted, name) for name in _SCOPE)
        ran = _ran(connection, wanted, since, until)
        return ShiftReport(
            station=wanted.station or settings.station_name,
            asked=wanted,
            since_ms=since,
            until_ms=until,
            made_ms=now_ms,
            whole=all_parts and is_shift(since, until, shifts),
            seen=seen,
            ran=ran,
            breakdown=_breakdown(seen, settings),
            alarms=tuple(one for one in unconfirmed(connection) if one.at_ms < until),
            events=tuple(audit_between(connection, since, until)),
            waiting=waiting_count(connection),
            golden=_golden(reader, ran),
            notes=_notes(connection, since, until),
            signed=of_shift(signed, since, until),
        )


def _with_end(wanted: Filter, settings: Settings, now_ms: int) -> Filter:
    """A scope without an end that begins with the shift that runs ends with it."""
    since, until = shift_of(now_ms, settings.shifts)
    if wanted.until_ms is None and wanted.since_ms == since:
        return replace(wanted, until_ms=until)
    return wanted


def _ran(connection: Connection, wanted: Filter, since: int, until: int) -> tuple[Ran, ...]:
    """Which versions and models judged, those of most parts first."""
    of = inspections.c
    kinds = (of.recipe, of.recipe_version, of.model, of.model_sha256)
    count = func.count().label("parts")
    query = (
        select(*kinds, count)
        .where(of.at_ms >= since, of.at_ms < until, *_scope(wanted))
        .group_by(*kinds)
        .order_by(count.desc(), *kinds)
    )
    return tuple(Ran(*row) for row in connection.execute(query))


def _scope(wanted: Filter) -> list[ColumnElement[bool]]:
    pairs = ((name, getattr(wanted, name)) for name in _SCOPE)
    return [inspections.c[name] == value for name, value in pairs if value]


def _breakdown(
    seen: Seen, settings: Settings
) -> tuple[tuple[By, tuple[tuple[str, LineFigures], ...]], ...]:
    """By everything that has more than one name in it."""
    found = ((by, break_down(seen, by, settings.line, settings.shifts)) for by in By)
    return tuple((by, tuple(groups)) for by, groups in found if len(groups) > 1)


def _golden(reader: Reader, ran: tuple[Ran, ...]) -> tuple[tuple[str, bool], ...]:
    """Whether each product has a golden picture, which a new model must accept."""
    found = []
    for name in dict.fromkeys(one.recipe for one in ran):
        try:
            found.append((name, bool(reader.recipe(name).golden)))
        except StationError:
            continue  # its recipe was lost with an older database
    return tuple(found)


def _notes(connection: Connection, since: int, until: int) -> tuple[Note, ...]:
    kinds = (NoteKind.SERVICE, NoteKind.ADVICE)
    found = [one for kind in kinds for one in all_notes(connection, kind, None, since)]
    return tuple(sorted((n for n in found if n.at_ms < until), key=lambda n: (n.at_ms, n.id)))


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
