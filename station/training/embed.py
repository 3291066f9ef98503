"""Images through a graph, batch by batch."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station.cameras.image_file import read_image
from station.inference.model import INPUT
from station.inference.prepare import Form, prepare
from station.inference.provider import CPU, new_session

THREADS = 2  # fixed, so that the same images give the same bits on every machine of a kind
BATCH = 8

Array = npt.NDArray[np.float32]
Tick = Callable[[int], None]  # how many images are done


def embed(
    model: bytes, paths: Sequence[Path], form: Form, outputs: Sequence[str], tick: Tick
) -> list[Array]:
    """Each wanted output for all images, stacked in their order."""
    session = new_session(model, CPU, THREADS)
    columns: list[Array] = []
    for start in range(0, len(paths), BATCH):
        batch = [prepare(read_image(path), None, form) for path in paths[start : start + BATCH]]
        values = session.run(list(outputs), {INPUT: np.concatenate(batch)})
        if not columns:
            columns = [np.empty((len(paths), *v.shape[1:]), np.float32) for v in values]
        for column, value in zip(columns, values, strict=True):
            column[start : start + len(batch)] = value
        tick(start + len(batch))
    return columns
