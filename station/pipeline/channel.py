"""Bounded ways between threads: a Channel loses nothing, a Mailbox keeps only the newest."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Closed(Exception):  # noqa: N818 - it is news, not an error
    """The channel was closed; after the last item on the reader's side, at once on the writer's."""


def _one(_: object) -> int:
    return 1


class Channel(Generic[T]):
    """A lossless queue for one writer side and one reader, bounded by items and by size.

    `size_of` gives an item's weight, `capacity` the weight it may hold. One item is always let
    in, however heavy, or a part larger than the budget could never pass.
    """

    def __init__(
        self, items: int, capacity: int | None = None, size_of: Callable[[T], int] = _one
    ) -> None:
        self._limit = items
        self._capacity = capacity
        self._size_of = size_of
        self._queue: deque[T] = deque()
        self._weight = 0
        self._closed = False
        self._change = threading.Condition()

    def put(self, item: T, timeout: float | None = None) -> bool:
        """Hand over an item; False when there was no room in time. Raises Closed."""
        weight = self._size_of(item)
        with self._change:
            if not self._change.wait_for(lambda: self._closed or self._room(weight), timeout):
                return False
            if self._closed:
                raise Closed
            self._queue.append(item)
            self._weight += weight
            self._change.notify_all()
            return True

    def get(self, timeout: float | None = None) -> T | None:
        """The oldest item, or None when none came in time. Raises Closed after the last one."""
        with self._change:
            if not self._change.wait_for(lambda: self._queue or self._closed, timeout):
                return None
            if not self._queue:
                raise Closed
            item = self._queue.popleft()
            self._weight -= self._size_of(item)
            self._change.notify_all()
            return item

    def close(self) -> None:
        """No more items come; the reader still gets those inside."""
        with self._change:
            self._closed = True
            self._change.notify_all()

    @property
    def full(self) -> bool:
        """Whether one more item of the smallest weight would have to wait."""
        with self._change:
            return not self._room(1)

    def __len__(self) -> int:
        with self._change:
            return len(self._queue)

    def _room(self, weight: int) -> bool:
        if not self._queue:
            return True
        if len(self._queue) >= self._limit:
            return False
        return self._capacity is None or self._weight + weight <= self._capacity


class Mailbox(Generic[T]):
    """One slot: the newest item wins, and what was overwritten unread is counted."""

    def __init__(self) -> None:
        self._item: T | None = None
        self._change = threading.Condition()
        self.overwritten = 0

    def put(self, item: T) -> None:
        """Leave an item; never waits."""
        with self._change:
            if self._item is not None:
                self.overwritten += 1
            self._item = item
            self._change.notify_all()

    def take(self, timeout: float = 0.0) -> T | None:
        """Take the item out, or None when none came within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        with self._change:
            while self._item is None:
                left = deadline - time.monotonic()
                if left <= 0 or not self._change.wait(left):
                    break
            item, self._item = self._item, None
            return item
