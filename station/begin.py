"""What becomes of a process of the station: its supervisor, its line, or its window."""

import os
from functools import partial
from pathlib import Path

from station.choice import RunChoice, data_folder
from station.logs import set_up_logs
from station.printing import Out, RunPrinter
from station.supervisor import read_orders


def run_station(
    data: Path | None = None,
    recipe: str = "",
    demo: bool = False,
    camera: str = "",
    source: str = "",
    model: Path | None = None,
    provider: str = "",
    parts: int | None = None,
    screenshot: Path | None = None,
    exit_after_paint: bool = False,
    as_json: bool = False,
) -> int:
    """Keep a line and a window alive, unless a station runs on that folder already; exit code."""
    from station.launch import Alone, show_running, station_jobs
    from station.supervisor import supervise

    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    alone = Alone(parts, screenshot, exit_after_paint)
    with Out(as_json, data).told():
        code = greeted(choice, alone != Alone())
        if code is not None:
            return code
        folder = data_folder(choice)
        if alone.parts is None and show_running(folder):
            return 0
        set_up_logs(folder, "supervisor")
        return supervise(folder, station_jobs(choice, folder, alone, as_json))


def be_line(
    data: Path,
    recipe: str = "",
    demo: bool = False,
    camera: str = "",
    source: str = "",
    model: Path | None = None,
    provider: str = "",
    spare: bool = False,
) -> int:
    """Be the line that a supervisor started, or one that waits to take over; exit code."""
    from station.service import preload, serve_line

    del spare  # it loads the same
    preload()
    orders = read_orders()
    if orders is None:
        return 0
    set_up_logs(data, "line")
    choice = RunChoice(data, recipe, demo, camera, source, model, provider)
    with Out(as_json=False, data=data).told():
        return serve_line(choice, data, orders)


def be_window(
    data: Path,
    source: str = "",
    parts: int | None = None,
    screenshot: Path | None = None,
    exit_after_paint: bool = False,
    as_json: bool = False,
    spare: bool = False,
) -> int:
    """Be the window that a supervisor started, or one that waits to take over; exit code.

    The first one loads what it needs in the order in which a person sees it; a spare one has time.
    """
    from station.desktop import Errand, attach_window
    from station.loading import preload

    if spare:
        preload()
    if read_orders() is None:
        return 0
    set_up_logs(data, "window")
    out = Out(as_json, data)
    printer = RunPrinter(out)
    painted = partial(tell_painted, out, os.getppid()) if exit_after_paint else None
    with out.told():
        status = attach_window(data, Errand(parts, screenshot, printer.tell, painted))
        if parts is None:
            return 0
        printer.total(status, parts, source)
    return 0 if printer.complete(status, parts) else 1


def tell_painted(out: Out, pid: int) -> None:
    """Say how long after the start of that process, the first of the station, its window stood."""
    from station.age import age

    seconds = age(pid)
    out.row({"first_paint_s": round(seconds, 2)}, lambda row: f"{row['first_paint_s']:.2f} s")


def greeted(choice: RunChoice, by_itself: bool) -> int | None:
    """Where a station has not begun yet a person is asked first what it must know.

    None where it may start now, else the exit code.  by_itself: nobody looks on.
    """
    named = choice.recipe or choice.model or choice.camera or choice.source
    if by_itself or choice.demo or named:
        return None
    from station.first_start import greet

    return greet(choice.data)
