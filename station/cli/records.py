"""What was recorded."""

import dataclasses
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from station.cli.options import Data, Json
from station.errors import ErrorCode
from station.printing import Out, counted, pairs, record_line, record_row

app = typer.Typer(help="What was recorded.", no_args_is_help=True)


@app.command("verify")
def records_verify(data: Data = None, as_json: Json = False) -> None:
    """Check every row against its file and hash."""
    from station.choice import RunChoice, data_folder
    from station.store.verify import stray_files, verify

    folder, rows, bad = data_folder(RunChoice(data)), 0, 0
    out = Out(as_json, folder)
    with out.told():
        for found in verify(folder):
            rows += 1
            if found.problem is not None:
                bad += 1
                row = {"part": found.number, "uid": found.uid, "problem": found.problem.value}
                out.row(row | {"image": found.image}, pairs)
        strays = list(stray_files(folder))
        summary = {"rows": rows, "good": rows - bad, "bad": bad, "files_without_row": strays}
        out.row(summary, pairs)
    raise typer.Exit(1 if bad else 0)


@app.command("list")
def records_list(
    data: Data = None,
    limit: Annotated[int, typer.Option(min=1, help="So many, newest first.")] = 50,
    as_json: Json = False,
) -> None:
    """Show what was recorded, newest first."""
    from station.choice import RunChoice, data_folder
    from station.store.queries import Reader

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    with out.told(), Reader(folder) as reader:
        before, left = None, limit
        while left > 0 and (page := reader.history(min(left, 200), before)):
            for entry in page:
                out.row(record_row(entry), record_line)
            before, left = page[-1].id, left - len(page)


@app.command("rebuild")
def records_rebuild(data: Data = None, as_json: Json = False) -> None:
    """Make the rows anew of every picture that has none; nothing is ever deleted.

    The station must not be running on that folder. It can be broken off and repeated.
    """
    from station.choice import RunChoice, data_folder
    from station.settings import load_settings
    from station.store.recover import rebuild

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    with out.told():
        name = load_settings(folder).station_name
        result = rebuild(folder, counted("pictures"), name)
        out.row(dataclasses.asdict(result), pairs)
    raise typer.Exit(1 if result.failed else 0)


