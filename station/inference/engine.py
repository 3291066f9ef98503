"""One model, loaded and warm: pixels in, finding out."""

import hashlib
import logging
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from station.domain.inspection import Finding
from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, ModelError
from station.inference import provider as providers
from station.inference.model import CARD_KEY, INPUT, MAP, SCORES, ModelCard, card_from_json
from station.inference.prepare import prepare

log = logging.getLogger(__name__)

WARM_RUNS = 3
AGREEMENT = 0.02  # how far a card's scores may lie from the CPU's on the same pixels
UNITY = 1e-3  # how far the sum of the scores may lie from 1

Outputs = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """What was wished and what really runs; `warm_ms` is one part's time once it is warm."""

    wish: str
    actual: str
    fell_back: bool
    load_ms: float
    warm_ms: float
    runtime_version: str


@dataclass(frozen=True, slots=True)
class _Loaded:
    session: Any
    card: ModelCard
    sha256: str
    report: ProviderReport


class Engine:
    """The model file at `path` on the wished provider: auto, cpu, cuda, directml or openvino.

    `look` may be called from any thread; one at a time runs. `threads` None leaves a core free.
    """

    def __init__(self, path: Path, provider: str = providers.AUTO, threads: int | None = None):
        self.path = path
        self._wish = provider
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def open(self) -> None:
        """Load, check, choose the provider, warm up and measure; blocks for 0.1 s and more.

        Raises ModelError: MODEL_NOT_FOUND, MODEL_NOT_ONNX, MODEL_NO_CARD, MODEL_BAD_CARD,
        MODEL_WRONG_SHAPE, MODEL_FAILED, PROVIDER_UNKNOWN, RUNTIME_MISSING, RUNTIME_AMBIGUOUS.
        """
        providers.check_wish(self._wish)
        version = str(providers.runtime().__version__)
        began = time.monotonic_ns()
        model = _read(self.path)
        threads = self._threads or providers.default_threads()
        reference = _load(model, threads, self.path)
        card = _card(reference, self.path)
        _check_shapes(reference, card, self.path)
        image = _pattern(card)
        expected = _run(reference, image)  # a file that fails on the CPU fails with its own code

        def agrees(session: Any) -> bool:
            scores, _ = _run(session, image)
            return bool(np.abs(scores - expected[0]).max() <= AGREEMENT)

        started = providers.start(model, self._wish, threads, reference, agrees)
        load_ms = (time.monotonic_ns() - began) / 1e6
        report = ProviderReport(
            wish=self._wish,
            actual=started.actual,
            fell_back=started.fell_back,
            load_ms=load_ms,
            warm_ms=_warm_up(started.session, image),
            runtime_version=version,
        )
        sha256 = hashlib.sha256(model).hexdigest()
        self._loaded = _Loaded(started.session, card, sha256, report)

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

    def look(self, pixels: Pixels, roi: Roi | None = None) -> Finding:
        """Judge a frame, mono or RGB uint8, within the ROI.

        `Finding.ms` counts crop, resize and model. Raises ImageError ROI_OUTSIDE_FRAME, ModelError
        MODEL_FAILED for whatever the runtime throws and for scores that are no probabilities.
        """
        began = time.monotonic_ns()
        loaded = self._open()
        image = prepare(pixels, roi, loaded.card)
        with self._lock:
            scores, evidence = _run(loaded.session, image)
        return _finding(loaded.card, scores[0], evidence[0], began)

    def close(self) -> None:
        """Let go of the model; safe twice."""
        self._loaded = None

    def __enter__(self) -> "Engine":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> _Loaded:
        if self._loaded is None:
            raise RuntimeError("the engine is not open")
        return self._loaded


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=path) from None


def _load(model: bytes, threads: int, path: Path) -> Any:
    try:
        return providers.new_session(model, providers.CPU, threads)
    except Exception as error:  # noqa: BLE001 - ORT has a class for every reason
        log.info("%s could not be loaded: %s", path, error)
        if type(error).__name__ == "NotImplemented":  # a valid graph, made for a later runtime
            raise ModelError(ErrorCode.MODEL_FAILED, reason=_first_line(error)) from None
        raise ModelError(ErrorCode.MODEL_NOT_ONNX, path=path) from None


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
    if found != expected or not mapped:
        said = [*found, (MAP, *((evidence.type, evidence.shape) if evidence else ()))]
        wish = [*expected, (MAP, "tensor(float)", [1, "h", "w"])]
        raise ModelError(ErrorCode.MODEL_WRONG_SHAPE, path=path, expected=wish, found=said)


def _flat(shape: list[Any]) -> bool:
    return len(shape) == 3 and shape[0] == 1 and all(isinstance(side, int) for side in shape)


def _pattern(card: ModelCard) -> Pixels:
    """A picture that excites every layer, always the same."""
    shape = (1, card.height, card.width, card.channels)
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


def _warm_up(session: Any, image: Pixels) -> float:
    times = []
    for _ in range(WARM_RUNS):
        began = time.monotonic_ns()
        _run(session, image)
        times.append((time.monotonic_ns() - began) / 1e6)
    return statistics.median(times)


def _run(session: Any, image: Pixels) -> Outputs:
    try:
        scores, evidence = session.run([SCORES, MAP], {INPUT: image})
    except Exception as error:
        raise ModelError(ErrorCode.MODEL_FAILED, reason=_first_line(error)) from error
    if not (np.isfinite(scores).all() and np.isfinite(evidence).all()):
        raise ModelError(ErrorCode.MODEL_FAILED, reason="not finite")
    if scores.min() < 0 or abs(float(scores.sum()) - 1) > UNITY:
        raise ModelError(ErrorCode.MODEL_FAILED, reason="no probabilities")
    return scores, evidence


def _finding(
    card: ModelCard, scores: npt.NDArray[np.float32], evidence: npt.NDArray[np.float32], began: int
) -> Finding:
    values = [float(value) for value in scores]
    best = int(np.argmax(scores))
    good = sum(values[i] for i in card.good_index)
    shades: Pixels = (np.clip(evidence, 0, 1) * 255 + 0.5).astype(np.uint8)
    return Finding(
        label=card.classes[best],
        score=min(1.0, max(0.0, 1.0 - good)),
        confidence=values[best],
        scores=tuple(zip(card.classes, values, strict=True)),
        map=shades,
        ms=(time.monotonic_ns() - began) / 1e6,
    )


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
