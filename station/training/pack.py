"""The evaluation pack: candidate, incumbent and INT8 on the same parts, as one value that is kept.

It is stored as JSON with the revision that it speaks of, and `report` makes a page of it.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import cv2
import msgspec

from station.cameras.image_file import read_image
from station.domain.inspection import Verdict
from station.domain.recipe import Recipe
from station.errors import DatasetError, ErrorCode, ImageError
from station.inference.engine import Engine
from station.training.compare import Comparison, compared, shown
from station.training.crossed import Crossed, Said, unseen_rows
from station.training.dataset import Skipped
from station.training.evaluate import EvaluationRow, card_recipe, look_at_all
from station.training.figures import Figures, figures, times
from station.training.parts import Parts
from station.training.robust import RobustRow, room, sweep

WORST = 6  # parts of each side that are shown
THUMB = 128  # longer side, pixels
QUALITY = 80
FORMAT = 1
DIGITS = 5  # of a score that is kept

Progress = Callable[[str, float], None]


class Role(StrEnum):
    """What a model is in the comparison."""

    CANDIDATE = "candidate"
    INCUMBENT = "incumbent"
    INT8 = "int8"


class Basis(StrEnum):
    """What the figures of the first model rest on."""

    KEPT_BACK = "kept_back"  # parts that the data set kept back from learning
    CROSSED = "crossed"  # parts that were learnt from, each judged by a model without its fold
    UNKNOWN = "unknown"  # nothing shows whether these parts were learnt from


@dataclass(frozen=True, slots=True)
class Contender:
    """A model file to examine; without a recipe its card's limits count, over the whole image."""

    role: Role
    path: Path
    recipe: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Worst:
    """A part near or across the wrong limit; thumb: a small JPEG in base64, or empty."""

    path: str
    truth: str
    good: bool
    label: str
    score: float
    verdict: Verdict
    thumb: str


@dataclass(frozen=True, slots=True)
class Examined:
    """One model and all that was found of it.

    taught_here: the parts are those it learnt from. good_scores, bad_scores: of each part.
    """

    role: Role
    name: str
    method: str
    sha256: str
    parent: str
    bytes: int
    classes: tuple[str, ...]
    good: tuple[str, ...]
    size: tuple[int, int]
    review_limit: float
    ng_limit: float
    provider: str
    taught_here: bool
    figures: Figures
    good_scores: tuple[float, ...]
    bad_scores: tuple[float, ...]
    worst: tuple[Worst, ...]
    robust: tuple[RobustRow, ...]
    crossed: Crossed | None


@dataclass(frozen=True, slots=True)
class Left:
    """An image that no model could judge, and the code of the fault."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Versus:
    """The first model of the pack against another, by their places."""

    other: Role
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole evaluation. models[0] is the one that it is about.

    source: the folder or snapshot; dataset_sha256: its hash, or empty. good: the true classes that
    may pass.
    """

    format: int
    made_at: str
    source: str
    dataset_sha256: str
    basis: Basis
    good: tuple[str, ...]
    models: tuple[Examined, ...]
    versus: tuple[Versus, ...]
    skipped: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """The pack and the rows behind it, one column for each contender."""

    pack: Pack
    columns: tuple[tuple[EvaluationRow, ...], ...]
    skipped: tuple[Skipped, ...]


def make_pack(
    contenders: Sequence[Contender],
    parts: Parts,
    made_at: str,
    *,
    crossed: Crossed | None = None,
    unseen: Mapping[Path, Said] | None = None,
    robust: bool = True,
    provider: str = "cpu",
    progress: Progress | None = None,
) -> Pack:
    """As `examine`, for those who want the pack alone."""
    return examine(
        contenders,
        parts,
        made_at,
        crossed=crossed,
        unseen=unseen,
        robust=robust,
        provider=provider,
        progress=progress,
    ).pack


