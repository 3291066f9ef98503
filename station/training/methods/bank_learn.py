"""What `memory_bank` learns from: good parts as they are, and with defects drawn over them."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from station.cameras.image_file import read_image
from station.inference.model import INPUT
from station.inference.prepare import prepare
from station.inference.provider import CPU, new_session
from station.training.augment import COPIES, Varied
from station.training.backbone import Input
from station.training.coreset import coreset, nearest
from station.training.embed import THREADS, Source
from station.training.methods.bank_graph import (
    Bank,
    Head,
    Lens,
    patches_model,
    place_weight,
    places,
)
from station.training.patches import CELL, CELLS, FINE, PLATES, Plates
from station.training.synthetic import SEEN, spoil

SPOILT = (2, 8)  # copies of a part with drawn defects: of many parts, of few
DRAWN = 600  # copies that are wished for in all
TWICE = 0.5  # of them, the share with a second defect
JUDGED = 120  # of parts with a drawn defect, by which limits are set
CLEAN_CELLS = 120  # of a part as it is
SPOILT_CELLS = 60  # of a copy, inside the defects
AROUND_CELLS = 40  # of a copy, well outside them
COVERED = 0.06  # of a cell's area, from which it belongs to the defect
VISIBLE = 4  # grey levels that a drawn defect must change somewhere
CELL_ROWS = 120_000  # kept in memory in all, as half precision
PLATE_ROWS = 120_000  # of each bank
ROWS = 1000  # of a bank
PRIOR = 20  # plates that say of each row that it spreads like all
MEASURED = 40_000  # plates of one half that tell how far the rows of the other spread
HIDDEN = 128
BATCH = 1024  # cells for each step of the network's training
VISITS = 800_000  # of cells, in all steps together,
ROUNDS = (4, 12)  # but never fewer or more of all cells
DECAY = 1e-2  # scikit-learn's alpha
STILL = 1e-6  # added to a spread

Array = npt.NDArray[np.float32]
Half = npt.NDArray[np.float16]
Index = npt.NDArray[np.intp]
Image = npt.NDArray[np.uint8]
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """Places of good parts. `cells` and `spoilt` (0 or 1) belong together, plates are clean.

    cell_parts, plate_parts: the number of the part that a row comes from. plates: for each bank
    (n, depth + 2), the last two being the place.
    """

    cells: Half
    spoilt: npt.NDArray[np.int8]
    cell_parts: Index
    plates: tuple[Half, ...]
    plate_parts: tuple[Index, ...]


def see(
    paths: Sequence[Path],
    kinds: tuple[str, ...],
    form: Input,
    rng: np.random.Generator,
    tick: Tick,
) -> Seen:
    """Look at each good part and at spoilt copies of it; keep some places of each.

    kinds: how parts may vary, of `augment.KINDS`; each is then also seen as it might have been.
    """
    rounds = 1 + (COPIES if kinds else 0)
    sources: list[Source] = [
        Varied(path, kinds, number) if number else path
        for path in paths
        for number in range(rounds)
    ]
    session = new_session(patches_model(form), CPU, THREADS)
    copies = int(np.clip(np.ceil(DRAWN / len(sources)), *SPOILT))
    cells_each = CLEAN_CELLS + copies * (SPOILT_CELLS + AROUND_CELLS)
    share = min(1.0, CELL_ROWS / (len(sources) * cells_each))
    most = max(1, PLATE_ROWS // len(sources))
    cells: list[Half] = []
    spoilt: list[npt.NDArray[np.int8]] = []
    kept: list[list[Half]] = [[] for _ in PLATES]
    other = _read(sources[-1], form)
    for number, source in enumerate(sources):
        part = _read(source, form)
        views, covers = _views(part, other, copies, rng)
        names = [CELLS, *(plates.name for plates in PLATES)]
        found, *coarse = session.run(names, {INPUT: np.stack(views)})
        rows, marks = _pick_cells(found, covers, share, rng)
        cells.append(rows)
        spoilt.append(marks)
        for plates, plane, column in zip(PLATES, coarse, kept, strict=True):
            column.append(_some(_placed(plane[0], form, plates), most, rng).astype(np.float16))
        other = part
        if number % rounds == rounds - 1:
            tick(number // rounds + 1)
    return Seen(
        np.concatenate(cells),
        np.concatenate(spoilt),
        _owners(cells, rounds),
        tuple(np.concatenate(column) for column in kept),
        tuple(_owners(column, rounds) for column in kept),
    )


def spoilt(
    paths: Sequence[Path], form: Input, rng: np.random.Generator
) -> Iterator[tuple[int, Image]]:
    """Of evenly chosen parts their number, and how each looks with a defect that can be seen."""
    chosen = np.linspace(0, len(paths) - 1, min(JUDGED, len(paths))).round().astype(int)
    other = _read(paths[-1], form)
    for number in chosen:
        part = _read(paths[number], form)
        views, _ = _views(part, other, max(1, JUDGED // len(chosen)), rng)
        for view in views[1:]:
            yield int(number), view
        other = part


def learn_lens(seen: Seen, parts: Index, groups: Index, seed: int) -> Lens:
    """All opinions from those parts alone; `groups` says of every part what it belongs to."""
    rng = np.random.default_rng(seed)
    halves = _halves(parts, groups, rng)
    banks = [
        _learn_bank([plates[np.isin(owners, half)].astype(np.float32) for half in halves], rng)
        for plates, owners in zip(seen.plates, seen.plate_parts, strict=True)
    ]
    own = np.isin(seen.cell_parts, parts)
    head = _learn_head(seen.cells[own].astype(np.float32), seen.spoilt[own], seed)
    return Lens(tuple(banks), head)


def _halves(parts: Index, groups: Index, rng: np.random.Generator) -> tuple[Index, Index]:
    """No group in both, unless there is but one."""
    names = np.unique(groups[parts])
    if len(names) < 2:
        return parts[::2], parts[1::2]
    first = np.isin(groups[parts], rng.permutation(names)[::2])
    return parts[first], parts[~first]


def _learn_bank(halves: Sequence[Array], rng: np.random.Generator) -> Bank:
    """Rows of each half, and their spread as the plates of the other half show it."""
    depth = halves[0].shape[1] - 2
    whole = np.concatenate(halves)[:, :depth]
    centre, scale = whole.mean(axis=0), whole.std(axis=0) + STILL
    standard = [_standard(half, centre, scale) for half in halves]
    rows: list[Array] = []
    spreads: list[Array] = []
    for own, other in (standard, standard[::-1]):
        chosen = coreset(own, ROWS // 2, rng)
        rows.append(chosen)
        spreads.append(_spread(chosen, _some(other, MEASURED, rng)))
    return Bank(np.concatenate(rows), np.concatenate(spreads), centre, scale)


def _standard(plates: Array, centre: Array, scale: Array) -> Array:
    depth = len(centre)
    where = plates[:, depth:] * np.float32(place_weight(depth))
    return np.concatenate([(plates[:, :depth] - centre) / scale, where], axis=1)


def _spread(rows: Array, others: Array) -> Array:
    """The mean squared distance of the plates that are nearest to each row."""
    distance, which = nearest(others, rows)
    count = np.bincount(which, minlength=len(rows))
    total = np.bincount(which, distance, minlength=len(rows))
    usual = float(distance.mean()) + STILL
    return np.asarray((total + PRIOR * usual) / (count + PRIOR), np.float32)


def _learn_head(cells: Array, spoilt: npt.NDArray[np.int8], seed: int) -> Head:
    """A small network; the standardisation is folded into its first layer."""
    centre = cells.mean(axis=0)
    scale = cells.std(axis=0) + STILL
    cells -= centre
    cells /= scale
    batch = min(BATCH, len(cells))
    network = MLPClassifier(
        (HIDDEN,),
        alpha=DECAY,
        batch_size=batch,
        learning_rate_init=2e-3,
        max_iter=int(np.clip(round(VISITS / len(cells)), *ROUNDS)),
        random_state=seed,
    )
    with warnings.catch_warnings(), threadpool_limits(1):  # small matrices: threads would wait
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(cells, spoilt)
    inner = network.coefs_[0].T / scale
    bias = network.intercepts_[0] - inner @ centre
    outer = network.coefs_[1].T
    layers = (inner, bias, outer, network.intercepts_[1])
    return Head(*(np.asarray(layer, np.float32) for layer in layers))


def _read(source: Source, form: Input) -> Image:
    pixels = read_image(source) if isinstance(source, Path) else source.read()
    return np.asarray(prepare(pixels, None, form)[0], np.uint8)


def _views(
    part: Image, other: Image, copies: int, rng: np.random.Generator
) -> tuple[list[Image], list[Array | None]]:
    """The part, then its spoilt copies, each with the cover of what can be seen in it."""
    views: list[Image] = [part]
    covers: list[Array | None] = [None]
    for _ in range(copies):
        view, cover = spoil(part, other, rng)
        if rng.random() < TWICE:
            view, second = spoil(view, other, rng)
            cover = np.maximum(cover, second)
        changed = np.abs(view.astype(np.int16) - part).max(axis=2)
        if changed[cover > SEEN].max(initial=0) >= VISIBLE:
            views.append(view)
            covers.append(cover)
    return views, covers


def _pick_cells(
    found: Array, covers: Sequence[Array | None], share: float, rng: np.random.Generator
) -> tuple[Half, npt.NDArray[np.int8]]:
    rows: list[Array] = []
    marks: list[int] = []
    for cells, cover in zip(_rows(found, CELL), covers, strict=True):
        if cover is None:
            inside, outside = cells[:0], _some(cells, round(CLEAN_CELLS * share), rng)
        else:
            touched, clear = _touched(cover)
            inside = _some(cells[touched], round(SPOILT_CELLS * share), rng)
            outside = _some(cells[clear], round(AROUND_CELLS * share), rng)
        rows += [inside, outside]
        marks += [1] * len(inside) + [0] * len(outside)
    return np.concatenate(rows).astype(np.float16), np.array(marks, np.int8)


def _touched(cover: Array) -> tuple[Index, Index]:
    """The cells that belong to a defect, and those that are no neighbours of one."""
    height, width = (side // FINE for side in cover.shape)
    blocks = cover.reshape(height, FINE, width, FINE)
    near = cv2.dilate(np.ascontiguousarray(blocks.max(axis=(1, 3))), np.ones((3, 3)))
    touched = np.flatnonzero(blocks.mean(axis=(1, 3)) > COVERED)
    return touched, np.flatnonzero(near < COVERED)


def _owners(columns: Sequence[Half], rounds: int) -> Index:
    """The part of each row, where every part was seen in so many rounds."""
    return np.repeat(np.arange(len(columns)) // rounds, [len(rows) for rows in columns])


def _placed(plane: Array, form: Input, plates: Plates) -> Array:
    """(depth, h, w) → (places, depth + 2), x and y behind the numbers."""
    both = np.concatenate([plane, places(form, plates.stride)])
    return both.reshape(len(both), -1).T


def _rows(planes: Array, depth: int) -> Array:
    """(n, depth, h, w) → (n, places, depth)."""
    return planes.reshape(len(planes), depth, -1).transpose(0, 2, 1)


def _some(rows: Array, count: int, rng: np.random.Generator) -> Array:
    if len(rows) <= count:
        return rows
    return rows[np.sort(rng.choice(len(rows), max(1, count), replace=False))]
