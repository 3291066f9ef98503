"""What must not be lost: pictures, records, decisions, recipes. All of it only grows.

    <data folder>/station.lock     held while a station runs on the folder
    <data folder>/records.sqlite   the rows (WAL, synchronous=FULL)
    <data folder>/images/…         the pictures, see images.py

A record is: picture to a temporary file → fsync → rename → fsync of the folder → row → commit.
So a row never lacks its picture, and what `record` returned for survives a power cut.
"""

import hashlib
import logging
import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, func, insert, select

from station.domain.inspection import Decision, Disposition, Inspection, Still
from station.domain.process import ProcessValue
from station.domain.recipe import Recipe, with_models
from station.domain.revision import Revision, RevisionState
from station.errors import ErrorCode, Fault, StoreError
from station.store.aside import highest_number
from station.store.audit import append_audit, append_confirmation
from station.store.before_upgrade import Tell
from station.store.database import Database
from station.store.decisions import append_decision, find
from station.store.images import (
    INCOMING,
    encode_still,
    image_name,
    make_folder,
    sweep,
    write_durably,
)
from station.store.last_release import write_last
from station.store.lock import take_folder
from station.store.model_files import taken_in
from station.store.process_values import append_values
from station.store.queries import Reader
from station.store.recipes import RELEASE, ModelEntry, append_model, append_recipe
from station.store.releases import (
    Release,
    at_home,
    is_incumbent,
    last_release,
    recipe_to_run,
    release,
    take_incumbent,
    way_back,
)
from station.store.revisions import (
    Draft,
    append_evaluation,
    append_revision,
    find_revision,
    move,
)
from station.store.rows import fit_text, to_row
from station.store.sample_writer import SampleWriter
from station.store.schema import dispositions, inspections
from station.store.second_looks import SecondLook, append_looks
from station.store.story import append_keep, append_removals

log = logging.getLogger(__name__)


