"""Images through a graph, batch by batch; what was asked before comes from the cache."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.inference.model import INPUT
from station.inference.prepare import Form, prepare
from station.inference.provider import CPU, new_session, runtime
from station.training.augment import Varied
from station.training.cache import Numbers, Shelf, digest, keep, load, shelf, trim
from station.training.turned import Turned

THREADS = 2  # fixed, so that the same images give the same bits on every machine of a kind
BATCH = 8
LARGEST_SHARE = 0.5  # of the cache's room, the most that one run fills

Source = Path | Varied | Turned
Array = npt.NDArray[np.float32]
Tick = Callable[[int], None]  # how many images are done


def embed(
    model: bytes,
    paths: Sequence[Source],
    form: Form,
    outputs: Sequence[str],
    tick: Tick,
    half: Sequence[str] = (),
) -> list[Array]:
    """Each wanted output for all images, stacked in their order; `half`: to be float16."""
    columns: list[Any] = []
    for start, values in stream(model, paths, form, outputs, half):
        if not columns:
            columns = [np.empty((len(paths), *v.shape[1:]), v.dtype) for v in values]
        for column, value in zip(columns, values, strict=True):
            column[start : start + len(value)] = value
        tick(start + len(values[0]))
    return columns


def stream(
    model: bytes,
    paths: Sequence[Source],
    form: Form,
    outputs: Sequence[str],
    half: Sequence[str] = (),
) -> Iterator[tuple[int, list[Numbers]]]:
    """Where a batch starts, and each wanted output for it; nothing else stays in memory.

    Outputs named in `half` are float16, the others as the graph gives them. Raises ImageError of
    an image that has gone or changed into none.
    """
    asker = _Asker(model, form, outputs, half)
    for start in range(0, len(paths), BATCH):
        rows = asker.ask(paths[start : start + BATCH])
        yield start, [np.stack(column) for column in zip(*rows, strict=True)]
    asker.close()


class _Asker:
    """The cache before the graph; the session is made when the cache first falls short."""

    def __init__(
        self, model: bytes, form: Form, outputs: Sequence[str], half: Sequence[str]
    ) -> None:
        self._model = model
        self._form = form
        self._outputs = list(outputs)
        self._half = [name in half for name in outputs]
        self._shelf: Shelf | None = shelf(self._name(model))
        self._session: Any = None
        self._written = 0

    def ask(self, paths: Sequence[Source]) -> list[list[Numbers]]:
        """One row of outputs for each image."""
        names = [_name_of(path) for path in paths]
        rows = [load(self._shelf, name) if self._shelf and name else None for name in names]
        missing = [i for i, row in enumerate(rows) if row is None]
        for i, row in zip(missing, self._run([paths[i] for i in missing]), strict=True):
            rows[i] = row
            self._keep(names[i], row)
        return [row for row in rows if row is not None]

    def close(self) -> None:
        """Make room where something was added."""
        if self._shelf and self._written:
            trim(self._shelf)

    def _run(self, paths: Sequence[Source]) -> list[list[Numbers]]:
        if not paths:
            return []
        if self._session is None:
            self._session = new_session(self._model, CPU, THREADS)
        batch = [prepare(_read(path), None, self._form) for path in paths]
        values = self._session.run(self._outputs, {INPUT: np.concatenate(batch)})
        slim = [v.astype(np.float16) if h else v for v, h in zip(values, self._half, strict=True)]
        return [[value[i] for value in slim] for i in range(len(paths))]

    def _keep(self, sha256: str, row: list[Numbers]) -> None:
        if self._shelf and sha256 and self._written < self._shelf.room * LARGEST_SHARE:
            self._written += keep(self._shelf, sha256, row)

    def _name(self, model: bytes) -> str:
        form = self._form
        shape = f"{form.height}x{form.width}x{form.channels}"
        how = f"{self._outputs} {self._half} {runtime().__version__} {cv2.__version__}"
        return digest(model, shape, how)


def _read(source: Source) -> Pixels:
    return read_image(source) if isinstance(source, Path) else source.read()


def _name_of(source: Source) -> str:
    """The hash of what is looked at; empty where the file cannot be read."""
    path = source if isinstance(source, Path) else source.path
    with suppress(OSError):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        match source:
            case Varied():
                how = f"{source.kinds} {source.number}"
            case Turned():
                how = f"turned {source.quarters}"
            case _:
                return sha256
        return hashlib.sha256(f"{sha256} {how}".encode()).hexdigest()
    return ""
