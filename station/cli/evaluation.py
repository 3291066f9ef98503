"""Prove a model on labelled parts, and hold two against each other."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.options import Json, Provider
from station.errors import ErrorCode
from station.printing import Out, pairs, progress, skipped_rows

if TYPE_CHECKING:
    from station.inference.model import ModelCard
    from station.training.compare import Comparison
    from station.training.figures import Figures
    from station.training.groups import Groups
    from station.training.pack import Contender, Examination, Pack
    from station.training.parts import Parts

app = typer.Typer()

Folder = Annotated[Path, typer.Argument(help="One sub-folder per class, or a snapshot.")]
Good = Annotated[str | None, typer.Option(help="Names of the good classes, by comma.")]
Group = Annotated[str, typer.Option(metavar="CSV:COLUMN", help="Which part or lot it is.")]
Report = Annotated[Path | None, typer.Option(help="A folder for the report to write.")]


@app.command()
def evaluate(
    model: Annotated[Path, typer.Argument(help="The model file.")],
    folder: Folder,
    good: Good = None,
    group: Group = "",
    report: Report = None,
    provider: Provider = "auto",
    as_json: Json = False,
) -> None:
    """Compare a model's word with the folder names."""
    from dataclasses import asdict

    from station.training.evaluate import summarise
    from station.training.pack import Contender, Role

    out = Out(as_json)
    with out.told(ErrorCode.RECIPE_BAD_VALUE):  # of --group
        _check(report)
        parts, card = _parts(folder, [model], good, group)
        found = _examine([Contender(Role.CANDIDATE, model)], parts, report, provider)
        values = asdict(summarise(found.columns[0], found.skipped, card.classes, parts.good))
        rows = values.pop("rows")
        values["per_class"] = {row.pop("label"): row for row in values["per_class"]}
        for row in rows if as_json else ():
            out.row(row, pairs)
        figures = found.pack.models[0].figures
        if figures.accuracy is None:
            values |= _by_side(figures)
        values |= _shares(figures) | _written(found.pack, report)
        out.row(values | {"skipped": skipped_rows(found.skipped, out)}, pairs)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="The model file that may become the better one.")],
    second: Annotated[Path, typer.Argument(help="The model file that it is held against.")],
    folder: Folder,
    good: Good = None,
    group: Group = "",
    report: Report = None,
    provider: Provider = "auto",
    as_json: Json = False,
) -> None:
    """Hold two models against each other on the same parts, and say whether it can be chance."""
    from dataclasses import asdict

    from station.training.pack import Contender, Role

    out = Out(as_json)
    with out.told(ErrorCode.RECIPE_BAD_VALUE):
        _check(report)
        parts, _ = _parts(folder, [first, second], good, group)
        contenders = [Contender(Role.CANDIDATE, first), Contender(Role.INCUMBENT, second)]
        found = _examine(contenders, parts, report, provider)
        comparison = found.pack.versus[0].comparison
        for change in comparison.changes:
            out.row(asdict(change), _change_line)
        values: dict[str, Any] = {"n": comparison.all.n}
        values |= _side_by_side(found.pack) | _tested(comparison, as_json)
        values |= {"changed": len(comparison.changes)} | _written(found.pack, report)
        out.row(values | {"skipped": skipped_rows(found.skipped, out)}, pairs)


def _check(report: Path | None) -> None:
    """Before the work, not after it."""
    from station.training.report import check_report

    if report is not None:
        check_report(report)


def _parts(
    folder: Path, models: list[Path], good: str | None, group: str
) -> "tuple[Parts, ModelCard]":
    """The parts, and the card of the first model."""
    from station.inference.engine import Engine
    from station.training.parts import read_parts

    told = None if good is None else [name.strip() for name in good.split(",") if name.strip()]
    groups, cards = _groups(group), []
    for model in models:
        with Engine(model, "cpu") as engine:
            cards.append(engine.card)
    return read_parts(folder, cards[0], told, groups, cards[1:]), cards[0]


def _groups(text: str) -> "Groups | None":
    from station.training.groups import parse_groups, read_groups

    told = parse_groups(text)
    return read_groups(*told) if told else None


def _examine(
    contenders: "list[Contender]", parts: "Parts", report: Path | None, provider: str
) -> "Examination":
    """Disturbed pictures only where a report shows them: they take most of the time."""
    from datetime import UTC, datetime

    from station.training.pack import examine

    now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return examine(
        contenders, parts, now, robust=report is not None, provider=provider, progress=progress
    )


def _written(pack: "Pack", report: Path | None) -> dict[str, str]:
    from station.training.report import write_report

    if report is None:
        return {}
    return {"report": str(write_report(pack, report, _language()))}


def _language() -> str:
    """That of the usual data folder's settings."""
    from station.errors import StationError
    from station.gui.texts import current_language, install
    from station.place import default_data_folder
    from station.settings import load_settings

    try:
        install(load_settings(default_data_folder()).language)
    except StationError:
        install("auto")
    return current_language()


def _by_side(figures: "Figures") -> dict[str, Any]:
    """What stands where the model does not know all labels: good against bad alone."""
    from dataclasses import asdict

    rows = {truth.label: asdict(truth) for truth in figures.truths}
    for row in rows.values():
        del row["label"]
    return {
        "accuracy": None,
        "macro_f1": None,
        "per_class": rows,
        "confusion": figures.confusion,
    }


def _shares(figures: "Figures") -> dict[str, dict[str, float | None]]:
    """What the counts of the evaluation mean beyond these parts."""
    found = {"escape_rate": figures.escapes, "false_reject_rate": figures.false_rejects}
    if figures.groups is not None:
        found["escape_rate_by_group"] = figures.groups.escapes
        found["false_reject_rate_by_group"] = figures.groups.false_rejects
    return {
        name: {"rate": one.rate, "low": one.low, "high": one.high, "n": one.n}
        for name, one in found.items()
    }


def _side_by_side(pack: "Pack") -> dict[str, dict[str, Any]]:
    """A row for each figure, a value for each model."""
    first, second = (model.figures for model in pack.models)
    rows: dict[str, dict[str, Any]] = {}
    for name in ("escapes", "false_rejects", "reviews", "accuracy"):
        one, two = getattr(first, name), getattr(second, name)
        rows[name] = {
            "first": one.count if one else None,
            "second": two.count if two else None,
            "n": one.n if one else None,
        }
    for name in ("precision", "recall", "f1", "auroc", "ap"):
        rows[name] = {"first": getattr(first, name), "second": getattr(second, name)}
    rows["ms"] = {"first": first.times.p50, "second": second.times.p50}
    rows["bytes"] = dict(zip(("first", "second"), (m.bytes for m in pack.models), strict=True))
    return rows


def _tested(comparison: "Comparison", as_json: bool) -> dict[str, Any]:
    """McNemar's exact test over all parts, the bad ones and the good ones."""
    from dataclasses import asdict

    from station.training.report_words import words

    say, found = words(_language()), {}
    for name in ("all", "escapes", "false_rejects"):
        pair = asdict(getattr(comparison, name))
        reading = pair.pop("reading")
        found[name] = pair | {"reading": reading.value if as_json else say(reading.value)}
    return {"mcnemar": found}


def _change_line(row: dict[str, Any]) -> str:
    """A part that the two judge differently, for people."""
    first, second = (f"{row[key].value:7} {row[f'{key}_score']:.3f}" for key in ("first", "second"))
    return f"{first} → {second}  {row['truth']:16} {row['path']}"
