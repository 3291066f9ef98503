"""How the small files beside a model are read, and how classes are found in them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from station.training.foreign.recognised import UnsuitableError
from station.training.foreign.source import Source, Tensor

LISTS = ("class_names.txt", "labels.txt", "classes.txt")
NUMBERED = re.compile(r"^\d+[ \t:]+(?=\S)")


def read_json(source: Source, name: str) -> Mapping[str, Any]:
    """A file's values; none where it is absent or no JSON object."""
    try:
        told = json.loads(source.sides.get(name, "{}"))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def class_list(source: Source) -> tuple[str, tuple[str, ...]]:
    """The file that lists the classes, one a line, and what it lists; both may be empty.

    Numbers before the names ("0 scratch") go where every line has one.
    """
    for name in LISTS:
        lines = [line.strip() for line in source.sides.get(name, "").splitlines()]
        lines = [line for line in lines if line]
        if lines and all(NUMBERED.match(line) for line in lines):
            lines = [NUMBERED.sub("", line) for line in lines]
        if lines:
            return name, tuple(lines)
    return "", ()


def the_input(source: Source) -> Tensor:
    """The one input. Raises UnsuitableError where there are more, or none."""
    if len(source.inputs) != 1:
        raise UnsuitableError("inputs: " + ", ".join(one.name for one in source.inputs))
    return source.inputs[0]


def planes(tensor: Tensor) -> tuple[int, int, int] | None:
    """Channels, height and width of an input with its colours in front; 0 for any size."""
    if tensor.rank != 4 or tensor.shape is None or tensor.shape[1] not in (1, 3):
        return None
    return tensor.shape[1] or 3, tensor.shape[2] or 0, tensor.shape[3] or 0


def pixels(tensor: Tensor) -> tuple[int, int, int] | None:
    """Channels, height and width of an input with its colours last; 0 for any size."""
    if tensor.rank != 4 or tensor.shape is None or tensor.shape[3] not in (1, 3):
        return None
    return tensor.shape[3] or 3, tensor.shape[1] or 0, tensor.shape[2] or 0


def class_count(tensor: Tensor) -> int:
    """Of an output (n, classes), also with sides of 1 behind; 0 where it is none."""
    if tensor.shape is None or len(tensor.shape) < 2:
        return 0
    _, count, *rest = tensor.shape
    return count if count and all(side == 1 for side in rest) else 0
