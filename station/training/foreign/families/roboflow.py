"""Roboflow: a package whose JSON files say how a picture is prepared; class_names.txt beside."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from station.training.foreign.families.activation import activation_of
from station.training.foreign.families.sides import (
    class_count,
    class_list,
    planes,
    read_json,
    the_input,
)
from station.training.foreign.families.ultralytics import yolo_reading
from station.training.foreign.recognised import (
    BYTE,
    CROP,
    LETTERBOX,
    STRETCH,
    Family,
    Preparation,
    Reading,
    Recognised,
    Scores,
    UnsuitableError,
    Why,
    clue,
)
from station.training.foreign.source import Source

FITS = {  # the words of environment.json
    "Stretch to": (STRETCH, 0),
    "Fit (black edges) in": (LETTERBOX, 0),
    "Fit (white edges) in": (LETTERBOX, 255),
    "Fit (grey edges) in": (LETTERBOX, 114),
}
MODES = {  # the words of inference_config.json
    "stretch": STRETCH,
    "letterbox": LETTERBOX,
    "center-crop": CROP,
    "centre-crop": CROP,
}


def recognise(source: Source) -> Recognised | None:
    """By either pair of files."""
    package = read_json(source, "inference_config.json")
    cache = read_json(source, "environment.json")
    if not package and "PREPROCESSING" not in cache:
        return None
    where, classes = class_list(source)
    if not classes:
        raise UnsuitableError("class_names.txt")
    shape = planes(the_input(source))
    if shape is None:
        raise UnsuitableError(f"input {source.inputs[0].name}")
    plain = Preparation(shape[1] or 640, shape[2] or 640, shape[0])
    plain = replace(plain, short=min(plain.height, plain.width))
    name = "inference_config.json" if package else "environment.json"
    reading, task = _reading(source, len(classes))
    return Recognised(
        family=Family.ROBOFLOW,
        task=task,
        preparation=_packaged(plain, package) if package else _cached(plain, cache),
        reading=reading,
        classes=classes,
        clues=(
            clue(Why.FILE, name=name),
            clue(Why.CLASSES, count=len(classes), origin=where),
        ),
    )


def _reading(source: Source, count: int) -> tuple[Reading, str]:
    first = source.outputs[0]
    if class_count(first) == count:
        return Scores(first.name, activation_of(source, first.name, count)), "classify"
    task = "segment" if any(one.rank == 4 for one in source.outputs) else "detect"
    return yolo_reading(source, count, task), task


def _cached(plain: Preparation, told: Mapping[str, Any]) -> Preparation:
    """environment.json; its PREPROCESSING is JSON once more."""
    inner = told["PREPROCESSING"]
    try:
        steps = json.loads(inner) if isinstance(inner, str) else inner
        resize = steps.get("resize", {})
        form = resize.get("format", "Stretch to")
    except (ValueError, AttributeError):
        raise UnsuitableError("environment.json: PREPROCESSING") from None
    if form not in FITS:
        raise UnsuitableError(f"resize {form}")
    if any(_wanted(steps, key) for key in ("contrast", "static-crop")):
        raise UnsuitableError("contrast or static-crop")
    how, pad = FITS[form]
    return replace(plain, resize=how, pad=pad)


def _wanted(steps: Mapping[str, Any], key: str) -> bool:
    step = steps.get(key)
    return bool(step.get("enabled", True)) if isinstance(step, Mapping) else bool(step)


def _packaged(plain: Preparation, told: Mapping[str, Any]) -> Preparation:
    """inference_config.json: `network_input`."""
    entry = told.get("network_input", {})
    try:
        mode = entry.get("resize_mode", "stretch")
        scale = float(entry.get("scaling_factor") or 1)
        mean, std = entry.get("normalization") or ([0.0], [1.0])
        pad = entry.get("padding_value")
        pad = pad[0] if isinstance(pad, list) else pad
        if mode not in MODES:
            raise UnsuitableError(f"resize_mode {mode}")
        return replace(
            plain,
            colour="bgr" if str(entry.get("color_mode", "rgb")).lower() == "bgr" else "rgb",
            mean=tuple(scale * float(value) for value in mean),
            std=tuple(scale * float(value) for value in std),
            resize=MODES[mode],
            pad=round(BYTE * pad) if isinstance(pad, float) and pad < 1 else int(pad or 0),
        )
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, UnsuitableError):
            raise
        raise UnsuitableError("inference_config.json: network_input") from None
