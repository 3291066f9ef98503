"""The short way of the command line: the same options, and nothing heavy on it."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from station import begin
from station.cli import running
from station.quick import COMMANDS, FLAGS, VALUES, read, run_quick

ONLY_LONG = {"headless", "one_process"}
HEAVY = {"PySide6", "cv2", "msgspec", "numpy", "pydantic", "sqlalchemy", "typer"}


def names(act: object) -> set[str]:
    assert callable(act)
    return set(inspect.signature(act).parameters)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_one_of_what_takes_it(name: str) -> None:
    command = COMMANDS[name]
    assert {FLAGS.get(option, option) for option in command.options} == names(command.act)
    assert command.options <= {*FLAGS, *VALUES}


def test_run_has_the_options_of_the_long_way() -> None:
    assert names(begin.run_station) == names(running.run) - ONLY_LONG


def test_plain_words_are_read() -> None:
    words = ["--demo", "--data", "a b", "--parts", "20", "--json", "--exit-after-paint"]
    assert read(words, COMMANDS["run"].options) == {
        "demo": True,
        "data": Path("a b"),
        "parts": 20,
        "as_json": True,
        "exit_after_paint": True,
    }


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--headless"],
        ["--data"],
        ["--data", "--demo"],
        ["--data=x"],
        ["--parts", "0"],
        ["--parts", "-3"],
        ["--parts", "many"],
        ["--parts", "٣"],
        ["more"],
        ["-demo"],
        ["--dem"],
    ],
)
def test_what_is_not_plain_is_left_to_the_long_way(words: list[str]) -> None:
    assert read(words, COMMANDS["run"].options) is None
    assert run_quick(["run", *words]) is None


@pytest.mark.parametrize("words", [[], ["--version"], ["records", "list"], ["check", "--json"]])
def test_other_commands_are_left_to_it_too(words: list[str]) -> None:
    assert run_quick(words) is None


def test_what_supervises_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from station import quick, launch, supervisor\n"
        "commands = []\n"
        "def supervise(data, jobs):\n"
        "    commands.extend(job.command for job in jobs)\n"
        "    return 0\n"
        "supervisor.supervise = supervise\n"
        f"assert quick.run_quick(['run', '--demo', '--data', {str(tmp_path)!r}]) == 0\n"
        "assert ['window', 'line'] == [command[3] for command in commands], commands\n"
        f"sys.exit(str({HEAVY} & set(sys.modules) or '') or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
