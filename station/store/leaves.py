"""Rows read straight from the pages of a damaged SQLite file, whatever else of it is gone.

A table's rows lie in leaf pages that need neither the header nor the tree above them. As our
tables only grow, every copy of a row that is found is the row: pages of the log are read as they
come, after those of the file. Format: https://www.sqlite.org/fileformat2.html
"""

import mmap
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Value = int | float | str | bytes | None
RawRow = tuple[int, tuple[Value, ...]]
"""The row's id and its columns; the one that is the id itself reads as None."""

MAGIC = b"SQLite format 3\0"
_LOG_MAGIC = (0x377F0682, 0x377F0683)
_PAGE = 4096
_LEAF = 0x0D
_LOG_HEADER, _FRAME_HEADER = 32, 24
_MOST_BYTES = 2**24  # no row of ours is as long
_FIXED = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}  # bytes by serial type


def raw_rows(path: Path) -> Iterator[RawRow]:
    """Every row of every table that can still be read, of the file and then of its log.

    What a row belongs to is for the caller to tell. Either file may be missing.
    """
    log_path = path.with_name(f"{path.name}-wal")
    with _mapped(path) as data, _mapped(log_path) as log:
        pages = _Pages(data, log)
        for at in range(0, len(data) - pages.size + 1, pages.size):
            yield from _rows(pages, data[at : at + pages.size], 100 if at == 0 else 0)
        for number, at in pages.frames:
            yield from _rows(pages, log[at : at + pages.size], 100 if number == 1 else 0)


class _Pages:
    """The pages of file and log by number; the log's last copy goes first."""

    def __init__(self, data: "_Bytes", log: "_Bytes") -> None:
        self.size = _page_size(data, log)
        self._data, self._log = data, log
        self.frames = list(_frames(log, self.size))
        self._newest = dict(self.frames)

    def get(self, number: int) -> bytes:
        """That page; empty when there is none."""
        if number in self._newest:
            at = self._newest[number]
            return self._log[at : at + self.size]
        at = (number - 1) * self.size
        return self._data[at : at + self.size] if at >= 0 else b""


_Bytes = mmap.mmap | bytes


@contextmanager
def _mapped(path: Path) -> Iterator[_Bytes]:
    if not path.is_file() or path.stat().st_size == 0:
        yield b""
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def _page_size(data: _Bytes, log: _Bytes) -> int:
    size = 0
    if data[:16] == MAGIC:
        size = int.from_bytes(data[16:18], "big")
    elif int.from_bytes(log[:4], "big") in _LOG_MAGIC:
        size = int.from_bytes(log[8:12], "big")
    size = 65536 if size == 1 else size
    return size if size in {2**power for power in range(9, 17)} else _PAGE


def _frames(log: _Bytes, size: int) -> Iterator[tuple[int, int]]:
    """Page number and place of every frame of the log's present round."""
    salts = log[16:24]
    for at in range(_LOG_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        if log[at + 8 : at + 16] == salts:
            yield int.from_bytes(log[at : at + 4], "big"), at + _FRAME_HEADER


def _rows(pages: _Pages, page: bytes, start: int) -> Iterator[RawRow]:
    if page[start] != _LEAF:
        return
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + 8
    if first + 2 * count > len(page):
        return
    for (at,) in struct.iter_unpack(">H", page[first : first + 2 * count]):
        try:
            row = _cell(pages, page, at)
        except (IndexError, ValueError, struct.error):
            continue
        if row is not None:
            yield row


def _cell(pages: _Pages, page: bytes, at: int) -> RawRow | None:
    size, at = _varint(page, at)
    row_id, at = _varint(page, at)
    if not 0 < size <= _MOST_BYTES:
        return None
    payload = _payload(pages, page, at, size)
    if len(payload) != size:
        return None
    return row_id - (row_id >> 63 << 64), tuple(_values(payload))


def _payload(pages: _Pages, page: bytes, at: int, size: int) -> bytes:
    """The row's bytes; what does not fit into the leaf goes on in a chain of other pages."""
    usable = pages.size
    if size <= usable - 35:
        return page[at : at + size]
    least = (usable - 12) * 32 // 255 - 23
    local = least + (size - least) % (usable - 4)
    local = local if local <= usable - 35 else least
    parts, left = [page[at : at + local]], size - local
    (following,) = struct.unpack_from(">I", page, at + local)
    while left > 0 and following:
        more = pages.get(following)
        (following,) = struct.unpack_from(">I", more)
        parts.append(more[4 : 4 + min(left, usable - 4)])
        left -= len(parts[-1])
    return b"".join(parts)


def _values(payload: bytes) -> Iterator[Value]:
    header, at = _varint(payload, 0)
    body = header
    while at < header:
        kind, at = _varint(payload, at)
        size = _FIXED[kind] if kind in _FIXED else (kind - 12) // 2
        if size < 0 or body + size > len(payload):
            raise ValueError("beyond the row")
        yield _value(kind, payload[body : body + size])
        body += size
    if body != len(payload):
        raise ValueError("not the whole row")


def _value(kind: int, data: bytes) -> Value:
    if kind == 0:
        return None
    if kind <= 6:
        return int.from_bytes(data, "big", signed=True)
    if kind == 7:
        return float(struct.unpack(">d", data)[0])
    if kind in (8, 9):
        return kind - 8
    if kind < 12:
        raise ValueError("reserved")
    return data.decode("utf-8") if kind % 2 else data


def _varint(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first < 0x80:
        return first, at + 1
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9
