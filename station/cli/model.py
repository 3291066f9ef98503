"""The models of a product: which there are, which one counts, and the way back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.attached import attached
from station.cli.options import Data, Json
from station.errors import ErrorCode, LineError
from station.printing import Out, pairs

if TYPE_CHECKING:
    from station.domain.recipe import Recipe
    from station.domain.revision import Revision
    from station.pipeline.remote import RemoteLine
    from station.store.store import Store

app = typer.Typer(help="The models of a product: list, release, roll back.", no_args_is_help=True)

Product = Annotated[str, typer.Option(help="The recipe's name; may be left out for the only one.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept with the release.")]
Operator = Annotated[str, typer.Option(help="Who; as in the settings where it is left out.")]


@app.command("list")
def list_models(data: Data = None, product: Product = "", as_json: Json = False) -> None:
    """Every model that is kept, newest first, and how far each has come."""
    from station.store.queries import Reader

    out = _out(data, as_json)
    with out.told(), Reader(_folder(out)) as reader:
        names = [product] if product else [recipe.name for recipe in reader.recipes()]
        for name in names:
            for revision in reader.revisions(name):
                out.row(_row(revision), _line)


@app.command()
def release(
    number: Annotated[int, typer.Argument(help="The model's number, as `list` shows it.")],
    data: Data = None,
    product: Product = "",
    reason: Reason = "",
    operator: Operator = "",
    review_limit: Annotated[
        float | None, typer.Option(help="From this score on a part is for a person.")
    ] = None,
    ng_limit: Annotated[
        float | None, typer.Option(help="From this score on a part is rejected.")
    ] = None,
    max_unlike: Annotated[
        float | None, typer.Option(help="A part more unlike than this is for a person.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Let a model's verdicts count: at once where the station runs, else from its next start."""
    from station.store.releases import Limits, Release

    if (review_limit is None) != (ng_limit is None):
        raise typer.BadParameter("both limits, or none")
    out = _out(data, as_json)
    with out.told(ErrorCode.REVISION_NOT_FOUND):
        limits = None
        if review_limit is not None and ng_limit is not None:
            limits = Limits(review_limit, ng_limit, max_unlike)
        order = Release(_product(out, product), number, reason, _who(out, operator), limits)
        _order(out, lambda line: line.release(order), lambda store: _prove(store, order))


@app.command()
def rollback(
    data: Data = None,
    product: Product = "",
    reason: Reason = "",
    operator: Operator = "",
    as_json: Json = False,
) -> None:
    """Release again the model that was released before the present one."""
    out = _out(data, as_json)
    with out.told():
        name, who = _product(out, product), _who(out, operator)
        _order(
            out,
            lambda line: line.roll_back(name, reason, who),
            lambda store: store.roll_back(name, reason, who),
        )


def _order(
    out: Out,
    through: "Callable[[RemoteLine], Recipe]",
    alone: "Callable[[Store], Recipe]",
) -> None:
    """Through the station that runs on the folder, or straight into its records."""
    from station.store.store import Store

    try:
        with attached(out) as (line, _):
            recipe, running = through(line), True
    except LineError as error:
        if error.code is not ErrorCode.LINE_NOT_RUNNING:
            raise
        with Store(_folder(out)) as store:
            recipe, running = alone(store), False
    row = {
        "product": recipe.name,
        "version": recipe.version,
        "model": recipe.model,
        "sha256": recipe.model_sha256,
        "review_limit": recipe.review_limit,
        "ng_limit": recipe.ng_limit,
        "running": running,
    }
    out.row(row, pairs)


def _prove(store: "Store", order: Any) -> "Recipe":
    """Open the model and show it the golden picture, as a running line does, then release it."""
    from station.inference.engine import Engine
    from station.pipeline.golden import prove_golden
    from station.store.releases import at_home

    wanted = at_home(store.reader.released_recipe(order), store.folder)
    with Engine(Path(wanted.model), "cpu", sha256=wanted.model_sha256) as engine:
        prove_golden(engine, wanted)
    return store.release(order)


def _product(out: Out, name: str) -> str:
    """The named one, or the only one that ever ran on the folder."""
    from station.store.queries import Reader

    if name:
        return name
    with Reader(_folder(out)) as reader:
        names = [recipe.name for recipe in reader.recipes()]
    if len(names) != 1:
        raise typer.BadParameter(f"--product: {', '.join(names)}")
    return names[0]


def _who(out: Out, operator: str) -> str:
    from station.settings import load_settings

    return operator or load_settings(_folder(out)).operator


def _out(data: Path | None, as_json: bool) -> Out:
    from station.choice import RunChoice, data_folder

    return Out(as_json, data_folder(RunChoice(data)))


def _folder(out: Out) -> Path:
    assert out.data is not None
    return out.data


def _row(revision: "Revision") -> dict[str, Any]:
    return {
        "product": revision.product,
        "number": revision.number,
        "state": revision.state.value,
        "method": revision.method,
        "parent": revision.parent,
        "sha256": revision.sha256,
        "evaluated": revision.evaluation_json is not None,
        "metrics": dict(revision.metrics),
        "at_ms": revision.at_ms,
        "operator": revision.operator,
        "file": revision.path,
    }


def _line(row: dict[str, Any]) -> str:
    proven = "evaluated" if row["evaluated"] else "not evaluated"
    words = (row["product"], f"{row['number']:>3}", f"{row['state']:9}", f"{row['method']:12}")
    return "  ".join((*words, proven, row["sha256"][:8]))
