"""Attach to a station that runs: how it stands, what it does, one part more."""

import dataclasses
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.options import Data, Json
from station.errors import ErrorCode, LineError
from station.printing import Out, pairs

if TYPE_CHECKING:
    from station.pipeline.events import Event
    from station.pipeline.remote import RemoteLine

app = typer.Typer()

KNOCK_SECONDS = 3.0


@app.command()
def status(data: Data = None, as_json: Json = False) -> None:
    """How the running station stands; exit code 1 where it is in fault."""
    out, good = _out(data, as_json), True
    with out.told(), attached(out) as (line, _):
        found = line.status()
        values = dataclasses.asdict(found) | {"recipe": line.recipe.name if line.recipe else ""}
        for name in ("fault", "broken"):
            fault = getattr(found, name)
            good = good and fault is None
            values[name] = out.words(fault) if fault else None
        out.row(values, pairs)
    raise typer.Exit(0 if good else 1)


@app.command()
def trigger(
    data: Data = None,
    serial: Annotated[str, typer.Option(help="The part's serial number.")] = "",
    wait: Annotated[float, typer.Option(help="Seconds to wait for the record.")] = 10.0,
    as_json: Json = False,
) -> None:
    """Have the running station inspect one part, and tell its verdict once it is recorded."""
    from station.domain.part import TriggerSource
    from station.pipeline.events import Inspected, Recorded, Refused

    out = _out(data, as_json)
    with out.told(), attached(out) as (line, events):
        line.wait_ready(wait)
        uid = line.trigger(TriggerSource.COMMAND, serial)
        seen: dict[str, Any] = {}
        for event in _events(events, wait):
            match event:
                case Inspected(inspection) if inspection.uid == uid:
                    seen = _inspected_row(event, out)
                case Recorded(recorded, _, ms) if recorded == uid:
                    out.row(seen | {"recorded_ms": ms}, pairs)
                    raise typer.Exit(1 if seen.get("verdict") == "NOT_INSPECTED" else 0)
                case Refused(fault) if not uid:
                    raise _error(fault)
        raise LineError(ErrorCode.LINE_LOST)


@app.command()
def watch(
    data: Data = None,
    seconds: Annotated[float | None, typer.Option(help="End after so long.")] = None,
    as_json: Json = False,
) -> None:
    """Show what the running station does, event by event, until Ctrl-C."""
    out = _out(data, as_json)
    with out.told(), attached(out) as (_, events):
        for event in _events(events, seconds):
            out.row(_event_row(event, out), _event_line)


@app.command("change-over")
def change_over(
    product: Annotated[
        str, typer.Argument(help="A recipe below recipes/; none: the one the station came with.")
    ] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Inspect another product: at once where the station runs, else from its next start."""
    from station.recipe_file import bind_model, load_recipe
    from station.settings import load_settings, save_settings
    from station.store.model_files import folder_name

    out = _out(data, as_json)
    assert out.data is not None
    name = folder_name(product) if product else ""
    with out.told():
        if name:
            bind_model(load_recipe(out.data / "recipes" / f"{name}.toml"))
        save_settings(out.data, load_settings(out.data).model_copy(update={"recipe": name}))
        running = True
        try:
            with attached(out) as (line, _):
                line.change_over()
        except LineError as error:
            if error.code is not ErrorCode.LINE_NOT_RUNNING:
                raise
            running = False
        out.row({"recipe": name, "at_once": running}, pairs)


def _out(data: Any, as_json: bool) -> Out:
    from station.choice import RunChoice, data_folder

    return Out(as_json, data_folder(RunChoice(data)))


@contextmanager
def attached(out: Out) -> "Iterator[tuple[RemoteLine, queue.SimpleQueue[Event]]]":
    """The line that runs on the data folder, and what it says. Raises LINE_NOT_RUNNING."""
    from station.board import runtime_folder
    from station.pipeline.remote import RemoteLine

    assert out.data is not None
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    line = RemoteLine(runtime_folder(out.data), events.put)
    line.start()
    try:
        if not line.wait_here(KNOCK_SECONDS):
            raise LineError(ErrorCode.LINE_NOT_RUNNING, path=out.data)
        yield line, events
    finally:
        line.stop()


def _events(events: "queue.SimpleQueue[Event]", seconds: float | None) -> "Iterator[Event]":
    """Until none came for so long; without a limit for ever."""
    while True:
        try:
            yield events.get(timeout=seconds)
        except queue.Empty:
            return


def _event_row(event: "Event", out: Out) -> dict[str, Any]:
    from station.pipeline.events import Inspected

    if isinstance(event, Inspected):
        return _inspected_row(event, out)
    values = dataclasses.asdict(event)
    fault = getattr(event, "fault", None)
    if fault is not None:
        values["fault"] = fault.code.value
        values["message"] = out.words(fault)
    return {"event": type(event).__name__, **values}


def _inspected_row(event: Any, out: Out) -> dict[str, Any]:
    seen = event.inspection
    row = {
        "event": "Inspected",
        "part": seen.part.number,
        "uid": seen.uid,
        "serial": seen.part.serial,
        "verdict": seen.verdict.value,
        "label": seen.label,
        "score": seen.score,
        "ms": seen.ms,
        "fault": seen.fault.code.value if seen.fault else None,
    }
    return row | ({"message": out.words(seen.fault)} if seen.fault else {})


def _event_line(row: dict[str, Any]) -> str:
    rest = "  ".join(f"{key} {value}" for key, value in row.items() if value and key != "event")
    return f"{row['event']:13} {rest}"


def _error(fault: Any) -> LineError:
    error = LineError(fault.code)
    error.fault = fault
    return error
