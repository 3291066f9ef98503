"""A model with 8-bit weights and activations, offered only where it is worth it on this PC.

The convolutions are quantised, each output channel by itself, by what calibration images excite;
the first ones, pooling, heads, spots and maps stay as they were. Weights take 7 of the 8 bits, so
that processors without VNNI, whose sums of products saturate at 16 bits, give the same answers.
"""

import logging
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper

from station.bundle import resource
from station.cameras.image_file import read_image
from station.errors import DatasetError, ErrorCode, ImageError
from station.inference.engine import Engine
from station.inference.model import CARD_KEY, INPUT, ModelCard, card_to_json
from station.inference.prepare import prepare
from station.inference.provider import CPU, default_threads, new_session
from station.training.backbone import FILE
from station.training.dataset import Sample
from station.training.evaluate import EvaluationRow, card_recipe, look_at_all
from station.training.figures import Figures, figures
from station.whole import check_writable, write_whole

LEAST_SPEEDUP = 1.5
MOST_LOST = 0.3  # points: of accuracy lost, and of escapes or false rejects won
CALIBRATION = 64  # images
MOST_MEASURED = 600
TIMED_RUNS = 40
FIRST_IN_FLOAT = (3, 9)  # convolutions, tried in this order
KINDS = ("Conv", "Add", "Clip", "Relu", "MaxPool")
METHOD = "int8"

Progress = Callable[[str, float], None]


class Refusal(StrEnum):
    """Why an INT8 model is not offered."""

    NOTHING = "nothing_to_quantise"
    ALREADY = "already_int8"
    SLOW = "too_little_faster"
    INACCURATE = "too_inaccurate"


@dataclass(frozen=True, slots=True)
class Quantised:
    """What was measured on this PC, and whether `out` was written.

    n parts judged by both, none of which calibrated it. fp32, int8: their figures. Times of the
    model alone, in ms; speedup: FP32 over INT8. points_lost: the most of accuracy lost, escapes
    won and false rejects won, in points of a hundred. apart: the largest difference of a score or
    confidence. changed: parts of another verdict.
    """

    offered: bool
    refusal: Refusal | None
    out: Path
    sha256: str
    calibrated_on: int
    n: int
    fp32: Figures | None
    int8: Figures | None
    fp32_ms: float
    int8_ms: float
    speedup: float
    points_lost: float
    apart: float
    changed: int
    fp32_bytes: int
    int8_bytes: int


def quantise(
    model: Path,
    samples: Sequence[Sample],
    good: Sequence[str],
    out: Path,
    progress: Progress | None = None,
) -> Quantised:
    """Quantise, measure beside the original on other parts, and write `out` if that is worth it.

    good: the true classes that may pass. Raises ModelError; DatasetError OUTPUT_NOT_WRITABLE, and
    FOLDER_EMPTY where no image can be read.
    """
    check_writable(out)
    learning, trial = split(samples)
    with Engine(model, CPU) as engine:
        images = _images(learning, engine.card)
        if not images:
            raise DatasetError(ErrorCode.FOLDER_EMPTY, path=model)
        found = _refused(model, out, _beforehand(model))
        for keep in FIRST_IN_FLOAT if found.refusal is not Refusal.ALREADY else ():
            _tell(progress, "quantise", 0.0)
            data = quantised(model.read_bytes(), engine.card, engine.sha256, images, keep)
            if data is None:
                break
            found = _measured(engine, data, trial, good, out, progress)
            found = replace(found, calibrated_on=len(images))
            if found.offered:
                write_whole({out: data})
                break
    return found


