"""Keeping samples, what persons say of them, the classes of a product, snapshots, and notes.

    <data folder>/samples/ab/<sha256>.<suffix>   pictures that are no record's, by their content

A sample is: picture to a temporary file → fsync → rename → fsync of the folder → row → commit. All
of it only grows: a label is taken back by a further one.
"""

import hashlib
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from station.errors import ErrorCode, StoreError
from station.store.decisions import find
from station.store.images import INCOMING, make_folder, write_durably
from station.store.notes import NoteKind, append_note
from station.store.rows import fit_text
from station.store.schema import classes, inspections, labels, sample_states, samples
from station.store.snapshots import SNAPSHOTS, SnapshotRow, append_snapshot
from station.store.story import append_keep

SAMPLES = "samples"
_WRITERS = 8

Word = tuple[int, str]
"""The key of a sample and a label; an empty one sets it aside."""


@dataclass(frozen=True, slots=True)
class NewSample:
    """A picture to be kept as a sample.

    data: the file's bytes, written below SAMPLES with that suffix; or image: the path, below the
    data folder, of one that lies there, with its sha256 and size. record: the uid of the
    inspection that it shows, else empty. group: what shows the same part. phash: as
    training/near.py makes it.
    """

    product: str
    origin: str
    phash: str = ""
    group: str = ""
    record: str = ""
    data: bytes = b""
    suffix: str = ".png"
    image: str = ""
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """The key of a sample; new: it was not there before."""

    key: int
    new: bool


class SampleWriter(ABC):
    """A part of `Store`; its methods may be called from any thread, they take turns.

    Raise StoreError STORE_DISK_FULL, STORE_WRITE_FAILED, STORE_LOCKED or STORE_BROKEN.
    """

    folder: Path

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Connection]:
        """One change of the database: all of it, or nothing."""

    def add_sample(self, new: NewSample, label: str, operator: str) -> int:
        """Keep a picture under that label; returns its key.

        The same picture or record of the product again is the sample that is there, labelled anew
        where the label differs. Raises RECORD_NOT_FOUND too.
        """
        return self.add_samples([(new, label)], operator)[0].key

    def add_samples(self, wanted: Sequence[tuple[NewSample, str]], operator: str) -> list[Added]:
        """Keep pictures under their labels, all rows or none; as `add_sample`, and faster."""

        def place(one: tuple[NewSample, str]) -> dict[str, Any]:
            return _placed(self.folder, one[0])

        with ThreadPoolExecutor(min(_WRITERS, len(wanted) or 1), "samples") as writers:
            placed = list(writers.map(place, wanted))  # each waits for the disk
        made: list[Added] = []
        with self.transaction() as connection:
            for row, (_, label) in zip(placed, wanted, strict=True):
                key = _known(connection, row)
                new = key is None
                if key is None:
                    key = _append(connection, row, operator)
                _relabel(connection, [(key, label)], operator)
                made.append(Added(key, new))
        return made

    def label(self, words: Iterable[Word], operator: str) -> tuple[Word, ...]:
        """Give samples labels; returns what stood before of those that changed.

        Given back to this method, that takes it back. Raises RECORD_NOT_FOUND for an unknown key.
        """
        with self.transaction() as connection:
            return _relabel(connection, list(words), operator)

    def set_class(self, product: str, name: str, good: bool, operator: str) -> None:
        """Say that the product has that class, and whether such a part may pass."""
        product, name = fit_text(product), fit_text(name)
        columns = classes.c
        last = select(columns.good).where(columns.product == product, columns.name == name)
        with self.transaction() as connection:
            told = connection.execute(last.order_by(columns.id.desc()).limit(1)).scalar()
            if told is None or bool(told) != good:
                row = {"product": product, "name": name, "good": int(good)}
                said = {"at_ms": _now_ms(), "operator": fit_text(operator)}
                connection.execute(insert(classes), row | said)

    def note(
        self, kind: NoteKind, subject: str, operator: str, body: Mapping[str, Any] | None = None
    ) -> int:
        """Keep what a person notes about the line; returns its id."""
        with self.transaction() as connection:
            return append_note(connection, kind, subject, _now_ms(), operator, body or {})

    def add_snapshot(
        self,
        product: str,
        digest: str,
        manifest: bytes,
        held: Sequence[tuple[int, str, bool]],
        operator: str,
    ) -> SnapshotRow:
        """Keep a manifest for good under its hash, with its members (key, label, test).

        One of the same content is there already, and stays as it is.
        """
        name = f"{SNAPSHOTS}/{digest}.json"
        _write(self.folder, name, manifest)
        row = SnapshotRow(0, product, digest, name, len(held), _now_ms(), operator)
        with self.transaction() as connection:
            return append_snapshot(connection, row, held)


def _placed(folder: Path, new: NewSample) -> dict[str, Any]:
    """The columns that say which picture it is; one that is given as bytes is written first."""
    image, digest, size = new.image, new.sha256, new.size
    if not image:
        digest, size = hashlib.sha256(new.data).hexdigest(), len(new.data)
        image = f"{SAMPLES}/{digest[:2]}/{digest}{new.suffix}"
        _write(folder, image, new.data)
    return {
        "product": fit_text(new.product),
        "image": image,
        "image_sha256": digest,
        "image_bytes": size,
        "phash": new.phash,
        "part_group": fit_text(new.group),
        "origin": new.origin,
        "inspection": new.record,
    }


def _write(folder: Path, name: str, data: bytes) -> None:
    """Content that lies there whole is not written again."""
    path, incoming = folder / name, folder / INCOMING
    if path.is_file() and path.stat().st_size == len(data):
        return
    for place in (path.parent, incoming):
        if not place.is_dir():
            make_folder(place, folder)
    write_durably(path, incoming, data)


def _known(connection: Connection, row: dict[str, Any]) -> int | None:
    """The sample that has this picture or this record already; the record's id put in place."""
    columns = samples.c
    if row["inspection"]:
        row["inspection"] = find(connection, row["inspection"])[0]
    else:
        row["inspection"] = None
    same = or_(
        columns.image_sha256 == row["image_sha256"],
        columns.inspection == (row["inspection"] or -1),
    )
    query = select(columns.id).where(columns.product == row["product"], same)
    return connection.execute(query.order_by(columns.id).limit(1)).scalar()


def _append(connection: Connection, row: dict[str, Any], operator: str) -> int:
    said = {"uid": uuid.uuid4().hex, "at_ms": _now_ms(), "operator": fit_text(operator)}
    made = connection.execute(insert(samples).returning(samples.c.id), row | said).scalar_one()
    if row["inspection"] is not None:
        uid = select(inspections.c.uid).where(inspections.c.id == row["inspection"])
        append_keep(connection, connection.execute(uid).scalar_one(), "sample", _now_ms(), operator)
    return int(made)


def _relabel(connection: Connection, words: list[Word], operator: str) -> tuple[Word, ...]:
    before: list[Word] = []
    row = {"at_ms": _now_ms(), "operator": fit_text(operator)}
    for key, label in words:
        stands = connection.execute(
            select(sample_states.c.label).where(sample_states.c.sample == key)
        ).scalar()
        if stands is None:
            raise StoreError(ErrorCode.RECORD_NOT_FOUND, uid=key)
        label = fit_text(label)
        if label != stands:
            before.append((key, stands))
            connection.execute(insert(labels), row | {"sample": key, "label": label})
    return tuple(before)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
