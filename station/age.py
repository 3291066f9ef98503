"""How long a process has been running."""

import os
import time
from pathlib import Path

STARTED = 19  # of the fields of /proc/…/stat that follow the name: ticks since the machine started


def age(pid: int) -> float:
    """Seconds since that process was created, to a hundredth."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():  # psutil counts from a whole second at which the machine started
        fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        started = int(fields[STARTED]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    import psutil

    return time.time() - float(psutil.Process(pid).create_time())
