"""The line itself: its figures, signals, defects and drift; control charts."""

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from station.cli.options import Data, Json
from station.errors import DatasetError, ErrorCode
from station.printing import Out

if TYPE_CHECKING:
    from station.insight.control import Control, Grouping
    from station.insight.figures import By
    from station.insight.overview import Seen
    from station.settings import Settings
    from station.store.history import Filter
    from station.store.queries import Reader

app = typer.Typer(help="The line itself: figures, control charts, agreement.", no_args_is_help=True)
WRONG_USE = (ErrorCode.TABLE_NOT_FOUND, ErrorCode.TABLE_NO_COLUMN)
LEAST_POINTS = 2
BAD, PARTS = "bad", "n"

Shift = Annotated[str, typer.Option(help="now, last (the last before it that made parts), or all.")]
Since = Annotated[
    datetime | None, typer.Option(help="From when on, by the clock here; instead of --shift.")
]
Until = Annotated[datetime | None, typer.Option(help="Up to when, by the clock here.")]
Recipe = Annotated[str, typer.Option(help="Only this recipe.")]
Lot = Annotated[str, typer.Option(help="Only this lot.")]
Operator = Annotated[str, typer.Option(help="Only with this operator at the station.")]
Model = Annotated[str, typer.Option(help="Only what this model judged.")]


