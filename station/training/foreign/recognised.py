"""What is known of a foreign model, why, and what is still open."""

from dataclasses import dataclass
from enum import StrEnum

BYTE = 255.0
IMAGENET = ((123.675, 116.28, 103.53), (58.395, 57.12, 57.375))  # of 0 … 255, RGB


class Why(StrEnum):
    """A reason for what is said of a model; behind each, the facts that come with it."""

    NOTE = "note"  # key, value: a note in the file says so
    FILE = "file"  # name: a file beside the model says so
    NAMES = "names"  # names: the names of inputs and outputs
    SHAPE = "shape"  # name, shape
    PRODUCER = "producer"  # name
    OPERATOR = "operator"  # name: the graph uses it
    INSIDE = "inside"  # what: the graph itself scales or normalises
    CLASSES = "classes"  # count, origin
    SQUARE = "square"  # size: no picture's proportions known, so the ROI is taken as square
    GOLDEN = "golden"  # question, answer, share
    USUAL = "usual"  # question, answer: nothing says so; it is usual


class Question(StrEnum):
    """What golden images may have to settle."""

    COLOUR = "colour"
    SCALING = "scaling"
    RESIZE = "resize"
    CLASSES = "classes"


class Family(StrEnum):
    """Where a model comes from."""

    ULTRALYTICS = "ultralytics"
    ANOMALIB = "anomalib"
    TORCH = "torch"
    KERAS = "keras"
    TEACHABLE = "teachable"
    AZURE = "azure"
    GETI = "geti"
    ROBOFLOW = "roboflow"
    HUGGING_FACE = "hugging_face"
    SKLEARN = "sklearn"


STRETCH, LETTERBOX, CROP = "stretch", "letterbox", "crop"
NCHW, NHWC, ROW = "nchw", "nhwc", "row"


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason as a code and facts; its words are in `gui/clue_texts.py`."""

    why: Why
    facts: tuple[tuple[str, str], ...] = ()


def clue(why: Why, **facts: object) -> Clue:
    """A reason with its facts as text."""
    return Clue(why, tuple((key, str(value)[:200]) for key, value in facts.items()))


@dataclass(frozen=True, slots=True)
class Preparation:
    """How the origin makes its input of a picture: (pixel − mean) / std, of 0 … 255.

    resize: stretch to height × width; letterbox into it, filled with `pad`; crop: the shorter side
    to `short` pixels, then the middle. layout: where the colours stand; `row` is one row of pixels.
    """

    height: int
    width: int
    channels: int = 3
    layout: str = NCHW
    colour: str = "rgb"
    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (BYTE,)
    resize: str = STRETCH
    short: int = 0
    pad: int = 114


@dataclass(frozen=True, slots=True)
class Scores:
    """One number per class. activation: what the graph leaves undone: none, softmax, sigmoid."""

    output: str
    activation: str = "none"


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes with a class. form: how they lie in the output.

    v8: (1, 4 + classes + masks, n), centre and size in pixels. v5: (1, n, 5 + classes + masks), the
    fifth times each class. end2end: (1, n, 6 + masks), corners, confidence, class. apart: boxes
    (n, 4 or 5, the fifth the confidence), `labels` (n) and `scores` (n). unit: what 1 is in the
    boxes, in pixels; 0 is the input's width and height. protos: the output with the masks' bases.
    """

    output: str
    form: str
    masks: int = 0
    protos: str = ""
    labels: str = ""
    scores: str = ""
    unit: float = 1.0


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A score, a map or both; normalised: clip((x − threshold) / spread + 0.5, 0, 1)."""

    score: str = ""
    map: str = ""
    threshold: float = 0.5
    spread: float = 1.0
    map_threshold: float = 0.5
    map_spread: float = 1.0


Reading = Scores | Boxes | Anomaly


@dataclass(frozen=True, slots=True)
class Recognised:
    """A model that can be converted.

    classes: in the order of its output. named: whether they are the origin's own names. open: what
    the file does not say; the values in `preparation` are then the usual ones. licence: as noted.
    """

    family: Family
    task: str
    preparation: Preparation
    reading: Reading
    classes: tuple[str, ...]
    clues: tuple[Clue, ...]
    open: tuple[Question, ...] = ()
    named: bool = True
    licence: str = ""


class UnsuitableError(ValueError):
    """A model of a known family that cannot judge parts; its text is the reason."""


def numbered(count: int) -> tuple[str, ...]:
    """Names for classes that have none."""
    return tuple(f"class {number}" for number in range(count))
