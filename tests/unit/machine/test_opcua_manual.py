"""The page on OPC UA names every tag, option, method and error that there is, and no other."""

import inspect
import re
from pathlib import Path

import pytest

from station.bundle import resource
from station.machine.opcua.link import PASSWORD
from station.machine.opcua.machine import OpcuaMachine
from station.machine.opcua.source import PASSWORD as CLIENT_PASSWORD
from station.machine.opcua.source import OpcuaSource
from station.machine.opcua.states import Refusal
from station.machine.opcua.tags import TAGS
from station.plan import choose_machine, choose_sources
from station.settings import MachineSettings, ReadingSettings, Settings, TagSettings

LANGUAGES = ("en", "de", "zh_CN")
GIVEN = {"self", "host", "port", "folder", "recipe"}  # by the plan, and not by a person


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> str:
    return resource(f"manual/opcua.{request.param}.md").read_text("utf-8")


def first_cells(page: str) -> list[set[str]]:
    """Of each table what its first column names."""
    tables: list[set[str]] = [set()]
    for line in page.splitlines():
        if line.startswith("|"):
            tables[-1] |= set(re.split(r"[,、] ?", line.split("|")[1].strip()))
        elif tables[-1]:
            tables.append(set())
    return tables


def test_it_has_every_tag_and_no_other(page: str) -> None:
    names = {tag.name for tag in TAGS}
    (found,) = (cells for cells in first_cells(page) if "OK" in cells)
    assert names <= found
    assert len(found - names) == 2  # the head of the table and its line


def shown(default: bool | float | str) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, float):
        return f"{default:g}"
    return f"`{default}`" if default else ""


def test_it_has_every_option_with_its_default(page: str) -> None:
    for name, parameter in inspect.signature(OpcuaMachine.__init__).parameters.items():
        if name in GIVEN:
            continue
        words = re.escape(shown(parameter.default))
        assert re.search(rf"^\| `{name}` \| {words} ?\| ", page, re.MULTILINE), name


def test_it_has_every_error_and_password(page: str) -> None:
    for refusal in Refusal:
        sign = "−" if refusal < 0 else ""
        assert re.search(rf"{sign}{abs(refusal)}\s", page), refusal
    assert PASSWORD.variable in page
    assert CLIENT_PASSWORD.variable in page
    assert CLIENT_PASSWORD.entry in page


def test_the_plan_gives_what_a_person_does_not(tmp_path: Path) -> None:
    wish = MachineSettings(kind="opcua", address="127.0.0.1:4840")
    machine = choose_machine(Settings(machine=wish), tmp_path, "flange")
    assert isinstance(machine, OpcuaMachine)
    assert {one.name: one.value for one in machine.signals()}["Recipe"] == "flange"

    tag = TagSettings(name="oven", tag="ns=2;s=Oven")
    reading = ReadingSettings(
        kind="opcua", address="plc:4840", options={"security": "sign"}, tags=(tag,)
    )
    (source,) = choose_sources(Settings(readings=(reading,)), tmp_path)
    assert isinstance(source, OpcuaSource)
    assert source.name == "opcua plc:4840"
