"""Machine health: remaining life and failures, learnt from tables of readings."""

import sys
import time
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.learning import File, Skip, names, read, rounded, tell
from station.cli.options import Data, Json
from station.errors import ErrorCode
from station.printing import Out, pairs, progress

if TYPE_CHECKING:
    from station.insight.health_card import HealthCard, Taught
    from station.insight.health_life import LifeWish
    from station.insight.tables import Table

app = typer.Typer(help="Machine health: remaining life and failures from tables of readings.")
WRONG_USE = (
    ErrorCode.TABLE_NOT_FOUND,
    ErrorCode.TABLE_NO_COLUMN,
    ErrorCode.TABLE_SKIP,
    ErrorCode.EXTRA_MISSING,
)


@app.command()
def train(
    file: File,
    out: Annotated[Path, typer.Option(help="The model file to write.")],
    unit: Annotated[str, typer.Option(help="Of series that run to failure: whose it is.")] = "",
    time_column: Annotated[str, typer.Option("--time", help="The column of the time.")] = "",
    target: Annotated[
        str, typer.Option(help="Without time: the column that says failure or not.")
    ] = "",
    group: Annotated[
        str, typer.Option(help="With --target: which whole series it is; never parted.")
    ] = "",
    method: Annotated[str, typer.Option(help="auto, boosting, or with torch: recurrent.")] = "auto",
    cap: Annotated[
        float, typer.Option(min=1e-6, help="Longer lives are not told apart; as --time counts.")
    ] = 125.0,
    window: Annotated[
        int | None, typer.Option(min=2, max=2000, help="Readings that are looked at together.")
    ] = None,
    time_unit: Annotated[
        str, typer.Option(help="What --time counts: s, min, h, d or cycles; else by its name.")
    ] = "",
    drop: Annotated[str, typer.Option(help="Columns that must not be used, by comma.")] = "",
    skip: Skip = "",
    bad: Annotated[str, typer.Option(help="The value of the target that means failure.")] = "",
    seed: Annotated[int, typer.Option(help="Equal seeds give equal models.")] = 0,
    background: Annotated[
        bool, typer.Option(help="Let everything else on this PC go first.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Learn remaining life (--unit, --time), or failures of rows or groups (--target)."""
    from station.insight.health_card import SPOKEN
    from station.whole import check_writable, write_whole

    if bool(unit and time_column) == bool(target):
        raise typer.BadParameter("either --unit and --time, or --target")
    if time_unit and time_unit not in SPOKEN.values():
        raise typer.BadParameter("--time-unit is s, min, h, d or cycles")
    told, began = Out(as_json), (time.monotonic(), time.process_time())
    with told.told(*WRONG_USE):
        check_writable(out)
        if background:
            from station.helper import go_last

            go_last()
        table = read(file, skip)
        if unit:
            from station.insight.health_life import LifeWish

            wish = LifeWish(unit, time_column, cap, method, names(drop), seed, time_unit)
            taught = _life(table, wish, window)
        else:
            taught = _flags(table, target, group, window, names(drop), bad, seed)
        write_whole({out: taught.model})
        row = _taught_row(taught, out, told)
        row["seconds"] = round(time.monotonic() - began[0], 1)
        row["cpu_seconds"] = round(time.process_time() - began[1], 1)
        told.row(row, pairs)


@app.command()
def evaluate(
    model: Annotated[Path, typer.Argument(help="A model file of machine health.")],
    file: File,
    truth: Annotated[
        Path | None, typer.Option(help="Remaining lives, one a line, in the units' order.")
    ] = None,
    skip: Skip = "",
    as_json: Json = False,
) -> None:
    """Say how right a model is; the last row has rmse, score, coverage and n."""
    from station.insight.health_card import open_model
    from station.insight.health_use import evaluate as judge

    told = Out(as_json)
    with told.told(*WRONG_USE):
        tell(told, judge(open_model(model), read(file, skip), truth))


@app.command()
def predict(
    model: Annotated[Path, typer.Argument(help="A model file of machine health.")],
    file: File,
    skip: Skip = "",
    as_json: Json = False,
) -> None:
    """Foretell: one row a unit with its remaining life and interval, or a row a line or group."""
    from station.insight.health_card import open_model
    from station.insight.health_use import predict as foretell

    told = Out(as_json)
    with told.told(*WRONG_USE):
        tell(told, foretell(open_model(model), read(file, skip)))


@app.command()
def watch(data: Data = None, as_json: Json = False) -> None:
    """Say how long the machines last that the settings name, from what is recorded."""
    from station.choice import RunChoice, data_folder
    from station.gui.health_texts import detail, figure, more, title, unwatched
    from station.overview.health import Health
    from station.settings import load_settings
    from station.store.queries import Reader

    folder = data_folder(RunChoice(data))
    told = Out(as_json, folder)
    with told.told(), Reader(folder) as reader:
        told.speak()
        machines = load_settings(folder).line.machines
        if not machines:
            print(unwatched(), file=sys.stderr)
        for tile in Health(folder, reader, machines).tiles():
            row = {name: value for name, value in asdict(tile).items() if name != "fault"}
            words = f"{title(tile)}: {figure(tile)}  {detail(tile)}. {more(tile)}"
            told.row(row | {"message": words}, lambda row: str(row["message"]))


@app.command()
def service(
    machine: Annotated[str, typer.Argument(help="The machine, as the settings name it.")],
    what: Annotated[str, typer.Option(help="What was done.")] = "",
    at: Annotated[
        datetime | None, typer.Option(help="When, by the clock here; else just now.")
    ] = None,
    early: Annotated[
        bool, typer.Option("--early", help="By plan: it was not worn out, nor had it failed.")
    ] = False,
    operator: Annotated[str, typer.Option(help="Who says so.")] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Note that a machine was serviced: one of its runs ends, and the next begins.

    A run that ends without --early is one that a model can be taught from.
    """
    from station.choice import RunChoice, data_folder
    from station.insight.recorded_lives import WORN
    from station.overview.health import note_service

    now = datetime.now().astimezone()
    moment = now if at is None else at.astimezone()
    if moment > now or not machine.strip():
        raise typer.BadParameter("a name, and a time that is past")
    folder = data_folder(RunChoice(data))
    told = Out(as_json, folder)
    with told.told():
        body = {"what": what, WORN: not early}
        note_service(folder, machine, operator, body, int(moment.timestamp() * 1000))
        row = {"machine": machine, "at": moment.isoformat(timespec="seconds")}
        told.row(row | body, pairs)


def _life(table: "Table", wish: "LifeWish", window: int | None) -> "Taught":
    from station.insight.health_life import train_life

    if window is not None:
        wish = replace(wish, plan=replace(wish.plan, window=window))
    return train_life(table, wish, progress)


def _flags(
    table: "Table",
    target: str,
    group: str,
    window: int | None,
    drop: tuple[str, ...],
    bad: str,
    seed: int,
) -> "Taught":
    from station.insight.health_failure import FailureWish, train_failure
    from station.insight.health_groups import WINDOW, GroupWish, train_groups

    if group:
        wish = GroupWish(target, group, drop, bad, window or WINDOW, seed)
        return train_groups(table, wish, progress)
    return train_failure(table, FailureWish(target, drop, bad, seed), progress)


def _taught_row(taught: "Taught", out: Path, told: Out) -> dict[str, Any]:
    card = taught.card
    row: dict[str, Any] = {"out": str(out), "task": card.task, "method": card.method}
    row |= {"validation": rounded(card.metrics), "validated": _validated(card)}
    if card.baseline:
        row["baseline"] = rounded(card.baseline)
    row |= {"columns": list(card.columns), "left_out": list(taught.left_out)}
    row["warnings"] = [
        {"warning": fault.code.value, "message": told.sentence(fault)} for fault in taught.faults
    ]
    return row


def _validated(card: "HealthCard") -> str:
    """What was held out when the figures were measured."""
    if card.unit and not card.target:
        return f"5 folds of whole series by {card.unit}"
    return f"leaving out one {card.unit} after the other" if card.unit else "5 folds, stratified"
