"""The one picture that a new model must not reject before it may judge parts."""

from pathlib import Path

from station.cameras.image_file import read_image
from station.domain.inspection import Verdict
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.errors import ErrorCode, ModelError
from station.inference.engine import Engine


def prove_golden(engine: Engine, recipe: Recipe) -> None:
    """Judge the recipe's golden picture, where it has one; `engine` is open.

    Raises ModelError GOLDEN_REJECTED, or what the picture or the engine fails with.
    """
    if not recipe.golden:
        return
    finding = engine.look(read_image(Path(recipe.golden)), recipe.roi, recipe.ignore)
    if judge(finding, recipe) in (Verdict.OK, Verdict.REVIEW):
        return
    raise ModelError(
        ErrorCode.GOLDEN_REJECTED,
        path=recipe.golden,
        label=finding.label,
        score=f"{finding.score:.2f}",
        limit=f"{recipe.ng_limit:g}",
    )
