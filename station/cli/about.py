"""What runs here, and whose work is in it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.options import Data, Json
from station.printing import Out, pairs

if TYPE_CHECKING:
    from station.notices.work import Work

app = typer.Typer()


@app.command()
def about(
    data: Data = None,
    licences: Annotated[
        bool, typer.Option("--licences", help="Every work of others in it, with its licence.")
    ] = False,
    text: Annotated[
        str, typer.Option("--text", metavar="NAME", help="The licence of that work in full.")
    ] = "",
    bill: Annotated[
        Path | None,
        typer.Option(
            "--bill", metavar="FILE", help="Save the bill of materials (CycloneDX) there."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show versions, folders, model and recipe; with options the licences of all that is in it."""
    from station.about import read
    from station.choice import RunChoice, data_folder
    from station.whole import write_whole

    folder = data_folder(RunChoice(data))
    told = Out(as_json, folder)
    with told.told():
        facts, found = read()
        if bill is not None:
            write_whole({bill.absolute(): found.text().encode()})
            told.row({"file": str(bill.absolute()), "works": len(found.works)}, pairs)
        elif text or licences:
            _works(told, found.works, text)
        else:
            told.row({**facts, **_use(folder), "data_folder": str(folder)}, pairs)


def _works(told: Out, works: "tuple[Work, ...]", wanted: str) -> None:
    """All of them in short, or the one that is wanted in full; 2 where there is none."""
    from station.notices.shipped import licence_text

    if not wanted:
        for work in works:
            told.row(_row(work), _line)
        return
    found = [one for one in works if one.name.lower() == wanted.lower()]
    for work in found:
        said = licence_text(work) or work.note
        told.row({**_row(work), "text": said}, lambda row: str(row["text"]))
    if not found:
        print(f"{wanted}: see station about --licences", file=sys.stderr)
        raise typer.Exit(2)


def _use(folder: Path) -> dict[str, str]:
    """What a station on that folder would inspect with; empty where that cannot be known now."""
    from station.choice import RunChoice
    from station.errors import StationError
    from station.plan import choose_recipe
    from station.recipe_file import bind_model
    from station.settings import load_settings
    from station.store.queries import Reader

    try:
        settings = load_settings(folder)
        asked = settings.provider
        recipe = bind_model(choose_recipe(RunChoice(folder), settings, folder))
    except StationError:
        return {}
    try:
        with Reader(folder) as reader:
            recipe = reader.standing_recipe(recipe) or recipe
    except StationError:  # no records yet, or such that only the line may open
        pass
    named = f"{recipe.name} v{recipe.version}" if recipe.version else recipe.name
    return {
        "provider_asked": asked,
        "recipe": named,
        "model": recipe.model,
        "model_sha256": recipe.model_sha256,
    }


def _row(work: "Work") -> dict[str, Any]:
    return {
        "name": work.name,
        "version": work.version,
        "licence": work.licence,
        "purl": work.purl,
        "home": work.home,
    }


def _line(row: dict[str, Any]) -> str:
    return f"{row['name']} {row['version']}: {row['licence']}"
