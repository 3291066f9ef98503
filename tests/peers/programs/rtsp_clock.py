"""An RTSP server whose picture tells when it was drawn; run with the system's Python: the port.

H.264, 320 × 240, 50 per second. The time is UTC milliseconds, 32 bits as black and white squares,
as `tests.peers.clock_picture` reads them.
"""

import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

WIDTH, HEIGHT, SIDE, FPS = 320, 240, 20, 50


def draw(ms: int) -> bytes:
    rows = []
    for first in (0, 16):
        bits = [255 * (ms >> bit & 1) for bit in range(first, first + 16)]
        rows.append(b"".join(bytes([bit]) * SIDE for bit in bits) * SIDE)
    return b"".join(rows) + bytes([150]) * (WIDTH * (HEIGHT - 2 * SIDE))


def feed(source, ended: threading.Event) -> None:
    due = time.monotonic()
    while not ended.is_set():
        drawn = draw(int(time.time() * 1000) & 0xFFFFFFFF)
        if source.emit("push-buffer", Gst.Buffer.new_wrapped(drawn)) != Gst.FlowReturn.OK:
            return
        due = max(due + 1 / FPS, time.monotonic() - 0.5)
        time.sleep(max(0.0, due - time.monotonic()))


def configure(_factory, media) -> None:
    source = media.get_element().get_by_name("clock")
    ended = threading.Event()
    media.connect("unprepared", lambda _: ended.set())
    threading.Thread(target=feed, args=(source, ended), daemon=True).start()


Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(
    "( appsrc name=clock is-live=true do-timestamp=true format=time"
    f" caps=video/x-raw,format=GRAY8,width={WIDTH},height={HEIGHT},framerate={FPS}/1"
    " ! videoconvert ! video/x-raw,format=I420 ! x264enc tune=zerolatency speed-preset=ultrafast"
    " bitrate=2000 key-int-max=25 ! rtph264pay name=pay0 config-interval=1 )"
)
factory.set_shared(True)
factory.connect("media-configure", configure)
server.get_mount_points().add_factory("/live", factory)
if not server.attach(None):
    sys.exit("the port is taken")
print("up", flush=True)
GLib.MainLoop().run()
