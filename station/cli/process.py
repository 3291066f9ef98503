"""`station process`: from process values to a target, and which settings would do better."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.learning import File, Skip, line, names, read, rounded, tell
from station.cli.options import Json
from station.errors import ErrorCode, Fault
from station.printing import Out, pairs, progress

if TYPE_CHECKING:
    from station.insight.process_card import Taught

app = typer.Typer(help="From process values to a target: what drives it, and better settings.")
WRONG_USE = (
    ErrorCode.TABLE_NOT_FOUND,
    ErrorCode.TABLE_NO_COLUMN,
    ErrorCode.TABLE_SKIP,
    ErrorCode.TABLE_TAKEN,
    ErrorCode.PROCESS_NO_INPUT,
    ErrorCode.PROCESS_BAD_VALUE,
)

Model = Annotated[Path, typer.Argument(help="A model file of a process.")]


@app.command()
def train(
    file: File,
    target: Annotated[str, typer.Option(help="The column that is to be explained.")],
    out: Annotated[Path, typer.Option(help="The model file to write.")],
    drop: Annotated[str, typer.Option(help="Columns that must not be used, by comma.")] = "",
    time_column: Annotated[
        str, typer.Option("--time", help="The column of the time; by it rows are put in order.")
    ] = "",
    group: Annotated[
        str, typer.Option(help="Which whole series a row belongs to; never parted.")
    ] = "",
    hold_out: Annotated[
        float, typer.Option(min=0, max=0.5, help="The share at the end that is measured last.")
    ] = 0.2,
    bad: Annotated[str, typer.Option(help="Of a target of two values: which one is bad.")] = "",
    skip: Skip = "",
    seed: Annotated[int, typer.Option(help="Equal seeds give equal models.")] = 0,
    background: Annotated[
        bool, typer.Option(help="Let everything else on this PC go first.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Try several models, each on later rows (or other groups), and keep the best.

    One row a model with its errors, cross-validated and on the part held out; then the summary.
    """
    from station.insight.process_train import Wish
    from station.insight.process_train import train as learn
    from station.whole import check_writable, write_whole

    if time_column and group:
        raise typer.BadParameter("either --time or --group")
    told, began = Out(as_json), time.monotonic()
    with told.told(*WRONG_USE):
        check_writable(out)
        if background:
            from station.helper import go_last

            go_last()
        wish = Wish(target, names(drop), time_column, group, hold_out, bad, seed)
        taught = learn(read(file, skip), wish, progress)
        write_whole({out: taught.model})
        for row in _tried(taught):
            told.row(row, line)
        told.row(_summary(taught, out, told, time.monotonic() - began), pairs)


@app.command()
def evaluate(model: Model, file: File, skip: Skip = "", as_json: Json = False) -> None:
    """Say how right a model is beside simpler ones; its own row is the last."""
    from station.insight.process_card import open_model
    from station.insight.process_use import evaluate as judge

    told = Out(as_json)
    with told.told(*WRONG_USE):
        tell(told, judge(open_model(model), read(file, skip)))


@app.command()
def predict(model: Model, file: File, skip: Skip = "", as_json: Json = False) -> None:
    """Foretell each line: a number with its interval, or the probability of what is bad."""
    from station.insight.process_card import open_model
    from station.insight.process_use import predict as foretell

    told = Out(as_json)
    with told.told(*WRONG_USE):
        tell(told, foretell(open_model(model), read(file, skip)))


@app.command()
def suggest(
    model: Model,
    file: File,
    settable: Annotated[str, typer.Option("--set", help="Columns that may be set, by comma.")],
    maximise: Annotated[
        bool, typer.Option("--maximise/--minimise", help="Which way is better.")
    ] = False,
    at: Annotated[
        str,
        typer.Option(
            metavar="last|median|COLUMN=VALUE,…", help="How it is now; else as in the last line."
        ),
    ] = "last",
    skip: Skip = "",
    seed: Annotated[int, typer.Option(help="Equal seeds give equal answers.")] = 0,
    as_json: Json = False,
) -> None:
    """Look for better settings among those like what was seen; advice, with how sure it is.

    One row a setting to change; the last row tells the gain and its interval. No setting: none
    is better.
    """
    from station.insight.process_card import open_model
    from station.insight.process_suggest import Question
    from station.insight.process_suggest import suggest as search

    if not names(settable):
        raise typer.BadParameter("--set names no column")
    words = [one for one in names(at) if one not in ("last", "median")]
    if any("=" not in one for one in words):
        raise typer.BadParameter("--at is last, median, or COLUMN=VALUE,…")
    values = {
        name.strip(): value.strip() for name, _, value in (one.partition("=") for one in words)
    }
    question = Question(names(settable), maximise, values, "median" in names(at), seed)
    told = Out(as_json)
    with told.told(*WRONG_USE):
        opened = open_model(model)
        found = search(opened, read(file, skip), question)
        for fault in found.faults:
            told.sentence(fault)
        for change in found.changes:
            told.row(asdict(change), line)
        if found.changes:
            told.sentence(Fault(ErrorCode.PROCESS_ADVICE, ()))
        figures = asdict(found)
        row = {"target": opened.card.target, "changes": len(found.changes)}
        kept = ("now", "expected", "gain", "low", "high", "near", "seen", "told")
        told.row(row | {name: figures[name] for name in kept}, line)


def _tried(taught: "Taught") -> list[dict[str, Any]]:
    """One row a model, from the worst to the best of the cross-validation."""
    card = taught.card
    order = sorted(card.candidates, key=lambda name: -next(iter(card.candidates[name].values())))
    rows = []
    for name in order:
        row: dict[str, Any] = {"model": name} | rounded(card.candidates[name])
        held = rounded(card.held_out.get(name, {}))
        rows.append(row | {f"held_out_{key}": value for key, value in held.items()})
    return rows


def _summary(taught: "Taught", out: Path, told: Out, seconds: float) -> dict[str, Any]:
    card = taught.card
    row: dict[str, Any] = {"out": str(out), "task": card.task, "chosen": card.method}
    row |= {"validation": rounded(card.candidates[card.method])}
    if card.held_out:
        row |= {"held_out": rounded(card.held_out[card.method])}
    if card.shape:
        row |= {"tuned": card.shape}
    row |= {"explained": round(card.explained, 4), "sure": card.sure, "drivers": _drivers(taught)}
    row |= {"rows": card.rows, "columns": list(card.columns), "left_out": list(taught.left_out)}
    row["warnings"] = [
        {"warning": fault.code.value, "message": told.sentence(fault)} for fault in taught.faults
    ]
    return row | {"seconds": round(seconds, 1)}


def _drivers(taught: "Taught") -> list[dict[str, Any]]:
    """The columns that something is lost without."""
    return [
        {
            "column": " + ".join(one.columns),
            "share": round(one.share, 4),
            "spread": round(one.spread, 4),
        }
        for one in taught.card.drivers
        if one.share > 0
    ]
