"""The real program as a process of its own, in a home of its own, and what it said."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from station.errors import ErrorCode, Fault
from station.gui.fault_texts import SENTENCES
from station.gui.texts import fault_text, install

LOCALES = {"en": "en_US.UTF-8", "zh_CN": "zh_CN.UTF-8", "de": "de_DE.UTF-8"}
COMMAND = (sys.executable, "-m", "station")

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Row]:
        """Every line of stdout, each a JSON object and nothing else."""
        return [parse(line) for line in self.out.splitlines()]

    @property
    def parts(self) -> list[Row]:
        """The rows of `run` that stand for a part."""
        return [row for row in self.rows if "uid" in row]

    @property
    def error(self) -> Row:
        """The last row, which names an error."""
        row = self.rows[-1]
        assert "error" in row, self
        return row


def parse(line: str) -> Row:
    """A JSON object by the letter of the standard: it knows no NaN."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON: {line}")

    row = json.loads(line, parse_constant=refuse)
    assert isinstance(row, dict), line
    return row


def environment(home: Path, language: str = "en") -> dict[str, str]:
    """A bare user's: an empty home, one language, no display."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "STATION_"))}
    return kept | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "LANG": LOCALES[language],
        "QT_QPA_PLATFORM": "offscreen",
        "OPENBLAS_NUM_THREADS": "1",
    }


def station(home: Path, *words: object, language: str = "en", timeout: float = 60) -> Answer:
    """Run a command to its end. Whatever it is told, nobody ever sees a traceback."""
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        env=environment(home, language),
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
    )
    answer = Answer(done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in answer.out + answer.err, answer
    if "--json" in words:
        assert answer.rows is not None
    return answer


class Running:
    """The program while it runs; its rows as they come."""

    def __init__(self, home: Path, *words: object, language: str = "en") -> None:
        self._errors = home / f"stderr-{time.monotonic_ns()}.txt"
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                [*COMMAND, *map(str, words)],
                env=environment(home, language),
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            )
        self._lines: list[str] = []
        self._heard = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                with self._heard:
                    self._lines.append(line)
                    self._heard.notify_all()

    def wait_parts(self, verdicts: str, count: int, seconds: float = 20) -> None:
        """Until so many parts came out so."""

        def found() -> bool:
            said = [parse(line).get("verdict", "none") for line in self._lines]
            return sum(verdict in verdicts for verdict in said) >= count

        with self._heard:
            came = self._heard.wait_for(found, seconds)
            assert came, (self._lines[-3:], self._errors.read_text("utf-8"))

    def wait_quiet(self, seconds: float) -> None:
        """Until nothing came for so long."""
        with self._heard:
            while self._heard.wait(seconds):
                pass

    def end(self, number: int = 0, seconds: float = 40) -> Answer:
        """Send a signal, or wait for its own end; all that it said."""
        if number:
            self._process.send_signal(number)
        code = self._process.wait(seconds)
        self._reader.join()
        answer = Answer(code, "".join(self._lines), self._errors.read_text("utf-8"))
        assert "Traceback" not in answer.out + answer.err
        return answer

    def close(self) -> None:
        """Whatever happened, it runs no longer."""
        self._process.kill()
        self._process.wait()
        self._reader.join()


def sentence(code: ErrorCode, facts: dict[str, str], language: str) -> str:
    """What the window would say; needs the `qapp` fixture, and leaves English behind."""
    install(language)
    try:
        return fault_text(Fault(code, tuple(facts.items())))
    finally:
        install("en")


def assert_says(answer: Answer, exit_code: int, code: ErrorCode, language: str = "en") -> Row:
    """It ended with that code and that sentence, on stdout as JSON and on stderr; the facts."""
    assert answer.code == exit_code, answer
    row = answer.error
    assert row["error"] == code, answer
    said = sentence(code, row["facts"], language)
    assert row["message"] == said
    wanted = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
    assert wanted <= set(row["facts"]), "a fact is missing"
    assert said in answer.err.splitlines(), answer
    if language != "en":
        assert said != sentence(code, row["facts"], "en")
    facts = row["facts"]
    assert isinstance(facts, dict)
    return facts


def write_picture(path: Path, pixels: npt.NDArray[Any]) -> Path:
    """A file in the format of its suffix; colours in OpenCV's order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(path.suffix, pixels)[1].tobytes())
    return path


def grey(level: int, seed: int = 0, shape: tuple[int, ...] = (80, 100)) -> npt.NDArray[np.uint8]:
    """A noisy grey picture, a little around the level."""
    noise = np.random.default_rng(seed).integers(-5, 6, shape)
    return np.clip(level + noise, 0, 255).astype(np.uint8)
