"""From options as settings and command lines hold them to the arguments of a constructor."""

import inspect
import math
from collections.abc import Callable, Mapping
from typing import TypeVar

Option = str | int | float | bool
Options = Mapping[str, Option]

T = TypeVar("T")


class OptionError(ValueError):
    """Which option is wrong, and what is allowed."""

    def __init__(self, option: str, allowed: str) -> None:
        super().__init__(f"{option}: {allowed}")
        self.option, self.allowed = option, allowed


def build(maker: Callable[..., T], given: Options, options: Options) -> T:
    """Call the maker with every option in the type that its constructor names.

    given: what is set by other means, and is no option; nor is what a partial has bound.
    options: values, or values as text; of these types: bool, int, float, str. Raises OptionError.
    """
    wanted = inspect.signature(maker).parameters
    bound = getattr(maker, "keywords", {})
    free = [name for name in wanted if name not in given and name not in bound]
    for name in options:
        if name not in free:
            raise OptionError(name, ", ".join(free))
    values = {**given, **options}
    return maker(**{n: _convert(n, v, wanted[n].annotation) for n, v in values.items()})


def _convert(name: str, value: Option, as_type: object) -> Option:
    if as_type is bool:
        if str(value).lower() not in ("true", "false", "1", "0"):
            raise OptionError(name, "true, false")
        return str(value).lower() in ("true", "1")
    if as_type is str:
        return str(value)
    assert as_type in (int, float), f"{name}: {as_type} is no type of an option"
    try:
        number = float(value)
        if not math.isfinite(number) or (as_type is int and number != int(number)):
            raise ValueError
    except ValueError:
        raise OptionError(name, "int" if as_type is int else "float") from None
    return int(number) if as_type is int else number
