"""Run the program with `python -m station`."""

import sys


def run() -> None:
    """The program, or one of the small processes that it starts for its cameras."""
    if sys.argv[1:] == ["stream-reader"]:
        from station.cameras.stream.reader import main as helper
    elif sys.argv[1:] == ["camera-host"]:
        from station.cameras.hosted_child import main as helper
    else:
        from station.cli import main as helper
    helper()


if __name__ == "__main__":
    run()
