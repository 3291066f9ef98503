"""GenTL cameras with triggers, in other hands, in pieces and gone: against a producer in C.

Every picture tells when it was taken, so that a part judged by an older one shows.
"""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.cameras.base import PartUnseen
from station.cameras.gentl import find
from station.cameras.hosted import HostedCamera
from station.cameras.registry import make_camera
from station.domain.inspection import Verdict
from station.domain.options import Option
from station.domain.part import Frame, TriggerSource
from station.errors import CameraError, ErrorCode, ImageError
from station.pipeline.events import LineState
from tests.line.conftest import MakeRig, Rig, make_rig, model, recipe
from tests.peers.clock_picture import now_ms, told
from tests.peers.gentl_peer import GenTlPeer

__all__ = ["make_rig", "model", "recipe"]

pytestmark = pytest.mark.peer

LOST_SECONDS = 1.0
SLACK = 0.5  # of a busy machine
PARTS = 100


@pytest.fixture
def peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GenTlPeer]:
    folder = tmp_path / "peer"
    folder.mkdir()
    peer = GenTlPeer(folder)
    peer.build()
    monkeypatch.setenv("GENTL_PEER", str(folder))
    monkeypatch.delenv("GENICAM_GENTL64_PATH", raising=False)
    yield peer
    peer.heal("hang")


def make(peer: GenTlPeer, **options: Option) -> HostedCamera:
    camera = make_camera("gentl", "SN7", {"cti": peer.cti, **options})
    assert isinstance(camera, HostedCamera)
    return camera


@pytest.fixture
def asked(peer: GenTlPeer) -> Iterator[HostedCamera]:
    camera = make(peer, trigger="software")
    camera.open()
    yield camera
    camera.close()


@pytest.fixture
def pulsed(peer: GenTlPeer) -> Iterator[HostedCamera]:
    camera = make(peer, trigger="line")
    camera.open()
    yield camera
    camera.close()


def seconds_until_lost(camera: HostedCamera) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 5:
        try:
            camera.check()
            camera.grab(0.05) if camera.live else time.sleep(0.05)
        except CameraError as error:
            lost = error.code is ErrorCode.CAMERA_LOST
            return time.monotonic() - began if lost else float("nan")
    return float("inf")


def take(camera: HostedCamera) -> Frame:
    frame = camera.grab(2)
    assert frame is not None
    return frame


def test_each_trigger_takes_one_picture_and_it_is_taken_after_it(asked: HostedCamera) -> None:
    assert asked.grab(0.2) is None
    took = []
    for _ in range(50):
        trigger, at = now_ms(), time.monotonic_ns()
        asked.trigger()
        frame = take(asked)
        took.append((time.monotonic_ns() - at) / 1e6)
        assert frame.taken_ns >= at
        assert told(frame.pixels) >= trigger
    took.sort()
    print(f"trigger to frame: median {took[25]:.1f} ms, most {took[-1]:.1f} ms")
    assert asked.grab(0.2) is None


def test_a_picture_that_comes_too_late_is_nobodys(asked: HostedCamera) -> None:
    """It was asked for, and given up: the next trigger must not find it."""
    asked.adjust("ExposureTime", 400_000.0)
    asked.trigger()
    assert asked.grab(0.1) is None
    trigger = now_ms()
    asked.trigger()
    assert told(take(asked).pixels) >= trigger


def test_a_picture_in_pieces_is_never_handed_over(peer: GenTlPeer, asked: HostedCamera) -> None:
    peer.suffer("broken")
    asked.trigger()
    with pytest.raises(ImageError) as caught:
        asked.grab(2)
    assert caught.value.code is ErrorCode.CAMERA_INCOMPLETE
    asked.trigger()
    take(asked)


def test_each_pulse_at_its_line_is_a_part(peer: GenTlPeer, pulsed: HostedCamera) -> None:
    assert pulsed.live
    assert pulsed.grab(0.3) is None
    for _ in range(5):
        began = now_ms()
        peer.suffer("pulse")
        frame = take(pulsed)
        assert frame.started is TriggerSource.CAMERA
        assert told(frame.pixels) >= began
    assert pulsed.grab(0.3) is None


@pytest.mark.parametrize("what", ["broken", "skip"])
def test_a_lost_picture_of_a_pulse_is_a_part_unseen(
    peer: GenTlPeer, pulsed: HostedCamera, what: str
) -> None:
    """One that does not come at all is missed when the next one comes."""
    peer.suffer("pulse")
    take(pulsed)
    peer.suffer(what)
    for _ in range(2):
        peer.suffer("pulse")
        time.sleep(0.2)
    with pytest.raises(PartUnseen) as caught:
        take(pulsed)
    assert caught.value.code is ErrorCode.CAMERA_INCOMPLETE
    assert caught.value.started is TriggerSource.CAMERA
    assert take(pulsed).started is TriggerSource.CAMERA
    assert pulsed.grab(0.2) is None


