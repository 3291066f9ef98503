"""Pictures cut from the same larger one: shifted, so that no hash of the whole finds them.

Each picture has marks, its most striking places with what surrounds them as 64 bits. Two pictures
in which several marks lie apart by the same shift may overlap; whether they do is then seen pixel
by pixel. Pictures that hardly shift are left alone: parts in one fixture look so, each another.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.part import Pixels
from station.errors import ImageError
from station.training.cache import digest, keep, load, shelf

SIDE = 200  # pixels of the longer side, at which pictures are compared
SMALLEST = 64  # of the shorter side there; less has no room for marks
MARKS = 80  # of a picture at most
RADIUS = 12  # of the surroundings of a mark
SPACING = 7  # between two marks
FAINT = 2.0  # grey levels, by which a mark must stand out
BITS = 10  # of 64 that may differ between two marks of the same place
MOST_ALIKE = 60  # marks that share a quarter of their bits; more say nothing
VOTES = 4  # marks that must agree on a shift
SHIFTED = 0.05  # of the side; less is no shift
SHARE = 0.15  # of a picture, the least that must overlap
ALIKE = 0.85  # correlation of the overlap; of NEU's 995 pairs 930 lie above it, 58 far below
SLACK = 2  # pixels by which a shift may be wrong
AROUND = sorted(  # the nearest first
    product(range(-SLACK, SLACK + 1), repeat=2), key=lambda apart: abs(apart[0]) + abs(apart[1])
)
WIDE = 6.0  # sigma of the light and shade that do not count
VERSION = 1  # of all that the answer depends on
MOST_PICTURES = 20_000
MOST_CHECKED = 4000  # pairs; where there are more, all parts look alike

Plane = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]
Shift = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """`places` (k, 2) as x and y, and `bits` (k,)."""

    places: npt.NDArray[np.int16]
    bits: npt.NDArray[np.uint64]


NOTHING = Marks(np.empty((0, 2), np.int16), np.empty(0, np.uint64))


def marks(pixels: Pixels) -> Marks:
    """The marks of a mono or RGB picture; none of a small or an even one."""
    grey = _grey(pixels)
    if min(grey.shape) < SMALLEST:
        return NOTHING
    soft = cv2.GaussianBlur(grey, (0, 0), 1.5)
    strong = np.abs(soft - cv2.GaussianBlur(grey, (0, 0), 4))
    peak = strong == cv2.dilate(strong, np.ones((SPACING, SPACING)))
    rim = np.zeros(grey.shape, bool)
    rim[RADIUS:-RADIUS, RADIUS:-RADIUS] = True
    rows, columns = np.nonzero(peak & rim & (strong > FAINT))
    best = np.argsort(-strong[rows, columns], kind="stable")[:MARKS]
    rows, columns = rows[best], columns[best]
    if not len(rows):
        return NOTHING
    steps = np.arange(1 - RADIUS, RADIUS, 3)
    near = soft[rows[:, None, None] + steps[:, None], columns[:, None, None] + steps]
    flat = near.reshape(len(rows), -1)
    bits = np.packbits(flat > np.median(flat, axis=1, keepdims=True), axis=1)
    places = np.stack([columns, rows], axis=1).astype(np.int16)
    return Marks(places, bits.view(np.uint64).ravel())


def known_overlaps(contents: Sequence[str], read: Callable[[int], Pixels]) -> list[tuple[int, int]]:
    """As `overlaps`; contents: the sha256 of each picture, by which what was seen is remembered."""
    if len(contents) > MOST_PICTURES:
        return []
    place = shelf(digest("overlap", str(VERSION)))
    key = hashlib.sha256("".join(contents).encode()).hexdigest()
    kept = None if place is None else load(place, key)
    if kept is not None:
        return [(int(one), int(other)) for one, other in kept[0]]
    pairs = overlaps(_known_marks(contents, read), read)
    if place is not None:
        keep(place, key, [np.array(pairs, np.int32).reshape(-1, 2)])
    return pairs


def _known_marks(contents: Sequence[str], read: Callable[[int], Pixels]) -> list[Marks]:
    place, found = shelf(digest("marks", str(VERSION))), []
    for number, content in enumerate(contents):
        kept = None if place is None else load(place, content)
        if kept is not None:
            found.append(Marks(kept[0].astype(np.int16), kept[1].astype(np.uint64)))
            continue
        try:
            own = marks(read(number))
        except ImageError:
            own = NOTHING
        if place is not None:
            keep(place, content, [own.places, own.bits])
        found.append(own)
    return found


def overlaps(found: Sequence[Marks], read: Callable[[int], Pixels]) -> list[tuple[int, int]]:
    """Pairs of pictures that overlap, by their marks.

    read: the pixels of one; what cannot be read any more overlaps nothing. Where everything looks
    like everything, as with parts of one print, nothing is said.
    """
    pairs = _agreeing(found)
    if len(pairs) > MOST_CHECKED:
        return []
    planes = _Planes(read)
    return [pair for pair, shift in pairs.items() if _overlap(planes, pair, shift)]


def _grey(pixels: Pixels) -> Plane:
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.float32)


def _agreeing(found: Sequence[Marks]) -> dict[tuple[int, int], Shift]:
    """Pairs of pictures of which several marks agree on a shift, and that shift."""
    places = np.concatenate([NOTHING.places, *(one.places for one in found)]).astype(np.intp)
    bits = np.concatenate([NOTHING.bits, *(one.bits for one in found)])
    own = np.repeat(np.arange(len(found)), [len(one.bits) for one in found])
    links = np.unique(np.concatenate([np.empty((2, 0), np.intp), *_links(bits, own)], 1), axis=1)
    first, second = links
    shifts = places[second] - places[first]
    far = (np.abs(shifts) >= SHIFTED * SIDE).any(axis=1)
    pairs = own[first[far]] * len(found) + own[second[far]]
    best: dict[tuple[int, int], tuple[int, Shift]] = {}
    for half in (0, 1):  # a shift on the border of two bins is in the middle of another
        bins = (shifts[far] + half) // 2
        keys = (pairs * 512 + bins[:, 0] + 256) * 512 + bins[:, 1] + 256
        for key, count in _often(keys):
            pair = divmod(key >> 18, len(found))
            shift = ((key >> 9) % 512 - 256) * 2 - half, (key % 512 - 256) * 2 - half
            best[pair] = max(best.get(pair, (0, (0, 0))), (count, shift))
    return {pair: shift for pair, (_, shift) in sorted(best.items())}


def _often(keys: Index) -> Iterator[tuple[int, int]]:
    values, counts = np.unique(keys, return_counts=True)
    enough = counts >= VOTES
    return zip(values[enough].tolist(), counts[enough].tolist(), strict=True)


def _links(bits: npt.NDArray[np.uint64], own: Index) -> Iterator[Index]:
    """Marks of different pictures that look alike, the earlier picture's first."""
    for quarter in range(4):
        part = (bits >> np.uint64(16 * quarter)) & np.uint64(0xFFFF)
        counts = np.bincount(part.astype(np.intp), minlength=1)
        some = np.flatnonzero(counts[part.astype(np.intp)] <= MOST_ALIKE)
        order = some[np.argsort(part[some], kind="stable")]
        for step in range(1, MOST_ALIKE):
            left, right = order[:-step], order[step:]
            same = part[left] == part[right]
            if not same.any():
                break
            left, right = left[same], right[same]
            near = np.bitwise_count(bits[left] ^ bits[right]) <= BITS
            near &= own[left] != own[right]
            yield np.stack([left[near], right[near]])  # stable: the lower number stands left


