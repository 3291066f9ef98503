"""What a model of machine health says of itself, and the file opened by the engine's runtime."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import ErrorCode, Fault, ModelError
from station.inference.provider import CPU, new_session
from station.inference.safety import check_model

CARD_KEY = "station.health"  # in the metadata_props of the ONNX file
FORMAT = 1
LIFE, FAILURE, GROUPS = "life", "failure", "groups"
RECURRENT, BOOSTING = "recurrent", "boosting"
INPUT = "readings"  # float32: of LIFE and GROUPS (n, window, columns), of FAILURE (n, columns)
FORETOLD, LOW, HIGH, BASELINE = "life", "low", "high", "baseline"  # float32 (n,)
PROBABILITY = "probability"  # float32 (n,)
THREADS = 1
OURS = ("station.card", "station.process")  # the keys of this program's other kinds of model
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
    try:
        values = json.loads(text)
    except ValueError:
        raise _bad(path, "json") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise _bad(path, "format")
    for key in sorted(({one.name for one in fields(HealthCard)} ^ set(values)) - LATER):
        raise _bad(path, key)
    values.setdefault("time_unit", "")
    values.setdefault("seen", {})
    if values["task"] not in (LIFE, FAILURE, GROUPS):
        raise _bad(path, "task")
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
    try:
        data = path.read_bytes()
    except OSError:
        raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=path) from None
    check_model(data, path)
    return opened(data, path)


def opened(data: bytes, path: Path) -> HealthModel:
    """The same of bytes that are trusted."""
    try:
        session = new_session(data, CPU, THREADS)
    except Exception:  # noqa: BLE001 - the runtime's own kinds are many
        raise ModelError(ErrorCode.MODEL_NOT_ONNX, path=path) from None
    told = session.get_modelmeta().custom_metadata_map
    if CARD_KEY not in told:
        ours = any(key in told for key in OURS)
        code = ErrorCode.MODEL_OTHER_KIND if ours else ErrorCode.MODEL_NO_CARD
        raise ModelError(code, path=path)
    return HealthModel(card_from_json(told[CARD_KEY], path), session)


def _check_types(values: Mapping[str, Any], path: Path) -> None:
    for name in (
        *("task", "method", "unit", "time", "target", "good", "bad", "dataset_sha256"),
        "time_unit",
    ):
        if not isinstance(values[name], str):
            raise _bad(path, name)
    for name in ("step", "cap", "nominal", "threshold", "window", "seed"):
        if not isinstance(values[name], int | float) or isinstance(values[name], bool):
            raise _bad(path, name)
    for name in ("columns", "skip"):
        if not isinstance(values[name], list):
            raise _bad(path, name)
    for name in ("words", "metrics", "baseline", "band", "seen"):
        if not isinstance(values[name], dict):
            raise _bad(path, name)
    if not isinstance(values["window"], int) or values["window"] < 1:
        raise _bad(path, "window")


def _bad(path: Path, name: str) -> ModelError:
    return ModelError(ErrorCode.MODEL_BAD_CARD, path=path, field=name)
