"""The commands that a person waits for, read without the library of the command line.

Loading that takes as long as drawing the window. What is not as plain as here goes its way
through `cli`, which also explains what is wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station import begin
from station.logs import set_up_console

VALUES: Mapping[str, Callable[[str], object]] = {
    "data": Path,
    "recipe": str,
    "camera": str,
    "source": str,
    "model": Path,
    "provider": str,
    "parts": int,
    "screenshot": Path,
}
FLAGS: Mapping[str, str] = {
    "demo": "demo",
    "exit-after-paint": "exit_after_paint",
    "json": "as_json",
    "spare": "spare",
}


@dataclass(frozen=True, slots=True)
class Quick:
    """A command: what it does, and which options it knows."""

    act: Callable[..., int]
    options: frozenset[str]


_LINE = frozenset(("data", "recipe", "demo", "camera", "source", "model", "provider"))
_ALONE = frozenset(("parts", "screenshot", "exit-after-paint", "json"))

COMMANDS: Mapping[str, Quick] = {
    "run": Quick(begin.run_station, _LINE | _ALONE),
    "line": Quick(begin.be_line, _LINE | {"spare"}),
    "window": Quick(begin.be_window, _ALONE | {"data", "source", "spare"}),
}


def run_quick(words: Sequence[str]) -> int | None:
    """Run that command line; its exit code, or None where `cli` must read it."""
    command = COMMANDS.get(words[0]) if words else None
    wishes = read(words[1:], command.options) if command is not None else None
    if command is None or wishes is None:
        return None
    set_up_console()
    return command.act(**wishes)


def read(words: Sequence[str], options: frozenset[str]) -> dict[str, Any] | None:
    """The options by the names of what takes them; None where it is not all plain."""
    wishes: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        name = word.removeprefix("--")
        if name == word or name not in options:
            return None
        if name in FLAGS:
            wishes[FLAGS[name]] = True
            continue
        value = next(rest, "")
        if not value or value.startswith("-") or (name == "parts" and not _counts(value)):
            return None
        wishes[name] = VALUES[name](value)
    return wishes


def _counts(value: str) -> bool:
    return value.isascii() and value.isdecimal() and int(value) > 0
