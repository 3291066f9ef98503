"""What an output's numbers are: probabilities already, or logits; and what they are called."""

from station.training.foreign.families.sides import class_list
from station.training.foreign.recognised import Clue, UnsuitableError, Why, clue, numbered
from station.training.foreign.source import Source, last_step


def activation_of(source: Source, name: str, count: int) -> str:
    """What is left to do: none, exp, softmax, or for a single number sigmoid.

    Raises UnsuitableError for several classes behind a Sigmoid: a part may have any of them.
    """
    step = last_step(source, name)
    kind = "" if step is None else step.op_type
    if kind == "Sigmoid":
        if count > 1:
            raise UnsuitableError("several labels at once")
        return "none"
    if kind == "LogSoftmax":
        return "exp"
    if kind == "Softmax":
        return "none"
    return "sigmoid" if count == 1 else "softmax"


def class_names(source: Source, count: int) -> tuple[bool, tuple[str, ...], list[Clue]]:
    """Whether the classes have names of their own, the names, and where they come from.

    One number is the second of two classes.
    """
    count = max(count, 2)
    where, names = class_list(source)
    if len(names) == count and len(set(names)) == count:
        return True, names, [clue(Why.CLASSES, count=count, origin=where)]
    return False, numbered(count), []
