"""Run the program with `python -m station`."""

import sys


def run() -> None:
    """The program, or one of the small processes that it starts for its cameras."""
    if sys.argv[1:] == ["stream-reader"]:
        from station.cameras.stream.reader import main as helper
    elif sys.argv[1:] == ["camera-host"]:
        from station.cameras.hosted_child import main as helper
    else:
        helper = _command
    helper()


def _command() -> None:
    from station.quick import run_quick

    code = run_quick(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from station.cli import main

    main()


if __name__ == "__main__":
    run()
