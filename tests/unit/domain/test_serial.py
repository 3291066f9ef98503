"""Serials match as a whole, and no pattern can keep the line waiting."""

import time

import pytest

from station.domain.serial import LONGEST, SerialPatternError, check_pattern, serial_fits


@pytest.mark.parametrize(
    ("serial", "pattern", "fits"),
    [
        ("FL-000123", r"FL-\d{6}", True),
        ("FL-000123 ", r"FL-\d{6}", False),
        ("FL-0001234", r"FL-\d{6}", False),
        ("xFL-000123", r"FL-\d{6}", False),
        ("", r"FL-\d{6}", False),
        ("", "", True),
        ("whatever", "", True),
        ("法兰7", r"法兰\d", True),
        ("AB-12", r"(AB|CD)-\d+", True),
        ("A" * LONGEST, "A+", True),
        ("A" * (LONGEST + 1), "A+", False),
        ("A\n", "A", False),
        ("A1-A1", r"(\w\d)-\1", True),
    ],
)
def test_a_serial_and_a_pattern(serial: str, pattern: str, fits: bool) -> None:
    check_pattern(pattern)
    assert serial_fits(serial, pattern) is fits


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "a{3,1}", r"\q", "(?P<1>a)", "(?<=a+)b"])
def test_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(SerialPatternError) as caught:
        check_pattern(pattern)
    assert caught.value.allowed


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a*)*b",
        "(a|a)*b",
        "(a|aa)+b",
        "(.*)(.*)(.*)(.*)b",
        "((a?){99}){99}b",
        "(?=(a+)+b)a",
        "(a?){40}b",
        "(((a+)+)+)+b",
    ],
)
def test_a_pattern_that_could_run_for_hours(pattern: str) -> None:
    began = time.perf_counter()
    with pytest.raises(SerialPatternError, match="open repeats"):
        check_pattern(pattern)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "pattern", [".*.*.*b", "(a|a){0,22}b", "(a?){23}b", r"\w+-\w+-\d+", "(?i)[a-f]{2,40}?b"]
)
def test_what_is_allowed_ends_at_its_worst(pattern: str) -> None:
    check_pattern(pattern)
    began = time.perf_counter()
    assert not serial_fits("a" * LONGEST, pattern)
    assert time.perf_counter() - began < 3  # 0.3 s by itself
