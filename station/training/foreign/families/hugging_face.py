"""Hugging Face: config.json names the classes, preprocessor_config.json says how it sees."""

from collections.abc import Mapping
from typing import Any

from station.training.foreign.families.activation import activation_of
from station.training.foreign.families.sides import class_count, planes, read_json, the_input
from station.training.foreign.recognised import (
    BYTE,
    CROP,
    IMAGENET,
    STRETCH,
    Clue,
    Family,
    Preparation,
    Recognised,
    Scores,
    UnsuitableError,
    Why,
    clue,
    numbered,
)
from station.training.foreign.source import Source

SIDE = 224
LARGE = 384  # from there ConvNeXt's processor squeezes instead of cropping


def recognise(source: Source) -> Recognised | None:
    """By transformers' two files, or by the one of timm on the hub."""
    config = read_json(source, "config.json")
    seeing = read_json(source, "preprocessor_config.json")
    timm = config.get("pretrained_cfg")
    if not isinstance(timm, dict):
        timm = {}
    if not (timm or (config and seeing)):
        return None
    answer = source.output("logits") or source.outputs[0]
    count = class_count(answer)
    if not count:
        raise UnsuitableError(f"output {answer.name}{list(answer.shape or ())}")
    shape = planes(the_input(source))
    if shape is None:
        raise UnsuitableError(f"input {source.inputs[0].name}")
    files = ["config.json"] + (["preprocessor_config.json"] if seeing else [])
    classes, named, told = _classes(config, timm, count)
    try:
        preparation = _timm(shape, timm) if timm else _seen(shape, seeing)
    except (TypeError, ValueError, KeyError, IndexError):
        raise UnsuitableError(files[-1]) from None
    return Recognised(
        family=Family.HUGGING_FACE,
        task="classify",
        preparation=preparation,
        reading=Scores(answer.name, activation_of(source, answer.name, count)),
        classes=classes,
        clues=(*(clue(Why.FILE, name=name) for name in files), *told),
        named=named,
    )


def _classes(
    config: Mapping[str, Any], timm: Mapping[str, Any], count: int
) -> tuple[tuple[str, ...], bool, list[Clue]]:
    listed = config.get("label_names") or timm.get("label_names") or []
    table = config.get("id2label") or {}
    try:
        names = [str(table[str(i)]) for i in range(count)] if table else [str(n) for n in listed]
    except (KeyError, TypeError):
        names = []
    if len(names) != count or len(set(names)) != count:
        return numbered(count), False, []
    source = "id2label" if table else "label_names"
    return tuple(names), True, [clue(Why.CLASSES, count=count, origin=source)]


def _seen(shape: tuple[int, int, int], told: Mapping[str, Any]) -> Preparation:
    """preprocessor_config.json."""
    channels, height, width = shape
    factor = float(told.get("rescale_factor", 1 / BYTE)) if told.get("do_rescale", True) else 1.0
    if told.get("do_normalize", True):
        means, stds = told.get("image_mean", (0.5,)), told.get("image_std", (0.5,))
    else:
        means, stds = (0.0,), (1.0,)
    size, cut = _pair(told.get("size", SIDE)), _pair(told.get("crop_size"))
    crops = bool(told.get("do_center_crop", False)) and cut is not None
    target = cut if crops and cut else size or (SIDE, SIDE)
    height, width = height or target[0], width or target[1]
    short = _shortest(told, crops)
    return Preparation(
        height=height,
        width=width,
        channels=channels,
        mean=tuple(float(value) / factor for value in means),
        std=tuple(float(value) / factor for value in stds),
        resize=CROP if short else STRETCH,
        short=short,
    )


def _shortest(told: Mapping[str, Any], crops: bool) -> int:
    """The pixels the shorter side is brought to before the middle is cut; 0 where none is."""
    size = told.get("size")
    if not isinstance(size, Mapping) or "shortest_edge" not in size:
        return 0
    short = int(size["shortest_edge"])
    if "crop_pct" in told:
        return 0 if short >= LARGE else int(short / float(told["crop_pct"]))
    return short if crops else 0


def _pair(size: object) -> tuple[int, int] | None:
    if isinstance(size, Mapping):
        side = size.get("shortest_edge")
        return int(size.get("height", side)), int(size.get("width", side))
    if isinstance(size, int):
        return size, size
    return None


def _timm(shape: tuple[int, int, int], told: Mapping[str, Any]) -> Preparation:
    """pretrained_cfg of timm."""
    channels, height, width = shape
    mean = tuple(BYTE * float(value) for value in told["mean"]) if "mean" in told else IMAGENET[0]
    std = tuple(BYTE * float(value) for value in told["std"]) if "std" in told else IMAGENET[1]
    size = told.get("test_input_size") or told.get("input_size") or (3, SIDE, SIDE)
    height, width = height or int(size[1]), width or int(size[2])
    share = float(told.get("test_crop_pct") or told.get("crop_pct") or 1.0)
    stretched = told.get("crop_mode") == "squash"
    return Preparation(
        height=height,
        width=width,
        channels=channels,
        mean=mean,
        std=std,
        resize=STRETCH if stretched else CROP,
        short=int(min(height, width) / share),
    )
