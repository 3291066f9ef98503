"""What a question may be answered with, and what an answer makes of the preparation."""

from dataclasses import replace

from station.training.foreign.recognised import (
    BYTE,
    CROP,
    IMAGENET,
    LETTERBOX,
    NCHW,
    STRETCH,
    Preparation,
    Question,
)

Scale = tuple[tuple[float, ...], tuple[float, ...]]

SCALES: dict[str, Scale] = {
    "0-1": ((0.0,), (BYTE,)),
    "0-255": ((0.0,), (1.0,)),
    "-1-1": ((127.5,), (127.5,)),
    "imagenet": IMAGENET,
}
CROPPED = 0.875  # of the shorter side stays
RESIZES = (STRETCH, LETTERBOX, CROP, f"{CROP} {CROPPED}")
ANSWERS: dict[Question, tuple[str, ...]] = {
    Question.COLOUR: ("rgb", "bgr"),
    Question.SCALING: tuple(SCALES),
    Question.RESIZE: RESIZES,
}


def answers_to(question: Question, preparation: Preparation) -> tuple[str, ...]:
    """All that make sense for it; ImageNet's means are those of colours."""
    if question is Question.SCALING and preparation.channels == 1:
        return tuple(name for name in SCALES if name != "imagenet")
    return ANSWERS[question]


def answered(preparation: Preparation, question: Question, answer: str) -> Preparation:
    """The preparation with that answer. Raises KeyError for one that is not known."""
    if answer not in answers_to(question, preparation):
        raise KeyError(answer)
    if question is Question.COLOUR:
        return replace(preparation, colour=answer)
    if question is Question.SCALING:
        mean, std = SCALES[answer]
        return replace(preparation, mean=mean, std=std)
    side = min(preparation.height, preparation.width)
    if answer.startswith(CROP):
        short = cropped(side) if answer != CROP else side
        return replace(preparation, resize=CROP, short=short)
    return replace(preparation, resize=answer)


def answer_of(preparation: Preparation, question: Question) -> str:
    """The answer that the preparation stands for; in numbers where it has no name."""
    if question is Question.COLOUR:
        return preparation.colour
    if question is Question.SCALING:
        scale = preparation.mean, preparation.std
        return next((name for name, known in SCALES.items() if known == scale), _numbers(*scale))
    side = min(preparation.height, preparation.width)
    if preparation.resize != CROP or preparation.short == side:
        return preparation.resize
    share = CROPPED if preparation.short == cropped(side) else side / preparation.short
    return f"{CROP} {share:.3g}"


def cropped(side: int) -> int:
    """What the shorter side is brought to before the usual share of it is kept."""
    return round(side / CROPPED)


def _numbers(mean: tuple[float, ...], std: tuple[float, ...]) -> str:
    return f"mean {' '.join(f'{v:g}' for v in mean)}, std {' '.join(f'{v:g}' for v in std)}"


def summary(preparation: Preparation) -> str:
    """The whole preparation in a line, for logs and cards."""
    layout = "" if preparation.layout == NCHW else f" {preparation.layout}"
    said = ", ".join(answer_of(preparation, question) for question in ANSWERS)
    return f"{preparation.height} × {preparation.width}{layout}: {said}"
