"""PNG files that any reader takes, bit for bit, with their texts."""

import struct
import zlib

import cv2
import numpy as np
import pytest

from station.store.png import encode_png, read_png, read_texts

SHAPES = [(1, 1), (1, 7), (5, 1), (48, 64), (33, 31), (1, 1, 3), (3, 1, 3), (31, 33, 3)]


def noise(shape, seed=0):
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_was_written_is_read_bit_for_bit(shape):
    pixels = noise(shape)
    back, texts = read_png(encode_png(pixels, {"a": "1", "b": '检测 é\n"{}"'}))
    assert back.dtype == np.uint8
    assert np.array_equal(back, pixels)
    assert texts == {"a": "1", "b": '检测 é\n"{}"'}
    assert not back.flags.writeable


def test_opencv_reads_rgb_as_bgr():
    pixels = np.zeros((4, 5, 3), np.uint8)
    pixels[..., 0] = 200  # red
    decoded = cv2.imdecode(np.frombuffer(encode_png(pixels, {}), np.uint8), cv2.IMREAD_UNCHANGED)
    assert tuple(decoded[0, 0]) == (0, 0, 200)


def test_views_that_are_not_contiguous_are_written_as_they_look():
    pixels = noise((40, 60, 3))[::2, 1::3]
    assert np.array_equal(read_png(encode_png(pixels, {}))[0], pixels)


def test_the_chunks_are_those_of_the_standard():
    data = encode_png(noise((6, 9)), {"station.record": "{}"})
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, kinds, pixels = 8, [], b""
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", data, at + 8 + size) == (zlib.crc32(kind + body),)
        kinds.append(kind)
        pixels += body if kind == b"IDAT" else b""
        at += 12 + size
    assert kinds == [b"IHDR", b"iTXt", b"IDAT", b"IEND"]
    rows = zlib.decompress(pixels)  # the plain zlib reads what ISA-L wrote
    assert len(rows) == 6 * (9 + 1)
    assert set(rows[::10]) == {1}


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((4, 4), np.uint16),
        np.zeros((4, 4), np.float32),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((4, 4, 1, 1), np.uint8),
        np.zeros(4, np.uint8),
        np.zeros((0, 4), np.uint8),
    ],
)
def test_other_arrays_are_refused(pixels):
    with pytest.raises(ValueError, match="pixels"):
        encode_png(pixels, {})


def test_every_flipped_byte_and_every_cut_is_noticed():
    data = encode_png(noise((8, 8)), {"station.record": '{"a":1}'})
    for at in range(len(data)):
        broken = bytearray(data)
        broken[at] ^= 0x10
        with pytest.raises(ValueError):
            read_png(bytes(broken))
        with pytest.raises(ValueError):
            read_texts(data[:at])


def test_pixels_that_do_not_inflate_are_noticed_though_the_checksum_is_right():
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 16, 0, 0, 0, 0))
    sixteen = zlib.compress(bytes(8 * (1 + 16)))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", sixteen) + chunk(b"IEND", b"")
    with pytest.raises(ValueError, match="uint16"):
        read_png(data)
