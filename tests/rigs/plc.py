"""A tiny PLC as a process of its own: the other end of the machine kind `tcp`.

    python -m tests.rigs.plc --port 0 [--every 0.5]

Its outputs fall to REJECT and not-ready when no BEAT came for 500 ms. What it sees goes to stdout,
one JSON object a line with `at` (monotonic seconds) and `what`:

    listening port | connected | lost | watchdog | hello run | ready on | output state
    result sequence number serial said | double sequence | triggered serial | wrong line | ordered

Orders come by stdin: trigger [serial] · raw TEXT · mute · speak (BEATs) · deaf · hear (reading) ·
slow (reads a few bytes at a time) · keep · answer (ACKs) · hang up · quit
"""

import argparse
import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

BEAT_SECONDS = 0.1
WATCHDOG_SECONDS = 0.5
LINE_BYTES = 512

Row = dict[str, Any]


class Plc:
    """Owns the outputs; one station at a time, and the newest connection is the one that counts."""

    def __init__(self, note: Callable[[Row], None]) -> None:
        self._note = note
        self._run = ""
        self._has: set[int] = set()
        self._writer: asyncio.StreamWriter | None = None
        self._beat_at = time.monotonic()
        self.ready = False
        self.output = "REJECT"
        self.mute = self.deaf = self.slow = self.keep = False

    def note(self, what: str, **facts: object) -> None:
        """Say what was seen."""
        self._note({"at": time.monotonic(), "what": what, **facts})

    def send(self, line: str) -> None:
        """One line to the station, if one is there."""
        if self._writer is not None:
            with suppress(OSError):
                self._writer.write(line.encode("utf-8", "surrogateescape") + b"\n")

    def hang_up(self) -> None:
        """Drop the connection."""
        if self._writer is not None:
            self._writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, to its end."""
        self.hang_up()
        self._writer = writer
        self.note("connected")
        with suppress(OSError):
            await self._listen(reader)
        writer.close()
        if self._writer is writer:
            self._writer = None
            self.note("lost")

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        rest = b""
        while True:
            if self.slow:
                await asyncio.sleep(0.05)
            data = await reader.read(40 if self.slow else 4096)
            while self.deaf:
                await asyncio.sleep(0.01)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._hear(line)

    def _hear(self, line: bytes) -> None:
        match line.decode("utf-8", "replace").split(" ") if len(line) <= LINE_BYTES else []:
            case ["BEAT"]:
                self._beat_at = time.monotonic()
            case ["HELLO", "1", run]:
                self.note("hello", run=run)
                if run != self._run:
                    self._run, self._has = run, set()
            case ["READY", ("0" | "1") as on]:
                self.ready = on == "1"
                self.note("ready", on=self.ready)
            case ["RESULT", sequence, number, serial, ("RELEASE" | "REJECT" | "HOLD") as said]:
                self._result(int(sequence), int(number), serial, said)
            case _:
                self.note("wrong", line=repr(line[:80]))

    def _result(self, sequence: int, number: int, serial: str, said: str) -> None:
        """Act on it once, and acknowledge it every time."""
        if sequence in self._has:
            self.note("double", sequence=sequence)
        else:
            self._has.add(sequence)
            self.note("result", sequence=sequence, number=number, serial=serial, said=said)
            self._set_output(said)
        if not self.keep:
            self.send(f"ACK {sequence}")

    def _set_output(self, state: str) -> None:
        if state != self.output:
            self.output = state
            self.note("output", state=state)

    async def beat(self) -> None:
        """The cycle: its own sign of life, and the watchdog over the station's."""
        while True:
            if not self.mute:
                self.send("BEAT")
            if time.monotonic() - self._beat_at > WATCHDOG_SECONDS:
                if self.ready or self.output != "REJECT":
                    self.note("watchdog")
                self.ready = False
                self._set_output("REJECT")
            await asyncio.sleep(BEAT_SECONDS / 4 if self.mute else BEAT_SECONDS)

    async def trigger_every(self, seconds: float) -> None:
        """A part every so often, while the station is ready."""
        made = 0
        while True:
            await asyncio.sleep(seconds)
            if self.ready:
                made += 1
                self.trigger(f"P{made}")

    def trigger(self, serial: str = "") -> None:
        """Tell the station that a part is there."""
        self.note("triggered", serial=serial)
        self.send(f"TRIGGER {serial}".rstrip())

    def order(self, words: str) -> None:
        """Do what a line of stdin says."""
        match words.split(" ", 1):
            case ["trigger", *rest]:
                self.trigger(*rest)
            case ["raw", text]:
                self.send(text)
            case ["mute" | "speak" as word]:
                self.mute = word == "mute"
            case ["deaf" | "hear" as word]:
                self.deaf, self.slow = word == "deaf", False
            case ["slow"]:
                self.slow = True
            case ["keep" | "answer" as word]:
                self.keep = word == "keep"
            case ["hang", "up"]:
                self.hang_up()
        self.note("ordered", words=words[:80].encode("utf-8", "replace").decode())


async def _orders(plc: Plc) -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
        words = line.decode("utf-8", "surrogateescape").rstrip("\n")
        if words == "quit":
            return
        plc.order(words)


async def _main(port: int, every: float | None) -> None:
    plc = Plc(lambda row: print(json.dumps(row, ensure_ascii=False), flush=True))
    server = await asyncio.start_server(plc.serve, "127.0.0.1", port)
    plc.note("listening", port=server.sockets[0].getsockname()[1])
    async with server:
        jobs = [asyncio.create_task(plc.beat())]
        if every is not None:
            jobs.append(asyncio.create_task(plc.trigger_every(every)))
        await _orders(plc)
        for job in jobs:
            job.cancel()
        plc.hang_up()


class PlcProcess:
    """The PLC as tests use it: started, ordered about, and what it saw."""

    def __init__(self, port: int = 0, every: float | None = None) -> None:
        words = ["--port", str(port), *(["--every", str(every)] if every else [])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.rigs.plc", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._rows: list[Row] = []
        self._heard = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = int(self.wait("listening")[0]["port"])

    def __enter__(self) -> "PlcProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def rows(self) -> list[Row]:
        """All that it saw so far."""
        with self._heard:
            return list(self._rows)

    def saw(self, what: str, **facts: object) -> list[Row]:
        """The rows of that kind with those facts."""
        wanted = {"what": what, **facts}
        return [row for row in self.rows if wanted.items() <= row.items()]

    def wait(self, what: str, count: int = 1, seconds: float = 10.0, **facts: object) -> list[Row]:
        """Until it saw that so many times; all of them."""
        with self._heard:
            came = self._heard.wait_for(lambda: len(self.saw(what, **facts)) >= count, seconds)
        assert came, (what, facts, self.rows[-20:])
        return self.saw(what, **facts)

    def order(self, words: str) -> None:
        """Give an order, and wait until it is followed; the module's text says which there are."""
        assert self._process.stdin is not None
        before = len(self.saw("ordered"))
        self._process.stdin.write(words.encode("utf-8", "surrogateescape") + b"\n")
        self._process.stdin.flush()
        self.wait("ordered", before + 1)

    def close(self) -> None:
        """End it, at once and in every case."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                with self._heard:
                    self._rows.append(json.loads(line))
                    self._heard.notify_all()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--every", type=float)
    arguments = parser.parse_args()
    asyncio.run(_main(arguments.port, arguments.every))
