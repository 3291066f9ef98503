import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from station.training import cache
from station.training.cache import Shelf, digest, keep, load, shelf, trim, used

SHA = hashlib.sha256(b"picture").hexdigest()
ARRAYS = [np.arange(12, dtype=np.float32).reshape(3, 4), np.ones((2, 2), np.float16)]


def names(count: int) -> list[str]:
    return [hashlib.sha256(str(i).encode()).hexdigest() for i in range(count)]


@pytest.fixture
def place(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, "graph", 2**20)


def test_what_was_kept_is_found_again_bit_for_bit(place: Shelf) -> None:
    assert load(place, SHA) is None
    assert keep(place, SHA, ARRAYS) == place.path(SHA).stat().st_size
    found = load(place, SHA)
    assert found is not None
    for ours, theirs in zip(ARRAYS, found, strict=True):
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("where", [0, 5, 20, -1])
def test_a_file_with_one_wrong_byte_is_as_good_as_none(place: Shelf, where: int) -> None:
    keep(place, SHA, ARRAYS)
    data = bytearray(place.path(SHA).read_bytes())
    data[where] ^= 0x40
    place.path(SHA).write_bytes(data)
    assert load(place, SHA) is None


@pytest.mark.parametrize("length", [0, 3, 11, 40])
def test_a_file_that_was_cut_is_as_good_as_none(place: Shelf, length: int) -> None:
    keep(place, SHA, ARRAYS)
    path = place.path(SHA)
    path.write_bytes(path.read_bytes()[:length])
    assert load(place, SHA) is None


def test_the_longest_unused_goes_first(tmp_path: Path) -> None:
    place = Shelf(tmp_path, "graph", 0)
    each = 0
    for age, name in enumerate(names(10)):
        each = keep(place, name, ARRAYS)
        os.utime(place.path(name), (1000 + age, 1000 + age))
    load(place, names(10)[0])  # the oldest, but just used
    small = Shelf(tmp_path, "graph", 5 * each)
    trim(small)
    left = [name for name in names(10) if place.path(name).exists()]
    assert left == [names(10)[0], *names(10)[7:]]
    assert used(tmp_path) <= small.room


def test_what_a_dead_process_left_is_cleared_away_later(place: Shelf) -> None:
    keep(place, SHA, ARRAYS)
    fresh, stale = (place.path(SHA).with_name(f".{n}.1.part") for n in ("fresh", "stale"))
    for path in (fresh, stale):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * cache.STALE_SECONDS
    os.utime(stale, (long_ago, long_ago))
    trim(place)
    assert fresh.exists()
    assert not stale.exists()


def test_two_processes_that_write_the_same_never_show_a_half(tmp_path: Path) -> None:
    writer = (
        "import sys, numpy as np; from pathlib import Path; from station.training.cache import *\n"
        f"place = Shelf(Path(sys.argv[1]), 'graph', 2**30)\n"
        f"for i in range(150): keep(place, '{SHA}', [np.full(20000, 7, np.float32)])"
    )
    command = [sys.executable, "-c", writer, str(tmp_path)]
    writers = [subprocess.Popen(command) for _ in range(2)]
    place, seen = Shelf(tmp_path, "graph", 2**30), 0
    while any(one.poll() is None for one in writers):
        path = place.path(SHA)
        if path.exists():
            found = load(place, SHA)
            assert found is not None
            assert (found[0] == 7).all()
            seen += 1
    assert [one.returncode for one in writers] == [0, 0]
    assert seen > 10
    assert [path.name for path in place.path(SHA).parent.iterdir()] == [SHA]


def test_no_fault_of_the_disk_reaches_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    place = Shelf(tmp_path / "file", "graph", 100)
    assert keep(place, SHA, ARRAYS) == 0
    assert load(place, SHA) is None
    monkeypatch.setenv(cache.PLACE, str(tmp_path / "file" / "below"))
    assert shelf("graph") is None
    monkeypatch.setenv(cache.PLACE, "")
    assert shelf("graph") is None


def test_the_name_depends_on_every_part_and_where_it_ends() -> None:
    made = {digest("ab", "c"), digest("a", "bc"), digest(b"ab"), digest("ab", "d")}
    assert len(made) == 4
