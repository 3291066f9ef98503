"""Take over a model that another program taught."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.model import app
from station.cli.options import Json
from station.errors import ErrorCode, ModelError
from station.printing import Out, pairs, progress

if TYPE_CHECKING:
    from station.training.foreign.importing import Order, Report

GOOD = "good"  # asked for beside the questions of the file
SIZE = "WIDTHxHEIGHT"


@app.command("import")
def import_model(
    file: Annotated[Path, typer.Argument(help="An ONNX file, or a folder or zip with one.")],
    out: Annotated[Path | None, typer.Option(help="The model file to write.")] = None,
    golden: Annotated[
        Path | None, typer.Option(help="Known parts, one sub-folder per class.")
    ] = None,
    good: Annotated[str, typer.Option(help="Names of the good classes, by comma.")] = "",
    answers: Annotated[
        list[str] | None,
        typer.Option("--set", help="colour=…, scaling=… or resize=…", metavar="KEY=VALUE"),
    ] = None,
    frame: Annotated[
        str, typer.Option(metavar=SIZE, help="Size of the parts' pictures, where not square.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Accept what is proposed.")] = False,
    as_json: Json = False,
) -> None:
    """Recognise a model that another program taught, prove it and make it one of this station."""
    from station.training.foreign.importing import Order

    told = Out(as_json)
    order = Order(
        path=str(file),
        golden=str(golden) if golden else None,
        good=tuple(name.strip() for name in good.split(",") if name.strip()) or None,
        answers=tuple(_pair(answer) for answer in answers or ()),
        frame=_size(frame),
    )
    with told.told(ErrorCode.IMPORT_BAD_ANSWER):
        seen = _ordered(order)
        _show(told, order, seen)
        if not yes:
            order = _confirmed(order, seen)
        target = out or file.with_name(f"{file.stem}.station.onnx")
        done = _ordered(_settled(replace(order, out=str(target)), seen))
        told.row({"out": str(target), **_row(done)}, pairs)


@app.command("serve-import", hidden=True)
def serve_import() -> None:
    """The process that looks into a foreign file; it may die."""
    from station.training.foreign.apart import serve

    raise typer.Exit(serve())


def _ordered(order: "Order") -> "Report":
    from station.supervisor import program
    from station.training.foreign.apart import import_apart

    return import_apart(order, program("model", "serve-import"), progress)


def _settled(order: "Order", seen: "Report") -> "Order":
    """With what the golden images answered, so that they need not be asked the same again."""
    from station.training.foreign.choices import ANSWERS

    known = {question.value for question in ANSWERS}
    said = dict(order.answers)
    for one in seen.clues:
        facts = dict(one.facts)
        if one.why == "golden" and facts["question"] in known:
            said.setdefault(facts["question"], facts["answer"])
    return replace(order, answers=tuple(sorted(said.items())))


def _confirmed(order: "Order", seen: "Report") -> "Order":
    """Ask the person what is open; without one to ask, IMPORT_OPEN."""
    wanted = [*seen.open, *(() if seen.good else (GOOD,))]
    if not sys.stdin.isatty():
        if wanted:
            raise ModelError(
                ErrorCode.IMPORT_OPEN, path=order.path, questions=", ".join(map(_word, wanted))
            )
        return order
    from station.gui.texts import translate

    asked = translate("Clue", "Good classes, of {classes}", classes=", ".join(seen.classes))
    try:
        said = typer.prompt(asked, default=", ".join(seen.good) or None, err=True)
        agreed = typer.confirm(translate("Clue", "Import it so?"), default=True, err=True)
    except typer.Abort:
        agreed = False
    if not agreed:
        raise typer.Exit(1)
    return replace(order, good=tuple(name.strip() for name in said.split(",") if name.strip()))


def _word(question: str) -> str:
    from station.gui.clue_texts import question_word
    from station.training.foreign.recognised import Question

    return question_word(Question(question)) if question != GOOD else GOOD


def _show(out: Out, order: "Order", seen: "Report") -> None:
    """What it is taken for and why, for a person; with --json it stands in the last row."""
    from station.gui.clue_texts import clue_text, family_word
    from station.training.foreign.recognised import Family

    out.speak()
    lines = [f"{order.path}: {family_word(Family(seen.family))}, {seen.task}"]
    lines += [f"  · {clue_text(one)}" for one in seen.clues]
    lines += [f"  {seen.preparation}"]
    lines += [f"  {row.label}: {row.right}/{row.n} ({row.said})" for row in seen.table]
    print("\n".join(lines), file=sys.stderr, flush=True)


def _row(done: "Report") -> dict[str, Any]:
    from station.gui.clue_texts import clue_text

    values = asdict(done)
    values["clues"] = [
        {"why": one.why, **dict(one.facts), "text": clue_text(one)} for one in done.clues
    ]
    values["trials"] = [{**dict(t.answers), "share": t.share, "sure": t.sure} for t in done.trials]
    return values


def _pair(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    return key.strip(), value.strip()


def _size(text: str) -> tuple[int, int] | None:
    """Height and width."""
    if not text:
        return None
    sides: Sequence[str] = text.lower().replace("×", "x").split("x")
    if len(sides) != 2 or not all(side.isdecimal() and 0 < int(side) < 10**5 for side in sides):
        raise typer.BadParameter(f"--frame: {SIZE}")
    return int(sides[1]), int(sides[0])
