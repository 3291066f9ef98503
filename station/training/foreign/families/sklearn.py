"""scikit-learn by way of skl2onnx: a row of numbers in, a label and probabilities out."""

import math

import onnx

from station.training.foreign.families.activation import class_names
from station.training.foreign.recognised import (
    ROW,
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
from station.training.foreign.source import Source, attribute

DOMAIN = "ai.onnx.ml"
LEAST = 8  # pixels a side; fewer numbers than 64 are hardly a picture
PROBABLE = ("probabilities", "output_probability", "probability")
LABELS = ("classlabels_strings", "classlabels_int64s", "classlabels_ints")


def recognise(source: Source) -> Recognised | None:
    """By operators of ai.onnx.ml, or skl2onnx as the producer."""
    used = sorted({node.op_type for node in source.proto.graph.node if node.domain == DOMAIN})
    made = source.proto.producer_name == "skl2onnx"
    if (not used and not made) or len(source.inputs) != 1 or source.inputs[0].rank != 2:
        return None
    clues = [clue(Why.PRODUCER, name=source.producer)] if made else []
    clues += [clue(Why.OPERATOR, name=", ".join(used))] if used else []
    height, width, channels = _picture((source.inputs[0].shape or (0, 0))[1] or 0)
    output, told = _probabilities(source)
    named, classes, more = _classes(source, output, told)
    clues.append(clue(Why.SHAPE, name=source.inputs[0].name, shape=[height, width, channels]))
    clues.append(clue(Why.USUAL, question=Question.SCALING.value, answer="0 … 1"))
    return Recognised(
        family=Family.SKLEARN,
        task="classify",
        preparation=Preparation(height, width, channels, ROW, resize=STRETCH),
        reading=Scores(output),
        classes=classes,
        clues=(*clues, *more),
        open=(Question.SCALING, *(() if named else (Question.CLASSES,))),
        named=named,
    )


def _picture(count: int) -> tuple[int, int, int]:
    """Height, width and channels of a square picture of so many numbers."""
    for channels in (1, 3):
        side = math.isqrt(count // channels)
        if side >= LEAST and side * side * channels == count:
            return side, side, channels
    raise UnsuitableError(f"features {count}: no picture")


def _probabilities(source: Source) -> tuple[str, onnx.NodeProto | None]:
    """The tensor of probabilities, and the ZipMap that names them where there is one."""
    for output in source.outputs:
        node = source.makers.get(output.name)
        if node is not None and node.op_type == "ZipMap":
            return node.input[0], node
        if output.name in PROBABLE and output.rank == 2:
            return output.name, None
    raise UnsuitableError("outputs: " + ", ".join(one.name for one in source.outputs))


def _classes(
    source: Source, output: str, zipmap: onnx.NodeProto | None
) -> tuple[bool, tuple[str, ...], list[Clue]]:
    """From ZipMap, from the classifier, or from a list beside the file."""
    for node in [zipmap, *reversed(source.proto.graph.node)]:
        for key in LABELS if node is not None else ():
            labels = attribute(node, key)
            if isinstance(labels, list) and len(labels) > 1:
                names = tuple(x.decode() if isinstance(x, bytes) else str(x) for x in labels)
                listed = class_names(source, len(names))
                if listed[0]:
                    return listed
                told = clue(Why.CLASSES, count=len(names), origin=key)
                return not key.endswith("s_ints"), names, [told]
    sides = source.output(output)
    count = (sides.shape or (0, 0))[1] if sides is not None and sides.rank == 2 else 0
    if not count:
        raise UnsuitableError("classes")
    return class_names(source, count)
