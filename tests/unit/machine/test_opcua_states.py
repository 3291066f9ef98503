"""The states agree with the model that ships: every way between them has its name there."""

import hashlib
import json
import xml.etree.ElementTree as ET
from itertools import product

import pytest

from station.bundle import resource
from station.machine.opcua.model import NODESET
from station.machine.opcua.states import INNER, State, leads_to, outer, transition

CALLS = ("Halt", "Reset", "SelectModeAutomatic", "PrepareRecipe", "UnprepareRecipe")
CALLS += ("StartSingleJob", "StartContinuous", "Stop", "Abort")
BY_ITSELF = (
    (State.PREOPERATIONAL, State.INITIALIZED),
    (State.PREOPERATIONAL, State.ERROR),
    (State.INITIALIZED, State.READY),
    (State.SINGLE, State.READY),
    (State.ERROR, State.READY),
    (State.ERROR, State.INITIALIZED),
    (State.ERROR, State.PREOPERATIONAL),
    *((state, State.ERROR) for state in INNER),
)


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every browse name of the nodeset, without its namespace."""
    root = ET.parse(resource(NODESET)).getroot()
    return {node.attrib.get("BrowseName", "").rpartition(":")[2] for node in root}


def test_every_call_goes_a_way_of_the_model(names: set[str]) -> None:
    ways = [
        transition(state, after, call)
        for state, call in product(State, CALLS)
        if (after := leads_to(state, call)) is not None and after is not state
    ]
    assert len(ways) > 15
    for way in ways:
        assert set(way) <= names, way


def test_so_does_what_happens_by_itself(names: set[str]) -> None:
    for before, after in BY_ITSELF:
        assert set(transition(before, after, "")) <= names, (before, after)


def test_a_job_begins_in_ready_alone() -> None:
    for call in ("StartSingleJob", "StartContinuous"):
        assert [state for state in State if leads_to(state, call)] == [State.READY]


def test_the_inner_states_are_operational() -> None:
    assert {outer(state) for state in INNER} == {"Operational"}
    assert outer(State.HALTED) == "Halted"


def test_the_nodeset_is_the_one_that_was_published() -> None:
    path = resource(NODESET)
    facts = json.loads(path.with_name("PROVENANCE.json").read_text("utf-8"))
    content = path.read_bytes()
    assert path.name == facts["file"]
    assert hashlib.sha256(content).hexdigest() == facts["sha256"]
    assert b"OPC Foundation MIT License 1.00" in content[:2000]