class _Planes:
    """Pictures without their light and shade, the last few kept."""

    def __init__(self, read: Callable[[int], Pixels]) -> None:
        self._read = read
        self._kept: dict[int, Plane | None] = {}

    def __call__(self, number: int) -> Plane | None:
        """None where it cannot be read."""
        if number not in self._kept:
            if len(self._kept) >= MOST_ALIKE:
                self._kept.pop(next(iter(self._kept)))
            self._kept[number] = self._made(number)
        return self._kept[number]

    def _made(self, number: int) -> Plane | None:
        try:
            grey = _grey(self._read(number))
        except ImageError:
            return None
        return np.asarray(grey - cv2.GaussianBlur(grey, (0, 0), WIDE), np.float32)


def _overlap(planes: _Planes, pair: tuple[int, int], shift: Shift) -> bool:
    one, other = planes(pair[0]), planes(pair[1])
    if one is None or other is None:
        return False
    return any(_alike(one, other, shift[0] + x, shift[1] + y) for x, y in AROUND)


def _alike(one: Plane, other: Plane, x: int, y: int) -> bool:
    """Whether they show the same where they overlap, if the other lies so far off."""
    high = min(one.shape[0], other.shape[0] - y) - max(0, -y)
    wide = min(one.shape[1], other.shape[1] - x) - max(0, -x)
    if high <= 0 or wide <= 0 or high * wide < SHARE * one.size:
        return False
    top, left = max(0, -y), max(0, -x)
    here = one[top : top + high, left : left + wide]
    there = other[top + y : top + y + high, left + x : left + x + wide]
    here, there = here - here.mean(), there - there.mean()
    size = float(np.sqrt(np.sum(here * here) * np.sum(there * there)))
    return size > 0 and float(np.sum(here * there)) >= ALIKE * size
