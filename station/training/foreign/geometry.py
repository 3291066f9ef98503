"""Where a part's picture lies in the input of a foreign model."""

import math
from dataclasses import dataclass

from station.inference.model import SIDE_LIMITS, SIDE_STEP
from station.training.foreign.recognised import CROP, LETTERBOX, Preparation, UnsuitableError

MOST_POOL = 8
MOST_POOLED = 640  # pixels; a larger picture costs more than pooling it is worth
CELL = 8  # pixels of a side of the map's cells

Size = tuple[int, int]  # height, width


@dataclass(frozen=True, slots=True)
class Plan:
    """From the card's picture to the model's.

    card: what the line squeezes a part to. pool: then each block of so many pixels becomes one.
    inner: then it is resized to this, where it is not so already. top, left: where that begins in
    the model's `net`; negative where it is cut.
    """

    card: Size
    pool: int
    inner: Size
    net: Size
    top: int
    left: int

    @property
    def grid(self) -> Size:
        """Cells of the map, over the card's picture."""
        return self.card[0] // CELL, self.card[1] // CELL


def plan(preparation: Preparation, frame: Size | None) -> Plan:
    """For parts whose pictures are of the proportions of `frame`; square where none is known.

    Raises UnsuitableError for what no card can say.
    """
    net = preparation.height, preparation.width
    height, width = frame or (1, 1)
    inner = _inner(preparation, height, width)
    top, left = (_before(have, fill) for have, fill in zip(inner, net, strict=True))
    pool = _pool(inner)
    card = (inner[0] * pool, inner[1] * pool) if pool else (_step_up(inner[0]), _step_up(inner[1]))
    if max(card) > SIDE_LIMITS[1] or min(inner) < 1:
        raise UnsuitableError(f"input {card[0]} × {card[1]}")
    return Plan(card, pool or 1, inner, net, top, left)


def _inner(preparation: Preparation, height: float, width: float) -> Size:
    """The size the origin brings the whole picture to."""
    net = preparation.height, preparation.width
    if preparation.resize == LETTERBOX:
        ratio = min(net[0] / height, net[1] / width)
        return max(1, round(height * ratio)), max(1, round(width * ratio))
    if preparation.resize == CROP:
        ratio = preparation.short / min(height, width)
        return max(1, int(height * ratio + 1e-6)), max(1, int(width * ratio + 1e-6))
    return net


def _before(have: int, fill: int) -> int:
    """What comes before a picture put into the middle; halves as the origins round them."""
    if have > fill:
        return -round((have - fill) / 2)
    return round((fill - have) / 2 - 0.1)


def _pool(inner: Size) -> int:
    """How many times the picture can be larger so that the card can say its size; 0: never."""
    for times in range(1, MOST_POOL + 1):
        sides = [side * times for side in inner]
        if all(side % SIDE_STEP == 0 for side in sides) and (
            times == 1 or max(sides) <= MOST_POOLED
        ):
            return times
    return 0


def _step_up(side: int) -> int:
    return max(SIDE_LIMITS[0], math.ceil(side / SIDE_STEP) * SIDE_STEP)


def spread(plan_: Plan, axis: int, count: int) -> list[int]:
    """For each cell of the map along an axis, the place in a foreign map of `count`; −1 outside."""
    begin, inner, net = (plan_.top, plan_.left)[axis], plan_.inner[axis], plan_.net[axis]
    cells = plan_.grid[axis]
    places = [math.floor((begin + (i + 0.5) * inner / cells) / net * count) for i in range(cells)]
    return [place if 0 <= place < count else -1 for place in places]


def edges(plan_: Plan, axis: int) -> list[float]:
    """Where the cells of the map begin along an axis, and the last ends, in the net's pixels."""
    begin, inner = (plan_.top, plan_.left)[axis], plan_.inner[axis]
    cells = plan_.grid[axis]
    return [begin + i * inner / cells for i in range(cells + 1)]
