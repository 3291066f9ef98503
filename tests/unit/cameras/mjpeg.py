"""A real MJPEG server over HTTP that can hang, die and come back on its port."""

import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

from tests.unit.cameras.pictures import encode

WIDTH, HEIGHT, LEVELS = 160, 120, 100


def picture(number: int) -> bytes:
    """A colour JPEG whose green tells the frame's number."""
    frame = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    frame[:, :, 0] = 200
    frame[:, :, 1] = level(number)
    return encode(".jpg", frame)


def level(number: int) -> int:
    return 2 * (number % LEVELS)


class MjpegServer:
    """Serves frames at `fps` to whoever connects, from `start` to `kill`."""

    def __init__(
        self, fps: float = 50.0, mono: bool = False, draw: Callable[[], bytes] | None = None
    ) -> None:
        self.period = 1 / fps
        self.hanging = threading.Event()
        self.sent = 0
        self.connections: list[socket.socket] = []
        self._draw = draw
        self._bodies = [picture(number) for number in range(LEVELS)]
        if mono:
            self._bodies = [encode(".jpg", np.full((HEIGHT, WIDTH), 90, np.uint8))]
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/live.mjpg"

    def start(self) -> None:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.serve(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        self.connections.append(handler.connection)
        try:
            handler.send_response(200)
            handler.send_header("Content-Type", "multipart/x-mixed-replace; boundary=part")
            handler.end_headers()
            while self._server is not None:
                while self.hanging.is_set():
                    time.sleep(0.02)
                drawn = self._bodies[self.sent % len(self._bodies)]
                body = drawn if self._draw is None else self._draw()
                self.sent += 1
                head = f"--part\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                handler.wfile.write(head.encode() + body + b"\r\n")
                time.sleep(self.period)
        except OSError:
            pass

    def kill(self) -> None:
        """Drop every connection and stop to listen."""
        server, self._server = self._server, None
        if server is None:
            return
        server.shutdown()
        server.server_close()
        for connection in self.connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self.connections.clear()
        self.hanging.clear()
        if self._thread is not None:
            self._thread.join()
