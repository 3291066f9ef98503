"""What a process model says of itself, and the file opened by the engine's runtime."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import ErrorCode, Fault
from station.insight.model_file import (
    FORMAT,
    PROCESS,
    bad_card,
    card_values,
    read_model,
    session_of,
)

CARD_KEY, SEEN_KEY = PROCESS, "station.process.seen"  # in metadata_props
NUMBER, FLAG = "number", "flag"
INPUT, FORETOLD = "readings", "foretold"  # float32 (n, columns), (n,)
HOUR_SIN, HOUR_COS, WEEKDAY = "hour of day (sine)", "hour of day (cosine)", "day of week"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TOO_GOOD = 0.99  # explained: then the target can be calculated from the inputs
STANDS_IN = 0.995  # then the inputs are a meter of the target, not its causes
LEAST_AGAIN = 2  # models learnt again, for a spread; none where nothing is suggested

Readings = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Driver:
    """Columns that say the same, and what is lost without them.

    share: by how much the explained share falls; spread: over repeats and folds.
    """

    columns: tuple[str, ...]
    share: float
    spread: float


@dataclass(frozen=True, slots=True)
class ProcessCard:
    """All that must be known beside the graph.

    columns: in the order of the input; calendar: which of them are made from `time`. words: of a
    column of text, what each word stands for: its place. shape: of the tuned network. beside: the
    outputs of the models that the chosen one is compared with; rivals: from 0 to 1, how likely it
    is that each of them is as good. again: the outputs of the chosen one learnt again, from rows
    drawn anew: that share of all. mean: of the target. candidates:
    the cross-validated errors of all that were tried; held_out: their errors on the last part,
    that was kept out of it all.
    explained: the share of the mean's error that the chosen one explains, cross-validated; sure:
    whether that is more than chance. band:
    knots of what is foretold, and how far the truth lies `low` below and `high` above. least,
    most: seen of each column of numbers. step: the usual time between rows. decimals: of each
    column of numbers, as it was written. reach: the distance to a row that was seen, up to which
    a row is like those that were seen.
    """

    task: str
    method: str
    columns: tuple[str, ...]
    target: str
    time: str = ""
    group: str = ""
    calendar: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bad: str = ""
    good: str = ""
    shape: str = ""
    beside: tuple[str, ...] = ()
    rivals: Mapping[str, float] = field(default_factory=dict)
    again: tuple[str, ...] = ()
    again_share: float = 1.0
    mean: float = 0.0
    candidates: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    held_out: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    explained: float = 0.0
    sure: bool = False
    drivers: tuple[Driver, ...] = ()
    nominal: float = 0.0
    band: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    middle: Mapping[str, float] = field(default_factory=dict)
    spread: Mapping[str, float] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)
    reach: float = 0.0
    step: float = 0.0
    rows: int = 0
    dataset_sha256: str = ""
    seed: int = 0
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Seen:
    """Some of the rows that were learnt from, in their order: (n, columns), (n,), (n,).

    error: truth less what was foretold of the row by what had not learnt from it.
    """

    rows: Readings
    truth: Numbers
    error: Numbers


@dataclass(frozen=True, slots=True)
class Taught:
    """A model file with its card, and what is doubtful about what it was learnt from."""

    model: bytes
    card: ProcessCard
    faults: tuple[Fault, ...] = ()
    left_out: tuple[str, ...] = ()


class ProcessModel:
    """A model file opened. Of any thread, one at a time."""

    def __init__(self, card: ProcessCard, seen: Seen, session: Any) -> None:
        self.card = card
        self.seen = seen
        self._session = session

    def ask(self, readings: Readings, output: str = FORETOLD) -> Numbers:
        """The number, or the probability of `bad`, of each row: (n,). output: or of `beside`."""
        given = {INPUT: np.ascontiguousarray(readings)}
        (found,) = self._session.run([output], given, _only())
        return np.asarray(found, np.float64).reshape(len(readings))

    def band(self, foretold: Numbers) -> tuple[Numbers, Numbers]:
        """Between which the truths lie, as often as the card's `nominal` says."""
        band = self.card.band
        low = np.interp(foretold, band["knots"], band["low"])
        high = np.interp(foretold, band["knots"], band["high"])
        return foretold - low, foretold + high


