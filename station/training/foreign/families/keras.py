"""Keras by way of tf2onnx: colours last."""

from station.training.foreign.families.activation import activation_of, class_names
from station.training.foreign.families.sides import class_count, pixels, planes
from station.training.foreign.recognised import (
    NCHW,
    NHWC,
    STRETCH,
    Family,
    Preparation,
    Question,
    Recognised,
    Scores,
    Why,
    clue,
)
from station.training.foreign.source import FLOATS, Source, Tensor, first_steps, scale_of

SIDE = 224
RESCALED = 0.1  # whoever shrinks what is fed by so much expects 0 … 255


def recognise(source: Source) -> Recognised | None:
    """By colours that stand last, or by tf2onnx as the producer."""
    if len(source.inputs) != 1 or not source.outputs:
        return None
    entry, answer = source.inputs[0], source.outputs[0]
    converted = source.proto.producer_name == "tf2onnx"
    last = pixels(entry)
    shape = last or (planes(entry) if converted else None)
    count = class_count(answer)
    if shape is None or not count:
        return None
    clues = [clue(Why.PRODUCER, name=source.producer)] if converted else []
    clues.append(clue(Why.SHAPE, name=entry.name, shape=list(entry.shape or ())))
    mean, std, inside = _scaling(source, entry)
    clues.append(
        clue(Why.INSIDE, what="scaling")
        if inside
        else clue(Why.USUAL, question=Question.SCALING.value, answer="0 … 1")
    )
    named, classes, told = class_names(source, count)
    channels, height, width = shape
    wishes = [] if inside else [Question.SCALING]
    wishes += [] if named else [Question.CLASSES]
    return Recognised(
        family=Family.KERAS,
        task="classify",
        preparation=Preparation(
            height or SIDE,
            width or SIDE,
            channels,
            NHWC if last else NCHW,
            mean=mean,
            std=std,
            resize=STRETCH,
        ),
        reading=Scores(answer.name, activation_of(source, answer.name, count)),
        classes=classes,
        clues=(*clues, *told),
        open=tuple(wishes),
        named=named,
    )


def _scaling(source: Source, entry: Tensor) -> tuple[tuple[float, ...], tuple[float, ...], bool]:
    """Nothing to do for whole numbers, and where a layer of the network does it."""
    arithmetic = list(first_steps(source, entry.name))
    inside = entry.kind not in FLOATS or scale_of(source, entry.name) < RESCALED
    centred = any(kind in ("Sub", "Add") and abs(value).max() > 2 for kind, value in arithmetic)
    if inside or centred:
        return (0.0,), (1.0,), True
    return (0.0,), (255.0,), False
