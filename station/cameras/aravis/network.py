"""How a stream is received from the network: room for its packets, and time for the late ones.

Without room a normal user's pictures have holes: root's packets go through a ring of libaravis's
own, everybody else's through a common socket.
"""

import ctypes as c
import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

from station.cameras.aravis.library import INT_TYPE, UINT_TYPE, GValue, Library

WORTH = 4  # the system counts a packet of 1.4 kB as up to 4.3 kB
MOST = 64 << 20
FIXED = 0  # of the library's enumeration
LATEST_US = 300_000  # from the first packet to the last: 35 MB at 1 Gbit/s, or a computer at work
LIMIT = Path("/proc/sys/net/core/rmem_max")
HANDLES = Path("/proc/self/fd")


def receive_well(library: Library, stream: int, payload: int) -> None:
    """Ask for as much room as pictures of so many bytes need; the system gives what it allows."""
    kind, size, late = GValue(), GValue(), GValue()
    call = library.call
    call("g_value_init", c.byref(kind), call("arv_gv_stream_socket_buffer_get_type"))
    call("g_value_set_enum", c.byref(kind), FIXED)
    call("g_value_init", c.byref(size), INT_TYPE)
    call("g_value_set_int", c.byref(size), min(WORTH * payload, MOST))
    call("g_value_init", c.byref(late), UINT_TYPE)
    call("g_value_set_uint", c.byref(late), LATEST_US)
    call("g_object_set_property", stream, b"socket-buffer", c.byref(kind))
    call("g_object_set_property", stream, b"socket-buffer-size", c.byref(size))
    call("g_object_set_property", stream, b"frame-retention", c.byref(late))
    widen(call("arv_gv_stream_get_port", stream), min(WORTH * payload, MOST))


def widen(port: int, size: int) -> None:
    """Give our own UDP socket of that port room now: the library does so after the first packet.

    That is too late for a picture of which all the others are under way already.
    """
    for path in HANDLES.iterdir() if HANDLES.is_dir() else ():
        with suppress(OSError):  # closed meanwhile, or no socket of the network
            number = int(path.name)
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as same:
                is_ours = same.family == socket.AF_INET and same.type == socket.SOCK_DGRAM
                if is_ours and same.getsockname()[1] == port:
                    same.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)


def narrowness(payload: int) -> str:
    """Words for a technician where the system allows less than pictures of that size need."""
    allowed = MOST
    with suppress(OSError, ValueError):
        allowed = int(LIMIT.read_text())
    wanted = min(WORTH // 2 * payload, MOST)  # it grants twice what it allows
    return f"; net.core.rmem_max is {allowed}, not {wanted}" if allowed < wanted else ""