def _only() -> Any:
    """What is not asked for is not calculated."""
    from onnxruntime import RunOptions

    options = RunOptions()
    options.only_execute_path_to_fetches = True
    return options


def to_metadata(card: ProcessCard, seen: Seen) -> dict[str, str]:
    """As they stand in the file: sorted keys, so that equal cards are equal bytes."""
    text = json.dumps(asdict(card), sort_keys=True, ensure_ascii=False, allow_nan=False)
    both = np.column_stack([seen.rows, seen.truth, seen.error]).astype("<f4")
    return {CARD_KEY: text, SEEN_KEY: base64.b64encode(both.tobytes()).decode("ascii")}


def open_model(path: Path) -> ProcessModel:
    """Check and open a file.

    Raises ModelError MODEL_NOT_FOUND, MODEL_NOT_ONNX, MODEL_UNSAFE, MODEL_NO_CARD, MODEL_BAD_CARD,
    MODEL_OTHER_KIND.
    """
    return opened(read_model(path), path)


def opened(data: bytes, path: Path) -> ProcessModel:
    """The same of bytes that are trusted."""
    session, told = session_of(data, path, CARD_KEY)
    card = card_from_json(told[CARD_KEY], path)
    return ProcessModel(card, _seen(told.get(SEEN_KEY, ""), card, path), session)


def card_from_json(text: str, path: Path) -> ProcessCard:
    """Read and check; `path` is for the error. Raises ModelError MODEL_BAD_CARD."""
    values = card_values(text, path)
    for key in sorted({one.name for one in fields(ProcessCard)} ^ set(values)):
        raise bad_card(path, key)
    blank = asdict(ProcessCard(NUMBER, "", (), ""))
    for name, usual in blank.items():
        kind: Any = list if isinstance(usual, tuple) else type(usual)
        kind = int | float if kind is float else kind
        if not isinstance(values[name], kind) or isinstance(values[name], bool) != (kind is bool):
            raise bad_card(path, name)
    if values["task"] not in (NUMBER, FLAG):
        raise bad_card(path, "task")
    return _card(values, path)


def too_good(target: str, explained: float) -> Fault:
    """The warning that the inputs measure the same thing as the target."""
    facts = (("target", target), ("percent", f"{100 * explained:.2f}"))
    return Fault(ErrorCode.PROCESS_TOO_GOOD, facts)


def _card(values: dict[str, Any], path: Path) -> ProcessCard:
    try:
        for name in ("columns", "calendar", "beside", "again"):
            values[name] = tuple(map(str, values[name]))
        values["words"] = {key: tuple(map(str, one)) for key, one in values["words"].items()}
        values["band"] = {key: tuple(map(float, one)) for key, one in values["band"].items()}
        for name in ("least", "most", "middle", "spread", "rivals"):
            values[name] = {key: float(one) for key, one in values[name].items()}
        values["drivers"] = tuple(
            Driver(tuple(one["columns"]), float(one["share"]), float(one["spread"]))
            for one in values["drivers"]
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        raise bad_card(path, "values") from None
    least = 0 if values["explained"] >= STANDS_IN else LEAST_AGAIN
    if set(values["rivals"]) != set(values["beside"]) or len(values["again"]) < least:
        raise bad_card(path, "rivals")
    return ProcessCard(**values)


def _seen(text: str, card: ProcessCard, path: Path) -> Seen:
    width = len(card.columns) + 2
    try:
        found = np.frombuffer(base64.b64decode(text, validate=True), "<f4").reshape(-1, width)
    except (binascii.Error, ValueError):
        raise bad_card(path, SEEN_KEY) from None
    numbers = found.astype(np.float64)
    return Seen(found[:, :-2].astype(np.float32), numbers[:, -2], numbers[:, -1])
