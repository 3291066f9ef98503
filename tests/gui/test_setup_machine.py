"""The machine room of the Setup page: the form, the signals, the test, the simulated PLC."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from station.errors import ErrorCode, Fault, LineError, SettingsError
from station.gui.fonts import load_fonts
from station.gui.pages.setup_fields import FIELDS, fields_of, machine_of, values_of
from station.gui.pages.setup_room import Change, PlcPart, PlcView
from station.gui.texts import LANGUAGES, install
from station.machine.base import Signal
from station.machine.registry import KINDS, make_machine
from station.pipeline.events import LineState
from station.settings import MachineSettings
from tests.gui.setup_desk import Desk, Plant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
SIGNALS = (
    Signal("TRIG", False, False, "coil 0"),
    Signal("PART_ID", "FL-1", False, "HR 2-9"),
    Signal("READY", True, True, "coil 16"),
    Signal("OK", False, True, "coil 19"),
    Signal("CODE", 0, True, "HR 17"),
)
PLC = MachineSettings(kind="modbus", address="10.0.0.5:502")


@pytest.fixture
def open_desk(qtbot: QtBot) -> Iterator[Callable[[Plant], Desk]]:
    load_fonts()
    install("en")
    desks: list[Desk] = []

    def make(plant: Plant) -> Desk:
        made = Desk(qtbot, plant)
        desks.append(made)
        made.click(made.page.machine_key)
        made.until(lambda: made.page.machine.form._used is not None)
        return made

    yield make
    for desk in desks:
        desk.close()
    install("en")


@pytest.fixture
def desk(open_desk: Callable[[Plant], Desk]) -> Desk:
    made = open_desk(Plant(machine=PLC, signals=SIGNALS))
    made.until(lambda: made.page.machine.signals._rows)
    return made


def text(desk: Desk, name: str) -> QLineEdit:
    entry = desk.page.machine.form.entries[name]
    assert isinstance(entry, QLineEdit)
    return entry


# ── the words of the form ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_what_is_asked_for_is_what_the_machine_takes(kind: str) -> None:
    """With every option as usual, and with each of them said."""
    values = {one.name: one.usual for one in fields_of(kind)} | {"address": "127.0.0.1:5020"}
    wish = machine_of(kind, values, dry=False)
    make_machine(wish.kind, wish.period, wish.address, wish.options)
    for field in FIELDS[kind]:
        for choice in field.choices or ("true",) * (field.kind.value == "switch"):
            options = {field.name: choice}
            make_machine(kind, 2.0, "127.0.0.1:5020", options)


def test_every_kind_of_the_program_can_be_chosen() -> None:
    assert set(FIELDS) == set(KINDS)


def test_settings_come_back_as_they_were_entered() -> None:
    wish = MachineSettings(
        kind="modbus",
        address="10.0.0.5:502",
        options={"unit": 7, "heartbeat": False, "trig": 100, "map": "ack=101 ok=3"},
    )
    assert machine_of("modbus", values_of(wish), dry=False) == wish


@pytest.mark.parametrize(
    ("values", "option"),
    [
        ({"": "trig"}, "trig"),
        ({"": "trig=1, and more"}, "trig=1, and more"),
    ],
)
def test_options_that_are_none_are_refused(values: dict[str, str], option: str) -> None:
    with pytest.raises(SettingsError) as caught:
        machine_of("modbus", values, dry=False)
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
    assert caught.value.fault.fact("option") == option


@pytest.mark.parametrize("period", ["0", "-1", "soon", "99999", "nan"])
def test_a_period_that_is_none_is_refused(period: str) -> None:
    with pytest.raises(SettingsError) as caught:
        machine_of("timer", {"period": period}, dry=False)
    assert caught.value.fault.fact("option") == "period"


# ── serving ──────────────────────────────────────────────────────────────────────────────────


def test_a_machine_is_chosen_entered_and_used(open_desk: Callable[[Plant], Desk]) -> None:
    desk = open_desk(Plant())
    form = desk.page.machine.form
    assert form.kind_key.text() == "None: by hand"
    desk.click(form.kind_key)
    desk.answer("Modbus TCP")
    desk.type(text(desk, "address"), "192.168.0.10:502")
    wish = MachineSettings(kind="modbus", address="192.168.0.10:502")
    desk.until(lambda: desk.plant.asked("machine") == [(wish,)])
    desk.until(lambda: "192.168.0.10:502 now" in desk.page.notice.words)
    assert form.back_key.isVisible()
    desk.click(form.back_key)
    desk.until(lambda: desk.plant.asked("machine")[-1] == (MachineSettings(),))


def test_what_was_entered_stays_where_it_is_refused(open_desk: Callable[[Plant], Desk]) -> None:
    plant = Plant()
    plant.fails["machine"] = SettingsError(
        ErrorCode.MACHINE_BAD_OPTION, kind="tcp", option="address", allowed="host:port"
    )
    desk = open_desk(plant)
    desk.page.machine.form.choose_kind("tcp")
    desk.type(text(desk, "address"), "nowhere")
    desk.until(lambda: "host:port" in desk.page.notice.words)
    desk.until(lambda: desk.page.machine.form.use_key.isEnabled())
    assert text(desk, "address").text() == "nowhere"
    assert desk.page.machine.form.kind == "tcp"


def test_a_machine_that_does_not_answer_is_told(open_desk: Callable[[Plant], Desk]) -> None:
    fault = Fault(ErrorCode.MACHINE_LINK_LOST, (("address", "10.0.0.5:502"),))
    desk = open_desk(Plant(change=Change(LineState.FAULT, fault)))
    desk.page.machine.use(PLC)
    desk.until(lambda: "10.0.0.5:502 is lost" in desk.page.notice.words)


def test_a_dry_run_stands_over_the_page_for_as_long_as_it_lasts(desk: Desk) -> None:
    page, form = desk.page, desk.page.machine.form
    assert not page.band.isVisible()
    desk.click(form.dry_key)
    desk.until(lambda: desk.plant.asked("machine") == [(PLC.model_copy(update={"dry": True}),)])
    desk.until(lambda: page.band.isVisible())
    assert "DRY RUN" in page.band.words
    assert form.dry_key.isChecked()
    desk.click(form.dry_key)
    desk.until(lambda: desk.plant.asked("machine")[-1] == (PLC,))
    desk.until(lambda: not page.band.isVisible())


# ── signals and test ─────────────────────────────────────────────────────────────────────────


def test_every_signal_is_seen_live(desk: Desk) -> None:
    signals = desk.page.machine.signals
    assert list(signals._rows) == [one.name for one in SIGNALS]
    assert not signals.row("OK").key.isVisible()
    desk.plant.signals = (replace(SIGNALS[0], value=True), *SIGNALS[1:])
    desk.until(lambda: signals.row("TRIG").signal.value is True)


def test_outputs_are_pressed_only_in_the_test_which_is_asked_for(desk: Desk) -> None:
    machine, page = desk.page.machine, desk.page
    desk.click(machine.test_key)
    desk.answer("Cancel")
    assert desk.plant.asked("test") == []
    desk.click(machine.test_key)
    desk.answer("Begin the test")
    desk.until(lambda: machine.is_testing)
    assert "TEST" in page.band.words
    row = machine.signals.row("OK")
    assert not machine.signals.row("TRIG").key.isVisible()
    desk.click(row.key)
    desk.until(lambda: desk.plant.asked("press") == [("OK", True)])
    desk.until(lambda: row.key.text() == "Off")
    desk.type(machine.signals.row("CODE").entry, "12")
    desk.until(lambda: desk.plant.asked("press")[-1] == ("CODE", 12))
    desk.click(machine.test_key)
    desk.until(lambda: desk.plant.asked("test")[-1] == (False,))
    assert not page.band.isVisible()
    assert not row.key.isVisible()


@pytest.mark.parametrize("leave", ["page", "room", "window"])
def test_who_leaves_ends_the_test(desk: Desk, leave: str) -> None:
    machine = desk.page.machine
    desk.click(machine.test_key)
    desk.answer("Begin the test")
    desk.until(lambda: machine.is_testing)
    match leave:
        case "page":
            desk.window.show_page(0)
        case "room":
            desk.click(desk.page.camera_key)
        case _:
            desk.window.close()
    desk.until(lambda: desk.plant.asked("test")[-1] == (False,))
    assert not machine.is_testing


def test_what_a_machine_refuses_is_said(desk: Desk) -> None:
    machine = desk.page.machine
    desk.plant.fails["press"] = LineError(ErrorCode.MACHINE_NOT_IN_TEST)
    machine.press("OK", True)
    desk.until(lambda: "test mode only" in desk.page.notice.words)


def test_a_machine_without_signals_cannot_be_tested(open_desk: Callable[[Plant], Desk]) -> None:
    plant = Plant()
    plant.fails["signals"] = LineError(ErrorCode.MACHINE_NO_SIGNALS, kind="manual")
    desk = open_desk(plant)
    desk.until(lambda: "no signals" in desk.page.machine.empty.text())
    assert not desk.page.machine.test_key.isEnabled()


def test_a_line_that_goes_during_the_test_ends_it(desk: Desk) -> None:
    machine = desk.page.machine
    desk.click(machine.test_key)
    desk.answer("Begin the test")
    desk.until(lambda: machine.is_testing)
    desk.plant.fails["signals"] = LineError(ErrorCode.LINE_LOST)
    desk.until(lambda: not machine.is_testing)
    assert not desk.page.band.isVisible()


# ── the simulated PLC ────────────────────────────────────────────────────────────────────────

PART = PlcPart(
    "SIM-00001",
    "ok",
    True,
    2.8,
    175.0,
    ((-20.0, frozenset({"ready"})), (0.0, frozenset({"ready", "trig"})), (180.0, frozenset())),
)


def test_the_simulated_plc_is_started_after_a_question_and_ends_with_the_page(desk: Desk) -> None:
    page, machine = desk.page, desk.page.machine
    desk.click(machine.plc.key)
    desk.until(desk.dialogs)
    assert "10.0.0.5:502" in desk.dialogs()[0].windowTitle()
    desk.answer("Start the simulated PLC")
    desk.until(lambda: desk.plant.asked("begin"))
    desk.until(lambda: "SIMULATED PLC" in page.band.words)
    late = PlcPart("SIM-00002", "", False, None, None)
    desk.plant.plc = PlcView(True, (PART, late))
    desk.until(lambda: "SIM-00002" in machine.plc.lines.toPlainText())
    first, second = machine.plc.lines.toPlainText().splitlines()
    assert first == "SIM-00002 · rejected · no answer in time"
    assert second == "SIM-00001 · passed · BUSY 2.8 ms, VALID 175 ms"
    ended = len(desk.plant.asked("end"))
    desk.window.show_page(0)
    desk.until(lambda: len(desk.plant.asked("end")) > ended)
    desk.until(lambda: "has ended" in page.notice.words)


def test_a_simulated_plc_that_ends_by_itself_gives_the_machine_back(desk: Desk) -> None:
    desk.plant.plc = PlcView(running=True)
    desk.rest(0.3)
    ended = len(desk.plant.asked("end"))
    fault = Fault(ErrorCode.SIMULATED_PLC_LOST, (("reason", "killed"),))
    desk.plant.plc = PlcView(running=False, fault=fault)
    desk.until(lambda: "killed" in desk.page.notice.words)
    desk.until(lambda: len(desk.plant.asked("end")) == ended + 1)


# ── as it is seen ────────────────────────────────────────────────────────────────────────────


def test_what_is_made_late_wears_the_theme_too(desk: Desk) -> None:
    page = desk.page
    desk.window.toggle_theme()
    desk.plant.signals = SIGNALS[1:]
    desk.until(lambda: list(page.machine.signals._rows) == [one.name for one in SIGNALS[1:]])
    page.machine.form.choose_kind("opcua")
    late = [page.machine.signals.row("OK").key, page.machine.form.entries["security"]]
    desk.click(page.camera_key)
    desk.until(lambda: "Gain" in page.camera.features._rows)
    row = page.camera.features.row("Gain")
    assert {one._theme.name for one in (*late, row.slider, row.key)} == {"light"}
    entries = [one for one in page.findChildren(QLineEdit) if one.styleSheet()]
    assert entries == []  # what wears a sheet of its own keeps it when the theme changes
    desk.window.toggle_theme()
    assert {one._theme.name for one in (*late, row.slider, row.key)} == {"dark"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1024, 720), (1920, 1080)])
def test_every_key_is_large_enough_for_a_glove(
    open_desk: Callable[[Plant], Desk], language: str, size: tuple[int, int]
) -> None:
    desk = open_desk(Plant(machine=PLC, signals=SIGNALS))
    desk.window.resize(*size)
    install(language)
    page = desk.page
    for room in (page.machine, page.camera):
        (page.machine_key if room is page.machine else page.camera_key).click()
        desk.rest(0.2)
        for key in room.findChildren(type(page.machine_key)):
            if key.isVisible() and not key.visibleRegion().isEmpty():  # not scrolled away
                assert min(key.width(), key.height()) >= 56, key.text()
                assert key.visibleRegion().boundingRect().width() >= 56, key.text()
