"""Run the station, and look whether it could."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from station.begin import greeted, run_station, tell_painted
from station.choice import RunChoice, data_folder
from station.cli.options import Camera, Data, Json, Provider, Source
from station.launch import Alone, copier_jobs, line_job
from station.logs import set_up_logs
from station.printing import Out, RunPrinter, check_line

app = typer.Typer()

Recipe = Annotated[str, typer.Option(help="Which recipe to inspect by.")]
Demo = Annotated[bool, typer.Option("--demo", help="The built-in demo line.")]
Model = Annotated[Path | None, typer.Option(help="A model file, without a recipe.")]
Parts = Annotated[int | None, typer.Option(min=1, help="Inspect so many parts, then end.")]
Screenshot = Annotated[Path | None, typer.Option(help="Save the window's picture there.")]
AfterPaint = Annotated[
    bool, typer.Option("--exit-after-paint", help="End as soon as the window stands, and say when.")
]


@app.command()
def run(
    data: Data = None,
    recipe: Recipe = "",
    demo: Demo = False,
    camera: Camera = "",
    source: Source = "",
    model: Model = None,
    provider: Provider = "",
    headless: Annotated[
        bool, typer.Option("--headless", help="Without a window, in this process.")
    ] = False,
    one_process: Annotated[
        bool, typer.Option("--one-process", help="Line and window in one, for small PCs.")
    ] = False,
    parts: Parts = None,
    screenshot: Screenshot = None,
    exit_after_paint: AfterPaint = False,
    as_json: Json = False,
) -> None:
    """Run the station: the line in a process of its own, and the window."""
    if not headless and not one_process:
        words = data, recipe, demo, camera, source, model, provider
        raise typer.Exit(run_station(*words, parts, screenshot, exit_after_paint, as_json))
    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    out = Out(as_json, data)
    with out.told():
        by_itself = headless or Alone(parts, screenshot, exit_after_paint) != Alone()
        code = greeted(choice, by_itself)
        if code is not None:
            raise typer.Exit(code)
        out = Out(as_json, data_folder(choice))
        printer = RunPrinter(out)
        if headless:
            from station.app import run_headless

            status = run_headless(choice, parts, printer.tell).status()
        else:
            from station.desktop import Errand, run_window

            painted = partial(tell_painted, out, os.getpid()) if exit_after_paint else None
            status = run_window(choice, Errand(parts, screenshot, printer.tell, painted))
        if headless or parts is not None:
            printer.total(status, parts, source)
    raise typer.Exit(0 if printer.complete(status, parts) else 1)


@app.command()
def serve(
    data: Data = None,
    recipe: Recipe = "",
    demo: Demo = False,
    camera: Camera = "",
    source: Source = "",
    model: Model = None,
    provider: Provider = "",
) -> None:
    """Run the line day and night without a window; `status`, `watch` and `trigger` attach to it."""
    from station.supervisor import supervise

    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    folder = data_folder(choice)
    set_up_logs(folder, "supervisor")
    raise typer.Exit(supervise(folder, (line_job(choice, folder), *copier_jobs(folder))))


@app.command()
def check(
    data: Data = None,
    camera: Camera = "",
    source: Source = "",
    model: Model = None,
    provider: Provider = "",
    as_json: Json = False,
) -> None:
    """Look at camera, provider, disk, model and store; say what is wrong and what to do."""
    from station.check import run_checks

    choice = RunChoice(data, "", False, camera, source, model, provider)
    good, out = True, Out(as_json, data_folder(choice))
    with out.told():
        for found in run_checks(choice):
            advice = out.words(found.fault) if found.fault else ""
            good = good and found.ok
            row = {"check": found.name, "ok": found.ok, "detail": found.detail, "advice": advice}
            out.row(row, check_line)
    raise typer.Exit(0 if good else 1)
