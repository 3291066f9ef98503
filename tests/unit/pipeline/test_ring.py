"""Live pictures through shared memory: whole or not at all."""

import threading
from pathlib import Path

import numpy as np
import pytest

from station.domain.part import Frame, Pixels
from station.pipeline.ring import SLOTS, RingReader, RingWriter

SHAPES = [(48, 64), (48, 64, 3)]


def frame(number: int, shape: tuple[int, ...] = (48, 64), source: str = "") -> Frame:
    pixels: Pixels = np.random.default_rng(number).integers(0, 256, shape, dtype=np.uint8)
    return Frame(pixels, number, 10 + number, source)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_frame_arrives_as_it_was(tmp_path: Path, shape: tuple[int, ...]) -> None:
    writer = RingWriter(tmp_path / "ring", 48 * 64 * 3)
    reader = RingReader(writer.path)
    assert reader.take() is None
    sent = frame(7, shape, "Teil é.png")
    writer.put(sent)
    got = reader.take()
    assert got is not None
    assert np.array_equal(got.pixels, sent.pixels)
    assert (got.number, got.taken_ns, got.source) == (7, 17, "Teil é.png")
    assert reader.take() is None
    reader.close()
    writer.close()
    assert not writer.path.exists()


def test_the_newest_wins(tmp_path: Path) -> None:
    writer = RingWriter(tmp_path / "ring", 48 * 64)
    reader = RingReader(writer.path)
    for number in range(1, 3 * SLOTS):
        writer.put(frame(number))
    got = reader.take()
    assert got is not None
    assert got.number == 3 * SLOTS - 1
    reader.close()
    writer.close()


def test_a_torn_picture_is_dropped(tmp_path: Path) -> None:
    writer = RingWriter(tmp_path / "ring", 48 * 64)
    reader = RingReader(writer.path)
    writer.put(frame(1))
    data = bytearray(writer.path.read_bytes())
    data[-48 * 64 * (SLOTS - 1) :] = bytes(48 * 64 * (SLOTS - 1))
    with writer.path.open("r+b") as file:  # as if another frame were half written over it
        file.write(data)
    assert reader.take() is None
    assert reader.torn == 1
    writer.put(frame(2))
    got = reader.take()
    assert got is not None
    assert got.number == 2
    reader.close()
    writer.close()


def test_a_reader_beside_a_quick_writer_never_sees_half_a_picture(tmp_path: Path) -> None:
    writer = RingWriter(tmp_path / "ring", 48 * 64)
    reader = RingReader(writer.path)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            writer.put(Frame(np.full((48, 64), number % 251, np.uint8), number, number))

    thread = threading.Thread(target=write)
    thread.start()
    seen = 0
    while seen < 300:
        got = reader.take()
        if got is not None:
            seen += 1
            assert np.all(got.pixels == got.number % 251)
    stop.set()
    thread.join()
    reader.close()
    writer.close()
