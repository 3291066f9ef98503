"""Help from far away."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from station.cli.options import Data, Json
from station.printing import Out, pairs

app = typer.Typer()


@app.command("support-bundle")
def support_bundle(
    data: Data = None,
    out: Annotated[Path | None, typer.Option(help="The ZIP file to write.")] = None,
    images: Annotated[
        bool, typer.Option("--images", help="Also the last 50 pictures that were not OK.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put logs, versions, settings, health and last faults into one ZIP file, for support.

    No passwords, no serials, no names of operators; pictures only with --images.
    """
    from station.choice import RunChoice, data_folder
    from station.support import support_bundle as make

    folder = data_folder(RunChoice(data))
    told = Out(as_json, folder)
    with told.told():
        target = out or Path(f"station-support-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip")
        made = make(folder, target.absolute(), images)
        told.row({"file": str(made), "bytes": made.stat().st_size}, pairs)
