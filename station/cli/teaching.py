"""Teach a model."""

import logging
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from station.cli.options import Data, Json
from station.errors import ErrorCode, Fault, StationError
from station.printing import Out, pairs, progress, skipped_rows

if TYPE_CHECKING:
    from station.training.groups import Groups
    from station.training.job import TrainResult
    from station.training.worker import Lesson, Teller

app = typer.Typer()
log = logging.getLogger(__name__)


@app.command()
def train(
    out: Annotated[Path, typer.Option(help="The model file to write.")],
    folder: Annotated[
        Path | None, typer.Argument(help="One sub-folder per class, or a snapshot.")
    ] = None,
    source: Annotated[
        str, typer.Option("--from", help="Or a plant's pictures: s3://…, file://… or a folder.")
    ] = "",
    recipe: Annotated[str, typer.Option(help="With --from: only parts of that recipe.")] = "",
    data: Data = None,
    method: Annotated[
        str,
        typer.Option(help="auto, linear, memory_bank, classical, or with torch: cnn, autoencoder."),
    ] = "linear",
    good: Annotated[str, typer.Option(help="Names of the good classes, by comma.")] = "",
    seed: Annotated[int, typer.Option(help="Equal seeds give equal models.")] = 0,
    size: Annotated[int | None, typer.Option(help="Input size, 224 … 1024 by 32.")] = None,
    group: Annotated[
        str, typer.Option(metavar="CSV:COLUMN", help="What must not be parted: which part it is.")
    ] = "",
    folds: Annotated[int, typer.Option(help="Of the cross-validation, 2 … 20.")] = 5,
    augment: Annotated[
        str, typer.Option(help="How parts may vary, by comma: flip, rotate, light, blur, noise.")
    ] = "",
    balance: Annotated[
        bool, typer.Option(help="Rare classes weigh as much as common ones.")
    ] = True,
    synthetic: Annotated[
        str,
        typer.Option(
            help="Try synthetic defects of rare classes: cutpaste, or with torch: gan. Kept only "
            "where the cross-validated result improves."
        ),
    ] = "",
    report: Annotated[Path | None, typer.Option(help="A folder for the report to write.")] = None,
    as_json: Json = False,
) -> None:
    """Teach a model from images in a folder, or from what persons said of parts of a plant."""
    from station.cli.plant import fetched
    from station.training.job import teach
    from station.training.methods.base import Wishes
    from station.training.proving import prove

    told = Out(as_json)
    if bool(folder) == bool(source):
        raise typer.BadParameter("either a folder or --from")
    wrong_use = (
        ErrorCode.RECIPE_BAD_VALUE,  # --size, --folds, --augment, --synthetic
        ErrorCode.PLANT_BAD_ADDRESS,
        ErrorCode.EXTRA_MISSING,
    )
    with told.told(*wrong_use):
        place = folder or fetched(source, recipe, data)
        taught = teach(
            place,
            out,
            method,
            _names(good) or None,
            Wishes(seed, size, _names(augment), balance, synthetic.strip()),
            progress,
            _groups(group),
            folds,
        )
        row = result_row(taught.result, told)
        if report is not None:
            row["report"] = prove(taught, report, progress=progress)
        told.row(row, pairs)


@app.command(hidden=True)
def lesson() -> None:
    """Be the process that teaches; a window starts it, and reads its lines."""
    from station.helper import take_task
    from station.supervisor import on_end
    from station.training.worker import Teller, decode_lesson

    task, write = take_task(on_end)
    if task:
        _teach(decode_lesson(task), Teller(write))


def result_row(result: "TrainResult", told: Out) -> dict[str, object]:
    """What was taught, for programs and people."""
    row = asdict(result)
    row["table"] = [
        {key: value for key, value in each.items() if value is not None} for each in row["table"]
    ]
    return row | {"skipped": skipped_rows(result.skipped, told)}


def _teach(task: "Lesson", teller: "Teller") -> None:
    """Whatever comes of it is a line."""
    from station.errors import internal
    from station.inference.model import card_to_json
    from station.training.doubts import doubts
    from station.training.groups import read_groups
    from station.training.job import teach
    from station.training.methods.base import Wishes
    from station.training.proving import prove

    try:
        groups = read_groups(Path(task.groups[0]), task.groups[1]) if task.groups else None
        wishes = Wishes(task.seed, task.size, task.augment, task.balance, task.synthetic)
        taught = teach(
            task.folder,
            task.out,
            task.method,
            task.good,
            wishes,
            teller.progress,
            groups,
            task.folds,
        )
        row = asdict(taught.result)
        row["skipped"] = [[str(one.path), one.fault.code] for one in taught.result.skipped]
        row["card_json"] = card_to_json(taught.fitted.card)
        row["doubts"] = doubts(taught.fitted, taught.dataset)
        if task.report is not None:
            row["report"] = prove(
                taught,
                task.report,
                task.incumbent,
                teller.progress,
                limits=task.limits,
                robust=task.robust,
            )
    except MemoryError as error:
        teller.fault(Fault(ErrorCode.OUT_OF_MEMORY, (("reason", str(error)),)))
    except Exception as error:
        if not isinstance(error, StationError):
            log.exception("the lesson failed")
        teller.fault(internal(error))
    else:
        teller.result(row)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _groups(text: str) -> "Groups | None":
    from station.training.groups import parse_groups, read_groups

    told = parse_groups(text)
    return read_groups(*told) if told else None
