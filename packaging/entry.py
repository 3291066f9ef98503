"""What the frozen program runs, and the Windows launchers too."""

import os
import sys
from pathlib import Path

LARGEST = 1_000_000


def on_windows() -> None:
    """The data of all users lie in ProgramData; a program without a console writes into a file."""
    common = Path(os.environ.get("PROGRAMDATA", "C:\\ProgramData")) / "Station" / "data"
    data = Path(os.environ.setdefault("STATION_DATA_FOLDER", str(common)))
    if sys.stdout is not None:
        return
    path = data / "logs" / "console.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "w" if path.exists() and path.stat().st_size > LARGEST else "a"
        file = path.open(mode, encoding="utf-8", errors="backslashreplace", buffering=1)
    except OSError:  # the program itself says what is wrong with its folder
        return
    for number in (1, 2):  # libraries write there too
        os.dup2(file.fileno(), number)
    sys.stdout = sys.stderr = file


def load_add_ons() -> None:
    """What an add-on brought comes before the program's own: a runtime for a graphics card."""
    for packages in sorted(Path(sys.executable).parent.glob("addons/*/packages")):
        sys.path.insert(0, str(packages))


if __name__ == "__main__":
    load_add_ons()
    if sys.platform == "win32":
        sys.frozen = True  # type: ignore[attr-defined]  # its executable is the program itself
        on_windows()
    from station.__main__ import run

    run()
