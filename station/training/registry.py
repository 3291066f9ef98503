"""The methods that can be taught here, by name."""

from collections.abc import Callable
from dataclasses import dataclass

from station.errors import DatasetError, ErrorCode
from station.training.backbone import Input
from station.training.dataset import Dataset
from station.training.methods import linear
from station.training.methods.linear import Lesson, Progress


@dataclass(frozen=True, slots=True)
class Method:
    """How a data set becomes a lesson, and a lesson a model file."""

    teach: Callable[[Dataset, Input, int, Progress], Lesson]
    build: Callable[[Lesson, Dataset, str], bytes]


METHODS = {linear.NAME: Method(linear.teach, linear.build)}


def method(name: str) -> Method:
    """Raises DatasetError METHOD_UNKNOWN."""
    if name not in METHODS:
        raise DatasetError(ErrorCode.METHOD_UNKNOWN, method=name, known=", ".join(METHODS))
    return METHODS[name]
