"""Azure Custom Vision: its notes say colour order and range; labels.txt lies in its zip."""

from station.training.foreign.families.activation import activation_of
from station.training.foreign.families.sides import class_count, class_list, planes, the_input
from station.training.foreign.recognised import (
    BYTE,
    STRETCH,
    Boxes,
    Family,
    Preparation,
    Question,
    Reading,
    Recognised,
    Scores,
    UnsuitableError,
    Why,
    clue,
    numbered,
)
from station.training.foreign.source import Source, Tensor

FORMAT, RANGE = "Image.BitmapPixelFormat", "Image.NominalPixelRange"
BOXES = ("detected_boxes", "detected_classes", "detected_scores")
SIDE = 224


def recognise(source: Source) -> Recognised | None:
    """By its two notes on pixels."""
    notes = source.metadata
    if FORMAT not in notes and RANGE not in notes:
        return None
    clues = [clue(Why.NOTE, key=key, value=notes[key]) for key in (FORMAT, RANGE) if key in notes]
    where, names = class_list(source)
    reading, count = _reading(source, len(names))
    named = len(names) == count > 0
    if named:
        clues.append(clue(Why.CLASSES, count=count, origin=where))
    shape = planes(the_input(source))
    if shape is None or not count:
        raise UnsuitableError(f"input {source.inputs[0].name}, {count} classes")
    channels, height, width = shape
    bytes_taken = notes.get(RANGE, "NominalRange_0_255") == "NominalRange_0_255"
    preparation = Preparation(
        height or SIDE,
        width or SIDE,
        channels,
        colour="bgr" if notes.get(FORMAT, "").startswith("Bgr") else "rgb",
        std=(1.0,) if bytes_taken else (BYTE,),
        resize=STRETCH,
    )
    return Recognised(
        family=Family.AZURE,
        task="detect" if isinstance(reading, Boxes) else "classify",
        preparation=preparation,
        reading=reading,
        classes=names if named else numbered(count),
        clues=tuple(clues),
        open=() if named else (Question.CLASSES,),
        named=named,
    )


def _reading(source: Source, listed: int) -> tuple[Reading, int]:
    """The boxes, or the first output that has one number per class."""
    if all(source.output(name) is not None for name in BOXES):
        boxes, labels, scores = BOXES
        return Boxes(boxes, "apart", labels=labels, scores=scores, unit=0.0), listed
    for output in source.outputs:
        found = _numbers(source, output)
        if found is not None:
            return found
    raise UnsuitableError("outputs: " + ", ".join(one.name for one in source.outputs))


def _numbers(source: Source, output: Tensor) -> tuple[Reading, int] | None:
    """Of a tensor (n, classes), or of the one behind a sequence of maps."""
    count = class_count(output)
    if output.kind and count:
        return Scores(output.name, activation_of(source, output.name, count)), count
    node = source.makers.get(output.name)
    if node is None or node.op_type != "ZipMap":
        return None
    names = next((list(a.strings) for a in node.attribute if a.name == "classlabels_strings"), [])
    return Scores(node.input[0], activation_of(source, node.input[0], len(names))), len(names)
