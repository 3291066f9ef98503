"""Every command of the program: parse, call, print. Nothing heavy is imported before it is needed.

Exit codes: 0 done, 1 the answer is bad, 2 wrong use. With --json every line on stdout is one JSON
object; sentences for people go to stderr.
"""

import io
import logging
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from station import __version__
from station.errors import ErrorCode
from station.printing import (
    OneLine,
    Out,
    RunPrinter,
    check_line,
    inspect_line,
    judged_row,
    pairs,
    progress,
    record_line,
    record_row,
    skipped_rows,
)

app = typer.Typer(
    name="station",
    help="Desktop inspection station: camera, model, verdict, decision, record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
records_app = typer.Typer(help="What was recorded.", no_args_is_help=True)
app.add_typer(records_app, name="records")


Json = Annotated[bool, typer.Option("--json", help="One JSON object per line on stdout.")]
Data = Annotated[Path | None, typer.Option("--data", help="The station's data folder.")]
Provider = Annotated[str, typer.Option(help="auto, cpu, cuda, directml or openvino.")]


def main() -> None:
    """Run a command. What it prints is UTF-8 whatever the system's code page; SIGTERM is Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app()


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def run(
    data: Data = None,
    recipe: Annotated[str, typer.Option(help="Which recipe to inspect by.")] = "",
    demo: Annotated[bool, typer.Option("--demo", help="The built-in demo line.")] = False,
    camera: Annotated[str, typer.Option(help="simulated, folder or opencv.")] = "",
    source: Annotated[str, typer.Option(help="Folder, device, file or address.")] = "",
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
    folder: Annotated[Path, typer.Argument(help="One sub-folder per class.")],
    out: Annotated[Path, typer.Option(help="The model file to write.")],
    method: Annotated[str, typer.Option(help="How to learn.")] = "linear",
    good: Annotated[str, typer.Option(help="Names of the good classes, by comma.")] = "",
    seed: Annotated[int, typer.Option(help="Equal seeds give equal models.")] = 0,
    size: Annotated[int | None, typer.Option(help="Input size, 224 … 1024 by 32.")] = None,
    as_json: Json = False,
) -> None:
    """Teach a model from images."""
    from dataclasses import asdict

    from station.training.job import train as learn

    names = tuple(name.strip() for name in good.split(",") if name.strip()) or None
    told = Out(as_json)
    with told.told(ErrorCode.RECIPE_BAD_VALUE):  # of --size
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


@records_app.command("verify")
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


@records_app.command("list")
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


@app.command()
def check(
    data: Data = None,
    camera: Annotated[str, typer.Option(help="simulated, folder or opencv.")] = "",
    source: Annotated[str, typer.Option(help="Folder, device, file or address.")] = "",
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
