"""A cable between a station and its plant that can be pulled and put back."""

import socket
import threading
from contextlib import suppress


class Cable:
    """Forwards bytes both ways, for any number of connections.

    `cut` ends them and refuses new ones; `pull` carries nothing more and tells nobody; `plug`
    ends what was silent and lets new ones through.
    """

    def __init__(self, target_port: int) -> None:
        self._target = ("127.0.0.1", target_port)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._passes, self._answers = threading.Event(), True
        self._passes.set()
        self._ended = False
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        self._answers = False
        self._end_all()

    def pull(self) -> None:
        self._passes.clear()

    def plug(self) -> None:
        self._end_all()
        self._answers = True
        self._passes.set()

    def close(self) -> None:
        self._ended = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._passes.set()
        self._end_all()
        self._thread.join()

    def _end_all(self) -> None:
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        while not self._ended:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._answers:
                near.close()
                continue
            far = socket.create_connection(self._target)
            with self._lock:
                self._ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._passes.wait()
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
