"""`station plc simulate` as a program."""

import json
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.program import COMMAND, environment
from tests.unit.machine.modbus_side import Side
from tests.unit.machine.test_modbus import free_port


@contextmanager
def simulated(home: Path, *words: str) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "plc", "simulate", "--address", f"127.0.0.1:{port}", *words],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process, port
    finally:
        process.kill()
        process.communicate()


def test_a_part_for_each_enter_with_its_diagram(tmp_path: Path) -> None:
    with simulated(tmp_path, "--enter", "--parts", "2") as (process, port), Side(port):
        assert process.stdin is not None
        process.stdin.write("零件-7\n\n")
        process.stdin.close()
        process.stdin = None
        out, err = process.communicate(timeout=40)
    assert process.returncode == 0, err
    assert out.splitlines()[0] == f"listening at 127.0.0.1:{port}"
    assert "SEQ 1  零件-7  OK: PASSED  CODE 0  SCORE 250" in out
    assert "SEQ 2  SIM-00002  OK: PASSED" in out
    drawn = re.findall(r"^(READY|TRIG|BUSY|OK|NG|VALID|ACK) +([/\\_‾]{60})$", out, re.M)
    assert [name for name, _ in drawn[:7]] == ["READY", "TRIG", "BUSY", "OK", "NG", "VALID", "ACK"]
    rows = dict(drawn[:7])
    assert rows["TRIG"].index("/") < rows["VALID"].index("/") < rows["ACK"].index("/")
    assert "/" not in rows["NG"]


def test_nobody_types_any_more(tmp_path: Path) -> None:
    with simulated(tmp_path, "--enter", "--json") as (process, _):
        out, _ = process.communicate("", timeout=40)
    assert process.returncode == 0
    assert list(json.loads(out.splitlines()[0])) == ["listening"]


def test_a_port_that_is_taken_and_an_address_that_is_none(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*COMMAND, "plc", "simulate", "--json", "--address"]
        for address, code, error in (
            (f"127.0.0.1:{port}", 1, "machine_port_taken"),
            ("127.0.0.1", 2, "machine_bad_option"),
            ("192.0.2.9:5020", 1, "machine_cannot_listen"),
        ):
            done = subprocess.run(
                [*command, address],
                env=environment(tmp_path),
                capture_output=True,
                text=True,
                timeout=40,
            )
            assert done.returncode == code, done.stderr
            assert json.loads(done.stdout.splitlines()[-1])["error"] == error
            assert "Traceback" not in done.stderr