@app.command("export")
def records_export(
    out: Annotated[Path, typer.Argument(help="The file to write: .csv, .xlsx or .zip.")],
    data: Data = None,
    days: Annotated[float | None, typer.Option(help="Only the last so many days.")] = None,
    recipe: Annotated[str, typer.Option(help="Only this recipe.")] = "",
    lot: Annotated[str, typer.Option(help="Only this lot.")] = "",
    serial: Annotated[
        str, typer.Option(help="Only this serial number; with * its beginning.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Write records for other programs: a table, or the pictures with a table (.zip)."""
    from station.choice import RunChoice, data_folder
    from station.store.export import Format, export
    from station.store.history import Filter
    from station.store.queries import Reader

    try:
        form = Format(out.suffix.lower().removeprefix("."))
    except ValueError:
        raise typer.BadParameter("the file must end with .csv, .xlsx or .zip") from None
    since = None if days is None else int((time.time() - days * 86_400) * 1000)
    folder = data_folder(RunChoice(data))
    told = Out(as_json, folder)
    with told.told(), Reader(folder) as reader:
        made = export(reader, folder, Filter(since, None, recipe, lot, serial), form, out)
        assert made is not None
        told.row({"file": str(out), "parts": made.parts, "missing": made.missing}, pairs)


@app.command("values")
def records_values(
    out: Annotated[Path, typer.Option(help="The CSV file to write.")],
    since: Annotated[
        datetime | None,
        typer.Option("--from", help="From when on, by the clock here; else from the first."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", help="Up to when; else to the last.")
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="A column a value, a line a step of time or a part.")
    ] = False,
    every: Annotated[
        float, typer.Option(min=1, max=86_400, help="Wide: seconds of a step; its values' mean.")
    ] = 60.0,
    machine: Annotated[
        str, typer.Option(help="Wide: by the runs of this machine, from service to service.")
    ] = "",
    all_runs: Annotated[
        bool, typer.Option("--all-runs", help="With those that did not last to the machine's end.")
    ] = False,
    by_part: Annotated[
        bool, typer.Option("--parts", help="Wide: a line a part, with what became of it.")
    ] = False,
    only: Annotated[str, typer.Option(help="Wide: only these columns, by comma.")] = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="Wide: only lines without an empty cell.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write the process values for other programs, those over time and those with parts.

    What --wide writes is what `station health train` and `station process train` read.
    """
    from station.choice import RunChoice, data_folder
    from station.store.process_values import export_values
    from station.store.queries import Reader

    if machine and by_part:
        raise typer.BadParameter("either --machine or --parts")
    folder = data_folder(RunChoice(data))
    told, span = Out(as_json, folder), (_at_ms(since, 0), _at_ms(until, 2**62))
    with told.told(ErrorCode.TABLE_NO_COLUMN, ErrorCode.NO_SERVICE), Reader(folder) as reader:
        if wide or machine or by_part:
            from station.insight.recorded_export import Wide, export_wide

            columns = tuple(name.strip() for name in only.split(",") if name.strip())
            ends = (span[0], min(span[1], int(time.time() * 1000)))
            wish = Wide(*ends, round(every * 1000), machine, all_runs, by_part, columns, whole)
            told.row(export_wide(reader, folder, wish, out), pairs)
            return
        count = export_values(reader, span[0], span[1], out)
        told.row({"file": str(out), "values": count}, pairs)


def _at_ms(at: datetime | None, otherwise: int) -> int:
    return otherwise if at is None else int(at.astimezone().timestamp() * 1000)


@app.command("backup")
def records_backup(
    target: Annotated[Path, typer.Argument(help="The folder to write to; an older backup there.")],
    data: Data = None,
    images: Annotated[bool, typer.Option(help="With the pictures.")] = True,
    as_json: Json = False,
) -> None:
    """Copy rows, pictures and settings while the station may be running."""
    from station.choice import RunChoice, data_folder
    from station.store.backup import backup

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    with out.told():
        made = backup(folder, target, images, lambda done: counted("pictures")(done, 0))
        row = {"backup": str(target), "rows": made.rows, "pictures": made.pictures}
        out.row(row | {"lost": made.lost}, pairs)
    raise typer.Exit(1 if made.lost else 0)


@app.command("restore")
def records_restore(
    source: Annotated[Path, typer.Argument(help="The backup.")],
    folder: Annotated[Path, typer.Argument(help="The data folder to make; empty, or not there.")],
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Leave out pictures that are damaged.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a data folder of a backup; every file is proven on the way."""
    from station.store.backup import restore

    out = Out(as_json)
    with out.told():
        found = restore(source, folder, anyway)
        out.row({"folder": str(folder), "rows": found.rows, "pictures": found.pictures}, pairs)


@app.command("restore-former")
def records_restore_former(data: Data = None, as_json: Json = False) -> None:
    """Go back to the records as they were before an upgrade; the present ones are kept aside.

    For a program that is older than the records, with the station closed. What was recorded since
    comes back from its pictures, the last days by itself and all by `station records rebuild`.
    """
    from station.choice import RunChoice, data_folder
    from station.store.former import restore_former

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    with out.told():
        found = restore_former(folder)
        row = {"restored": str(found.copy), "form": found.revision, "parts": found.parts}
        out.row(row | {"aside": str(found.aside or "")}, pairs)


@app.command("drill")
def records_drill(
    source: Annotated[Path, typer.Argument(help="The backup.")], as_json: Json = False
) -> None:
    """Restore a backup for trial, prove every record, and leave nothing behind."""
    from station.store.backup import drill

    out = Out(as_json)
    with out.told():
        found = drill(source)
        out.row({"rows": found.rows, "bad": found.bad}, pairs)
    raise typer.Exit(1 if found.bad else 0)