def examine(
    contenders: Sequence[Contender],
    parts: Parts,
    made_at: str,
    *,
    crossed: Crossed | None = None,
    unseen: Mapping[Path, Said] | None = None,
    robust: bool = True,
    provider: str = "cpu",
    progress: Progress | None = None,
) -> Examination:
    """Examine all contenders on the same parts; the first is what the pack is about.

    crossed: of the first. unseen: where the first has learnt from the parts, what cross-validation
    said of them; it takes the place of the model's own word. made_at: a moment in ISO 8601.
    robust: also disturb and attack, but not INT8. Raises DatasetError FOLDER_EMPTY where no image
    can be judged; ModelError.
    """
    with ExitStack() as stack:
        engines = [stack.enter_context(Engine(one.path, provider)) for one in contenders]
        rules = [
            one.recipe or card_recipe(engine)
            for one, engine in zip(contenders, engines, strict=True)
        ]
        pairs = list(zip(engines, rules, strict=True))
        columns, skipped = look_at_all(pairs, parts.samples, progress)
        if not columns[0]:
            raise DatasetError(ErrorCode.FOLDER_EMPTY, path=parts.source)
        if unseen is not None:
            columns = (unseen_rows(columns[0], unseen, rules[0]), *columns[1:])
        found, most = [], room(max(times([row.ms for row in rows]).p50 for rows in columns))
        for contender, (engine, rule), rows in zip(contenders, pairs, columns, strict=True):
            told = _examined(contender, engine, rule, rows, parts)
            if robust and contender.role is not Role.INT8:
                under = sweep(engine, rule, parts.samples, parts.good, progress, most)
                told = replace(told, robust=under)
            found.append(told)
    found[0] = replace(found[0], crossed=crossed)
    pack = Pack(
        format=FORMAT,
        made_at=made_at,
        source=shown(parts.source),
        dataset_sha256=parts.sha256,
        basis=_basis(parts, unseen is not None),
        good=parts.good,
        models=tuple(found),
        versus=tuple(
            Versus(one.role, compared(columns[0], rows, parts.good))
            for one, rows in zip(contenders[1:], columns[1:], strict=True)
        ),
        skipped=tuple(Left(shown(str(one.path)), one.fault.code.value) for one in skipped),
    )
    return Examination(pack, columns, skipped)


def to_json(pack: Pack) -> str:
    """As it is stored with a revision."""
    return msgspec.json.encode(pack).decode()


def from_json(text: str) -> Pack:
    """What `to_json` wrote. Raises ValueError for anything else."""
    return msgspec.json.decode(text, type=Pack)


def _basis(parts: Parts, crossed: bool) -> Basis:
    if crossed:
        return Basis.CROSSED
    return Basis.KEPT_BACK if parts.kept_back else Basis.UNKNOWN


def _examined(
    contender: Contender,
    engine: Engine,
    rule: Recipe,
    rows: Sequence[EvaluationRow],
    parts: Parts,
) -> Examined:
    card = engine.card
    groups = {sample.path: sample.group for sample in parts.samples}
    return Examined(
        role=contender.role,
        name=card.name,
        method=card.method,
        sha256=engine.sha256,
        parent=card.parent,
        bytes=contender.path.stat().st_size,
        classes=card.classes,
        good=card.good,
        size=(card.width, card.height),
        review_limit=rule.review_limit,
        ng_limit=rule.ng_limit,
        provider=engine.report.actual,
        taught_here=not parts.kept_back and parts.sha256 == card.dataset_sha256 != "",
        figures=figures(rows, card.classes, parts.good, [groups[row.path] for row in rows]),
        good_scores=tuple(round(row.score, DIGITS) for row in rows if row.truth in parts.good),
        bad_scores=tuple(round(row.score, DIGITS) for row in rows if row.truth not in parts.good),
        worst=() if contender.role is Role.INT8 else _worst(rows, parts.good),
        robust=(),
        crossed=None,
    )


def _worst(rows: Sequence[EvaluationRow], good: Sequence[str]) -> tuple[Worst, ...]:
    """The highest-scoring good parts, then the lowest-scoring bad ones."""
    passes = sorted((row for row in rows if row.truth in good), key=lambda row: -row.score)
    bad = sorted((row for row in rows if row.truth not in good), key=lambda row: row.score)
    return tuple(
        Worst(
            path=shown(str(row.path)),
            truth=row.truth,
            good=row.truth in good,
            label=row.label,
            score=row.score,
            verdict=row.verdict,
            thumb=_thumb(row.path),
        )
        for row in [*passes[:WORST], *bad[:WORST]]
    )


def _thumb(path: Path) -> str:
    """Empty where the file has gone meanwhile."""
    try:
        pixels = read_image(path)
    except ImageError:
        return ""
    scale = min(1.0, THUMB / max(pixels.shape[:2]))
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    if small.ndim == 3:
        small = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", small, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
    return base64.b64encode(data.tobytes()).decode()
