"""Serial numbers against a recipe's pattern, in a time that is bounded whatever the pattern."""

import re
from re import _constants as op  # type: ignore[attr-defined]  # the only way to a parsed pattern
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LONGEST = 200
MOST_PATHS = 10_000_000  # ways through the pattern: three open repeats, such as .*-.*-.*

_ONE_WAY = frozenset(
    [op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN, op.AT, op.CATEGORY, op.RANGE, op.GROUPREF]
)
_REPEATS = frozenset([op.MAX_REPEAT, op.MIN_REPEAT])


class SerialPatternError(ValueError):
    """A pattern that cannot be used; `allowed` says what could."""

    def __init__(self, allowed: str) -> None:
        self.allowed = allowed
        super().__init__(allowed)


def check_pattern(pattern: str) -> None:
    """Raises SerialPatternError for what is no pattern, and for one that could run for hours."""
    try:
        re.compile(pattern)
        ways = _ways(_parser.parse(pattern))
    except (re.error, OverflowError, RecursionError) as error:
        raise SerialPatternError(str(error)) from None
    if ways > MOST_PATHS:
        raise SerialPatternError("fewer open repeats (* + {n,m}), none inside another")


def serial_fits(serial: str, pattern: str) -> bool:
    """Whether the serial as a whole is what the pattern says; an empty pattern takes any."""
    if not pattern:
        return True
    return len(serial) <= LONGEST and re.fullmatch(pattern, serial) is not None


def _ways(parsed: Any) -> int:
    """How many ways a matcher may try, at most: a bound of its steps. Stops above MOST_PATHS."""
    ways = 1
    for kind, value in parsed:
        ways = min(ways * _ways_of(kind, value), MOST_PATHS + 1)
    return ways


def _ways_of(kind: Any, value: Any) -> int:
    if kind in _ONE_WAY:
        return 1
    if kind is op.BRANCH:
        return sum(_ways(branch) for branch in value[1])
    if kind is op.SUBPATTERN:
        return _ways(value[-1])
    if kind in _REPEATS:
        return _repeated(*value)
    return MOST_PATHS + 1  # what looks around or ahead is not needed for a serial


def _repeated(least: int, most: int, inner: Any) -> int:
    """One way for each number of repeats, times the ways inside for each of them."""
    once, total = _ways(inner), 0
    for count in range(int(least), min(int(most), max(LONGEST, int(least))) + 1):
        total += min(once**count, MOST_PATHS + 1) if once > 1 else 1
        if total > MOST_PATHS:
            break
    return total
