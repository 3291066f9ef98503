"""Judges picture files with a model, without a line and without keeping anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from station.cameras.image_file import image_files, read_image
from station.domain.inspection import Finding, Verdict
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.errors import Fault, ImageError, ModelError
from station.inference.engine import Engine


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """What the model and the limits say of one file; `fault` where it could not be judged."""

    path: Path
    verdict: Verdict
    finding: Finding | None = None
    fault: Fault | None = None


def judge_files(engine: Engine, recipe: Recipe, paths: Iterable[Path]) -> Iterator[JudgedFile]:
    """Judge each file in turn; a folder stands for every picture below it.

    Raises CameraError FOLDER_EMPTY; a file that is no usable picture is NOT_INSPECTED.
    """
    for path in paths:
        for file in image_files(path) if path.is_dir() else [path]:
            yield _judge_file(engine, recipe, file)


def _judge_file(engine: Engine, recipe: Recipe, path: Path) -> JudgedFile:
    try:
        finding = engine.look(read_image(path), recipe.roi, recipe.ignore)
    except (ImageError, ModelError) as error:
        return JudgedFile(path, Verdict.NOT_INSPECTED, fault=error.fault)
    return JudgedFile(path, judge(finding, recipe), finding)
