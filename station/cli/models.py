"""Judge images by a model."""

from pathlib import Path
from typing import Annotated

import typer

from station.cli.options import Json, Provider
from station.printing import Out, inspect_line, judged_row

app = typer.Typer()


@app.command()
def inspect(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Images or folders.")],
    model: Annotated[Path, typer.Option(help="The model file.")],
    provider: Provider = "auto",
    as_json: Json = False,
) -> None:
    """Judge image files by a model, with the limits of its card."""
    from station.inference.engine import Engine
    from station.pipeline.files import judge_files
    from station.plan import recipe_of_model

    good, out = True, Out(as_json)
    with out.told(), Engine(model, provider) as engine:
        for judged in judge_files(engine, recipe_of_model(model, engine.card), paths):
            good = good and judged.fault is None
            out.row(judged_row(judged, engine.report.actual, out), inspect_line)
    raise typer.Exit(0 if good else 1)