def split(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """What calibrates and what is measured: learnt from and kept back, else every third and rest.

    The two share parts only where there are fewer than three.
    """
    trial = [sample for sample in samples if sample.test]
    learning = [sample for sample in samples if not sample.test]
    if not trial or not learning:
        learning = list(samples[::3])
        trial = [sample for i, sample in enumerate(samples) if i % 3] or learning
    return _evenly(learning, CALIBRATION), _evenly(trial, MOST_MEASURED)


def quantised(
    model: bytes, card: ModelCard, sha256: str, images: Sequence[Any], keep: int
) -> bytes | None:
    """The file, in our form, with a card that names its parent; None where nothing can be done.

    images: as the graph takes them. keep: so many of the first convolutions stay in float.
    """
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

    graph = onnx.load_from_string(model)
    chosen = _chosen(graph, keep)
    if not chosen:
        return None
    with tempfile.TemporaryDirectory() as folder, _hushed():
        made = Path(folder) / "int8.onnx"
        quantize_static(
            graph,
            made,
            _Images(images),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=list(KINDS),
            nodes_to_quantize=chosen,
        )
        small = onnx.load(made)
    del small.graph.value_info[:]
    helper.set_model_props(small, {CARD_KEY: card_to_json(_card(card, sha256))})
    return small.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


class _Images:
    """Prepared images as the runtime's calibration reads them."""

    def __init__(self, images: Sequence[Any]) -> None:
        self._left = iter(images)

    def get_next(self) -> dict[str, Any] | None:
        """The next input, or None at the end."""
        image = next(self._left, None)
        return None if image is None else {INPUT: image}


def _chosen(model: onnx.ModelProto, keep: int) -> list[str]:
    """Names of the nodes to quantise: of our own backbone where it is in there, else of all."""
    trunk = {node.name for node in onnx.load_from_string(resource(FILE).read_bytes()).graph.node}
    nodes = [node for node in model.graph.node if node.op_type in KINDS and node.name]
    own = [node for node in nodes if node.name in trunk]
    convolutions = [node for node in own or nodes if node.op_type == "Conv"]
    if len(convolutions) <= keep:
        return []
    start = next(i for i, node in enumerate(own or nodes) if node is convolutions[keep])
    return [node.name for node in (own or nodes)[start:]]


def _card(card: ModelCard, sha256: str) -> ModelCard:
    return replace(
        card,
        method=f"{card.method}, {METHOD}" if card.method else METHOD,
        parent=f"{card.name} sha256:{sha256}",
    )


def _beforehand(model: Path) -> Refusal:
    """What is to be said of it before anything was tried."""
    kinds = {node.op_type for node in onnx.load(model).graph.node}
    return Refusal.ALREADY if "QuantizeLinear" in kinds else Refusal.NOTHING


def _refused(model: Path, out: Path, why: Refusal) -> Quantised:
    size = model.stat().st_size
    return Quantised(
        *(False, why, out, "", 0, 0, None, None),
        *(0.0, 0.0, 0.0, 0.0, 0.0, 0, size, 0),
    )


def _measured(
    engine: Engine,
    data: bytes,
    trial: Sequence[Sample],
    good: Sequence[str],
    out: Path,
    progress: Progress | None,
) -> Quantised:
    """Both on the same parts by turns, through the line's own engine and its checks."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "int8.onnx"
        file.write_bytes(data)
        with Engine(file, CPU) as small:
            pairs = [(engine, card_recipe(engine)), (small, card_recipe(small))]
            (before, after), _ = look_at_all(pairs, trial, progress)
            sha256 = small.sha256
    if not before:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=engine.path)
    fp32, int8 = (figures(rows, engine.card.classes, good) for rows in (before, after))
    fp32_ms, int8_ms = _times(engine, data)
    lost = _points_lost(before, after, good, engine.card)
    slow = fp32_ms < LEAST_SPEEDUP * int8_ms
    refusal = Refusal.INACCURATE if lost > MOST_LOST else Refusal.SLOW if slow else None
    return Quantised(
        offered=refusal is None,
        refusal=refusal,
        out=out,
        sha256=sha256,
        calibrated_on=0,
        n=len(before),
        fp32=fp32,
        int8=int8,
        fp32_ms=fp32_ms,
        int8_ms=int8_ms,
        speedup=fp32_ms / int8_ms,
        points_lost=lost,
        apart=max(_apart(a, b) for a, b in zip(before, after, strict=True)),
        changed=sum(a.verdict is not b.verdict for a, b in zip(before, after, strict=True)),
        fp32_bytes=engine.path.stat().st_size,
        int8_bytes=len(data),
    )


def _apart(one: EvaluationRow, other: EvaluationRow) -> float:
    return max(abs(one.score - other.score), abs(one.confidence - other.confidence))


def _points_lost(
    before: Sequence[EvaluationRow],
    after: Sequence[EvaluationRow],
    good: Sequence[str],
    card: ModelCard,
) -> float:
    """The worst of three: right classes lost, escapes won, false rejects won; never below 0."""
    right = [_right(rows, good, card) for rows in (before, after)]
    first, second = (figures(rows, (), good) for rows in (before, after))
    shares = [right[0] - right[1]]
    for one, two in (
        (first.escapes, second.escapes),
        (first.false_rejects, second.false_rejects),
    ):
        shares.append((two.rate or 0.0) - (one.rate or 0.0))
    return 100 * max(0.0, *shares)


def _right(rows: Sequence[EvaluationRow], good: Sequence[str], card: ModelCard) -> float:
    """The share of right classes; of right sides where the card does not know all labels."""
    if all(row.truth in card.classes for row in rows):
        return sum(row.label == row.truth for row in rows) / len(rows)
    return sum((row.label in card.good) == (row.truth in good) for row in rows) / len(rows)


def _times(engine: Engine, data: bytes) -> tuple[float, float]:
    """Median ms of the graph alone, both by turns, with the threads that a line takes."""
    card = engine.card
    sessions = [
        new_session(model, CPU, default_threads()) for model in (engine.path.read_bytes(), data)
    ]
    shape = (1, card.height, card.width, card.channels)
    image = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(TIMED_RUNS + 3):
        for session, spent in zip(sessions, times, strict=True):
            began = time.perf_counter_ns()
            session.run(None, {INPUT: image})
            if run >= 3:  # the first ones are slower
                spent.append((time.perf_counter_ns() - began) / 1e6)
    return statistics.median(times[0]), statistics.median(times[1])


def _images(samples: Sequence[Sample], card: ModelCard) -> list[Any]:
    found = []
    for sample in samples:
        try:
            found.append(prepare(read_image(sample.path), None, card))
        except ImageError:  # named where both are measured
            continue
    return found


def _evenly(samples: Sequence[Sample], most: int) -> list[Sample]:
    if len(samples) <= most:
        return list(samples)
    return [samples[i] for i in np.linspace(0, len(samples) - 1, most).round().astype(int)]


@contextmanager
def _hushed() -> Iterator[None]:
    """The runtime's advice about preparing the graph, which ours needs not, is for nobody here."""
    root = logging.getLogger()

    def speaks(record: logging.LogRecord) -> bool:
        return "pre-processing" not in record.getMessage()

    root.addFilter(speaks)
    try:
        yield
    finally:
        root.removeFilter(speaks)


def _tell(progress: Progress | None, step: str, share: float) -> None:
    if progress is not None:
        progress(step, share)
