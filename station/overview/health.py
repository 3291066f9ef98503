"""The machines that are watched: what is left of each one's life, and that it was serviced."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from station.errors import DatasetError, ErrorCode, ModelError, StationError
from station.insight.health_card import LIFE, HealthModel, open_model
from station.insight.health_now import Stretch, foretell, step_ms
from station.insight.health_tile import Condition, HealthTile
from station.insight.recorded import named
from station.insight.recorded_lives import WORN
from station.settings import WatchedMachine
from station.store.beside import Beside
from station.store.notes import NoteKind, all_notes, append_note
from station.store.process_values import Series, all_series
from station.store.queries import Reader
from station.store.schema import process_values
from station.store.store import now_ms as clock_ms

Stamp = tuple[int, int]


class Health:
    """Of one data folder; of any thread, one at a time. It keeps the models that it opened.

    now_ms: the time as the records count it.
    """

    def __init__(
        self,
        data: Path,
        reader: Reader,
        machines: Sequence[WatchedMachine],
        now_ms: Callable[[], int] = clock_ms,
    ) -> None:
        self._data = data
        self._reader = reader
        self._machines = {one.name: one for one in machines}
        self._now_ms = now_ms
        self._models: dict[Path, tuple[Stamp, HealthModel]] = {}

    def tiles(self) -> tuple[HealthTile, ...]:
        """What is known of each, in the order of the settings.

        Raises StoreError STORE_BROKEN; a model that cannot be used is told by its tile.
        """
        if not self._machines:
            return ()
        with self._reader.connection() as connection:
            return tuple(self._tile(connection, one) for one in self._machines.values())

    def serviced(self, machine: str, what: str, operator: str, worn: bool = True) -> None:
        """Note that it was: its life begins anew.

        worn: it had failed or was worn out, so that its values show how a life ends.
        Raises DatasetError NO_MACHINE, StoreError.
        """
        if machine not in self._machines:
            known = ", ".join(self._machines) or "–"
            raise DatasetError(ErrorCode.NO_MACHINE, machine=machine, known=known)
        body: dict[str, object] = {"what": what, WORN: worn}
        with suppress(StationError), self._reader.connection() as connection:
            tile = self._tile(connection, self._machines[machine])
            kept = ("life", "low", "high", "unit", "since_ms")
            body |= {name: value for name, value in asdict(tile).items() if name in kept}
        note_service(self._data, machine, operator, body, self._now_ms())

    def _tile(self, connection: Connection, machine: WatchedMachine) -> HealthTile:
        tile = HealthTile(machine.name, Condition.NO_MODEL, model=machine.model)
        if not machine.model:
            return tile
        try:
            model = self._model(self._data / machine.model)
        except ModelError as error:
            return replace(tile, condition=Condition.BAD_MODEL, fault=error.fault)
        step = step_ms(model.card)
        if step is None:
            return replace(tile, condition=Condition.NO_CLOCK)
        series = named(all_series(connection))
        missing = tuple(name for name in model.card.columns if name not in series)
        if missing:
            return replace(tile, condition=Condition.OTHER_MODEL, columns=missing)
        columns = {name: series[name] for name in model.card.columns}
        now = self._now_ms()
        notes = all_notes(connection, NoteKind.SERVICE, machine.name, limit=1)
        since = notes[0].at_ms if notes else _first_value(connection, columns)
        if since is None:
            return replace(tile, condition=Condition.NO_VALUES, columns=model.card.columns)
        told = foretell(model, Stretch(connection, columns, since, now, step), machine.warn)
        return replace(
            told, name=machine.name, model=machine.model, since_ms=since, noted=bool(notes)
        )

    def _model(self, path: Path) -> HealthModel:
        """Opened anew when the file is another one. Raises ModelError."""
        try:
            found = path.stat()
        except OSError:
            raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=path) from None
        stamp = (found.st_mtime_ns, found.st_size)
        known = self._models.get(path)
        if known is None or known[0] != stamp:
            model = open_model(path)
            if model.card.task != LIFE:
                raise ModelError(ErrorCode.MODEL_OTHER_KIND, path=path)
            known = self._models[path] = (stamp, model)
        return known[1]


def note_service(
    data: Path, machine: str, operator: str, body: Mapping[str, object], at_ms: int
) -> None:
    """Keep the note beside a running line. Raises StoreError."""
    with Beside(data) as store, store.transaction() as connection:
        append_note(connection, NoteKind.SERVICE, machine, at_ms, operator, body)


def _first_value(connection: Connection, columns: Mapping[str, Series]) -> int | None:
    first = func.min(process_values.c.at_ms)
    found = [
        connection.execute(select(first).where(process_values.c.series == one.id)).scalar()
        for one in columns.values()
    ]
    return min((int(at_ms) for at_ms in found if at_ms is not None), default=None)
