"""What a model file says of itself: the card."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from station.errors import ErrorCode, ModelError

CARD_KEY = "station.card"  # in the metadata_props of the ONNX file
INPUT = "image"  # uint8 (1, height, width, channels)
SCORES = "scores"  # float32 (1, classes), probabilities that sum to 1
MAP = "map"  # float32 (1, h, w), 0 … 1, where the evidence lies
UNLIKE = "unlike"  # float32 (1,), may be left out: how far from what it was taught on
FORMAT = 1
TASK = "classification"
RESIZE = "stretch"  # to height × width whatever the proportions: area to shrink, linear to grow
SIDE_STEP = 32
SIDE_LIMITS = (32, 4096)


@dataclass(frozen=True, slots=True)
class ModelCard:
    """All that the line must know of a model beside its graph.

    classes: in the order of `scores`; `good` are those of them that may pass, and may be empty.
    review_limit, ng_limit: proposed for a recipe's limits of the same names.
    metrics: figures of the training, such as `cv_accuracy`; parent: the backbone and its hash.
    """

    name: str
    classes: tuple[str, ...]
    good: tuple[str, ...]
    height: int
    width: int
    channels: int
    review_limit: float = 0.4
    ng_limit: float = 0.6
    version: int = 1
    task: str = TASK
    resize: str = RESIZE
    temperature: float = 1.0
    dataset_sha256: str = ""
    method: str = ""
    metrics: tuple[tuple[str, float], ...] = ()
    parent: str = ""
    licence: str = ""
    format: int = FORMAT

    def __post_init__(self) -> None:
        _check(self)

    @property
    def good_index(self) -> tuple[int, ...]:
        """Where the good classes stand in `classes`."""
        return tuple(i for i, name in enumerate(self.classes) if name in self.good)


class BadCardError(ValueError):
    """A card that cannot be meant; `field` names what is wrong. Becomes MODEL_BAD_CARD."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


def card_to_json(card: ModelCard) -> str:
    """The card as it stands in the file: sorted keys, so that equal cards are equal bytes."""
    values = asdict(card)
    values["metrics"] = dict(card.metrics)
    return json.dumps(values, sort_keys=True, ensure_ascii=False, allow_nan=False)


def card_from_json(text: str, path: Path) -> ModelCard:
    """Read and check a card; `path` is for the error. Raises ModelError MODEL_BAD_CARD."""
    try:
        return _read(text)
    except BadCardError as error:
        raise ModelError(ErrorCode.MODEL_BAD_CARD, path=path, field=error.field) from None


def _read(text: str) -> ModelCard:
    try:
        values = json.loads(text)
    except ValueError:
        raise BadCardError("json") from None
    if not isinstance(values, dict):
        raise BadCardError("json")
    if values.get("format") != FORMAT:  # first: a later format may rename every other field
        raise BadCardError("format")
    known = {field.name for field in fields(ModelCard)}
    for key in sorted(known ^ set(values)):
        raise BadCardError(key)
    return ModelCard(**(values | _tuples(values)))


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    for name in ("classes", "good"):
        if not isinstance(values[name], list):
            raise BadCardError(name)
    if not isinstance(values["metrics"], dict):
        raise BadCardError("metrics")
    return {
        "classes": tuple(values["classes"]),
        "good": tuple(values["good"]),
        "metrics": tuple(values["metrics"].items()),
    }


def _check(card: ModelCard) -> None:
    for field in ("name", "task", "resize", "dataset_sha256", "method", "parent", "licence"):
        _demand(isinstance(getattr(card, field), str), field)
    _demand(bool(card.name.strip()), "name")
    _demand(card.task == TASK, "task")
    _demand(card.resize == RESIZE, "resize")
    _demand(_whole(card.format) and card.format == FORMAT, "format")
    _demand(_whole(card.version) and card.version > 0, "version")
    _check_classes(card)
    _check_numbers(card)


def _check_classes(card: ModelCard) -> None:
    names: tuple[object, ...] = card.classes
    named = all(isinstance(name, str) and name.strip() for name in names)
    _demand(named and len(card.classes) >= 2, "classes")
    _demand(len(set(card.classes)) == len(card.classes), "classes")
    _demand(all(name in card.classes for name in card.good), "good")
    _demand(len(set(card.good)) == len(card.good) < len(card.classes), "good")


def _check_numbers(card: ModelCard) -> None:
    low, high = SIDE_LIMITS
    for field in ("height", "width"):
        side = getattr(card, field)
        _demand(_whole(side) and low <= side <= high and side % SIDE_STEP == 0, field)
    _demand(_whole(card.channels) and card.channels in (1, 3), "channels")
    _demand(_real(card.review_limit) and 0 <= card.review_limit <= 1, "review_limit")
    _demand(_real(card.ng_limit) and card.review_limit <= card.ng_limit <= 1, "ng_limit")
    _demand(_real(card.temperature) and card.temperature > 0, "temperature")
    _demand(all(_real(value) for _, value in card.metrics), "metrics")


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _real(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _demand(holds: bool, field: str) -> None:
    if not holds:
        raise BadCardError(field)