class Store(SampleWriter):
    """The records of one data folder, held by one process.

    Threads: `record` belongs to one thread, the line's recorder. The other writing methods may be
    called from any, they take turns on one connection. `reader` is for every thread.
    on_upgrade: told the share of the way, in `open`, while older records are brought forward.
    """

    def __init__(self, folder: Path, station: str = "", on_upgrade: Tell = lambda _: None) -> None:
        self.folder = folder
        self.station = fit_text(station)
        self.reader = Reader(folder, roomy=False)
        self._database = Database(folder, self.station, on_upgrade)
        self._highest_on_disk = 0
        self._lock: FileLock | None = None
        self._durable_folders: set[Path] = set()

    def open(self) -> None:
        """Take the folder and bring its database to the newest form; nothing is ever removed.

        A damaged database is moved aside, and one that is missing begun anew, with a banner in
        the audit trail; `recover.py` brings the rows back in the background.
        Raises StoreError DATA_FOLDER_NOT_WRITABLE, DATA_FOLDER_IN_USE, STORE_DISK_FULL,
        STORE_NEWER, UPGRADE_NO_ROOM, UPGRADE_NO_COPY, UPGRADE_FAILED, or STORE_BROKEN where the
        database is whole and not ours.
        """
        self._lock = take_folder(self.folder)
        try:
            self._make_folder(self.folder / INCOMING)
            sweep(self.folder / INCOMING)
            self._highest_on_disk = highest_number(self.folder)
            self._database.open()
            self.reader.open()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Fold the log into the database and give the folder back; safe to call twice."""
        self.reader.close()
        self._database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self._durable_folders.clear()

    def __enter__(self) -> "Store":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record(self, inspection: Inspection, still: Still | None, waits: bool) -> None:
        """Keep one part for good; on return picture and row survive a power cut.

        still: the judged picture, None only beside a fault. waits: the verdict waits for a
        person. A uid that is there already is left as it is, so a retry does no harm.
        Raises StoreError STORE_DISK_FULL or STORE_WRITE_FAILED; earlier records are untouched.
        """
        if still is None and inspection.fault is None:
            raise ValueError(f"no picture and no fault: {inspection.uid}")
        self.mend()
        with self._database.noting_damage():
            if self.reader.knows(inspection.uid):
                return
        row = {**to_row(inspection), "waits": int(waits), "station": self.station, **_NO_IMAGE}
        if still is not None:
            row |= self._keep_image(inspection, still)
        with self.transaction() as connection:
            top = connection.execute(select(func.max(inspections.c.id))).scalar() or 0
            if inspection.part.number > top:  # so one rebuilt later can take its old place
                row["id"] = inspection.part.number
            made = connection.execute(insert(inspections), row)
            if inspection.values:
                (id_,) = made.inserted_primary_key or (None,)
                append_values(connection, inspection.values, id_)

    def decide(self, decision: Decision) -> None:
        """Append a person's word; the very same one twice is one.

        Raises StoreError RECORD_NOT_FOUND; LineError NOTHING_TO_UNDO, UNDO_TOO_LATE or
        DECISION_NEEDS_REASON; STORE_DISK_FULL or STORE_WRITE_FAILED.
        """
        with self.transaction() as connection:
            append_decision(connection, decision)

    def dispose(self, uid: str, disposition: Disposition, at_ms: int) -> None:
        """Append what happens to the part. Raises as `decide`, but for the rules of decisions."""
        with self.transaction() as connection:
            part, _ = find(connection, uid)
            row = {"inspection": part, "disposition": disposition.value, "at_ms": at_ms}
            connection.execute(insert(dispositions), row)

    def save_recipe(self, recipe: Recipe) -> Recipe:
        """Append the recipe as the next version of its name; equal to the newest, it is that one.

        Returns it numbered. The version given is of no account.
        """
        with self.transaction() as connection:
            return append_recipe(connection, recipe, now_ms())

    def save_model(self, sha256: str, name: str, card_json: str, path: str, at_ms: int) -> None:
        """Keep what a model file says of itself, once for each content."""
        with self.transaction() as connection:
            append_model(connection, ModelEntry(sha256, name, card_json, path, at_ms))

    def recipe_to_run(self, wanted: Recipe) -> Recipe:
        """By which recipe the station starts: as its file says, or as released since.

        wanted: the recipe of the file, with the hash of its model. Returned numbered.
        """
        with self.transaction() as connection:
            return recipe_to_run(connection, self.folder, wanted, now_ms())

    def adopt_recipe(self, recipe: Recipe) -> Recipe:
        """Append a recipe that a person released while the line runs; it outlives a restart.

        Its model's path is kept as below this folder, where it is.
        """

        def below(model: str) -> str:
            path = Path(model)
            inside = path.is_relative_to(self.folder)
            return path.relative_to(self.folder).as_posix() if inside else model

        recipe = with_models(recipe, below)
        with self.transaction() as connection:
            numbered = append_recipe(connection, recipe, now_ms(), RELEASE)
        self._keep_last(recipe.name)
        return at_home(numbered, self.folder)

    def take_incumbent(self, draft: Draft) -> None:
        """Note that the line judges by this model, as nobody has released it; else nothing.

        Raises as `add_revision`.
        """
        with self.reader.connection() as connection:
            if is_incumbent(connection, draft.product, draft.sha256):
                return
        with (
            taken_in(self.folder, Path(draft.file), draft.sha256) as half,
            self.transaction() as connection,
        ):
            take_incumbent(connection, self.folder, draft, lambda: half, now_ms())

    def add_revision(self, draft: Draft) -> Revision:
        """Keep a model file for good as the product's next revision, a candidate.

        Raises ModelError MODEL_NOT_FOUND or MODEL_CHANGED; StoreError STORE_DISK_FULL or
        STORE_WRITE_FAILED, and then nothing half-made is left.
        """
        with (
            taken_in(self.folder, Path(draft.file), draft.sha256) as half,
            self.transaction() as connection,
        ):
            return append_revision(connection, self.folder, draft, half, now_ms())

    def evaluate_revision(
        self, product: str, number: int, evaluation_json: str, operator: str = ""
    ) -> Revision:
        """Append what it was proven with. Raises StoreError REVISION_NOT_FOUND."""
        with self.transaction() as connection:
            at_ms = now_ms()
            return append_evaluation(connection, product, number, evaluation_json, operator, at_ms)

    def move_revision(
        self, product: str, number: int, state: RevisionState, reason: str, operator: str = ""
    ) -> Revision:
        """Append its next state, but for RELEASED: that is `release`.

        Raises StoreError REVISION_NOT_FOUND or REVISION_STATE.
        """
        if state is RevisionState.RELEASED:
            raise ValueError("a release makes a recipe too")
        with self.transaction() as connection:
            found = find_revision(connection, product, number)
            return move(connection, found, state, reason, operator, now_ms())

    def release(self, order: Release) -> Recipe:
        """Let its verdicts count from now on: states, recipe and audit trail in one change.

        Returns the recipe's new version. Raises as `releases.released_recipe`.
        """
        with self.transaction() as connection:
            recipe = release(connection, self.folder, order, now_ms())
        self._keep_last(recipe.name)
        return recipe

    def roll_back(self, product: str, reason: str, operator: str = "") -> Recipe:
        """Release again what was released before. Raises also NOTHING_TO_ROLL_BACK."""
        with self.transaction() as connection:
            order = way_back(connection, product, reason, operator)
            code = ErrorCode.MODEL_ROLLED_BACK
            recipe = release(connection, self.folder, order, now_ms(), code)
        self._keep_last(product)
        return recipe

    def _keep_last(self, product: str) -> None:
        """Beside the models too; it counts without, so what fails here is only in the log."""
        try:
            with self.reader.connection() as connection:
                last = last_release(connection, product)
            if last is not None:
                write_last(self.folder, last)
        except StoreError as error:
            log.warning("the last release was not kept beside its model: %s", error)

    def add_looks(self, looks: Iterable[SecondLook]) -> int:
        """Append what a shadow said of recorded parts; returns how many were new."""
        with self.transaction() as connection:
            return append_looks(connection, looks)

    def add_values(self, values: Sequence[ProcessValue]) -> None:
        """Append process values that were read by themselves."""
        with self.transaction() as connection:
            append_values(connection, values, None)

    def audit(self, action: str, fault: Fault | None = None, operator: str = "") -> int:
        """Append a line to the audit trail, see audit.py; returns its id."""
        with self.transaction() as connection:
            return append_audit(connection, now_ms(), action, fault, operator)

    def confirm(self, audit_id: int, operator: str) -> None:
        """Append that a person has seen that banner; once is enough."""
        with self.transaction() as connection:
            append_confirmation(connection, now_ms(), audit_id, operator)

    def keep(self, uid: str, why: str, operator: str) -> None:
        """Never delete the picture of that part; why: sample, golden or challenge.

        Raises StoreError RECORD_NOT_FOUND.
        """
        with self.transaction() as connection:
            append_keep(connection, uid, why, now_ms(), operator)

    def removed(self, uids: Iterable[str], why: str) -> None:
        """Note that the pictures of these parts are deleted on purpose; then they may be."""
        with self.transaction() as connection:
            append_removals(connection, uids, why, now_ms())

    def inspection(self, uid: str) -> Inspection:
        """What was recorded of that part. Raises StoreError RECORD_NOT_FOUND."""
        return self.reader.inspection(uid)

    def recipe(self, name: str, version: int | None = None) -> Recipe:
        """That version, or the newest of that name. Raises RecipeError RECIPE_NOT_FOUND."""
        return self.reader.recipe(name, version)

    def recipes(self) -> list[Recipe]:
        """The newest version of every recipe, by name."""
        return self.reader.recipes()

    def last_number(self) -> int:
        """The highest part number, from which counting goes on; 0 before the first part."""
        return max(self._highest_on_disk, self.reader.last_number())

    def _keep_image(self, inspection: Inspection, still: Still) -> dict[str, Any]:
        data = encode_still(inspection, still)
        name = image_name(inspection)
        path, incoming = self.folder / name, self.folder / INCOMING
        for folder in (path.parent, incoming):
            self._make_folder(folder)
        write_durably(path, incoming, data)
        digest = hashlib.sha256(data).hexdigest()
        return {"image": name, "image_sha256": digest, "image_bytes": len(data)}

    def _make_folder(self, folder: Path) -> None:
        """Make it durable once for each run, and again if somebody removed it."""
        if folder not in self._durable_folders or not folder.is_dir():
            make_folder(folder, self.folder)
            self._durable_folders.add(folder)

    def begin_anew(self, reason: str) -> None:
        """Move the database aside because it is damaged, and go on with a new one.

        Raises StoreError STORE_WRITE_FAILED or STORE_DISK_FULL; then the next change tries again.
        """
        self._database.begin_anew(reason)

    def mend(self) -> None:
        """See that the database is still there and begins as one; replaced if it does not."""
        self._database.mend()

    def transaction(self) -> AbstractContextManager[Connection]:
        """One change of the database by another module of this package.

        Raises StoreError STORE_DISK_FULL, STORE_WRITE_FAILED or STORE_BROKEN.
        """
        return self._database.transaction()


def now_ms() -> int:
    """UTC in milliseconds."""
    return time.time_ns() // 1_000_000


_NO_IMAGE: dict[str, Any] = {"image": None, "image_sha256": None, "image_bytes": None}
