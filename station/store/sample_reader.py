"""What a reader of a data folder says of samples, classes and snapshots."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from station.store.samples import (
    ProductClass,
    SampleCounts,
    SampleFilter,
    SampleRow,
    page_keys,
    product_classes,
    sample_counts,
    sample_keys,
    sample_rows,
)
from station.store.snapshots import Member, SnapshotRow, all_snapshots, members

_ALL = SampleFilter()


class SampleReader(ABC):
    """A part of `Reader`; product: the name of its recipe."""

    @abstractmethod
    def connection(self) -> AbstractContextManager[Connection]:
        """A connection that cannot write."""

    def sample_keys(self, product: str, wanted: SampleFilter = _ALL) -> list[int]:
        """The keys of all images that are asked for, newest first, see samples.py."""
        with self.connection() as connection:
            return sample_keys(connection, product, wanted)

    def sample_rows(self, keys: Sequence[int]) -> list[SampleRow]:
        """The images of these keys in their order; unknown ones are left out."""
        with self.connection() as connection:
            return sample_rows(connection, keys)

    def sample_page(
        self,
        product: str,
        wanted: SampleFilter = _ALL,
        before: int | None = None,
        limit: int = 200,
    ) -> list[SampleRow]:
        """The next images; `before`: the last key of the page before."""
        with self.connection() as connection:
            keys = page_keys(connection, product, wanted, before, limit)
            return sample_rows(connection, keys)

    def sample_counts(self, product: str) -> SampleCounts:
        """How many images there are of each class and of each view."""
        with self.connection() as connection:
            return sample_counts(connection, product)

    def classes(self, product: str) -> tuple[ProductClass, ...]:
        """The classes of the product, by name."""
        with self.connection() as connection:
            return product_classes(connection, product)

    def snapshots(self, product: str) -> list[SnapshotRow]:
        """What was frozen of the product, newest first."""
        with self.connection() as connection:
            return all_snapshots(connection, product)

    def members(self, product: str) -> list[Member]:
        """Every sample with a label, oldest first, as a snapshot would hold it."""
        with self.connection() as connection:
            return members(connection, product)
