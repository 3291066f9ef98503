import random

import pytest

from station.domain.inspection import Disposition
from station.domain.part import Part
from station.machine import lines
from station.machine.lines import Acked, Asked, Beat, LineSplitter, Message, parse, parse_address


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"BEAT", Beat()),
        (b"BEAT\r", Beat()),
        (b"TRIGGER", Asked()),
        (b"TRIGGER -", Asked()),
        (b"TRIGGER A-17/3", Asked("A-17/3")),
        ("TRIGGER 零件-7".encode(), Asked("零件-7")),
        (b"ACK 12", Acked(12)),
    ],
)
def test_words_of_a_machine(line: bytes, message: Message) -> None:
    assert parse(line) == message


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"beat",
        b"BEAT ",
        b" BEAT",
        b"BEAT 1",
        b"BEAT\0",
        b"TRIGGER ",
        b"TRIGGER a b",
        b"TRIGGER a\tb",
        b"TRIGGER \x1b[2J",
        b"TRIGGER \xff\xfe",
        "TRIGGER \u202eabc".encode(),
        b"TRIGGER " + b"x" * 257,
        b"ACK",
        b"ACK -1",
        b"ACK 1.0",
        b"ACK 0x1",
        "ACK ٣".encode(),
        b"ACK " + b"9" * 400,
        b"ACK 1 2",
        b"RESULT 1 1 - RELEASE",
        b"GET / HTTP/1.1\r",
    ],
)
def test_what_is_no_word_of_a_machine(line: bytes) -> None:
    assert parse(line) is None


def test_lines_come_whole_however_the_bytes_are_cut() -> None:
    wanted = [b"BEAT", b"", b"TRIGGER " + b"x" * 500, b"ACK 3"]
    data = b"\n".join([*wanted, b"half"])
    for seed in range(50):
        dice, splitter, rest, got = random.Random(seed), LineSplitter(), data, []
        while rest:
            size = dice.randint(1, 60)
            got += splitter.feed(rest[:size])
            rest = rest[size:]
        assert got == wanted


def test_an_endless_line_is_told_once_and_kept_nowhere() -> None:
    splitter = LineSplitter()
    told = [one for _ in range(100) for one in splitter.feed(b"x" * 4096)]
    assert told == [None]
    assert len(splitter._rest) <= lines.LINE_BYTES
    assert list(splitter.feed(b"xx\nBEAT\n")) == [b"BEAT"]
    assert list(splitter.feed(b"y" * 513 + b"\nBEAT\n")) == [None, b"BEAT"]


def test_a_result_is_one_line_whatever_the_serial() -> None:
    said = lines.result(7, Part(12, "A1"), Disposition.RELEASE)
    assert said == "RESULT 7 12 A1 RELEASE"
    for serial in ("", "a b", "a\nRESULT 8 9 x RELEASE", "\0", "x" * 1000, "\ud800", "\u2028"):
        said = lines.result(7, Part(12, serial), Disposition.HOLD)
        assert said == "RESULT 7 12 - HOLD"
    longest = lines.result(10**18, Part(10**18, "检" * 85), Disposition.RELEASE)
    assert len(longest.encode()) < lines.LINE_BYTES


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("plc:2000", ("plc", 2000)),
        (" 10.0.0.5:65535 ", ("10.0.0.5", 65535)),
        ("[fe80::1]:9", ("fe80::1", 9)),
        ("", None),
        ("plc", None),
        (":2000", None),
        ("plc:", None),
        ("plc:0", None),
        ("plc:65536", None),
        ("plc:-1", None),
        ("plc:99999999999", None),
        ("fe80::1:9", None),
        ("a b:9", None),
        ("a\n:9", None),
    ],
)
def test_addresses(text: str, target: tuple[str, int] | None) -> None:
    assert parse_address(text) == target
