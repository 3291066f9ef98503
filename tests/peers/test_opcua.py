"""Our OPC UA server against the client of node-opcua: a job, the states, who may come in."""

import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.domain.inspection import Verdict
from station.machine.opcua.machine import OpcuaMachine
from station.machine.opcua.states import Refusal
from station.pipeline.events import LineState
from tests.line.conftest import MakeRig, make_rig, model, recipe  # noqa: F401 - fixtures
from tests.peers.opcua_peers import OpcuaClient, PeerError
from tests.peers.servers import free_port
from tests.unit.machine.opcua_side import Side

pytestmark = pytest.mark.peer

VISION = "ns=2;s=Vision"
OUTER = f"{VISION}.VisionStateMachine"
AUTO = f"{OUTER}.AutomaticModeStateMachine"
RECIPES, RESULTS = f"{VISION}.RecipeManagement", f"{VISION}.ResultManagement"
STATE_CHANGED, ERROR, RESOLVED = "ns=3;i=1018", "ns=3;i=1019", "ns=3;i=1020"
JOB_STARTED, READY, RESULT_READY = "ns=3;i=1013", "ns=3;i=1023", "ns=3;i=1024"
RECIPE_PREPARED = "ns=3;i=1022"
FIELDS = ["EventType", "SourceNode", "FromState", "ToState", "Transition.Id", "3:JobId"]
FIELDS += ["3:ResultId", "3:ResultState", "3:IsPartial", "3:PartId", "3:InternalRecipeId"]
FIELDS += ["3:InternalConfigurationId", "3:ProcessingTimes", "3:CreationTime", "3:ResultContent"]
FIELDS += ["3:InternalId"]
CAUSE = [{"type": "Int32", "value": 0}, {"type": "String", "value": "a test"}]
PASSWORD = "a password with spaces, ü and %40"


def ident(kind: str, text: str = "") -> dict[str, Any]:
    return {"structure": f"{kind}DataType", "fields": {"id": text}}


def job(part: str = "") -> list[dict[str, Any]]:
    ids = [ident("MeasId"), ident("PartId", part), ident("RecipeIdExternal")]
    return [*ids, ident("ProductId"), {"type": "Variant", "value": []}]


def start(client: OpcuaClient, part: str = "", call: str = "StartSingleJob") -> tuple[str, int]:
    answer = client.ask("call", object=AUTO, method=f"{AUTO}.{call}", args=job(part))
    assert answer["status"] == "Good", answer
    given, error = answer["outputs"]
    assert given["_"] == "JobIdDataType"
    return given["id"], error


def call(client: OpcuaClient, path: str, args: list[dict[str, Any]]) -> list[Any]:
    answer = client.ask("call", object=path.rpartition(".")[0], method=path, args=args)
    assert answer["status"] == "Good", answer
    return list(answer["outputs"])


def states(client: OpcuaClient) -> tuple[str, str]:
    nodes = [f"{OUTER}.CurrentState", f"{AUTO}.CurrentState"]
    outer, inner = client.ask("read", nodes=nodes)
    return outer["text"], inner if isinstance(inner, str) else inner["text"]


def content(event: dict[str, Any]) -> list[Any]:
    return [one["value"] for one in event["ResultContent"]]


@pytest.fixture
def client() -> Iterator[OpcuaClient]:
    with OpcuaClient() as opened:
        yield opened


@pytest.fixture
def pki(tmp_path: Path) -> str:
    return str(tmp_path / "pki")


