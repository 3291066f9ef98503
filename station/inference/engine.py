"""One model, loaded and warm: pixels in, finding out."""

import hashlib
import logging
import math
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.inspection import Finding
from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, ModelError
from station.inference import provider as providers
from station.inference.failures import failure
from station.inference.model import (
    CARD_KEY,
    INPUT,
    MAP,
    SCORES,
    UNLIKE,
    ModelCard,
    card_from_json,
)
from station.inference.prepare import crop, darken, prepare
from station.inference.safety import MOST_BYTES, TOO_LARGE, check_model

log = logging.getLogger(__name__)

WARM_RUNS = 5
BUDGET_RUNS = 20  # where a budget must be proven: one late run among them may pass
WARM_SECONDS = 1.0  # longer than that nobody waits
AGREEMENT = 0.02  # how far a card's scores may lie from the CPU's on the same pixels
UNITY = 1e-3  # how far the sum of the scores may lie from 1

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """What was wished and what really runs.

    warm_ms, p95_ms: the model's time for a part once it is warm, median and 95th percentile.
    """

    wish: str
    actual: str
    fell_back: bool
    load_ms: float
    warm_ms: float
    p95_ms: float
    runtime_version: str


@dataclass(frozen=True, slots=True)
class _Loaded:
    session: Any
    outputs: tuple[str, ...]
    card: ModelCard
    sha256: str
    report: ProviderReport


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the graph gave for one image: `unlike` None where it has no such output."""

    scores: Numbers
    evidence: Numbers
    unlike: float | None


class Engine:
    """The model file at `path` on the wished provider: auto, cpu, cuda, directml or openvino.

    `look` may be called from any thread; one at a time runs. `threads` None leaves a core free.
    sha256: what the file must be, where a recipe names it. budget_ms: the longest that it may take
    for a part. no_device: the wish stays, but its device failed before; the CPU runs it, and
    the report says that it fell back.
    """

    def __init__(
        self,
        path: Path,
        provider: str = providers.AUTO,
        threads: int | None = None,
        *,
        sha256: str = "",
        budget_ms: float | None = None,
        no_device: bool = False,
    ) -> None:
        self.path = path
        self._pinned = sha256
        self._budget_ms = budget_ms
        self._no_device = no_device
        self._wish = provider
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def open(self) -> None:
        """Load, check, choose the provider, warm up and measure; blocks for 0.1 s and more.

        Raises ModelError: MODEL_NOT_FOUND, MODEL_CHANGED, MODEL_UNSAFE, MODEL_NOT_ONNX,
        MODEL_NO_CARD, MODEL_BAD_CARD, MODEL_WRONG_SHAPE, MODEL_FAILED, MODEL_TOO_SLOW,
        OUT_OF_MEMORY, PROVIDER_UNKNOWN, RUNTIME_MISSING, RUNTIME_AMBIGUOUS.
        """
        providers.check_wish(self._wish)
        began = time.monotonic_ns()
        model, sha256 = self._checked()
        version = str(providers.runtime().__version__)
        threads = self._threads or providers.default_threads()
        reference = _load(model, threads, self.path)
        card = _described(reference, self.path)
        outputs, image = _outputs(reference), _pattern(card)
        expected = _run(reference, outputs, image, providers.CPU)  # what fails fails for itself

        def agrees(session: Any) -> bool:
            seen = _run(session, outputs, image, self._wish)
            return bool(np.abs(seen.scores - expected.scores).max() <= AGREEMENT)

        wish = providers.CPU if self._no_device else self._wish
        started = providers.start(model, wish, threads, reference, agrees)
        load_ms = (time.monotonic_ns() - began) / 1e6
        times = _warm_up(started, outputs, image, BUDGET_RUNS if self._budget_ms else WARM_RUNS)
        report = ProviderReport(
            wish=self._wish,
            actual=started.actual,
            fell_back=started.fell_back or wish != self._wish,
            load_ms=load_ms,
            warm_ms=statistics.median(times),
            p95_ms=sorted(times)[math.ceil(0.95 * len(times)) - 1],
            runtime_version=version,
        )
        self._check_speed(report)
        self._loaded = _Loaded(started.session, outputs, card, sha256, report)

    def beside(self, path: Path, sha256: str, budget_ms: float | None) -> "Engine":
        """One for another model file, with the same wishes for the rest; not open yet."""
        return Engine(
            path,
            self._wish,
            self._threads,
            sha256=sha256,
            budget_ms=budget_ms,
            no_device=self._no_device,
        )

    @property
    def is_open(self) -> bool:
        """Whether `look` can be called."""
        return self._loaded is not None

    @property
    def card(self) -> ModelCard:
        """What the file says of itself; only while open."""
        return self._open().card

    @property
    def sha256(self) -> str:
        """Of the whole file; only while open."""
        return self._open().sha256

    @property
    def report(self) -> ProviderReport:
        """The truth about the provider; only while open."""
        return self._open().report

    def look(self, pixels: Pixels, roi: Roi | None = None, ignore: Sequence[Roi] = ()) -> Finding:
        """Judge a frame, mono or RGB uint8, within the ROI, and without what is to be ignored.

        `Finding.ms` counts crop, resize and model. Raises ImageError as `prepare`; ModelError
        DEVICE_LOST and OUT_OF_MEMORY, after which only a new process helps, and MODEL_FAILED for
        whatever else the runtime throws and for scores that are no probabilities.
        """
        began = time.monotonic_ns()
        loaded = self._open()
        try:
            image = prepare(pixels, roi, loaded.card, ignore)
        except (MemoryError, cv2.error) as error:
            raise failure(error, providers.CPU) from error
        with self._lock:
            seen = _run(loaded.session, loaded.outputs, image, loaded.report.actual)
        finding = _finding(loaded.card, seen, began)
        if ignore and finding.map is not None:
            darken(finding.map, crop(pixels, roi).shape[:2], roi, ignore)
        return finding

    def close(self) -> None:
        """Let go of the model; safe twice."""
        self._loaded = None

    def __enter__(self) -> "Engine":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _checked(self) -> tuple[bytes, str]:
        """The file as it was read once, the right one and a safe one, and its hash."""
        model = _read(self.path)
        sha256 = hashlib.sha256(model).hexdigest()
        if self._pinned not in ("", sha256):
            raise ModelError(ErrorCode.MODEL_CHANGED, path=self.path)
        check_model(model, self.path)
        return model, sha256

    def _check_speed(self, report: ProviderReport) -> None:
        if self._budget_ms is not None and report.p95_ms > self._budget_ms:
            ms, limit = f"{report.p95_ms:.1f}", f"{self._budget_ms:g}"
            raise ModelError(ErrorCode.MODEL_TOO_SLOW, ms=ms, limit=limit)

    def _open(self) -> _Loaded:
        if self._loaded is None:
            raise RuntimeError("the engine is not open")
        return self._loaded


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ModelError(ErrorCode.MODEL_UNSAFE, path=path, reason=TOO_LARGE)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # it may grow meanwhile
    except OSError:
        raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=path) from None


def _load(model: bytes, threads: int, path: Path) -> Any:
    try:
        return providers.new_session(model, providers.CPU, threads)
    except Exception as error:  # noqa: BLE001 - ORT has a class for every reason
        log.info("%s could not be loaded: %s", path, error)
        reason = failure(error, providers.CPU)
        later = type(error).__name__ == "NotImplemented"  # a valid graph, for a later runtime
        if later or reason.code is ErrorCode.OUT_OF_MEMORY:
            raise reason from None
        raise ModelError(ErrorCode.MODEL_NOT_ONNX, path=path) from None


def _described(session: Any, path: Path) -> ModelCard:
    """The card, which the graph bears out."""
    try:
        card = _card(session, path)
        _check_shapes(session, card, path)
    except UnicodeDecodeError:  # the runtime takes names as they come
        raise ModelError(ErrorCode.MODEL_NOT_ONNX, path=path) from None
    return card


def _card(session: Any, path: Path) -> ModelCard:
    texts = session.get_modelmeta().custom_metadata_map
    if CARD_KEY not in texts:
        raise ModelError(ErrorCode.MODEL_NO_CARD, path=path)
    return card_from_json(texts[CARD_KEY], path)


def _check_shapes(session: Any, card: ModelCard, path: Path) -> None:
    """The graph must take and give what the card says, by name, type and shape."""
    expected = [
        (INPUT, "tensor(uint8)", [1, card.height, card.width, card.channels]),
        (SCORES, "tensor(float)", [1, len(card.classes)]),
    ]
    outputs = {value.name: value for value in session.get_outputs()}
    found = [(v.name, v.type, list(v.shape)) for v in session.get_inputs()]
    found += [(v.name, v.type, list(v.shape)) for v in [outputs.get(SCORES)] if v is not None]
    evidence = outputs.get(MAP)
    mapped = evidence is not None and evidence.type == "tensor(float)" and _flat(evidence.shape)
    other = outputs.get(UNLIKE)
    if other is not None and (other.type, list(other.shape)) != ("tensor(float)", [1]):
        raise ModelError(
            ErrorCode.MODEL_WRONG_SHAPE,
            path=path,
            expected=(UNLIKE, "tensor(float)", [1]),
            found=(UNLIKE, other.type, list(other.shape)),
        )
    if found != expected or not mapped:
        said = [*found, (MAP, *((evidence.type, evidence.shape) if evidence else ()))]
        wish = [*expected, (MAP, "tensor(float)", [1, "h", "w"])]
        raise ModelError(ErrorCode.MODEL_WRONG_SHAPE, path=path, expected=wish, found=said)


def _flat(shape: list[Any]) -> bool:
    return len(shape) == 3 and shape[0] == 1 and all(isinstance(side, int) for side in shape)


def _outputs(session: Any) -> tuple[str, ...]:
    """What is asked of the graph: what every model gives, and UNLIKE where it is there."""
    told = any(value.name == UNLIKE for value in session.get_outputs())
    return (SCORES, MAP, UNLIKE) if told else (SCORES, MAP)


def _pattern(card: ModelCard) -> Pixels:
    """A picture that excites every layer, always the same."""
    shape = (1, card.height, card.width, card.channels)
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


def _warm_up(
    started: providers.Started, outputs: tuple[str, ...], image: Pixels, runs: int
) -> list[float]:
    """The time of each run in ms, of as many as there is time for; the first may be slower."""
    times: list[float] = []
    while len(times) < runs and sum(times) < 1e3 * WARM_SECONDS:
        began = time.monotonic_ns()
        _run(started.session, outputs, image, started.actual)
        times.append((time.monotonic_ns() - began) / 1e6)
    return times


def _run(session: Any, outputs: tuple[str, ...], image: Pixels, provider: str) -> _Seen:
    try:
        scores, evidence, *rest = session.run(outputs, {INPUT: image})
    except Exception as error:
        raise failure(error, provider) from error
    if not all(np.isfinite(values).all() for values in (scores, evidence, *rest)):
        raise ModelError(ErrorCode.MODEL_FAILED, reason="not finite")
    if scores.min() < 0 or abs(float(scores.sum()) - 1) > UNITY:
        raise ModelError(ErrorCode.MODEL_FAILED, reason="no probabilities")
    return _Seen(scores[0], evidence[0], float(rest[0][0]) if rest else None)


def _finding(card: ModelCard, seen: _Seen, began: int) -> Finding:
    values = [float(value) for value in seen.scores]
    best = int(np.argmax(seen.scores))
    good = sum(values[i] for i in card.good_index)
    shades: Pixels = (np.clip(seen.evidence, 0, 1) * 255 + 0.5).astype(np.uint8)
    return Finding(
        label=card.classes[best],
        score=min(1.0, max(0.0, 1.0 - good)),
        confidence=values[best],
        scores=tuple(zip(card.classes, values, strict=True)),
        map=shades,
        ms=(time.monotonic_ns() - began) / 1e6,
        unlike=seen.unlike,
    )
