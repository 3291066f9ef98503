"""Geti, OTX and Model API: every note in the file begins with `model_info `."""

from collections.abc import Mapping

from station.training.foreign.families.activation import activation_of
from station.training.foreign.families.sides import class_count, pixels, planes, the_input
from station.training.foreign.recognised import (
    CROP,
    LETTERBOX,
    NCHW,
    NHWC,
    STRETCH,
    Anomaly,
    Boxes,
    Clue,
    Family,
    Preparation,
    Question,
    Reading,
    Recognised,
    Scores,
    UnsuitableError,
    Why,
    clue,
)
from station.training.foreign.source import Source
from station.training.methods.base import DEFECT

PREFIX = "model_info "
SIDE = 224
RESIZES = {
    "standard": STRETCH,
    "crop": CROP,
    "fit_to_window_letterbox": LETTERBOX,
    "fit_to_window": LETTERBOX,
}
CLASSIFY = ("classification",)
DETECT = ("ssd", "detection", "maskrcnn", "mask_rcnn", "rotated")


def recognise(source: Source) -> Recognised | None:
    """By its notes; they say all that there is to know."""
    told = {
        key.removeprefix(PREFIX): value
        for key, value in source.metadata.items()
        if key.startswith(PREFIX)
    }
    if not told:
        return None
    kind = told.get("model_type", "").lower()
    clues = [clue(Why.NOTE, key=PREFIX + "model_type", value=told.get("model_type", ""))]
    labels = tuple(told.get("labels", "").split())
    reading, task, classes = _reading(source, told, kind, labels)
    preparation, colour = _preparation(source, told)
    clues += [clue(Why.CLASSES, count=len(classes), origin=PREFIX + "labels"), colour]
    return Recognised(
        family=Family.GETI,
        task=task,
        preparation=preparation,
        reading=reading,
        classes=classes,
        clues=tuple(clues),
        open=(Question.COLOUR,) if colour.why is Why.USUAL else (),
    )


def _reading(
    source: Source, told: Mapping[str, str], kind: str, labels: tuple[str, ...]
) -> tuple[Reading, str, tuple[str, ...]]:
    first = source.outputs[0]
    if kind == "anomalydetection":
        spread = _number(told, "normalization_scale", 1.0)
        limit = _number(told, "image_threshold", 0.5)
        inner = _number(told, "pixel_threshold", limit)
        reading = Anomaly("", first.name, limit, spread, inner, spread)
        return reading, "anomaly", ("good", DEFECT)
    if kind in DETECT and source.output("boxes") and source.output("labels"):
        return Boxes("boxes", "apart", labels="labels"), "detect", labels
    count = class_count(first)
    if kind in CLASSIFY and count and count == len(labels):
        if {told.get("multilabel"), told.get("hierarchical")} & {"True", "true"}:
            raise UnsuitableError("several labels at once")
        return Scores(first.name, activation_of(source, first.name, count)), "classify", labels
    raise UnsuitableError(f"model_type {kind}, {len(labels)} labels")


def _preparation(source: Source, told: Mapping[str, str]) -> tuple[Preparation, Clue]:
    entry = the_input(source)
    front, last = planes(entry), pixels(entry)
    shape = front or last
    if shape is None:
        raise UnsuitableError(f"input {entry.name}{list(entry.shape or ())}")
    channels, height, width = shape
    mean = _numbers(told, "mean_values", (0.0,))
    std = _numbers(told, "scale_values", (1.0,))
    colour, why = _colour(mean)
    resize = RESIZES.get(told.get("resize_type", "standard"))
    if resize is None or told.get("resize_type") == "fit_to_window":
        raise UnsuitableError(f"resize_type {told.get('resize_type')}")
    height, width = height or SIDE, width or SIDE
    preparation = Preparation(
        height=height,
        width=width,
        channels=channels,
        layout=NCHW if front else NHWC,
        colour=colour,
        mean=mean,
        std=std,
        resize=resize,
        short=min(height, width),
        pad=round(_number(told, "pad_value", 0.0)),
    )
    return preparation, why


def _colour(mean: tuple[float, ...]) -> tuple[str, Clue]:
    """ImageNet's means tell the order: red's is the largest."""
    if len(mean) == 3 and mean[0] != mean[2]:
        order = "rgb" if mean[0] > mean[2] else "bgr"
        return order, clue(Why.NOTE, key=PREFIX + "mean_values", value=" ".join(map(str, mean)))
    return "rgb", clue(Why.USUAL, question=Question.COLOUR.value, answer="RGB")


def _numbers(told: Mapping[str, str], key: str, default: tuple[float, ...]) -> tuple[float, ...]:
    try:
        found = tuple(
            float(word) for word in told.get(key, "").strip("[]").replace(",", " ").split()
        )
    except ValueError:
        raise UnsuitableError(PREFIX + key) from None
    return found or default


def _number(told: Mapping[str, str], key: str, default: float) -> float:
    return _numbers(told, key, (default,))[0]
