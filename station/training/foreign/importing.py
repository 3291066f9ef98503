"""From what a person hands over to a model file of ours: recognised, asked, converted, proven."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from station.errors import DatasetError, ErrorCode, ModelError
from station.inference.engine import Engine
from station.training.foreign.choices import answered, answers_to, summary
from station.training.foreign.convert import convert, meaning
from station.training.foreign.families import recognise
from station.training.foreign.golden import (
    Agreement,
    Golden,
    Settled,
    Trial,
    read_golden,
    settle,
)
from station.training.foreign.opened import open_source
from station.training.foreign.package import read_package
from station.training.foreign.recognised import (
    STRETCH,
    Clue,
    Question,
    Recognised,
    UnsuitableError,
    Why,
    clue,
)
from station.training.foreign.source import Source

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants of a foreign model.

    out: where to write; None only looks. golden: a folder with a sub-folder per class. good: the
    classes that may pass; None takes the usual names. answers: what a person says to a question.
    frame: height and width of the parts' pictures; None takes those of the golden images.
    """

    path: str
    out: str | None = None
    golden: str | None = None
    good: tuple[str, ...] | None = None
    answers: tuple[tuple[str, str], ...] = ()
    frame: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, why, what was asked, and what came of it.

    open: questions that neither the file nor the golden images answered. sha256 and ms: of the
    file that was written, and its time for a part; empty and 0 where nothing was.
    """

    family: str
    task: str
    clues: tuple[Clue, ...]
    open: tuple[str, ...]
    preparation: str
    classes: tuple[str, ...]
    good: tuple[str, ...]
    named: bool
    licence: str
    trials: tuple[Trial, ...] = ()
    table: tuple[Agreement, ...] = ()
    sha256: str = ""
    height: int = 0
    width: int = 0
    channels: int = 0
    ms: float = 0.0


def import_model(order: Order, progress: Progress) -> Report:
    """Look at a foreign model and, where wanted, write it in our form.

    Raises ModelError MODEL_NOT_FOUND, MODEL_UNSAFE, MODEL_NOT_ONNX, MODEL_FAILED, IMPORT_…;
    DatasetError of the golden images, DATASET_UNKNOWN_CLASS, OUTPUT_NOT_WRITABLE.
    """
    path = Path(order.path)
    progress("read", 0.0)
    source = open_source(read_package(path))
    found = _told(recognise(source), order.answers, path)
    golden = read_golden(Path(order.golden)) if order.golden else None
    try:
        settled = _settled(source, found, golden, order.good, progress)
        frame = order.frame or (golden.frame if golden else None)
        found = _squared(settled.found, frame)
        report = _report(replace(settled, found=found), order.good)
        if order.out is None:
            return report
        share = (("golden_agreement", settled.share),) if golden else ()
        progress("convert", 0.0)
        model = convert(source, found, Path(order.out).stem, order.good, frame, share)
    except UnsuitableError as error:
        raise ModelError(ErrorCode.IMPORT_UNSUITABLE, path=path, reason=error) from None
    return _written(model, Path(order.out), report)


def _told(found: Recognised, answers: Sequence[tuple[str, str]], path: Path) -> Recognised:
    """With what a person answered; that is open no longer."""
    for name, answer in answers:
        try:
            question = Question(name)
            preparation = answered(found.preparation, question, answer)
        except (ValueError, KeyError):
            known = ", ".join(f"{q.value}={x}" for q in Question if q is not Question.CLASSES
                              for x in answers_to(q, found.preparation))  # fmt: skip
            raise ModelError(
                ErrorCode.IMPORT_BAD_ANSWER, path=path, answer=f"{name}={answer}", known=known
            ) from None
        still = tuple(one for one in found.open if one is not question)
        kept = tuple(
            one
            for one in found.clues
            if one.why is not Why.USUAL or ("question", name) not in one.facts
        )
        found = replace(found, preparation=preparation, open=still, clues=kept)
    return found


def _settled(
    source: Source,
    found: Recognised,
    golden: Golden | None,
    good: Sequence[str] | None,
    progress: Progress,
) -> Settled:
    if golden is None:
        return Settled(found, (), ())
    return settle(source, found, golden, good, lambda share: progress("golden", share))


def _squared(found: Recognised, frame: tuple[int, int] | None) -> Recognised:
    """Says so where the proportions of a part's picture matter and are not known."""
    if frame is not None or found.preparation.resize == STRETCH:
        return found
    size = f"{found.preparation.width} × {found.preparation.height}"
    return replace(found, clues=(*found.clues, clue(Why.SQUARE, size=size)))


def _report(settled: Settled, good: Sequence[str] | None) -> Report:
    found = settled.found
    said = meaning(found, good)
    return Report(
        family=found.family.value,
        task=found.task,
        clues=found.clues,
        open=tuple(question.value for question in found.open),
        preparation=summary(found.preparation),
        classes=said.classes,
        good=said.good,
        named=found.named,
        licence=found.licence,
        trials=settled.trials,
        table=settled.table,
    )


def _written(model: bytes, out: Path, report: Report) -> Report:
    """The file stands there only once the engine of the line has run it."""
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(model)
            file.flush()
            os.fsync(file.fileno())
        with Engine(part, "cpu") as engine:
            card, ms = engine.card, engine.report.warm_ms
        part.replace(out)
    except OSError as error:
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason=error) from None
    finally:
        part.unlink(missing_ok=True)
    return replace(
        report,
        sha256=hashlib.sha256(model).hexdigest(),
        height=card.height,
        width=card.width,
        channels=card.channels,
        ms=ms,
    )
