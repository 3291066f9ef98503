"""timm, torchvision and whoever exports from torch: a bare picture in, bare numbers out."""

from station.training.foreign.choices import cropped
from station.training.foreign.families.activation import activation_of, class_names
from station.training.foreign.families.sides import class_count, planes, the_input
from station.training.foreign.recognised import (
    CROP,
    IMAGENET,
    STRETCH,
    Clue,
    Family,
    Preparation,
    Question,
    Recognised,
    Scores,
    UnsuitableError,
    Why,
    clue,
)
from station.training.foreign.source import FLOATS, Source, scale_of

SIDE = 224


def recognise(source: Source) -> Recognised | None:
    """By the shapes alone; what they do not tell stays open."""
    if len(source.inputs) != 1:
        return None
    entry = the_input(source)
    shape, answer = planes(entry), source.outputs[0]
    count = class_count(answer)
    if shape is None or not count or entry.kind not in FLOATS:
        return None
    reading = Scores(answer.name, activation_of(source, answer.name, count))
    named, classes, told = class_names(source, count)
    channels, height, width = shape
    clues = [clue(Why.SHAPE, name=entry.name, shape=list(entry.shape or ()))]
    clues += [clue(Why.NAMES, names=f"{entry.name}, {answer.name}")]
    clues += [clue(Why.PRODUCER, name=source.producer)] if source.producer else []
    inside = scale_of(source, entry.name) < 0.1
    mean, std = ((0.0,), (1.0,)) if inside else _usual(channels)
    resize = STRETCH if channels == 1 else CROP
    height, width = height or SIDE, width or SIDE
    if min(height, width) < 2:
        raise UnsuitableError(f"input {entry.name}{list(entry.shape or ())}")
    preparation = Preparation(
        height, width, channels, mean=mean, std=std, resize=resize, short=_short(height, width)
    )
    clues.append(clue(Why.INSIDE, what="scaling") if inside else _assumed())
    wishes = [Question.RESIZE] if inside else [Question.SCALING, Question.RESIZE]
    wishes += [Question.COLOUR] if channels == 3 else []
    wishes += [] if named else [Question.CLASSES]
    return Recognised(
        family=Family.TORCH,
        task="classify",
        preparation=preparation,
        reading=reading,
        classes=classes,
        clues=(*clues, *told),
        open=tuple(wishes),
        named=named,
    )


def _short(height: int, width: int) -> int:
    return cropped(min(height, width))


def _usual(channels: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return IMAGENET if channels == 3 else ((0.0,), (255.0,))


def _assumed() -> Clue:
    return clue(Why.USUAL, question=Question.SCALING.value, answer="ImageNet")
