"""How the window looks from its first moment: the few settings that it needs before all others.

They are read plainly, without the rules that `settings` checks: that takes longer than to draw
the window. What cannot be read here is as by default; `settings` tells what is wrong with it.
"""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

FILE_NAME = "settings.toml"
FORMER_NAME = f"{FILE_NAME}.1"


@dataclass(frozen=True, slots=True)
class Face:
    """As in `Settings`."""

    language: str = "auto"
    theme: str = "dark"
    pedal: str = ""
    operator: str = ""


def read_plainly(folder: Path) -> dict[str, Any] | None:
    """The settings of that data folder as they stand in their file; None where it is damaged."""
    path = folder / FILE_NAME
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return None if path.with_name(FORMER_NAME).exists() else {}
    except (OSError, ValueError):
        return None


def read_face(folder: Path) -> Face:
    """The face that they name."""
    values = read_plainly(folder) or {}
    known = (field.name for field in fields(Face))
    return Face(**{name: values[name] for name in known if isinstance(values.get(name), str)})
