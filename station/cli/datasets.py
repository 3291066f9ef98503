"""Data sets in, out, and frozen."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from station.cli.options import Data, Json
from station.errors import ErrorCode, StationError
from station.printing import Out, pairs, progress, skipped_rows

if TYPE_CHECKING:
    from station.store.sample_writer import SampleWriter
    from station.training.groups import Groups

app = typer.Typer(help="Images with labels: in, out, and frozen.", no_args_is_help=True)

Good = Annotated[str, typer.Option(help="Names of the good classes, by comma.")]
Group = Annotated[
    str, typer.Option(help="CSV:COLUMN of a table that tells which images show the same part.")
]
Product = Annotated[str, typer.Option(help="The product, by the name of its recipe.")]
Share = Annotated[float, typer.Option(min=0.0, max=0.9, help="How many are kept back.")]


@app.command("import")
def dataset_import(
    source: Annotated[Path, typer.Argument(help="A folder or a zip, its form is recognised.")],
    out: Annotated[Path | None, typer.Option(help="Write class folders here instead.")] = None,
    data: Data = None,
    product: Product = "",
    good: Good = "",
    group: Group = "",
    form: Annotated[
        str, typer.Option("--format", help="folders, coco, yolo, voc or csv, if not recognised.")
    ] = "",
    operator: Annotated[str, typer.Option(help="Who says so.")] = "",
    as_json: Json = False,
) -> None:
    """Take labelled images into a product's samples, or write them as class folders."""
    from station.training.moving import export, import_into, source_of

    if bool(out) == bool(product):
        raise typer.BadParameter("either --out or --product")
    told = Out(as_json, data)
    with told.told(ErrorCode.DATASET_FORMAT, ErrorCode.RECIPE_BAD_VALUE):
        names, groups = _names(good), _groups(group)
        if out is not None:
            with source_of(source, names, groups, form) as found:
                made = export(found.pictures, "folders", out)
            row = {"format": found.format, "images": made.n, "folder": str(out)}
            row |= {"missing": list(found.missing), "unlabelled": found.unlabelled}
            told.row(row | {"skipped": skipped_rows(found.skipped, told)}, pairs)
            return
        with _writer(_folder(data)) as store:
            came = import_into(store, product, source, operator, names, groups, form, _shown)
        row = {"format": came.format, "added": came.taken.added, "known": came.taken.known}
        row |= {"classes": list(came.classes), "missing": list(came.missing)}
        row["unlabelled"] = came.unlabelled
        told.row(row | {"skipped": skipped_rows(came.taken.skipped, told)}, pairs)


@app.command("export")
def dataset_export(
    out: Annotated[Path, typer.Option(help="The folder to make.")],
    form: Annotated[str, typer.Option("--format", help="folders, coco, yolo, csv or anomalib.")],
    source: Annotated[
        Path | None, typer.Argument(help="A folder, a zip or a snapshot; else --product.")
    ] = None,
    data: Data = None,
    product: Product = "",
    good: Good = "",
    group: Group = "",
    as_json: Json = False,
) -> None:
    """Write labelled images in the form of another program."""
    from station.store.queries import Reader
    from station.training.moving import export, pictures_of_product, source_of

    if bool(source) == bool(product):
        raise typer.BadParameter("either a folder or --product")
    told = Out(as_json, data)
    with told.told(ErrorCode.DATASET_FORMAT, ErrorCode.RECIPE_BAD_VALUE):
        if source is not None:
            with source_of(source, _names(good), _groups(group)) as found:
                made, skipped = export(found.pictures, form, out, _written), found.skipped
        else:
            folder = _folder(data)
            with Reader(folder) as reader:
                pictures = pictures_of_product(reader, folder, product)
                made = export(pictures, form, out, _written)
            skipped = ()
        row = {"folder": str(made.folder), "format": made.format, "images": made.n}
        told.row(row | {"skipped": skipped_rows(skipped, told)}, pairs)


@app.command("snapshot")
def dataset_snapshot(
    source: Annotated[
        Path | None, typer.Argument(help="One sub-folder per class; else --product.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder to make of a folder.")] = None,
    data: Data = None,
    product: Product = "",
    good: Good = "",
    group: Group = "",
    by: Annotated[str, typer.Option(help="What is never parted: part, lot or none.")] = "part",
    share: Share = 0.2,
    operator: Annotated[str, typer.Option(help="Who freezes it.")] = "",
    as_json: Json = False,
) -> None:
    """Freeze labelled images, some of each class kept back to prove models on."""
    from station.store.queries import Reader
    from station.training.dataset import read_dataset
    from station.training.snapshot import BY, freeze, freeze_folder

    if bool(source) == bool(product) or bool(source) != bool(out) or by not in BY:
        raise typer.BadParameter("a folder with --out, or --product; --by part, lot or none")
    told = Out(as_json, data)
    with told.told(ErrorCode.RECIPE_BAD_VALUE):
        if source is not None and out is not None:
            made = freeze_folder(read_dataset(source, _names(good), _groups(group)), out, share)
        else:
            folder = _folder(data)
            with _writer(folder) as store, Reader(folder) as reader:
                made = freeze(store, reader, product, operator, share, by)
        told.row(dataclasses.asdict(made), pairs)


def _names(text: str) -> tuple[str, ...] | None:
    return tuple(name.strip() for name in text.split(",") if name.strip()) or None


def _groups(text: str) -> "Groups | None":
    from station.training.groups import parse_groups, read_groups

    told = parse_groups(text)
    return None if told is None else read_groups(*told)


def _folder(data: Path | None) -> Path:
    from station.choice import RunChoice, data_folder

    return data_folder(RunChoice(data))


@contextmanager
def _writer(folder: Path) -> "Iterator[SampleWriter]":
    """The store itself; beside it, where a line holds the folder."""
    from station.store.beside import Beside
    from station.store.store import Store

    store: Store | Beside = Store(folder)
    try:
        store.open()
    except StationError as error:
        if error.code is not ErrorCode.DATA_FOLDER_IN_USE:
            raise
        store = Beside(folder)
        store.open()
    try:
        yield store
    finally:
        store.close()


def _shown(done: int, total: int) -> None:
    progress("import", done / total)


def _written(done: int, total: int) -> None:
    progress("export", done / max(1, total))
