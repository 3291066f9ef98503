"""Run the station, and look whether it could."""

import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from station.cli.options import Camera, Data, Json, Provider, Source
from station.logs import set_up_logs
from station.printing import Out, RunPrinter, check_line

if TYPE_CHECKING:
    from station.launch import Alone
    from station.plan import RunChoice

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
    from station.launch import Alone
    from station.plan import RunChoice, data_folder

    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    if not headless and not one_process:
        alone = Alone(parts, screenshot, exit_after_paint)
        raise typer.Exit(_supervised(choice, alone, as_json))
    out = Out(as_json, data_folder(choice))
    printer = RunPrinter(out)
    with out.told():
        if headless:
            from station.app import run_headless

            status = run_headless(choice, parts, printer.tell).status()
        else:
            from station.desktop import Errand, run_window

            painted = partial(_painted, out, os.getpid()) if exit_after_paint else None
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
    from station.launch import copier_jobs, line_job
    from station.plan import RunChoice, data_folder
    from station.supervisor import supervise

    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    folder = data_folder(choice)
    set_up_logs(folder, "supervisor")
    raise typer.Exit(supervise(folder, (line_job(choice, folder), *copier_jobs(folder))))


@app.command(hidden=True)
def line(
    data: Annotated[Path, typer.Option()],
    recipe: str = "",
    demo: Annotated[bool, typer.Option("--demo")] = False,
    camera: str = "",
    source: str = "",
    model: Annotated[Path | None, typer.Option()] = None,
    provider: str = "",
) -> None:
    """Be the line's process; the supervisor starts it."""
    from station.plan import RunChoice
    from station.service import preload, serve_line
    from station.supervisor import read_orders

    preload()
    orders = read_orders()
    if orders is None:
        return
    set_up_logs(data, "line")
    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    with Out(as_json=False, data=data).told():
        raise typer.Exit(serve_line(choice, data, orders))


@app.command(hidden=True)
def window(
    data: Annotated[Path, typer.Option()],
    source: str = "",
    parts: Annotated[int | None, typer.Option()] = None,
    screenshot: Annotated[Path | None, typer.Option()] = None,
    exit_after_paint: AfterPaint = False,
    as_json: Json = False,
) -> None:
    """Be the window's process; the supervisor starts it."""
    from station.desktop import Errand, attach_window
    from station.supervisor import read_orders

    if read_orders() is None:
        return
    set_up_logs(data, "window")
    out = Out(as_json, data)
    printer = RunPrinter(out)
    painted = partial(_painted, out, os.getppid()) if exit_after_paint else None
    with out.told():
        status = attach_window(data, Errand(parts, screenshot, printer.tell, painted))
        if parts is None:
            raise typer.Exit
        printer.total(status, parts, source)
    raise typer.Exit(0 if printer.complete(status, parts) else 1)


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


def _painted(out: Out, pid: int) -> None:
    """Say how long after the start of that process, the first of the station, its window stood."""
    import psutil

    seconds = time.time() - psutil.Process(pid).create_time()
    out.row({"first_paint_s": round(seconds, 2)}, lambda row: f"{row['first_paint_s']:.2f} s")


def _supervised(choice: "RunChoice", alone: "Alone", as_json: bool) -> int:
    """Line and window under one supervisor, unless one runs on that folder already."""
    from station.launch import copier_jobs, line_job, show_running, window_job
    from station.plan import data_folder
    from station.supervisor import supervise

    folder = data_folder(choice)
    if alone.parts is None and show_running(folder):
        return 0
    set_up_logs(folder, "supervisor")
    jobs = (line_job(choice, folder), window_job(choice, folder, alone, as_json))
    return supervise(folder, (*jobs, *copier_jobs(folder)))
