"""Reading the records: from any thread, beside the writer, or beside a running station."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, select

from station.domain.counts import Counts
from station.domain.inspection import Decision, Inspection, Still
from station.domain.recipe import Recipe
from station.domain.revision import Revision, RevisionState
from station.errors import ErrorCode, StoreError
from station.store.audit import AuditEntry, audit_page, unconfirmed
from station.store.engine import database_errors, read_engine
from station.store.entry import Entry, entry_from
from station.store.history import (
    Facets,
    Filter,
    entries,
    facets,
    history_page,
    waiting_count,
    waiting_ids,
)
from station.store.images import read_still
from station.store.migrations import check_current
from station.store.notes import Note, NoteKind, all_notes
from station.store.process_values import Point, Series, all_series, points
from station.store.recipes import ModelEntry, all_models, find_recipe, newest_recipes
from station.store.releases import (
    Release,
    released_recipe,
    standing_recipe,
    way_back,
)
from station.store.revisions import all_revisions, find_revision, one_in
from station.store.rollup import yield_between
from station.store.rows import fit_text
from station.store.sample_reader import SampleReader
from station.store.schema import DATABASE_NAME, current, inspections
from station.store.second_looks import Agreement, Disagreement, agreement, disagreements
from station.store.story import Story, tell_story
from station.store.trends import Hour, Spread, baseline, hourly

__all__ = ["Entry", "Reader"]


class Reader(SampleReader):
    """Reads one data folder without its lock; every method may be called from any thread.

    Each call is its own short transaction: it never holds up the writer, nor lets its log grow.
    Methods raise StoreError STORE_BROKEN where the database cannot be read.
    any_form: also one of an older program, for `connection` alone.
    """

    def __init__(self, folder: Path, roomy: bool = True, any_form: bool = False) -> None:
        self._folder = folder
        self._roomy = roomy
        self._any_form = any_form
        self._path = folder / DATABASE_NAME
        self._engine: Engine | None = None

    def open(self) -> None:
        """Connect. Raises StoreError STORE_NOT_FOUND, STORE_OLDER, STORE_NEWER or STORE_BROKEN."""
        if not self._path.is_file():
            raise StoreError(ErrorCode.STORE_NOT_FOUND, path=self._folder)
        self._engine = read_engine(self._path, self._roomy)
        try:
            with self.connection() as connection:
                check_current(connection, self._path, self._any_form)
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database; safe to call twice."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> "Reader":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection that cannot write, for a query of the caller's own."""
        if self._engine is None:
            raise RuntimeError("the reader is not open")
        broken = ErrorCode.STORE_BROKEN
        with database_errors(self._path, broken), self._engine.connect() as connection:
            yield connection

    def counts(self, since_ms: int = 0) -> Counts:
        """How the parts since then stand now."""
        with self.connection() as connection:
            return yield_between(connection, since_ms)

    def yield_between(self, since_ms: int, until_ms: int, recipe: str = "") -> Counts:
        """How the parts of that span stand now; `until_ms` itself is no more in it."""
        with self.connection() as connection:
            return yield_between(connection, since_ms, until_ms, recipe)

    def image_bytes(self, since_ms: int) -> int:
        """How many bytes of pictures were kept since then."""
        query = select(func.sum(inspections.c.image_bytes)).where(inspections.c.at_ms >= since_ms)
        return int(self._rows(query)[0][0] or 0)

    def waiting(self, limit: int = 200) -> list[Inspection]:
        """The parts that wait for a person's word, oldest first."""
        with self.connection() as connection:
            found = entries(connection, waiting_ids(connection, limit))
        return [entry.inspection for entry in found]

    def waiting_count(self) -> int:
        """How many parts wait for a person's word."""
        with self.connection() as connection:
            return waiting_count(connection)

    def knows(self, uid: str) -> bool:
        """Tell whether that record is there."""
        query = select(inspections.c.id).where(inspections.c.uid == fit_text(uid))
        return bool(self._rows(query))

    def entry(self, uid: str) -> Entry:
        """The record as it stands. Raises StoreError RECORD_NOT_FOUND."""
        rows = self._rows(select(current).where(current.c.uid == fit_text(uid)))
        if not rows:
            raise StoreError(ErrorCode.RECORD_NOT_FOUND, uid=uid)
        return entry_from(rows[0]._asdict())

    def inspection(self, uid: str) -> Inspection:
        """What was recorded of that part. Raises StoreError RECORD_NOT_FOUND."""
        return self.entry(uid).inspection

    def standing_decision(self, uid: str) -> Decision | None:
        """A person's last word on that part that was not undone. Raises RECORD_NOT_FOUND."""
        return self.entry(uid).decision

    def still(self, uid: str) -> Still | None:
        """The judged picture from its file; None where there was none, only a fault.

        Raises StoreError RECORD_NOT_FOUND, ImageError IMAGE_NOT_FOUND or IMAGE_UNREADABLE.
        """
        entry = self.entry(uid)
        if entry.image is None:
            return None
        return read_still(self._folder / entry.image, uid, entry.inspection.region)

    def story(self, uid: str) -> Story:
        """All that is known of a part. Raises StoreError RECORD_NOT_FOUND."""
        with self.connection() as connection:
            return tell_story(connection, uid)

    def page(self, wanted: Filter, limit: int = 50, before_id: int | None = None) -> list[Entry]:
        """Records by time, newest first; `before_id`: the last entry of the page before."""
        with self.connection() as connection:
            return history_page(connection, wanted, limit, before_id)

    def facets(self) -> Facets:
        """The words that can be asked for."""
        with self.connection() as connection:
            return facets(connection)

    def audit(self, limit: int, before_id: int | None = None) -> list[AuditEntry]:
        """The audit trail, newest first; `before_id`: the last entry of the page before."""
        with self.connection() as connection:
            return audit_page(connection, limit, before_id)

    def unconfirmed(self) -> list[AuditEntry]:
        """The banners that no person has confirmed, oldest first."""
        with self.connection() as connection:
            return unconfirmed(connection)

    def history(self, limit: int, before_id: int | None = None) -> list[Entry]:
        """Newest first; `before_id` is the id of the last entry of the page before."""
        query = select(current).order_by(current.c.id.desc()).limit(limit)
        if before_id is not None:
            query = query.where(current.c.id < before_id)
        return [entry_from(row._asdict()) for row in self._rows(query)]

    def after(self, id_: int, limit: int) -> list[Entry]:
        """Oldest first, those with a higher id: the way through all records, page by page."""
        query = select(current).where(current.c.id > id_).order_by(current.c.id).limit(limit)
        return [entry_from(row._asdict()) for row in self._rows(query)]

    def last_number(self) -> int:
        """The highest part number, 0 before the first part."""
        return int(self._rows(select(func.max(inspections.c.number)))[0][0] or 0)

    def recipe(self, name: str, version: int | None = None) -> Recipe:
        """That version, or the newest of that name. Raises RecipeError RECIPE_NOT_FOUND."""
        with self.connection() as connection:
            return find_recipe(connection, name, version)

    def recipes(self) -> list[Recipe]:
        """The newest version of every recipe, by name."""
        with self.connection() as connection:
            return newest_recipes(connection)

    def revisions(self, product: str) -> list[Revision]:
        """Every model of that product, newest first."""
        with self.connection() as connection:
            return all_revisions(connection, product)

    def revision(self, product: str, number: int) -> Revision:
        """That model. Raises StoreError REVISION_NOT_FOUND."""
        with self.connection() as connection:
            return find_revision(connection, product, number)

    def released(self, product: str) -> Revision | None:
        """The model whose verdicts count; None before the first start."""
        with self.connection() as connection:
            return one_in(connection, product, RevisionState.RELEASED)

    def shadow(self, product: str) -> Revision | None:
        """The model that judges silently beside it, if any."""
        with self.connection() as connection:
            return one_in(connection, product, RevisionState.SHADOW)

    def released_recipe(self, order: Release) -> Recipe:
        """What `Store.release` would make of that order. Raises as it does."""
        with self.connection() as connection:
            return released_recipe(connection, self._folder, order)

    def way_back(self, product: str, reason: str, operator: str = "") -> Release:
        """What `Store.roll_back` would release. Raises StoreError NOTHING_TO_ROLL_BACK."""
        with self.connection() as connection:
            return way_back(connection, product, reason, operator)

    def standing_recipe(self, wanted: Recipe) -> Recipe | None:
        """The last release, unless the recipe's file has said something else since."""
        with self.connection() as connection:
            return standing_recipe(connection, self._folder, wanted)

    def disagreements(
        self, product: str, model_sha256: str, limit: int = 100, before_id: int | None = None
    ) -> list[Disagreement]:
        """The parts that a shadow judged otherwise, newest first.

        before_id: the `look_id` of the last one of the page before.
        """
        with self.connection() as connection:
            return disagreements(connection, product, model_sha256, limit, before_id)

    def agreement(self, product: str, model_sha256: str) -> Agreement:
        """How often a shadow and the model in charge said what."""
        with self.connection() as connection:
            return agreement(connection, product, model_sha256)

    def baseline(self, model_sha256: str, parts: int = 1000) -> Spread | None:
        """How the first parts looked that this model judged; None before any."""
        with self.connection() as connection:
            return baseline(connection, model_sha256, parts)

    def hourly(self, model_sha256: str, since_ms: int, until_ms: int) -> list[Hour]:
        """How the parts looked that this model judged, hour by hour, oldest first."""
        with self.connection() as connection:
            return hourly(connection, model_sha256, since_ms, until_ms)

    def series(self) -> list[Series]:
        """Every process value that was ever read, by name."""
        with self.connection() as connection:
            return all_series(connection)

    def points(self, of: Series, since_ms: int, until_ms: int) -> list[Point]:
        """One of them from `since_ms` to before `until_ms`, oldest first."""
        with self.connection() as connection:
            return list(points(connection, of, since_ms, until_ms))

    def notes(self, kind: NoteKind, subject: str | None = None, since_ms: int = 0) -> list[Note]:
        """What persons noted about the line since then, oldest first; subject None: any."""
        with self.connection() as connection:
            return all_notes(connection, kind, subject, since_ms)

    def models(self) -> list[ModelEntry]:
        """Every model ever kept, oldest first."""
        with self.connection() as connection:
            return all_models(connection)

    def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        with self.connection() as connection:
            return list(connection.execute(query))