def test_a_job_from_browsing_to_its_result(tmp_path: Path, client: OpcuaClient, pki: str) -> None:
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "bracket.toml").write_text("")
    with Side(tmp_path) as side:
        client.ask("connect", url=side.url, mode="None", pki=pki)

        spaces = client.ask("namespaces")
        assert spaces[2:] == ["urn:station:line", "http://opcfoundation.org/UA/MachineVision"]
        below = "/Objects/2:Vision/3:VisionStateMachine"
        auto = f"{below}/3:AutomaticModeStateMachine"
        signature = f"{AUTO}.StartSingleJob.InputArguments"
        (arguments,) = client.ask("read", nodes=[signature])
        assert [one["name"] for one in arguments] == [
            "MeasId",
            "PartId",
            "RecipeId",
            "ProductId",
            "Parameters",
        ]
        assert client.ask("read", nodes=[f"{OUTER}.Error.StateNumber"]) == [3]
        paths = [f"{auto}/3:StartSingleJob", f"{below}/3:Halt", f"{auto}/3:SimulationMode"]
        found = client.ask("translate", paths=paths)
        assert found == [f"{AUTO}.StartSingleJob", f"{OUTER}.Halt", "BadNoMatch"]
        names = {name for name, _ in client.ask("browse", node=VISION)}
        assert {"3:RecipeManagement", "3:ResultManagement", "3:VisionStateMachine"} <= names
        assert not names & {"3:ConfigurationManagement", "3:SafetyStateManagement"}

        client.ask("listen", node=VISION, fields=FIELDS)
        any_recipe = [ident("RecipeIdExternal"), ident("ProductId"), {"type": "Int32", "value": 2}]
        page = [{"type": "UInt32", "value": 0}] * 2 + [{"type": "Int32", "value": 0}]
        listed = call(client, f"{RECIPES}.GetRecipeListFiltered", [*any_recipe, *page])
        assert [one["id"] for one in listed[3]] == ["flange", "bracket"]
        wanted = [ident("RecipeIdExternal", "bracket"), ident("RecipeIdInternal")]
        refused = call(client, f"{RECIPES}.PrepareRecipe", wanted)
        assert refused[1:] == [False, Refusal.RECIPE_NOT_RUNNING]
        assert "change over" in client.ask("read", nodes=["ns=2;s=LastError"])[0]
        wanted = [ident("RecipeIdExternal", "flange"), ident("RecipeIdInternal")]
        prepared = call(client, f"{RECIPES}.PrepareRecipe", wanted)
        assert prepared[0]["_"] == "RecipeIdInternalDataType"
        assert (prepared[0]["id"], *prepared[1:]) == ("flange", True, 0)
        assert client.wait(RECIPE_PREPARED)[0]["InternalId"]["id"] == "flange"

        uid, error = start(client, "S-4711")
        assert (uid, error) == (side.uids[0], 0)
        assert client.wait(JOB_STARTED)[0]["JobId"] == {"_": "JobIdDataType", "id": uid}
        (event,) = client.wait(RESULT_READY)
        assert event["SourceNode"] == VISION
        assert event["JobId"]["id"] == event["ResultId"]["id"] == uid
        assert (event["ResultState"], event["IsPartial"]) == (1, False)
        assert event["PartId"] == {"_": "PartIdDataType", "id": "S-4711", "description": None}
        assert event["InternalRecipeId"]["_"] == "RecipeIdInternalDataType"
        assert (event["InternalRecipeId"]["id"], event["InternalRecipeId"]["version"]) == (
            "flange",
            "3",
        )
        assert event["InternalConfigurationId"]["hash"] == "ab" * 32
        assert event["ProcessingTimes"]["processingDuration"] == 12.5
        wanted_content = ["OK", "release", 0, 0.125, "S-4711", uid, "flange", 3, "good", 1]
        assert content(event) == wanted_content
        assert [one["type"] for one in event["ResultContent"][:4]] == [
            "String",
            "String",
            "UInt16",
            "Double",
        ]
        client.wait(READY)
        tags = ["OK", "NG", "Seq", "Serial", "Verdict", "Code", "Score", "CountOK"]
        read = client.ask("read", nodes=[f"ns=2;s={tag}" for tag in tags])
        assert read == [True, False, 1, "S-4711", "OK", 0, 0.125, 1]

        by_id = [ident("ResultId", uid), {"type": "Int32", "value": 0}]
        got = call(client, f"{RESULTS}.GetResultById", by_id)
        assert got[1]["_"] == "ResultDataType"
        assert (got[1]["resultId"]["id"], got[1]["resultState"], got[2]) == (uid, 1, 0)
        assert [one["value"] for one in got[1]["resultContent"]] == wanted_content
        one_by_one = call(client, f"{RESULTS}.GetResultComponentsById", by_id)
        assert (one_by_one[4], one_by_one[-1]) == (1, 0)
        unknown = [ident("ResultId", "nobody's"), {"type": "Int32", "value": 0}]
        missing = call(client, f"{RESULTS}.GetResultById", unknown)
        assert missing[2] == Refusal.RESULT_UNKNOWN

        assert client.ask("write", node="ns=2;s=OK", type="Boolean", value=True) != "Good"
        with pytest.raises(PeerError, match="BadUserAccessDenied"):
            client.ask("delete", node="ns=2;s=OK")


