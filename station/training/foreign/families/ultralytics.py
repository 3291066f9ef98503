"""Ultralytics' YOLO: notes in the file name task, classes and size; YOLOv5 notes only two."""

import ast
from collections.abc import Mapping
from dataclasses import replace

from station.training.foreign.families.sides import class_count
from station.training.foreign.recognised import (
    CROP,
    LETTERBOX,
    STRETCH,
    Boxes,
    Clue,
    Family,
    Preparation,
    Reading,
    Recognised,
    Scores,
    UnsuitableError,
    Why,
    clue,
)
from station.training.foreign.source import Source, Tensor

AUTHOR = "Ultralytics"
LONGEST_NOTE = 200_000  # of class names; a literal may be nested to any depth
SIDES = {"classify": (224, 224)}
TASKS = ("classify", "detect", "segment")


def recognise(source: Source) -> Recognised | None:
    """By the author's note, or by the two notes that YOLOv5 leaves."""
    notes = source.metadata
    ours = notes.get("author") == AUTHOR
    if not ours and not {"names", "stride"} <= set(notes):
        return None
    key = "author" if ours else "names"
    clues = [clue(Why.NOTE, key=key, value=notes[key])]
    classes = _names(notes.get("names", ""))
    task = notes.get("task") or _task(source)
    if task not in TASKS:
        raise UnsuitableError(f"task {task}")
    clues += [clue(Why.NOTE, key="task", value=task)] if "task" in notes else []
    clues.append(clue(Why.CLASSES, count=len(classes), origin="names"))
    found = Recognised(
        family=Family.ULTRALYTICS,
        task=task,
        preparation=_preparation(source, task),
        reading=yolo_reading(source, len(classes), task),
        classes=classes,
        clues=tuple(clues),
        licence=notes.get("license", ""),
    )
    return replace(found, clues=(*found.clues, _shape(source.outputs[0])))


def yolo_reading(source: Source, count: int, task: str) -> Reading:
    """How the outputs lie, by their shapes. Raises UnsuitableError."""
    first = source.outputs[0]
    if task == "classify":
        if class_count(first) not in (0, count):
            raise UnsuitableError(f"{class_count(first)} numbers for {count} class names")
        return Scores(first.name)
    protos = next((one for one in source.outputs if one.rank == 4), None)
    masks = 0 if protos is None else int(protos.shape[1] or 32)  # type: ignore[index]
    name = "" if protos is None else protos.name
    sides = first.shape or ()
    if first.rank != 3:
        raise UnsuitableError(f"output {first.name}{list(sides)}")
    if _is_end2end(source, sides, masks, count):
        return Boxes(first.name, "end2end", masks, name)
    if sides[1] == 4 + count + masks:
        return Boxes(first.name, "v8", masks, name)
    if sides[2] == 5 + count + masks:
        return Boxes(first.name, "v5", masks, name)
    raise UnsuitableError(f"output {first.name}{list(sides)} with {count} classes")


def _is_end2end(source: Source, sides: tuple[int | None, ...], masks: int, count: int) -> bool:
    if source.metadata.get("end2end") == "True":
        return True
    return sides[2] == 6 + masks and sides[1] != 4 + count + masks and (sides[1] or 300) <= 1000


def _task(source: Source) -> str:
    """YOLOv5 does not say it; the outputs do."""
    if source.outputs[0].rank == 2:
        return "classify"
    return "segment" if any(one.rank == 4 for one in source.outputs) else "detect"


def _preparation(source: Source, task: str) -> Preparation:
    height, width = _size(source, task)
    channels = (source.inputs[0].shape or (1, 3))[1] or 3
    if task == "classify":
        resize = CROP if height == width else STRETCH
        return Preparation(height, width, channels, resize=resize, short=height)
    return Preparation(height, width, channels, resize=LETTERBOX)


def _size(source: Source, task: str) -> tuple[int, int]:
    sides = source.inputs[0].shape or ()
    if len(sides) == 4 and sides[2] and sides[3]:
        return sides[2], sides[3]
    told = literal(source.metadata.get("imgsz", ""))
    if isinstance(told, list | tuple) and len(told) == 2 and all(type(n) is int for n in told):
        return told[0], told[1]
    return SIDES.get(task, (640, 640))


def _names(text: str) -> tuple[str, ...]:
    told = literal(text)
    if isinstance(told, Mapping) and all(type(key) is int for key in told):
        return tuple(str(told[key]) for key in sorted(told))
    if isinstance(told, list | tuple):
        return tuple(map(str, told))
    raise UnsuitableError("names")


def literal(text: str) -> object:
    """A Python literal, and nothing that runs; None for anything else."""
    if len(text) > LONGEST_NOTE:
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _shape(tensor: Tensor) -> Clue:
    return clue(Why.SHAPE, name=tensor.name, shape=list(tensor.shape or ()))
