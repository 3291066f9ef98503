"""What was seen, judged, said and done about one part."""

from dataclasses import dataclass
from enum import StrEnum

from station.domain.part import Part, Pixels, TriggerSource
from station.domain.process import ProcessValue
from station.domain.recipe import Roi, hull
from station.errors import Fault


class Verdict(StrEnum):
    """What the rule says of a finding. Every part ends in exactly one of these."""

    OK = "OK"
    NG = "NG"
    REVIEW = "REVIEW"
    NOT_INSPECTED = "NOT_INSPECTED"


UNDO_SECONDS = 5
"""So long a decision can be undone; later it is corrected with a reason."""


class DecisionKind(StrEnum):
    """What a person said; UNDO takes the person's last word on that part back."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNDO = "undo"


class Disposition(StrEnum):
    """What happens to the part."""

    RELEASE = "release"
    REJECT = "reject"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What the model saw in one part.

    score: 0 … 1, how sure the model is that the part is bad (1 − the probability of all good
    classes). label: the most probable class. confidence: its probability. scores: every class
    with its probability, in the order of the card. map: uint8 (h, w) over the ROI, where the
    evidence lies, 0 none … 255 strong. unlike: how far the part lies from what the model has
    learnt from, above 1 further than nearly all of that; None where the model does not tell.
    """

    label: str
    score: float
    confidence: float
    scores: tuple[tuple[str, float], ...]
    map: Pixels | None
    ms: float
    unlike: float | None = None


@dataclass(frozen=True, slots=True)
class ViewResult:
    """What came of one look at a part that was looked at several times; as in Inspection."""

    name: str
    roi: Roi
    verdict: Verdict
    label: str
    score: float
    confidence: float
    model_sha256: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """The whole record of one part, without pixels. Times in ms; `at_ms` is UTC.

    `label`, `score`, `confidence` are None where nothing was seen; then `fault` says why.
    `ms` is capture → verdict, `model_ms` the model's share of it. `unlike` is as in Finding;
    `brightness` and `sharpness` are what was measured of the picture, as far as there was one.
    `roi` is where the product's own model looked. `views` holds every look, its own first, where
    the recipe asks for several; then verdict, label and score are those of the worst.
    `values` are the process values at the trigger; a record read back has them in its `Story`.
    """

    uid: str
    part: Part
    at_ms: int
    trigger: TriggerSource
    verdict: Verdict
    recipe: str
    recipe_version: int
    review_limit: float
    ng_limit: float
    roi: Roi | None
    model: str
    model_sha256: str
    provider: str
    camera: str
    label: str | None = None
    score: float | None = None
    confidence: float | None = None
    scores: tuple[tuple[str, float], ...] = ()
    ms: float | None = None
    model_ms: float | None = None
    fault: Fault | None = None
    operator: str = ""
    source: str = ""
    truth: str | None = None
    unlike: float | None = None
    brightness: float | None = None
    sharpness: float | None = None
    values: tuple[ProcessValue, ...] = ()
    views: tuple[ViewResult, ...] = ()

    @property
    def region(self) -> Roi | None:
        """What of the picture was looked at, by all models together; None: all of it."""
        return hull([one.roi for one in self.views]) if self.views else self.roi


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of one part. `at_ms` is UTC; `reason` is given where it corrects."""

    uid: str
    kind: DecisionKind
    at_ms: int
    operator: str = ""
    label: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """The judged picture of one part with its evidence: pixels as in Frame, map as in Finding."""

    uid: str
    pixels: Pixels
    map: Pixels | None
    roi: Roi | None