def test_the_walk_through_the_states(tmp_path: Path, client: OpcuaClient, pki: str) -> None:
    side = Side(tmp_path, automatic=False, deadline=30.0)
    side.says = None  # the part stays in work
    side.open()
    try:
        side.machine.ready(True)
        side.wait_up()
        client.ask("connect", url=side.url, mode="None", pki=pki)
        client.ask("listen", node=VISION, fields=FIELDS)
        walk(client)
        changes = [
            (event["FromState"]["text"], event["ToState"]["text"])
            for event in client.wait(STATE_CHANGED, 13)
        ]
        assert changes == [
            ("Preoperational", "Initialized"),
            ("Initialized", "Ready"),
            ("Ready", "SingleExecution"),
            ("SingleExecution", "Ready"),
            ("Ready", "ContinuousExecution"),
            ("ContinuousExecution", "Ready"),
            ("Ready", "SingleExecution"),
            ("SingleExecution", "Ready"),
            ("Ready", "Initialized"),
            ("Initialized", "Ready"),
            ("Operational", "Halted"),
            ("Halted", "Preoperational"),
            ("Preoperational", "Initialized"),
        ]
        ids = [event["Transition.Id"] for event in client.wait(STATE_CHANGED, 13)]
        assert all(one.startswith("ns=3;i=5") for one in ids), ids
        aborted = client.wait(RESULT_READY)
        assert [(event["ResultState"], content(event)[1:3]) for event in aborted] == [
            (3, ["reject", 99])
        ]
    finally:
        side.close()


def walk(client: OpcuaClient) -> None:
    flange = [ident("RecipeIdExternal", "flange"), ident("RecipeIdInternal")]
    assert states(client) == ("Preoperational", "BadStateNotActive")
    assert start(client) == ("", Refusal.WRONG_STATE)
    assert call(client, f"{OUTER}.SelectModeAutomatic", []) == [0]
    assert states(client) == ("Operational", "Initialized")
    assert start(client) == ("", Refusal.WRONG_STATE)
    assert call(client, f"{RECIPES}.PrepareRecipe", flange)[2] == 0
    assert states(client) == ("Operational", "Ready")

    assert start(client, "aborted")[1] == 0
    assert states(client) == ("Operational", "SingleExecution")
    assert start(client) == ("", Refusal.WRONG_STATE)
    assert call(client, f"{AUTO}.Abort", CAUSE) == [0]
    assert states(client) == ("Operational", "Ready")
    assert start(client, call="StartContinuous")[1] == 0
    assert states(client) == ("Operational", "ContinuousExecution")
    assert call(client, f"{AUTO}.Stop", CAUSE) == [0]
    assert call(client, f"{AUTO}.Stop", CAUSE) == [Refusal.WRONG_STATE]
    assert start(client, "stopped")[1] == 0
    assert call(client, f"{AUTO}.Stop", CAUSE) == [0]
    assert call(client, f"{RECIPES}.UnprepareRecipe", flange)[1] == 0
    assert states(client) == ("Operational", "Initialized")
    assert call(client, f"{RECIPES}.PrepareRecipe", flange)[2] == 0

    assert call(client, f"{OUTER}.Halt", CAUSE) == [0]
    assert states(client) == ("Halted", "BadStateNotActive")
    assert call(client, f"{OUTER}.SelectModeAutomatic", []) == [Refusal.WRONG_STATE]
    assert call(client, f"{OUTER}.Reset", CAUSE) == [0]
    assert call(client, f"{OUTER}.SelectModeAutomatic", []) == [0]
    wrong = client.ask("call", object=OUTER, method=f"{OUTER}.Halt", args=CAUSE[:1])
    assert wrong["status"] == "BadArgumentsMissing"


def test_a_fault_of_the_line_is_an_error_and_is_resolved(
    tmp_path: Path, client: OpcuaClient, pki: str
) -> None:
    with Side(tmp_path) as side:
        client.ask("connect", url=side.url, mode="None", pki=pki)
        client.ask("listen", node="i=2253", fields=FIELDS)  # the server sees them as well
        side.machine.ready(False)
        (event,) = client.wait(ERROR, seconds=10)
        assert event["ToState"]["text"] == "Error"
        assert states(client) == ("Error", "BadStateNotActive")
        assert start(client) == ("", Refusal.WRONG_STATE)
        side.machine.ready(True)
        client.wait(RESOLVED)
        assert states(client) == ("Operational", "Ready")
        assert start(client)[1] == 0


