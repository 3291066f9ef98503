"""What a model of machine health says of itself, and the file opened by the engine's runtime."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import Fault
from station.insight.model_file import FORMAT, HEALTH, bad_card, card_values, read_model, session_of

CARD_KEY = HEALTH  # in the metadata_props of the ONNX file
LIFE, FAILURE, GROUPS = "life", "failure", "groups"
RECURRENT, BOOSTING = "recurrent", "boosting"
INPUT = "readings"  # float32: of LIFE and GROUPS (n, window, columns), of FAILURE (n, columns)
FORETOLD, LOW, HIGH, BASELINE = "life", "low", "high", "baseline"  # float32 (n,)
PROBABILITY = "probability"  # float32 (n,)
SECONDS = MappingProxyType({"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0})
"""Units of time that a clock counts; other ones, such as cycles, are the machine's own."""
SPOKEN = MappingProxyType(
    {
        **dict.fromkeys(("s", "sec", "second", "seconds"), "s"),
        **dict.fromkeys(("min", "minute", "minutes"), "min"),
        **dict.fromkeys(("h", "hour", "hours"), "h"),
        **dict.fromkeys(("d", "day", "days"), "d"),
        **dict.fromkeys(("cycle", "cycles"), "cycles"),
    }
)
LATER = frozenset(("time_unit", "seen"))  # what older files do not have

Readings = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HealthCard:
    """All that must be known beside the graph.

    columns: in the order of the input; of LIFE the age of the unit follows as the last one.
    words: of a column of text, what each word stands for: its place. cap: of the remaining life,
    in the unit of `time`; step: the time between readings; time_unit: one of `SPOKEN`'s, or empty
    where it is not known. seen: the least and the greatest value of each column that was learnt
    from. threshold: from there on a probability
    means `bad`. metrics: on units or rows that were held out; baseline: the same of the trees.
    band: how far the interval reaches, as `health_band.Band`.
    """

    task: str
    method: str
    columns: tuple[str, ...]
    unit: str = ""
    time: str = ""
    target: str = ""
    window: int = 1
    step: float = 1.0
    cap: float = 0.0
    nominal: float = 0.0
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    good: str = ""
    bad: str = ""
    threshold: float = 0.5
    metrics: Mapping[str, float] = field(default_factory=dict)
    baseline: Mapping[str, float] = field(default_factory=dict)
    band: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    dataset_sha256: str = ""
    seed: int = 0
    time_unit: str = ""
    seen: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def counts_in(self) -> str:
        """The unit of time: as was said, or as the column is called; empty: not known."""
        return self.time_unit or SPOKEN.get(self.time.strip().lower(), "")


@dataclass(frozen=True, slots=True)
class Taught:
    """A model file with its card, and what is doubtful about what it was learnt from."""

    model: bytes
    card: HealthCard
    faults: tuple[Fault, ...] = ()
    left_out: tuple[str, ...] = ()


def card_to_json(card: HealthCard) -> str:
    """As it stands in the file: sorted keys, so that equal cards are equal bytes."""
    return json.dumps(asdict(card), sort_keys=True, ensure_ascii=False, allow_nan=False)


def card_from_json(text: str, path: Path) -> HealthCard:
    """Read and check; `path` is for the error. Raises ModelError MODEL_BAD_CARD."""
    values = card_values(text, path)
    for key in sorted(({one.name for one in fields(HealthCard)} ^ set(values)) - LATER):
        raise bad_card(path, key)
    values.setdefault("time_unit", "")
    values.setdefault("seen", {})
    if values["task"] not in (LIFE, FAILURE, GROUPS):
        raise bad_card(path, "task")
    _check_types(values, path)
    for name in ("columns", "skip"):
        values[name] = tuple(map(str, values[name]))
    for name in ("words", "band", "seen"):
        values[name] = {key: tuple(value) for key, value in values[name].items()}
    return HealthCard(**values)


class HealthModel:
    """A model file opened. Of any thread, one at a time."""

    def __init__(self, card: HealthCard, session: Any) -> None:
        self.card = card
        self._session = session

    def ask(self, readings: Readings, *names: str) -> list[Numbers]:
        """The outputs of those names, each (n,)."""
        found = self._session.run(list(names), {INPUT: np.ascontiguousarray(readings)})
        return [np.asarray(one, np.float64).reshape(len(readings)) for one in found]

    @property
    def outputs(self) -> frozenset[str]:
        """What it can be asked for."""
        return frozenset(one.name for one in self._session.get_outputs())


def open_model(path: Path) -> HealthModel:
    """Check and open a file.

    Raises ModelError MODEL_NOT_FOUND, MODEL_NOT_ONNX, MODEL_UNSAFE, MODEL_NO_CARD, MODEL_BAD_CARD,
    MODEL_OTHER_KIND.
    """
    return opened(read_model(path), path)


def opened(data: bytes, path: Path) -> HealthModel:
    """The same of bytes that are trusted."""
    session, told = session_of(data, path, CARD_KEY)
    return HealthModel(card_from_json(told[CARD_KEY], path), session)


def _check_types(values: Mapping[str, Any], path: Path) -> None:
    for name in (
        *("task", "method", "unit", "time", "target", "good", "bad", "dataset_sha256"),
        "time_unit",
    ):
        if not isinstance(values[name], str):
            raise bad_card(path, name)
    for name in ("step", "cap", "nominal", "threshold", "window", "seed"):
        if not isinstance(values[name], int | float) or isinstance(values[name], bool):
            raise bad_card(path, name)
    for name in ("columns", "skip"):
        if not isinstance(values[name], list):
            raise bad_card(path, name)
    for name in ("words", "metrics", "baseline", "band", "seen"):
        if not isinstance(values[name], dict):
            raise bad_card(path, name)
    if not isinstance(values["window"], int) or values["window"] < 1:
        raise bad_card(path, "window")
