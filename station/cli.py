"""Every command of the program: parse, call, print. Nothing heavy is imported before it is needed.

Exit codes: 0 done, 1 the answer is bad, 2 wrong use. With --json every line on stdout is one JSON
object; sentences for people go to stderr.
"""

import io
import json
import logging
import os
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station import __version__
from station.errors import ErrorCode, Fault, StationError, internal

if TYPE_CHECKING:
    from station.domain.inspection import Inspection
    from station.pipeline.batch import Row
    from station.pipeline.events import LineStatus
    from station.pipeline.files import JudgedFile
    from station.store.queries import Entry
    from station.training.dataset import Skipped

app = typer.Typer(
    name="station",
    help="Desktop inspection station: camera, model, verdict, decision, record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
records_app = typer.Typer(help="What was recorded.", no_args_is_help=True)
app.add_typer(records_app, name="records")

log = logging.getLogger(__name__)

VERDICTS = ("OK", "NG", "REVIEW", "NOT_INSPECTED")
WRONG_USE = frozenset(
    {
        ErrorCode.RECIPE_NOT_FOUND,
        ErrorCode.CAMERA_UNKNOWN_KIND,
        ErrorCode.CAMERA_BAD_OPTION,
        ErrorCode.MACHINE_UNKNOWN_KIND,
        ErrorCode.FOLDER_NOT_FOUND,
        ErrorCode.MODEL_NOT_FOUND,
        ErrorCode.PROVIDER_UNKNOWN,
        ErrorCode.DATASET_UNKNOWN_CLASS,
        ErrorCode.METHOD_UNKNOWN,
        ErrorCode.OUTPUT_NOT_WRITABLE,
    }
)

Json = Annotated[bool, typer.Option("--json", help="One JSON object per line on stdout.")]
Data = Annotated[Path | None, typer.Option("--data", help="The station's data folder.")]
Provider = Annotated[str, typer.Option(help="auto, cpu, cuda, directml or openvino.")]


def main() -> None:
    """Run a command. What it prints is UTF-8 whatever the system's code page; SIGTERM is Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(levelname)s %(name)s: %(message)s"))
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
    out = _Out(as_json, data_folder(choice))
    printer = _RunPrinter(out)
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

    good, out = True, _Out(as_json)
    with out.told(), Engine(model, provider) as engine:
        for judged in judge_files(engine, recipe_of_model(model, engine.card), paths):
            good = good and judged.fault is None
            out.row(_judged_row(judged, engine.report.actual, out), _inspect_line)
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
    told = _Out(as_json)
    with told.told(ErrorCode.RECIPE_BAD_VALUE):  # of --size
        result = learn(folder, out, method, names, seed, size, _progress)
        told.row(asdict(result) | {"skipped": _skipped(result.skipped, told)}, _pairs)


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

    out = _Out(as_json)
    with out.told(), Engine(model, provider) as engine:
        result = compare(engine, folder, _progress)
        values = asdict(result)
        rows = values.pop("rows")
        for row in rows if as_json else ():
            out.row(row, _pairs)
        out.row(values | {"skipped": _skipped(result.skipped, out)}, _pairs)


@records_app.command("verify")
def records_verify(data: Data = None, as_json: Json = False) -> None:
    """Check every row against its file and hash."""
    from station.plan import RunChoice, data_folder
    from station.store.verify import stray_files, verify

    folder, rows, bad = data_folder(RunChoice(data)), 0, 0
    out = _Out(as_json, folder)
    with out.told():
        for found in verify(folder):
            rows += 1
            if found.problem is not None:
                bad += 1
                row = {"part": found.number, "uid": found.uid, "problem": found.problem.value}
                out.row(row | {"image": found.image}, _pairs)
        strays = list(stray_files(folder))
        summary = {"rows": rows, "good": rows - bad, "bad": bad, "files_without_row": strays}
        out.row(summary, _pairs)
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
    out = _Out(as_json, folder)
    with out.told(), Reader(folder) as reader:
        before, left = None, limit
        while left > 0 and (page := reader.history(min(left, 200), before)):
            for entry in page:
                out.row(_record_row(entry), _record_line)
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
    good, out = True, _Out(as_json, data_folder(choice))
    with out.told():
        for found in run_checks(choice):
            advice = out.words(found.fault) if found.fault else ""
            good = good and found.ok
            row = {"check": found.name, "ok": found.ok, "detail": found.detail, "advice": advice}
            out.row(row, _check_line)
    raise typer.Exit(0 if good else 1)


# ── printing ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Out:
    """Rows go to stdout, sentences to stderr in the language of the data folder's settings."""

    as_json: bool
    data: Path | None = None

    @contextmanager
    def told(self, *wrong_use: ErrorCode) -> Iterator[None]:
        """Turn an error into a sentence, and nothing else, and the right exit code.

        wrong_use: what means so in this command, beside WRONG_USE.
        """
        try:
            yield
        except StationError as error:
            self.tell(error.fault)
            raise typer.Exit(2 if error.code in {*WRONG_USE, *wrong_use} else 1) from None
        except KeyboardInterrupt:
            raise typer.Exit(1) from None
        except (typer.Exit, BrokenPipeError):  # an end, and a reader who had enough
            raise
        except Exception as error:
            log.exception("unexpected")
            self.tell(internal(error))
            raise typer.Exit(1) from None

    def tell(self, fault: Fault) -> None:
        """Say what is wrong; with --json also as a row."""
        sentence = self.sentence(fault)
        if self.as_json:
            row = {"error": fault.code.value, "message": sentence, "facts": dict(fault.facts)}
            self.row(row, str)

    def sentence(self, fault: Fault) -> str:
        """Say what is wrong to the person only."""
        sentence = self.words(fault)
        print(sentence, file=sys.stderr, flush=True)
        return sentence

    def words(self, fault: Fault) -> str:
        """The sentence for a fault."""
        from station.gui.texts import fault_text, install
        from station.settings import default_data_folder, load_settings

        try:
            language = load_settings(self.data or default_data_folder()).language
        except StationError:
            language = "auto"
        install(language)
        return fault_text(fault)

    def row(self, row: dict[str, Any], as_text: Callable[[dict[str, Any]], str]) -> None:
        """Print one row."""
        text = json.dumps(row, ensure_ascii=False, default=str) if self.as_json else as_text(row)
        print(text, flush=True)


class _OneLine(logging.Formatter):
    """Tracebacks are not for the person at the machine; STATION_TRACEBACK=1 shows them."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - overrides
        if os.environ.get("STATION_TRACEBACK"):
            return super().formatException(ei)
        return f"  {ei[0].__name__}: {ei[1]}" if ei[0] else ""


def _progress(step: str, share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{step} {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _judged_row(judged: "JudgedFile", provider: str, out: _Out) -> dict[str, Any]:
    row: dict[str, Any] = {"path": str(judged.path), "verdict": judged.verdict.value}
    seen, fault = judged.finding, judged.fault
    row |= {
        "label": seen.label if seen else None,
        "score": seen.score if seen else None,
        "confidence": seen.confidence if seen else None,
        "scores": dict(seen.scores) if seen else {},
        "ms": seen.ms if seen else None,
        "provider": provider,
    }
    return row | ({"error": fault.code.value, "message": out.words(fault)} if fault else {})


def _skipped(images: "Iterable[Skipped]", out: _Out) -> list[dict[str, str]]:
    """Name the images that could not be used, and say why."""
    return [
        {"path": str(image.path), "error": image.fault.code, "message": out.sentence(image.fault)}
        for image in images
    ]


def _record_row(entry: "Entry") -> dict[str, Any]:
    seen, said = entry.inspection, entry.decision
    moment = datetime.fromtimestamp(seen.at_ms / 1000, UTC).astimezone()
    return {
        "part": seen.part.number,
        "uid": seen.uid,
        "time": moment.isoformat(timespec="milliseconds"),
        "verdict": seen.verdict.value,
        "label": seen.label,
        "score": seen.score,
        "decision": said.kind.value if said else None,
        "decision_label": said.label if said else None,
        "reason": said.reason if said else None,
        "disposition": entry.disposition.value if entry.disposition else None,
        "recipe": f"{seen.recipe} v{seen.recipe_version}",
        "model": seen.model,
        "provider": seen.provider,
        "fault": seen.fault.code.value if seen.fault else None,
        "image": entry.image,
        "source": seen.source,
        "truth": seen.truth,
    }


class _RunPrinter:
    """Prints each part once it is recorded, then the totals."""

    def __init__(self, out: _Out) -> None:
        self._out = out
        self._rows: list[Inspection] = []
        self._began = time.monotonic()

    def tell(self, row: "Row") -> None:
        """Print one part."""
        if not self._rows and not self._out.as_json:
            print(f"{'part':>6}  {'verdict':14} {'label':16} {'score':>6} {'ms':>7}  truth/source")
        self._rows.append(row.inspection)
        self._out.row(_part_row(row, self._out), _run_line)

    def total(self, status: "LineStatus", parts: int | None, source: str) -> None:
        """Print how many came out how; say so where fewer came than were asked for."""
        times = [seen.ms for seen in self._rows if seen.ms is not None]
        row = {
            "parts": status.admitted,
            "recorded": status.recorded,
            **{verdict: self._count(verdict) for verdict in VERDICTS},
            "ms_median": statistics.median(times) if times else None,
            "seconds": time.monotonic() - self._began,
            "provider": self._rows[-1].provider if self._rows else "",
        }
        self._out.row(row, _totals_line)
        if parts is not None and len(self._rows) < parts:
            self._out.sentence(Fault(ErrorCode.CAMERA_NO_MORE_IMAGES, (("source", source),)))

    def complete(self, status: "LineStatus", parts: int | None) -> bool:
        """Whether all that was asked for came, all that came is recorded, and all was inspected."""
        asked = parts is None or len(self._rows) == parts
        kept = status.admitted == status.recorded
        return asked and kept and not self._count("NOT_INSPECTED")

    def _count(self, verdict: str) -> int:
        return sum(seen.verdict.value == verdict for seen in self._rows)


def _part_row(row: "Row", out: _Out) -> dict[str, Any]:
    seen = row.inspection
    values = {
        "part": seen.part.number,
        "uid": seen.uid,
        "verdict": seen.verdict.value,
        "label": seen.label,
        "score": seen.score,
        "confidence": seen.confidence,
        "ms": seen.ms,
        "recorded_ms": row.ms,
        "provider": seen.provider,
        "source": seen.source,
        "truth": seen.truth,
        "fault": seen.fault.code.value if seen.fault else None,
    }
    return values | ({"message": out.words(seen.fault)} if seen.fault else {})


def _run_line(row: dict[str, Any]) -> str:
    return (
        f"{row['part']:>6}  {row['verdict']:14} {row['label'] or '–':16} {_number(row['score'])} "
        f"{_number(row['ms'], 7, 1)}  "
        f"{row.get('message') or row['source'] or row['truth'] or ''}"
    )


def _totals_line(row: dict[str, Any]) -> str:
    return (
        f"{row['parts']} parts: {row['OK']} OK, {row['NG']} NG, {row['REVIEW']} REVIEW, "
        f"{row['NOT_INSPECTED']} NOT_INSPECTED · {row['recorded']} recorded · "
        f"median {_number(row['ms_median'], 0, 1)} ms · {row['provider']} · {row['seconds']:.1f} s"
    )


def _inspect_line(row: dict[str, Any]) -> str:
    if "error" in row:
        return f"{row['verdict']:14} {row['path']}: {row['message']}"
    return (
        f"{row['verdict']:14} {row['label']:16} {_number(row['score'])} "
        f"{_number(row['ms'], 7, 1)} ms {row['provider']}  {row['path']}"
    )


def _record_line(row: dict[str, Any]) -> str:
    said = row["decision"] or "–"
    return (
        f"{row['part']:>6}  {row['time']}  {row['verdict']:14} {row['label'] or '–':16} "
        f"{_number(row['score'])}  {said:7} {row['image'] or '–'}"
    )


def _check_line(row: dict[str, Any]) -> str:
    mark = "ok  " if row["ok"] else "BAD "
    advice = f"\n     → {row['advice']}" if row["advice"] else ""
    return f"{mark} {row['check']:9} {row['detail']}{advice}"


def _pairs(row: dict[str, Any]) -> str:
    return "\n".join(f"{key:16} {_value(value)}" for key, value in row.items())


def _value(value: object) -> str:
    match value:
        case dict():
            return "  ".join(f"{key} {_value(each)}" for key, each in value.items())
        case list() | tuple() if value and isinstance(value[0], dict | list | tuple):
            return ("\n" + " " * 17).join(_value(each) for each in value)
        case list() | tuple():
            return ", ".join(map(_value, value))
        case float():
            return f"{value:.6g}"
        case _:
            return str(value)


def _number(value: float | None, width: int = 6, digits: int = 3) -> str:
    return f"{'–':>{width}}" if value is None else f"{value:>{width}.{digits}f}"
