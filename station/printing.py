"""How the command line prints: rows for programs or for people, sentences, progress.

The other half of `cli`; both hold words for people, and both are above everything else.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.errors import ErrorCode, Fault, StationError, internal

if TYPE_CHECKING:
    from station.domain.inspection import Inspection
    from station.pipeline.batch import Row
    from station.pipeline.events import LineStatus
    from station.pipeline.files import JudgedFile
    from station.store.queries import Entry
    from station.training.dataset import Skipped

log = logging.getLogger(__name__)

VERDICTS = ("OK", "NG", "REVIEW", "NOT_INSPECTED")
WRONG_USE = frozenset(
    {
        ErrorCode.RECIPE_NOT_FOUND,
        ErrorCode.CAMERA_UNKNOWN_KIND,
        ErrorCode.CAMERA_BAD_OPTION,
        ErrorCode.MACHINE_UNKNOWN_KIND,
        ErrorCode.FOLDER_NOT_FOUND,
        ErrorCode.MODEL_NOT_FOUND,
        ErrorCode.PROVIDER_UNKNOWN,
        ErrorCode.DATASET_UNKNOWN_CLASS,
        ErrorCode.METHOD_UNKNOWN,
        ErrorCode.OUTPUT_NOT_WRITABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Out:
    """Rows go to stdout, sentences to stderr in the language of the data folder's settings."""

    as_json: bool
    data: Path | None = None

    @contextmanager
    def told(self, *wrong_use: ErrorCode) -> Iterator[None]:
        """Turn an error into a sentence, and nothing else, and the right exit code.

        wrong_use: what means so in this command, beside WRONG_USE.
        """
        try:
            yield
        except StationError as error:
            self.tell(error.fault)
            raise SystemExit(2 if error.code in {*WRONG_USE, *wrong_use} else 1) from None
        except KeyboardInterrupt:
            raise SystemExit(1) from None
        except BrokenPipeError:  # a reader who had enough
            raise
        except Exception as error:
            if _is_an_end(error):
                raise
            log.exception("unexpected")
            self.tell(internal(error))
            raise SystemExit(1) from None

    def tell(self, fault: Fault) -> None:
        """Say what is wrong; with --json also as a row."""
        sentence = self.sentence(fault)
        if self.as_json:
            row = {"error": fault.code.value, "message": sentence, "facts": dict(fault.facts)}
            self.row(row, str)

    def sentence(self, fault: Fault) -> str:
        """Say what is wrong to the person only."""
        sentence = self.words(fault)
        print(sentence, file=sys.stderr, flush=True)
        return sentence

    def words(self, fault: Fault) -> str:
        """The sentence for a fault."""
        from station.gui.texts import fault_text

        self.speak()
        return fault_text(fault)

    def speak(self) -> None:
        """Have every text from now on in the language of the settings."""
        from station.gui.texts import install
        from station.place import default_data_folder
        from station.settings import load_settings

        try:
            language = load_settings(self.data or default_data_folder()).language
        except StationError:
            language = "auto"
        install(language)

    def row(self, row: dict[str, Any], as_text: Callable[[dict[str, Any]], str]) -> None:
        """Print one row."""
        text = json.dumps(row, ensure_ascii=False, default=str) if self.as_json else as_text(row)
        print(text, flush=True)


def _is_an_end(error: Exception) -> bool:
    """Of a command, as the library of the command line has it, which may not be loaded at all."""
    typer = sys.modules.get("typer")
    return typer is not None and isinstance(error, typer.Exit)


def counted(what: str) -> Callable[[int, int], None]:
    """A way to show how far a count is, where a person looks on."""

    def show(done: int, made: int) -> None:
        if sys.stderr.isatty() and done % 100 == 0:
            print(f"\r{done} {what}, {made} new", end="", file=sys.stderr, flush=True)

    return show