def test_who_may_come_in(
    tmp_path: Path, client: OpcuaClient, pki: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATION_OPCUA_PASSWORD", PASSWORD)
    folders = tmp_path / "opcua"
    with Side(tmp_path) as side:
        secure = {"url": side.url, "pki": pki, "user": "station"}
        offered = client.ask("endpoints", url=side.url)
        assert {(one["policy"], one["mode"]) for one in offered} == {
            ("Basic256Sha256", "Sign"),
            ("Basic256Sha256", "SignAndEncrypt"),
        }
        assert all(one["tokens"] == ["UserName"] for one in offered)

        with pytest.raises(PeerError):
            client.ask("connect", mode="SignAndEncrypt", password=PASSWORD, **secure)
        (knocked,) = (folders / "rejected").glob("*.der")
        assert not list((folders / "trusted").iterdir())

        shutil.move(knocked, folders / "trusted")
        with pytest.raises(PeerError, match="BadUserAccessDenied"):
            client.ask("connect", mode="SignAndEncrypt", password="wrong", **secure)
        with pytest.raises(PeerError):
            client.ask("connect", mode="SignAndEncrypt", url=side.url, pki=pki)  # anonymous
        with pytest.raises(PeerError):
            client.ask("connect", mode="None", password=PASSWORD, **secure)
        assert side.asked == []

        for mode in ("SignAndEncrypt", "Sign"):
            client.ask("connect", mode=mode, password=PASSWORD, **secure)
            assert start(client, mode)[1] == 0
            assert client.ask("write", node="ns=2;s=OK", type="Boolean", value=True) != "Good"
            client.ask("close")
            side.wait(lambda values: values["Ready"] is True)
        assert side.asked == ["SignAndEncrypt", "Sign"]


JOBS = 50


def test_jobs_on_a_real_line(
    tmp_path: Path,
    make_rig: MakeRig,  # noqa: F811 - the fixture
    client: OpcuaClient,
    pki: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    port = free_port()
    machine = OpcuaMachine("127.0.0.1", port, str(tmp_path), "flange")
    rig = make_rig(machine=machine)
    wait_listening(rig, machine)
    client.ask("connect", url=f"opc.tcp://127.0.0.1:{port}/station", mode="None", pki=pki)

    client.ask("watch", nodes=["ns=2;s=OK", "ns=2;s=Seq"])
    method, result = f"{AUTO}.StartSingleJob", RESULT_READY
    rows = client.ask("jobs", object=AUTO, method=method, count=JOBS, resultType=result)

    assert rig.line.stop()
    status = rig.line.status()
    assert (status.admitted, status.recorded) == (JOBS, JOBS)
    assert len({row["job"] for row in rows}) == JOBS
    told = {row["job"]: [one["value"] for one in row["content"]] for row in rows}
    for uid, words in told.items():
        stored = rig.store.inspection(uid)
        assert (stored.verdict.value, stored.part.serial) == (words[0], words[4])
        is_good = stored.verdict is Verdict.OK
        assert (words[1] == "release", words[2] == 0) == (is_good, is_good)
    released = [words for words in told.values() if words[1] == "release"]
    oks = [event["value"] for event in client.wait("ns=2;s=OK")]
    assert oks.count(True) == len(released) > 0
    assert oks[0] is oks[-1] is False
    seqs = [event["value"] for event in client.wait("ns=2;s=Seq", JOBS + 1)]
    assert seqs == list(range(JOBS + 1))
    tell_times(capsys, rows)


def wait_listening(rig: Any, machine: OpcuaMachine) -> None:
    """The line is ready at once, and the server some seconds after it."""
    assert rig.line.status().state in (LineState.READY, LineState.RUNNING)
    until = time.monotonic() + 30
    while not {s.name: s.value for s in machine.signals()}["Ready"]:
        assert time.monotonic() < until
        time.sleep(0.02)


def tell_times(capsys: pytest.CaptureFixture[str], rows: list[dict[str, float]]) -> None:
    calls, results = sorted(r["call"] for r in rows), sorted(r["result"] for r in rows)
    with capsys.disabled():
        print(
            f"\nOPC UA, {len(rows)} jobs on a real line, node-opcua: "
            f"call {statistics.median(calls):.1f} ms (most {calls[-1]:.1f}), "
            f"call → ResultReady {statistics.median(results):.1f} ms (most {results[-1]:.1f})"
        )
    assert statistics.median(results) < 1000  # generous: the machine may be busy with others
