"""A whole line whose OPC UA server cannot listen: it is not ready, and nothing is passed."""

import socket
from pathlib import Path

from station.domain.inspection import Verdict
from station.errors import ErrorCode
from station.machine.opcua.machine import OpcuaMachine
from station.pipeline.events import LineState, Recorded
from tests.line.conftest import MakeRig


def test_a_taken_port_stops_the_line_until_it_is_free(tmp_path: Path, make_rig: MakeRig) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        machine = OpcuaMachine("127.0.0.1", other.getsockname()[1], str(tmp_path), "flange")
        rig = make_rig(machine=machine, start=False)
        rig.line.start()
        rig.wait_state(LineState.FAULT, 20)
        fault = rig.line.status().fault
        assert fault is not None
        assert fault.code is ErrorCode.MACHINE_PORT_TAKEN

        rig.inspect()  # a person insists: the part is taken, and not inspected
        uid = rig.wait(Recorded)[0].uid
        assert rig.store.inspection(uid).verdict is Verdict.NOT_INSPECTED
        values = {signal.name: signal.value for signal in machine.signals()}
        assert (values["OK"], values["Ready"]) == (False, False)
    rig.wait_state(LineState.READY, 30)
    assert rig.line.stop()
    status = rig.line.status()
    assert (status.admitted, status.recorded) == (1, 1)
