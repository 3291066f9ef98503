"""What was recorded."""

from typing import Annotated

import typer

from station.cli.options import Data, Json
from station.printing import Out, pairs, record_line, record_row

app = typer.Typer(help="What was recorded.", no_args_is_help=True)


@app.command("verify")
def records_verify(data: Data = None, as_json: Json = False) -> None:
    """Check every row against its file and hash."""
    from station.plan import RunChoice, data_folder
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
    from station.plan import RunChoice, data_folder
    from station.store.queries import Reader

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    with out.told(), Reader(folder) as reader:
        before, left = None, limit
        while left > 0 and (page := reader.history(min(left, 200), before)):
            for entry in page:
                out.row(record_row(entry), record_line)
            before, left = page[-1].id, left - len(page)
