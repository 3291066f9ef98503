"""Pictures made into samples: of records, of files, and from the camera.

Of a record with an ROI, or with areas to ignore, the cut-out as the model sees it is kept as a
file of its own; without, the record's picture is the sample's. The words are those of the plant's
copy: accepted is the good class unless the person named another, rejected the defect that the
person named, else the one the model saw where it said NG itself; a rejected part of which nobody
named the defect is left out.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import func, or_, select

from station.domain.inspection import Decision, DecisionKind, Inspection
from station.domain.judge import named_class
from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, ImageError, RecipeError
from station.inference.prepare import region
from station.store.entry import Entry
from station.store.png import encode_png
from station.store.queries import Reader
from station.store.rows import fit_text
from station.store.sample_writer import NewSample, SampleWriter, Word
from station.store.schema import current, decisions, labels, sample_states, samples
from station.training.dataset import Skipped, read_file
from station.training.near import phash

GOOD = "good"
"""What is accepted without another name, where the product has no good class yet."""

_AT_ONCE = 32
_READERS = 2

Decide = Callable[[Decision], None]
Tick = Callable[[int, int], None]
"""Is told how many of how many are done."""


@dataclass(frozen=True, slots=True)
class Item:
    """A picture file, its label and its group."""

    path: Path
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many samples were added, how many were there already, and what could not be used."""

    added: int
    known: int
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """The keys that bear the label now; `before` given to `Store.label` takes it back."""

    keys: tuple[int, ...]
    before: tuple[Word, ...]
    skipped: tuple[Skipped, ...] = ()


def label_keys(
    store: SampleWriter,
    reader: Reader,
    keys: Iterable[int],
    label: str,
    operator: str,
    decide: Decide | None = None,
) -> Labelled:
    """Give images of the grid a label; records that wait become samples by it.

    decide: is told a person's decision on each record that waited; None: nobody is. A record whose
    picture cannot be read is skipped and named. An empty label sets aside, and decides nothing.
    Raises StoreError.
    """
    wanted = list(keys)
    before = list(store.label([(key, label) for key in wanted if key > 0], operator))
    done = [key for key in wanted if key > 0]
    skipped: list[Skipped] = []
    for row in reader.sample_rows([key for key in wanted if key < 0]):
        try:
            entry = reader.entry(row.uid)
            key = store.add_sample(_of_record(store.folder, reader, entry), label, operator)
        except ImageError as error:
            skipped.append(Skipped(store.folder / row.image, error.fault))
            continue
        done.append(key)
        before.append((key, ""))
        if decide is not None and label and entry.decision is None:
            decide(_decision(reader, entry, label, operator))
    return Labelled(tuple(done), tuple(before), tuple(skipped))


def take_decided(store: SampleWriter, reader: Reader, product: str, operator: str) -> Taken:
    """Make samples of all parts of the product that a person decided on, and of later words.

    A word that changed since the sample was labelled is its new label. Raises StoreError.
    """
    added, known, skipped = 0, 0, []
    good = next((one.name for one in reader.classes(product) if one.good), GOOD)
    for uid, key, stands in _decided(reader, product):
        entry = reader.entry(uid)
        said = entry.decision
        label = said and named_class(entry.inspection, said.kind, said.label or "", good)
        if not label:
            continue
        if key is not None:
            known += bool(store.label([(key, label)], operator)) if stands != label else 0
            continue
        try:
            store.add_sample(_of_record(store.folder, reader, entry), label, operator)
            added += 1
        except ImageError as error:
            skipped.append(Skipped(store.folder / (entry.image or ""), error.fault))
    return Taken(added, known, tuple(skipped))


