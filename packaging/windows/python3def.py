"""Writes the list by which python3.dll hands every call on: python3def.py PYTHON311_DLL DEF.

Wheels for every Python (abi3) ask for python3.dll; where the interpreter comes without it, one is
linked of this list. The official embeddable package brings its own.
"""

import sys
from pathlib import Path

import pefile

if __name__ == "__main__":
    library = pefile.PE(sys.argv[1], fast_load=True)
    library.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
    names = [one.name.decode() for one in library.DIRECTORY_ENTRY_EXPORT.symbols if one.name]
    rows = [f"  {name}=python311.{name}" for name in names]
    Path(sys.argv[2]).write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *rows]) + "\n")