@app.command()
def report(
    data: Data = None,
    shift: Shift = "now",
    since: Since = None,
    until: Until = None,
    by: Annotated[
        str, typer.Option(help="Also broken down by shift, lot, recipe, operator or model.")
    ] = "",
    recipe: Recipe = "",
    lot: Lot = "",
    operator: Operator = "",
    model: Model = "",
    pdf: Annotated[
        Path | None, typer.Option(help="Also write the whole report to this file, for paper.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--csv", help="Also write it to this file, as a table.")
    ] = None,
    language: Annotated[
        str, typer.Option(help="Of the words: en, de or zh_CN; else as the settings say.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Tell the line's figures, its signals, its defects, and how pictures and scores drift."""
    from station.choice import RunChoice, data_folder
    from station.cli.insight_report import check, prepared
    from station.cli.insight_rows import figures_line, figures_row, report_rows, row_line
    from station.insight.overview import break_down
    from station.settings import load_settings
    from station.store.history import Filter
    from station.store.queries import Reader

    _check(shift, since, until)
    check(pdf, table, language)
    groups = _by(by) if by else None
    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    with out.told(), Reader(folder) as reader:
        write = prepared(out, pdf, table, language)
        settings = load_settings(folder)
        scope = Filter(recipe=recipe, lot=lot, operator=operator, model=model)
        wanted = _spanned(reader, settings, scope, shift, since, until)
        seen = _seen(reader, settings, wanted)
        if groups and seen.by_hours:
            _too_many("--by")
        out.row(figures_row("", seen.figures, seen), figures_line)
        if groups:
            for name, figures in break_down(seen, groups, settings.line, settings.shifts):
                out.row(figures_row(name, figures), figures_line)
        for row in report_rows(seen):
            out.row(row, row_line)
        write(reader, settings, wanted, seen, _now_ms())


@app.command()
def spc(
    file: Annotated[
        Path | None, typer.Argument(help="A table with the columns bad and n; else the records.")
    ] = None,
    data: Data = None,
    shift: Shift = "now",
    since: Since = None,
    until: Until = None,
    by: Annotated[str, typer.Option(help="Of records, a point: parts, hour or lot.")] = "parts",
    size: Annotated[
        int | None, typer.Option(min=10, help="Parts a point; else as the settings say.")
    ] = None,
    recipe: Recipe = "",
    lot: Lot = "",
    operator: Operator = "",
    model: Model = "",
    rules: Annotated[
        str, typer.Option(help="nelson or western_electric; else as the settings say.")
    ] = "",
    centre: Annotated[
        float | None, typer.Option(help="The known share of bad parts, from 0 to 1.")
    ] = None,
    laney: Annotated[
        bool | None,
        typer.Option(
            "--laney/--no-laney",
            help="Limits by the spread between points; else where large points ask for it.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a p-chart of a table or of the records: points with limits, and signals."""
    from station.choice import RunChoice, data_folder
    from station.cli.insight_rows import chart_row, chart_rows, row_line
    from station.insight.control import RULES, Grouping
    from station.settings import load_settings
    from station.store.history import Filter
    from station.store.queries import Reader

    if rules and rules not in RULES:
        raise typer.BadParameter(f"rules are {' or '.join(RULES)}")
    if centre is not None and not 0 < centre < 1:
        raise typer.BadParameter("the centre is a share above 0 and below 1")
    try:
        group = Grouping(by)
    except ValueError:
        raise typer.BadParameter("a point is of parts, hour or lot") from None
    _check(shift, since, until)
    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    with out.told(*WRONG_USE):
        if file is not None:
            chart: Control | None = _of_table(file, rules, centre, laney)
        else:
            settings = load_settings(folder)
            scope = Filter(recipe=recipe, lot=lot, operator=operator, model=model)
            with Reader(folder) as reader:
                wanted = _spanned(reader, settings, scope, shift, since, until)
                chart = _of_records(reader, settings, wanted, group, size, rules, centre, laney)
        out.speak()
        for row in chart_rows(chart) if chart else ():
            out.row(row, row_line)
        out.row(chart_row(chart), row_line)


def _of_table(file: Path, rules: str, centre: float | None, laney: bool | None) -> "Control":
    from station.insight.control import RULES, control_of
    from station.insight.tables import numbers, read_table

    table = read_table(file)
    bad, sizes = numbers(table, BAD), numbers(table, PARTS)
    if len(table) < LEAST_POINTS:
        raise DatasetError(
            ErrorCode.TABLE_TOO_FEW, path=file, count=len(table), minimum=LEAST_POINTS
        )
    for line, few, many in zip(table.lines, bad.tolist(), sizes.tolist(), strict=True):
        if few % 1 or many % 1 or not 0 <= few <= many or many < 1:
            raise DatasetError(
                ErrorCode.TABLE_COUNTS, path=file, line=line, bad=f"{few:g}", n=f"{many:g}"
            )
    counts = bad.astype(int).tolist(), sizes.astype(int).tolist()
    return control_of(*counts, RULES[rules or "nelson"], centre, laney)


def _of_records(
    reader: "Reader",
    settings: "Settings",
    wanted: "Filter",
    by: "Grouping",
    size: int | None,
    rules: str,
    centre: float | None,
    laney: bool | None,
) -> "Control | None":
    from station.insight.control import RULES, Centre, control
    from station.insight.overview import MOST_PARTS, known_before
    from station.store.passages import read_passages
    from station.store.tallies import parts_in

    line = settings.line
    parts_a_point = size or line.subgroup
    with reader.connection() as connection:
        if parts_in(connection, wanted) > MOST_PARTS:
            _too_many("A chart")
        parts = read_passages(connection, wanted)
        known = known_before(connection, wanted, parts, parts_a_point)
    if centre is not None:
        known = Centre(centre, 0)
    chosen = RULES[rules or line.rules]
    return control(parts, parts_a_point, chosen, known, by, _is_past(wanted), laney)


def _seen(reader: "Reader", settings: "Settings", wanted: "Filter") -> "Seen":
    from station.insight.overview import see

    with reader.connection() as connection:
        return see(connection, wanted, settings.line, settings.shifts, _now_ms())


def _spanned(
    reader: "Reader",
    settings: "Settings",
    scope: "Filter",
    shift: str,
    since: datetime | None,
    until: datetime | None,
) -> "Filter":
    """The scope with its span: of the shift that runs, of the last one, or as it was said."""
    from dataclasses import replace

    from station.insight.shift import shift_of
    from station.store.passages import read_last

    if since or until or shift == "all":
        return replace(scope, since_ms=_at_ms(since), until_ms=_at_ms(until))
    begin, end = shift_of(_now_ms(), settings.shifts)
    if shift == "last":
        with reader.connection() as connection:
            last = read_last(connection, replace(scope, until_ms=begin), 1).at_ms.tolist()
        begin, end = shift_of(last[0] if last else begin - 1, settings.shifts)
    return replace(scope, since_ms=begin, until_ms=end)


def _check(shift: str, since: datetime | None, until: datetime | None) -> None:
    if shift not in ("now", "last", "all"):
        raise typer.BadParameter("--shift is now, last or all")
    if since and until and since >= until:
        raise typer.BadParameter("--since must be before --until")


def _by(name: str) -> "By":
    from station.insight.figures import By

    try:
        return By(name)
    except ValueError:
        raise typer.BadParameter("--by is shift, lot, recipe, operator or model") from None


def _too_many(what: str) -> NoReturn:
    from station.insight.overview import MOST_PARTS

    print(f"{what} is for up to {MOST_PARTS:,} parts; choose a shorter span", file=sys.stderr)
    raise typer.Exit(2)


def _is_past(wanted: "Filter") -> bool:
    return wanted.until_ms is not None and wanted.until_ms <= _now_ms()


def _at_ms(at: datetime | None) -> int | None:
    return None if at is None else int(at.astimezone().timestamp() * 1000)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
