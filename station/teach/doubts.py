"""The likely mislabelled of the last lesson, remembered beside the records; it may be lost."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from station.store.model_files import folder_name
from station.store.queries import Reader
from station.teach.use import LESSONS

MOST = 500


def keep_doubts(data: Path, reader: Reader, product: str, hashes: Sequence[str]) -> None:
    """Remember the images by key and label, in place of those of the lesson before."""
    members = {one.sha256: one for one in reader.members(product)}
    found = [members[sha256] for sha256 in hashes if sha256 in members]
    path = _path(data, product)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps([(one.key, one.label) for one in found[:MOST]]))
        part.replace(path)


def doubted(data: Path, reader: Reader, product: str) -> tuple[int, ...]:
    """The keys of what the last lesson doubted and nobody has labelled otherwise since."""
    try:
        found = {
            int(key): str(label) for key, label in json.loads(_path(data, product).read_text())
        }
    except (OSError, ValueError, TypeError):
        return ()
    rows = reader.sample_rows(list(found))
    return tuple(row.key for row in rows if row.label == found[row.key])


def _path(data: Path, product: str) -> Path:
    return data / LESSONS / f"{folder_name(product)}.doubts.json"
