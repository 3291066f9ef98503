"""anomalib: 2.x by the names of its outputs, 0.7 and 1.x by the metadata.json beside the file."""

import math
from collections.abc import Mapping
from typing import Any

from station.training.foreign.families.sides import read_json
from station.training.foreign.recognised import (
    BYTE,
    IMAGENET,
    Anomaly,
    Clue,
    Family,
    Preparation,
    Recognised,
    UnsuitableError,
    Why,
    clue,
)
from station.training.foreign.source import Source
from station.training.methods.base import DEFECT

SIDE = 256  # of its usual pre-processing
SCORE, MAP = "pred_score", "anomaly_map"
CLASSES = ("good", DEFECT)


def recognise(source: Source) -> Recognised | None:
    """By output names, else by thresholds in metadata.json."""
    names = {tensor.name for tensor in source.outputs}
    if SCORE in names or {MAP, "pred_mask"} <= names:
        return _second(source, names)
    told = read_json(source, "metadata.json")
    if "image_threshold" in told or "pixel_threshold" in told:
        return _first(source, told)
    return None


def _second(source: Source, names: set[str]) -> Recognised:
    """2.x: everything is inside, the scores too are normalised."""
    reading = Anomaly(SCORE if SCORE in names else "", MAP if MAP in names else "")
    shown = ", ".join(tensor.name for tensor in source.outputs)
    clues = [clue(Why.NAMES, names=shown), clue(Why.INSIDE, what="resize, normalise, threshold")]
    return _found(Preparation(*_size(source)), reading, clues)


def _first(source: Source, told: Mapping[str, Any]) -> Recognised:
    """1.x has its transform inside; 0.7 describes it."""
    clues = [clue(Why.FILE, name="metadata.json")]
    older = "transform" in told
    if older:
        preparation = _described(source, told["transform"])
    else:
        preparation = Preparation(*_size(source))
        clues.append(clue(Why.INSIDE, what="resize, normalise"))
    return _found(preparation, _reading(source, told), clues)


def _found(preparation: Preparation, reading: Anomaly, clues: list[Clue]) -> Recognised:
    return Recognised(Family.ANOMALIB, "anomaly", preparation, reading, CLASSES, tuple(clues))


def _reading(source: Source, told: Mapping[str, Any]) -> Anomaly:
    """Thresholds and ranges; 0.7 has one range for scores and maps, 1.x one for each."""
    first = source.outputs[0]
    is_score = first.rank in (0, 1)
    score = _range(told, "pred_scores.", "min", "max")
    drawn = _range(told, "anomaly_maps.", "min", "max")
    limit = _number(told, "image_threshold")
    return Anomaly(
        score=first.name if is_score else "",
        map="" if is_score else first.name,
        threshold=limit,
        spread=score,
        map_threshold=_number(told, "pixel_threshold", limit),
        map_spread=drawn,
    )


def _range(told: Mapping[str, Any], prefix: str, low: str, high: str) -> float:
    begin = prefix if f"{prefix}{low}" in told else ""
    if f"{begin}{low}" not in told:
        raise UnsuitableError(f"metadata.json: {prefix}{low}")
    spread = _number(told, f"{begin}{high}") - _number(told, f"{begin}{low}")
    if spread <= 0:
        raise UnsuitableError(f"metadata.json: {prefix}{low} … {high}")
    return spread


def _number(told: Mapping[str, Any], key: str, default: float | None = None) -> float:
    value = told.get(key, default)
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UnsuitableError(f"metadata.json: {key}")
    return float(value)


def _size(source: Source) -> tuple[int, int]:
    sides = source.inputs[0].shape or ()
    height, width = (*sides, None, None, None, None)[2:4]
    return height or SIDE, width or SIDE


def _described(source: Source, transform: object) -> Preparation:
    """0.7: albumentations' own description; what is not named there is ImageNet's."""
    steps = list(_steps(transform))
    size = next((s for s in steps if {"height", "width"} <= set(s)), {})
    normal: Mapping[str, Any] = next((s for s in steps if {"mean", "std"} <= set(s)), {})
    height, width = _size(source)
    if not (source.inputs[0].shape or (0,))[-1] and size:
        height, width = int(size["height"]), int(size["width"])
    mean: tuple[float, ...]
    std: tuple[float, ...]
    mean, std = IMAGENET
    try:
        if normal:
            full = float(normal.get("max_pixel_value", BYTE))
            mean = tuple(full * float(value) for value in normal["mean"])
            std = tuple(full * float(value) for value in normal["std"])
    except (TypeError, ValueError):
        raise UnsuitableError("metadata.json: transform") from None
    return Preparation(height, width, mean=mean, std=std)


def _steps(node: object) -> "list[Mapping[str, Any]]":
    if isinstance(node, Mapping):
        inner = [step for value in node.values() for step in _steps(value)]
        return [node, *inner]
    if isinstance(node, list):
        return [step for value in node for step in _steps(value)]
    return []
