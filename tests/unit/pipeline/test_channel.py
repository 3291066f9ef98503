"""Bounded ways between threads."""

import threading
import time

import pytest

from station.pipeline.channel import Channel, Closed, Mailbox


def test_order_is_kept_and_nothing_is_lost() -> None:
    channel: Channel[int] = Channel(4)
    got: list[int] = []

    def read() -> None:
        try:
            while True:
                item = channel.get()
                assert item is not None
                got.append(item)
        except Closed:
            pass

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(500):
        assert channel.put(number)
    channel.close()
    reader.join()
    assert got == list(range(500))


def test_full_by_items_refuses_in_time() -> None:
    channel: Channel[int] = Channel(1)
    assert channel.put(1)
    assert channel.full
    began = time.monotonic()
    assert not channel.put(2, timeout=0.05)
    assert 0.04 < time.monotonic() - began < 1
    assert channel.get() == 1
    assert not channel.full


def test_full_by_weight_but_one_heavy_item_always_passes() -> None:
    channel: Channel[bytes] = Channel(10, capacity=100, size_of=len)
    assert channel.put(b"x" * 500)
    assert not channel.put(b"y", timeout=0)
    assert channel.get() == b"x" * 500
    assert channel.put(b"y" * 60)
    assert channel.put(b"y" * 40)
    assert not channel.put(b"y", timeout=0)


def test_closing_ends_both_sides_after_the_last_item() -> None:
    channel: Channel[int] = Channel(2)
    channel.put(7)
    channel.close()
    with pytest.raises(Closed):
        channel.put(8)
    assert channel.get() == 7
    with pytest.raises(Closed):
        channel.get()


def test_a_waiting_writer_hears_of_the_close() -> None:
    channel: Channel[int] = Channel(1)
    channel.put(1)
    heard = threading.Event()

    def write() -> None:
        try:
            channel.put(2)
        except Closed:
            heard.set()

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(0.02)
    channel.close()
    writer.join(2)
    assert heard.is_set()


def test_the_mailbox_keeps_the_newest_and_counts_the_rest() -> None:
    mailbox: Mailbox[int] = Mailbox()
    assert mailbox.take() is None
    for number in (1, 2, 3):
        mailbox.put(number)
    assert mailbox.take() == 3
    assert mailbox.take(0.01) is None
    assert mailbox.overwritten == 2


def test_a_waiting_taker_wakes() -> None:
    mailbox: Mailbox[str] = Mailbox()
    threading.Timer(0.03, lambda: mailbox.put("frame")).start()
    assert mailbox.take(2) == "frame"
