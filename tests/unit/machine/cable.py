"""A cable between station and machine that can be pulled, plugged in, and cut through."""

import select
import socket
import threading
import time
from contextlib import suppress


class Cable:
    """Forwards bytes both ways. Pulled, it keeps the connections and carries nothing."""

    def __init__(self, target_port: int) -> None:
        self._target = ("127.0.0.1", target_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._pulled = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._pulled.set()

    def plug(self) -> None:
        """Old connections are gone for good, new ones pass."""
        self.cut()
        self._pulled.clear()

    def cut(self) -> None:
        """Both ends see the connection end."""
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                end.close()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self.cut()
        self._listener.close()

    def _carry(self) -> None:
        while not self._ended.is_set():
            if self._pulled.is_set():
                time.sleep(0.01)
                continue
            with suppress(OSError, ValueError):
                self._carry_once()

    def _carry_once(self) -> None:
        pairs = list(self._pairs)
        ends = dict(pairs) | {b: a for a, b in pairs}
        readable, _, _ = select.select([self._listener, *ends], [], [], 0.02)
        for one in readable:
            if one is self._listener:
                accepted, _ = one.accept()
                self._pairs.append((accepted, socket.create_connection(self._target)))
            elif data := one.recv(4096):
                ends[one].sendall(data)
            else:
                self.cut()
