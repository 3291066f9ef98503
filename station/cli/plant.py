"""The plant: copying to it, and how its stations stand."""

import logging
import os
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.options import Data, Json
from station.errors import ErrorCode, StationError
from station.logs import set_up_logs
from station.printing import Out, pairs

if TYPE_CHECKING:
    from station.domain.counts import Counts
    from station.plant.fleet import StationStatus
    from station.plant.place import Place
    from station.settings import Settings

app = typer.Typer()
log = logging.getLogger(__name__)
fleet = typer.Typer(help="All stations of the plant.", no_args_is_help=True)
app.add_typer(fleet, name="fleet")

_BELOW_THE_LINE = 10  # its niceness: the line goes first
_WRONG_USE = (ErrorCode.PLANT_BAD_ADDRESS, ErrorCode.EXTRA_MISSING)


@app.command("plant-copy")
def plant_copy(
    data: Data = None,
    once: Annotated[
        bool, typer.Option("--once", help="End when nothing waits, or at the first error.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Copy records and pictures to the plant until told to end; a station starts this by itself."""
    from station.choice import RunChoice, data_folder
    from station.plant.copier import Copier
    from station.plant.status import status_values
    from station.settings import load_settings

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if hasattr(os, "nice"):
        os.nice(_BELOW_THE_LINE)
    with out.told(*_WRONG_USE):
        place = plant_place(load_settings(folder))
        check_place(place)
        status = Copier(folder, place).run(stop, until_done=once)
        out.row(status_values(status), pairs)
    if status.error is not None:
        out.tell(status.error)
        raise typer.Exit(1)


@app.command(hidden=True)
def copier(data: Annotated[Path, typer.Option()]) -> None:
    """Be the process that copies to the plant; the supervisor starts it."""
    from station.board import BEAT_SECONDS, Board, Role, make_runtime_folder
    from station.plant.copier import Copier
    from station.settings import load_settings
    from station.supervisor import on_end, read_orders

    if read_orders() is None:
        return
    set_up_logs(data, "copier")
    board, stop = Board(make_runtime_folder(data)), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    on_end(stop.set)

    def beat() -> None:
        while not stop.wait(BEAT_SECONDS):
            board.beat(Role.COPIER)

    threading.Thread(target=beat, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_BELOW_THE_LINE)
    try:
        Copier(data, plant_place(load_settings(data))).run(stop)
    except StationError as error:  # nothing that another start would cure
        log.error("nothing is copied to the plant: %s", error)  # noqa: TRY400
        stop.wait()


@fleet.command("status")
def fleet_status(data: Data = None, as_json: Json = False) -> None:
    """Show every station: last part, parts and yield, what waits for a person, last fault."""
    import time

    from station.choice import RunChoice, data_folder
    from station.plant.database import PlantDatabase
    from station.plant.fleet import fleet_status as ask
    from station.settings import load_settings

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    now = datetime.now().astimezone()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with out.told(*_WRONG_USE):
        place = plant_place(load_settings(folder))
        with PlantDatabase(place.database) as plant, plant.transaction() as connection:
            for one in ask(connection, time.time_ns() // 10**6, int(midnight.timestamp() * 1000)):
                out.row(_row(one, out), _line)


def fetched(source: str, recipe: str, data: Path | None) -> Path:
    """A folder with one sub-folder per class, from the plant's pictures at that address.

    The database with the words of persons, the endpoint and the region are those of the settings.
    """
    from contextlib import ExitStack

    from station.choice import RunChoice, data_folder
    from station.plant.database import PlantDatabase
    from station.plant.pictures import pictures_at
    from station.plant.samples import fetch_samples
    from station.settings import load_settings

    folder = data_folder(RunChoice(data))
    place = plant_place(load_settings(folder))
    pictures = pictures_at(source, place.endpoint, place.region)
    pictures.open()
    with ExitStack() as opened:
        database = opened.enter_context(PlantDatabase(place.database)) if place.database else None
        found = fetch_samples(pictures, database, folder / "plant-samples", recipe)
    print(f"{found.samples} pictures, {found.left_out} left out: {found.folder}", file=sys.stderr)
    return found.folder


def plant_place(settings: "Settings") -> "Place":
    """The plant of those settings."""
    from station.plant.place import Place

    where = settings.plant
    return Place(
        settings.station_name, where.database, where.pictures, where.endpoint, where.region
    )


def check_place(place: "Place") -> None:
    """Raises SettingsError PLANT_BAD_ADDRESS before anything is connected."""
    from station.plant.database import database_url
    from station.plant.pictures import pictures_at

    database_url(place.database)
    pictures_at(place.pictures, place.endpoint, place.region)


def _row(one: "StationStatus", out: Out) -> dict[str, Any]:
    return {
        "station": one.station,
        "version": one.program,
        "seen": _time(one.seen_ms),
        "behind": one.behind,
        "last_part": _time(one.last_part_ms),
        "recipe": f"{one.recipe} {one.recipe_version}" if one.recipe else "",
        "model": one.model,
        "today": _counts(one.today),
        "last_24_hours": _counts(one.last_day),
        "waiting_for_review": one.waiting,
        "last_fault": None if one.fault is None else one.fault.code.value,
        "last_fault_text": "" if one.fault is None else out.words(one.fault),
        "last_fault_at": _time(one.fault_ms),
    }


def _counts(counts: "Counts") -> dict[str, Any]:
    share = counts.good_share
    return {
        "parts": counts.parts,
        "ok": counts.ok,
        "ng": counts.ng,
        "review": counts.review,
        "not_inspected": counts.not_inspected,
        "yield": None if share is None else round(share, 4),
    }


def _line(row: dict[str, Any]) -> str:
    share = row["today"]["yield"]
    told = [
        f"{row['station']:<16}",
        f"last part {row['last_part'] or 'never'}",
        f"today {row['today']['parts']} parts, {'–' if share is None else f'{share:.1%}'} OK",
        f"24 h {row['last_24_hours']['parts']}",
        f"{row['waiting_for_review']} wait for a person",
        f"{row['behind']} rows behind" if row["behind"] else "",
        f"{row['recipe']} · {row['model']} · {row['version']}",
        f"{row['last_fault_at']} {row['last_fault_text']}" if row["last_fault"] else "",
    ]
    return "  ".join(one for one in told if one)


def _time(at_ms: int | None) -> str | None:
    if at_ms is None:
        return None
    return datetime.fromtimestamp(at_ms / 1000).astimezone().isoformat(timespec="seconds")
