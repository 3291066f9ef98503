"""Run the station, and look whether it could."""

from pathlib import Path
from typing import Annotated

import typer

from station.cli.options import Camera, Data, Json, Provider, Source
from station.printing import Out, RunPrinter, check_line

app = typer.Typer()


@app.command()
def run(
    data: Data = None,
    recipe: Annotated[str, typer.Option(help="Which recipe to inspect by.")] = "",
    demo: Annotated[bool, typer.Option("--demo", help="The built-in demo line.")] = False,
    camera: Camera = "",
    source: Source = "",
    model: Annotated[Path | None, typer.Option(help="A model file, without a recipe.")] = None,
    provider: Provider = "",
    headless: Annotated[bool, typer.Option("--headless", help="Without a window.")] = False,
    parts: Annotated[
        int | None, typer.Option(min=1, help="Inspect so many parts, then end.")
    ] = None,
    screenshot: Annotated[
        Path | None, typer.Option(help="Save the window's picture there.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Run the station."""
    from station.plan import RunChoice, data_folder

    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    out = Out(as_json, data_folder(choice))
    printer = RunPrinter(out)
    with out.told():
        if headless:
            from station.app import run_headless

            line = run_headless(choice, parts, printer.tell)
        else:
            from station.desktop import run_window

            line = run_window(choice, parts, screenshot, printer.tell)
        if headless or parts is not None:
            printer.total(line.status(), parts, source)
    raise typer.Exit(0 if printer.complete(line.status(), parts) else 1)


@app.command()
def check(
    data: Data = None,
    camera: Camera = "",
    source: Source = "",
    model: Annotated[Path | None, typer.Option(help="A model file.")] = None,
    provider: Provider = "",
    as_json: Json = False,
) -> None:
    """Look at camera, provider, disk, model and store; say what is wrong and what to do."""
    from station.check import run_checks
    from station.plan import RunChoice, data_folder

    choice = RunChoice(data, "", False, camera, source, model, provider)
    good, out = True, Out(as_json, data_folder(choice))
    with out.told():
        for found in run_checks(choice):
            advice = out.words(found.fault) if found.fault else ""
            good = good and found.ok
            row = {"check": found.name, "ok": found.ok, "detail": found.detail, "advice": advice}
            out.row(row, check_line)
    raise typer.Exit(0 if good else 1)