def take_files(
    store: SampleWriter,
    product: str,
    items: Sequence[Item],
    operator: str,
    origin: str = "import",
    progress: Tick = lambda _, __: None,
) -> Taken:
    """Copy picture files in and label them; what is broken is skipped and named.

    A picture that is a sample already gets the label where that differs. Raises StoreError.
    """
    added, skipped = 0, []
    with ThreadPoolExecutor(_READERS, "taking") as readers:
        for at in range(0, len(items), _AT_ONCE):
            some = items[at : at + _AT_ONCE]
            read = list(readers.map(partial(_of_file, product, origin), some))
            skipped += [one for one in read if isinstance(one, Skipped)]
            new = [
                (one, item.label)
                for one, item in zip(read, some, strict=True)
                if isinstance(one, NewSample)
            ]
            added += sum(one.new for one in store.add_samples(new, operator))
            progress(at + len(some), len(items))
    return Taken(added, len(items) - added - len(skipped), tuple(skipped))


def take_frame(
    store: SampleWriter,
    product: str,
    pixels: Pixels,
    roi: Roi | None,
    label: str,
    operator: str,
    group: str = "",
) -> int:
    """Keep what the camera shows as a sample; returns its key. Raises ROI_OUTSIDE_FRAME too."""
    part = region(pixels, roi)
    new = NewSample(product, "camera", phash=phash(part), group=group, data=encode_png(part, {}))
    return store.add_sample(new, label, operator)


def _of_file(product: str, origin: str, item: Item) -> NewSample | Skipped:
    """The sample that a file is to be, or why it cannot be one."""
    try:
        data, pixels = read_file(item.path)
    except ImageError as error:
        return Skipped(item.path, error.fault)
    suffix = item.path.suffix.lower()
    return NewSample(product, origin, phash(pixels), item.group, data=data, suffix=suffix)


def _of_record(folder: Path, reader: Reader, entry: Entry) -> NewSample:
    """The sample that shows a record. Raises ImageError."""
    if entry.image is None:
        raise ImageError(ErrorCode.IMAGE_NOT_FOUND, path=entry.inspection.uid)
    data, pixels = read_file(folder / entry.image)
    inspection = entry.inspection
    bare = NewSample(
        inspection.recipe, "record", group=inspection.part.serial, record=inspection.uid
    )
    ignore = _ignored(reader, inspection)
    if inspection.roi is None and not ignore:
        there = replace(bare, image=entry.image, sha256=entry.image_sha256 or "", size=len(data))
        return replace(there, phash=phash(pixels))
    part = region(pixels, inspection.roi, ignore)
    return replace(bare, phash=phash(part), data=encode_png(part, {}))


def _ignored(reader: Reader, inspection: Inspection) -> tuple[Roi, ...]:
    """What was not looked at, by the recipe that judged; a recipe that was lost tells nothing."""
    try:
        return reader.recipe(inspection.recipe, inspection.recipe_version).ignore
    except RecipeError:
        return ()


def _decided(reader: Reader, product: str) -> list[tuple[str, int | None, str]]:
    """Records with a person's word that came after the sample's label, or that are no sample."""
    columns = current.c
    last = select(func.max(labels.c.at_ms)).where(labels.c.sample == samples.c.id)
    query = (
        select(columns.uid, samples.c.id, sample_states.c.label)
        .outerjoin(samples, samples.c.inspection == columns.id)
        .outerjoin(sample_states, sample_states.c.sample == samples.c.id)
        .where(columns.id.in_(select(decisions.c.inspection)))
        .where(columns.recipe == fit_text(product), columns.decision_id.is_not(None))
        .where(columns.image.is_not(None), columns.removed_at_ms.is_(None))
        .where(or_(samples.c.id.is_(None), columns.decision_at_ms > last.scalar_subquery()))
        .order_by(columns.id)
    )
    with reader.connection() as connection:
        return [(row[0], row[1], row[2] or "") for row in connection.execute(query)]


def _decision(reader: Reader, entry: Entry, label: str, operator: str) -> Decision:
    good = {one.name for one in reader.classes(entry.inspection.recipe) if one.good}
    kind = DecisionKind.ACCEPT if label in good else DecisionKind.REJECT
    at_ms = time.time_ns() // 1_000_000
    return Decision(entry.inspection.uid, kind, at_ms, operator, label)