@pytest.mark.parametrize("trigger", ["free", "software", "line"])
@pytest.mark.parametrize("what", ["gone", "hang"])
def test_it_is_lost_within_a_second_and_found_again(
    peer: GenTlPeer, trigger: str, what: str
) -> None:
    camera = make(peer, trigger=trigger)
    try:
        camera.open()
        peer.suffer(what)
        seconds = seconds_until_lost(camera)
        print(f"{trigger}, {what}: lost after {seconds:.2f} s")
        assert seconds <= LOST_SECONDS + SLACK
        peer.heal(what)
        began = time.monotonic()
        camera.open()
        print(f"back after {time.monotonic() - began:.2f} s")
        if trigger == "software":
            camera.trigger()
        if trigger != "line":
            take(camera)
    finally:
        peer.heal(what)
        camera.close()


HOLD = (
    "import sys; from station.cameras.gentl import GenTlCamera\n"
    "camera = GenTlCamera('SN7', sys.argv[1]); camera.open()\n"
    "print('held', flush=True); sys.stdin.read(); camera.close()"
)
HOSTED = "make_camera('gentl', 'SN7', {'cti': sys.argv[1]})"
IMPORT = "from station.cameras.registry import make_camera"


def test_a_camera_in_other_hands_is_in_use(peer: GenTlPeer) -> None:
    command = [sys.executable, "-c", HOLD, peer.cti]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert [one.in_use for one in find(peer.cti)] == [True]
        camera = make(peer)
        with pytest.raises(CameraError) as caught:
            camera.open()
        assert caught.value.code is ErrorCode.CAMERA_IN_USE
        assert caught.value.fault.fact("source") == "gentl:SN7"
        other.communicate("")
    camera.open()
    take(camera)
    camera.close()
    assert [one.in_use for one in find(peer.cti)] == [False]


def test_it_is_given_back_when_the_program_is_killed(peer: GenTlPeer) -> None:
    command = [sys.executable, "-c", HOLD.replace("GenTlCamera('SN7', sys.argv[1])", HOSTED)]
    command[-1] = command[-1].replace("from station.cameras.gentl import GenTlCamera", IMPORT)
    with subprocess.Popen(
        [*command, peer.cti], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert find(peer.cti)[0].in_use
        other.kill()
    until = time.monotonic() + 5
    while find(peer.cti)[0].in_use and time.monotonic() < until:
        time.sleep(0.05)
    assert not find(peer.cti)[0].in_use


@pytest.mark.parametrize("source", ["SN7", "PEER-SN7", "gate 4", ""])
def test_it_is_found_by_each_of_its_names(peer: GenTlPeer, source: str) -> None:
    camera = make_camera("gentl", source, {"cti": peer.cti})
    camera.open()
    assert camera.grab(2) is not None
    camera.close()


def _judged(rig: Rig) -> Counter[Verdict]:
    """How often each verdict was given, after every part was looked up in the records."""
    status = rig.line.status()
    history = rig.store.reader.history(10 * PARTS)
    assert status.admitted == status.recorded == len(history)
    margins = []
    for entry in history:
        seen = entry.inspection
        if seen.verdict is Verdict.NOT_INSPECTED:
            continue
        still = rig.store.reader.still(seen.uid)
        assert still is not None
        margins.append(told(still.pixels) - seen.at_ms % 2**32)
    assert min(margins) >= 0, f"a picture was taken {-min(margins)} ms before its trigger"
    print(f"taken after the trigger: least {min(margins)} ms, most {max(margins)} ms")
    return Counter(entry.inspection.verdict for entry in history)


@pytest.mark.parametrize("trigger", ["free", "software"])
def test_no_part_is_passed_by_an_old_picture(
    peer: GenTlPeer, make_rig: MakeRig, trigger: str
) -> None:
    rig = make_rig(make(peer, trigger=trigger, AcquisitionFrameRate=50.0))
    troubles = {20: "broken", 40: "gone", 70: "hang"}
    began, lost = time.monotonic(), False
    for number in range(PARTS):
        if number in troubles:
            peer.suffer(troubles[number])
        rig.inspect()
        if rig.line.status().state is LineState.FAULT:
            lost = True
            time.sleep(0.2)  # the next part comes all the same
            peer.heal("gone")
            peer.heal("hang")
    seconds = time.monotonic() - began
    assert rig.line.stop()
    verdicts = _judged(rig)
    print(f"{trigger}: {PARTS} parts in {seconds:.1f} s: {dict(verdicts)}")
    assert lost
    assert sum(verdicts.values()) == PARTS
    assert verdicts[Verdict.OK] >= PARTS // 2
    assert verdicts[Verdict.NOT_INSPECTED] >= 2


def test_a_run_by_the_cameras_own_line(peer: GenTlPeer, make_rig: MakeRig) -> None:
    """Every pulse is a part in the records, with its picture or without."""
    rig = make_rig(make(peer, trigger="line"))
    for number in range(40):
        if number in (10, 20):
            peer.suffer("broken" if number == 10 else "skip")
        peer.suffer("pulse")
        until = time.monotonic() + 2
        while (peer.folder / "pulse").exists() and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(0.05)
    time.sleep(0.3)
    assert rig.line.stop()
    history = rig.store.reader.history(100)
    verdicts = Counter(entry.inspection.verdict for entry in history)
    print(f"40 pulses: {dict(verdicts)}")
    assert verdicts == {Verdict.OK: 38, Verdict.NOT_INSPECTED: 2}
    assert {entry.inspection.trigger for entry in history} == {TriggerSource.CAMERA}
