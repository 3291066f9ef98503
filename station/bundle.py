"""Where the files that ship with the program lie, in a checkout, a wheel or a frozen build."""

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOTS = (_HERE / "_resources", _HERE.parent / "resources")


def resource(name: str) -> Path:
    """The path of a shipped file or folder, by its name under `resources/`.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(name)


def add_ons(part: str) -> tuple[Path, ...]:
    """That folder, `packages` or `libraries`, of every add-on that lies beside the program."""
    return tuple(sorted(Path(sys.executable).parent.glob(f"addons/*/{part}")))
