"""Judge images by a model, teach one, prove one."""

from pathlib import Path
from typing import Annotated

import typer

from station.cli.options import Data, Json, Provider
from station.errors import ErrorCode
from station.printing import Out, inspect_line, judged_row, pairs, progress, skipped_rows

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


@app.command()
def train(
    out: Annotated[Path, typer.Option(help="The model file to write.")],
    folder: Annotated[Path | None, typer.Argument(help="One sub-folder per class.")] = None,
    source: Annotated[
        str, typer.Option("--from", help="Or a plant's pictures: s3://…, file://… or a folder.")
    ] = "",
    recipe: Annotated[str, typer.Option(help="With --from: only parts of that recipe.")] = "",
    data: Data = None,
    method: Annotated[str, typer.Option(help="How to learn.")] = "linear",
    good: Annotated[str, typer.Option(help="Names of the good classes, by comma.")] = "",
    seed: Annotated[int, typer.Option(help="Equal seeds give equal models.")] = 0,
    size: Annotated[int | None, typer.Option(help="Input size, 224 … 1024 by 32.")] = None,
    as_json: Json = False,
) -> None:
    """Teach a model from images in a folder, or from what persons said of parts of a plant."""
    from dataclasses import asdict

    from station.cli.plant import fetched
    from station.training.job import train as learn

    names = tuple(name.strip() for name in good.split(",") if name.strip()) or None
    told = Out(as_json)
    if bool(folder) == bool(source):
        raise typer.BadParameter("either a folder or --from")
    with told.told(ErrorCode.RECIPE_BAD_VALUE, ErrorCode.PLANT_BAD_ADDRESS):  # the first of --size
        folder = folder or fetched(source, recipe, data)
        result = learn(folder, out, method, names, seed, size, progress)
        told.row(asdict(result) | {"skipped": skipped_rows(result.skipped, told)}, pairs)


@app.command()
def evaluate(
    model: Annotated[Path, typer.Argument(help="The model file.")],
    folder: Annotated[Path, typer.Argument(help="One sub-folder per class.")],
    provider: Provider = "auto",
    as_json: Json = False,
) -> None:
    """Compare a model's word with the folder names."""
    from dataclasses import asdict

    from station.inference.engine import Engine
    from station.training.evaluate import evaluate as compare

    out = Out(as_json)
    with out.told(), Engine(model, provider) as engine:
        result = compare(engine, folder, progress)
        values = asdict(result)
        rows = values.pop("rows")
        values["per_class"] = {row.pop("label"): row for row in values["per_class"]}
        for row in rows if as_json else ():
            out.row(row, pairs)
        out.row(values | {"skipped": skipped_rows(result.skipped, out)}, pairs)
