"""Records parts at a steady pace, as the line's process does; see line_bench.py.

python tools/line_parts.py FOLDER --parts 50 --rate 5
"""

import argparse
import sys
import time
from pathlib import Path

from history_bench import inspection

from station.store.store import Store


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parts", type=int, default=50)
    parser.add_argument("--rate", type=float, default=5.0, help="parts in a second")
    chosen = parser.parse_args()
    with Store(chosen.folder, "line 1") as store:
        first = store.last_number() + 1
        for number in range(first, first + chosen.parts):
            store.record(inspection(number), None, False)
            time.sleep(1 / chosen.rate)
    return 0


if __name__ == "__main__":
    sys.exit(main())
