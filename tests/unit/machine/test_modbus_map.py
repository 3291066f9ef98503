from pathlib import Path

import pytest

from station.domain.inspection import Disposition, Verdict
from station.domain.options import OptionError
from station.errors import ErrorCode, Fault, SettingsError
from station.machine.modbus.codes import NO_SCORE, Code, code_of, score_of
from station.machine.modbus.map import (
    ANSWER_WORDS,
    INPUT_COILS,
    ORDER_WORDS,
    OUTPUT_COILS,
    ModbusMap,
    map_of,
    text_of,
    words_of,
)
from station.machine.modbus.options import OPTION_NAMES, read_options
from station.machine.registry import make_machine
from tests.unit.machine.modbus_side import inspection


def test_the_usual_map_needs_one_request_for_each_side() -> None:
    usual = ModbusMap()
    assert usual.runs(INPUT_COILS) == ((0, INPUT_COILS),)
    assert usual.runs(OUTPUT_COILS) == ((16, OUTPUT_COILS),)
    assert usual.runs(ORDER_WORDS) == ((0, ORDER_WORDS),)
    assert usual.length(usual.runs(ORDER_WORDS)[0]) == 10


def test_signals_that_lie_apart_need_more() -> None:
    apart = map_of({"valid": 40, "trig": 7, "ack": "8"})
    assert apart.runs(OUTPUT_COILS)[-1] == (40, ("valid",))
    assert apart.runs(INPUT_COILS) == ((2, ("reset", "hb_plc")), (7, ("trig", "ack")))


def test_a_map_in_one_text() -> None:
    made = map_of({"ack": 101}, "TRIG=100, ready=5; part_id_words=4")
    assert (made.trig, made.ack, made.ready, made.part_id_words) == (100, 101, 5, 4)
    assert made.address_text("trig") == "coil 100"
    assert made.address_text("part_id") == "HR 2-5"
    assert made.address_text("code") == "HR 17"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("trig", -1),
        ("trig", 65536),
        ("trig", "x"),
        ("trig", 1.5),
        ("ok", 20),  # NG lies there
        ("seq_echo", 0),  # SEQ lies there
        ("code", 9),  # the end of PART_ID
        ("part_id", 65530),
        ("part_id_words", 0),
        ("part_id_words", 500),
        ("map", "trig"),
        ("map", "trigg=1"),
        ("map", "trig=99999"),
        ("unit", 256),
        ("poll_ms", 0),
        ("deadline_ms", 5),
        ("deadline_ms", float("nan")),
        ("role", "master"),
        ("part_id_order", "middle"),
        ("expect_recipe", 70_000),
        ("heartbeat", "perhaps"),
        ("speed", 9),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(option: str, value: float) -> None:
    with pytest.raises(SettingsError) as caught:
        make_machine("modbus", address="127.0.0.1:5020", options={option: value})
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
    assert caught.value.fault.fact("allowed")


@pytest.mark.parametrize("address", ["", "plc", "plc:0", "plc:70000", "modbus://plc:502"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(SettingsError) as caught:
        make_machine("modbus", address=address)
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION


def test_options_as_text() -> None:
    wish, made = read_options(
        {"role": "server", "unit": "7", "heartbeat": "false", "trig": "3", "hb_plc": "0"}
    )
    assert (wish.role, wish.unit, wish.heartbeat, made.trig) == ("server", 7, False, 3)
    assert not wish.rules.heartbeat


def test_overlapping_inputs_are_refused() -> None:
    with pytest.raises(OptionError, match="ack"):
        map_of({"trig": 1})


@pytest.mark.parametrize("big", [True, False])
@pytest.mark.parametrize("text", ["", "A", "P-0815", "零件7", "sixteen letters!", "ü" * 8])
def test_a_part_id_there_and_back(text: str, big: bool) -> None:
    assert text_of(words_of(text, 8, big), big) == text


def test_a_part_id_is_cut_ends_at_zero_and_is_one_clean_line() -> None:
    assert text_of(words_of("x" * 40, 8, True), True) == "x" * 16
    assert text_of([0x4142, 0x0043, 0x4444], True) == "AB"
    assert text_of([0x2041, 0x0A42, 0x1B20], True) == "AB"
    assert text_of([0xFFFE, 0x4100], True) == "\ufffd\ufffdA"
    assert text_of([0x4241, 0x0043], False) == "ABC"


def fault(code: ErrorCode) -> Fault:
    return Fault(code)


@pytest.mark.parametrize(
    ("verdict", "said", "code", "number"),
    [
        (Verdict.OK, Disposition.RELEASE, None, 0),
        (Verdict.NG, Disposition.RELEASE, None, 0),  # a person let it pass
        (Verdict.NG, Disposition.REJECT, None, 1),
        (Verdict.REVIEW, Disposition.REJECT, None, 2),
        (Verdict.REVIEW, Disposition.HOLD, None, 2),
        (Verdict.OK, Disposition.HOLD, None, 2),
        (Verdict.OK, Disposition.REJECT, None, 3),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, None, 10),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.CAMERA_NO_FRAME, 11),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.IMAGE_UNREADABLE, 11),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.CAMERA_INCOMPLETE, 12),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.CAMERA_BLURRED, 13),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.RECIPE_WRONG_PRODUCT, 14),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.CODE_NOT_READ, 15),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.MODEL_TOO_SLOW, 16),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.DEVICE_LOST, 16),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.STORE_DISK_FULL, 17),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.DISK_TOO_LOW, 17),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.PART_INTERRUPTED, 18),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.MACHINE_LATE, 19),
        (Verdict.NOT_INSPECTED, Disposition.REJECT, ErrorCode.INTERNAL, 10),
    ],
)
def test_the_numbers_of_code(
    verdict: Verdict, said: Disposition, code: ErrorCode | None, number: int
) -> None:
    one = inspection("u", verdict=verdict, fault=fault(code) if code else None)
    assert code_of(said, one) == number


def test_every_fault_has_a_number() -> None:
    for code in ErrorCode:
        one = inspection("u", verdict=Verdict.NOT_INSPECTED, fault=Fault(code))
        assert code_of(Disposition.REJECT, one) not in (Code.NONE, Code.DEFECT, Code.REVIEW)
    assert code_of(Disposition.REJECT, None) == Code.NOT_INSPECTED


@pytest.mark.parametrize(
    ("score", "register"),
    [(0.0, 0), (0.0214, 21), (1.0, 1000), (None, NO_SCORE), (float("nan"), NO_SCORE)],
)
def test_the_score(score: float | None, register: int) -> None:
    assert score_of(inspection("u", score=score)) == register
    assert score_of(None) == NO_SCORE


MANUAL = Path(__file__).parents[3] / "resources" / "manual"


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_the_manual_names_every_code_option_and_address(language: str) -> None:
    text = (MANUAL / f"modbus.{language}.md").read_text("utf-8")
    for code in Code:
        assert f"\n| {int(code)} | " in text
    for option in OPTION_NAMES:
        assert f"`{option}`" in text
    usual = ModbusMap()
    for name in INPUT_COILS + OUTPUT_COILS + ORDER_WORDS + ANSWER_WORDS:
        row = next(line for line in text.splitlines() if line.startswith(f"| {name.upper()} |"))
        address = usual.address_text(name).split(" ")[1]
        assert row.split(" | ")[2].endswith(f" {address}"), row
