"""Keeping the window's loop from standing still while workers run Python beside it."""

import gc
import sys

SWITCH_SECONDS = 0.001


def share_time() -> None:
    """Workers hand over sooner: a painter gives the interpreter up at each stroke.

    With Python's own 5 ms a page of two hundred strokes would take a second to paint.
    """
    sys.setswitchinterval(SWITCH_SECONDS)


def put_off_collecting() -> None:
    """Until `keep_memory`: while a program loads, nearly all that is made stays."""
    gc.disable()


def keep_memory() -> None:
    """What is there by now stays: the collector of cycles need not walk it again.

    Over all of the window's objects it takes 60 to 150 ms, in which nothing else runs; a worker
    that reads many rows sets it off every few seconds.
    """
    gc.freeze()
    gc.enable()
