"""Runs PyInstaller from one environment in another.

freeze.py TOOLS ARGUMENT…

The tools come last on the path, so that what is shipped is looked for where it is installed, and
libraries of wheels stay in the folders of their wheels.
"""

import os
import sys
from pathlib import Path

tools = next(Path(sys.argv.pop(1)).resolve().glob("[Ll]ib/**/site-packages"))
sys.path.append(str(tools))

# Not compressed: it starts sooner, and the package around it compresses all of it better.
os.environ["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"

from PyInstaller.__main__ import run  # noqa: E402

if __name__ == "__main__":
    run()