def progress(step: str, share: float) -> None:
    """Show how far a step is, where a person looks on."""
    if sys.stderr.isatty():
        print(f"\r{step} {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def judged_row(judged: "JudgedFile", provider: str, out: Out) -> dict[str, Any]:
    """One judged file."""
    row: dict[str, Any] = {"path": str(judged.path), "verdict": judged.verdict.value}
    seen, fault = judged.finding, judged.fault
    row |= {
        "label": seen.label if seen else None,
        "score": seen.score if seen else None,
        "confidence": seen.confidence if seen else None,
        "scores": dict(seen.scores) if seen else {},
        "ms": seen.ms if seen else None,
        "provider": provider,
    }
    return row | ({"error": fault.code.value, "message": out.words(fault)} if fault else {})


def skipped_rows(images: "Iterable[Skipped]", out: Out) -> list[dict[str, str]]:
    """Name the images that could not be used, and say why."""
    return [
        {"path": str(image.path), "error": image.fault.code, "message": out.sentence(image.fault)}
        for image in images
    ]


def record_row(entry: "Entry") -> dict[str, Any]:
    """One record as it stands now."""
    seen, said = entry.inspection, entry.decision
    moment = datetime.fromtimestamp(seen.at_ms / 1000, UTC).astimezone()
    return {
        "part": seen.part.number,
        "uid": seen.uid,
        "time": moment.isoformat(timespec="milliseconds"),
        "verdict": seen.verdict.value,
        "label": seen.label,
        "score": seen.score,
        "decision": said.kind.value if said else None,
        "decision_label": said.label if said else None,
        "reason": said.reason if said else None,
        "disposition": entry.disposition.value if entry.disposition else None,
        "recipe": f"{seen.recipe} v{seen.recipe_version}",
        "model": seen.model,
        "provider": seen.provider,
        "fault": seen.fault.code.value if seen.fault else None,
        "image": entry.image,
        "source": seen.source,
        "truth": seen.truth,
    }


class RunPrinter:
    """Prints each part once it is recorded, then the totals."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._rows: list[Inspection] = []
        self._began = time.monotonic()

    def tell(self, row: "Row") -> None:
        """Print one part."""
        if not self._rows and not self._out.as_json:
            print(f"{'part':>6}  {'verdict':14} {'label':16} {'score':>6} {'ms':>7}  truth/source")
        self._rows.append(row.inspection)
        self._out.row(_part_row(row, self._out), _run_line)

    def total(self, status: "LineStatus", parts: int | None, source: str) -> None:
        """Print how many came out how; say so where fewer came than were asked for."""
        from statistics import median

        times = [seen.ms for seen in self._rows if seen.ms is not None]
        row = {
            "parts": status.admitted,
            "recorded": status.recorded,
            **{verdict: self._count(verdict) for verdict in VERDICTS},
            "ms_median": median(times) if times else None,
            "seconds": time.monotonic() - self._began,
            "provider": self._rows[-1].provider if self._rows else "",
        }
        self._out.row(row, _totals_line)
        if parts is not None and len(self._rows) < parts:
            self._out.sentence(Fault(ErrorCode.CAMERA_NO_MORE_IMAGES, (("source", source),)))

    def complete(self, status: "LineStatus", parts: int | None) -> bool:
        """Whether all that was asked for came, all that came is recorded, and all was inspected."""
        asked = parts is None or len(self._rows) == parts
        kept = status.admitted == status.recorded
        return asked and kept and not self._count("NOT_INSPECTED")

    def _count(self, verdict: str) -> int:
        return sum(seen.verdict.value == verdict for seen in self._rows)


def _part_row(row: "Row", out: Out) -> dict[str, Any]:
    seen = row.inspection
    values = {
        "part": seen.part.number,
        "uid": seen.uid,
        "verdict": seen.verdict.value,
        "label": seen.label,
        "score": seen.score,
        "confidence": seen.confidence,
        "ms": seen.ms,
        "recorded_ms": row.ms,
        "provider": seen.provider,
        "source": seen.source,
        "truth": seen.truth,
        "fault": seen.fault.code.value if seen.fault else None,
    }
    return values | ({"message": out.words(seen.fault)} if seen.fault else {})


def _run_line(row: dict[str, Any]) -> str:
    return (
        f"{row['part']:>6}  {row['verdict']:14} {row['label'] or '–':16} {_number(row['score'])} "
        f"{_number(row['ms'], 7, 1)}  "
        f"{row.get('message') or row['source'] or row['truth'] or ''}"
    )


def _totals_line(row: dict[str, Any]) -> str:
    return (
        f"{row['parts']} parts: {row['OK']} OK, {row['NG']} NG, {row['REVIEW']} REVIEW, "
        f"{row['NOT_INSPECTED']} NOT_INSPECTED · {row['recorded']} recorded · "
        f"median {_number(row['ms_median'], 0, 1)} ms · {row['provider']} · {row['seconds']:.1f} s"
    )


def inspect_line(row: dict[str, Any]) -> str:
    """A judged file for people."""
    if "error" in row:
        return f"{row['verdict']:14} {row['path']}: {row['message']}"
    return (
        f"{row['verdict']:14} {row['label']:16} {_number(row['score'])} "
        f"{_number(row['ms'], 7, 1)} ms {row['provider']}  {row['path']}"
    )


def record_line(row: dict[str, Any]) -> str:
    """A record for people."""
    said = row["decision"] or "–"
    return (
        f"{row['part']:>6}  {row['time']}  {row['verdict']:14} {row['label'] or '–':16} "
        f"{_number(row['score'])}  {said:7} {row['image'] or '–'}"
    )


def check_line(row: dict[str, Any]) -> str:
    """A check for people, with what to do."""
    mark = "ok  " if row["ok"] else "BAD "
    advice = f"\n     → {row['advice']}" if row["advice"] else ""
    return f"{mark} {row['check']:9} {row['detail']}{advice}"


def pairs(row: dict[str, Any]) -> str:
    """Any row for people: a name and a value on each line."""
    return "\n".join(f"{key:16} {_value(value)}" for key, value in row.items())


def _value(value: object) -> str:
    match value:
        case dict() if any(isinstance(each, dict) for each in value.values()):
            rows = (f"{key}  {_value(each)}" for key, each in value.items())
            return ("\n" + " " * 17).join(rows)
        case dict():
            return "  ".join(f"{key} {_value(each)}" for key, each in value.items())
        case list() | tuple() if value and isinstance(value[0], dict | list | tuple):
            return ("\n" + " " * 17).join(_value(each) for each in value)
        case list() | tuple():
            return ", ".join(map(_value, value))
        case float():
            return f"{value:.6g}"
        case _:
            return str(value)


def _number(value: float | None, width: int = 6, digits: int = 3) -> str:
    return f"{'–':>{width}}" if value is None else f"{value:>{width}.{digits}f}"
