"""Pictures that show the same, by a perceptual hash: they never lie on both sides of a split.

The hash holds 64 bits: which of the lowest frequencies of the picture (a cosine transform of
32 × 32 grey values) lie above their median. A picture that was saved anew, scaled, or made a
little lighter keeps it but for a few bits.

Parts of one kind in a fixture look alike to such a hash though each is another part. So a cluster
that would hold more than MOST_OF_A_CLASS of a class is looked at again with fewer bits allowed,
down to pictures of the very same content; what stays too large then is no cluster.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.part import Pixels

DISTANCES = (6, 4, 2, 0)  # bits that may differ, the widest first
MOST_OF_A_CLASS = 5  # at least so many clusters are left of each class
_SIDE, _LOW = 32, 8
_BANDS = 7  # one more than bits may differ: near hashes are equal in one of them
_AT_ONCE = 2048

Hashes = npt.NDArray[np.uint64]
Index = npt.NDArray[np.intp]


def phash(pixels: Pixels) -> str:
    """The hash of a mono or RGB picture, as 16 hexadecimal digits."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    low = cv2.dct(small.astype(np.float32))[:_LOW, :_LOW].ravel()
    bits = low > np.median(low[1:])
    bits[0] = False  # how light it is as a whole
    return np.packbits(bits).tobytes().hex()


def clusters(hashes: Sequence[str], contents: Sequence[str], labels: Sequence[str]) -> Index:
    """For each picture the number of the first one that shows the same; its own where none does.

    contents: what is equal for equal files. An empty hash is like no other.
    """
    numbers = np.arange(len(hashes))
    known = np.array([i for i, one in enumerate(hashes) if one], np.intp)
    if len(known):
        values = np.array([int(hashes[i], 16) for i in known], np.uint64)
        sizes = Counter(labels)
        for members in _split(known, values, 0, labels, sizes):
            numbers[members] = members[0]
    return _same_content(numbers, contents, labels)


def linked(numbers: Index, links: Sequence[tuple[int, int]], labels: Sequence[str]) -> Index:
    """The clusters of `clusters` with links between pictures; these too may not chain too much."""
    if not links:
        return numbers
    clustered = np.stack([np.arange(len(numbers)), numbers], axis=1)
    left, right = np.concatenate([np.array(links, np.intp), clustered]).T
    roots, joined, sizes = _connected(left, right, len(numbers)), numbers.copy(), Counter(labels)
    order = np.argsort(roots, kind="stable")
    for own in np.split(order, np.flatnonzero(np.diff(roots[order])) + 1):
        if len(own) > 1 and not _too_large(own, labels, sizes):
            joined[own] = own[0]
    return joined


def merged(groups: Sequence[str], numbers: Index) -> tuple[str, ...]:
    """Groups such that neither those told nor the clusters are parted; alone: an empty name."""
    parent = list(range(len(groups)))
    first: dict[str, int] = {}
    for i, name in enumerate(groups):
        _join(parent, i, int(numbers[i]))
        if name:
            _join(parent, i, first.setdefault(name, i))
    roots = [_root(parent, i) for i in range(len(groups))]
    counts = Counter(roots)
    names: dict[int, str] = {}
    for root, name in sorted(zip(roots, groups, strict=True), key=lambda pair: pair[1]):
        if name:
            names.setdefault(root, name)
    return tuple(names.get(root, f"near {root}" if counts[root] > 1 else "") for root in roots)


def _components(values: Hashes, most: int) -> Index:
    """For each hash a number that is equal where a chain of near ones leads from one to another."""
    links = [np.empty((2, 0), np.intp)]
    width = -(-64 // _BANDS)
    for band in range(_BANDS if most else 0):
        part = (values >> np.uint64(band * width)) & np.uint64((1 << width) - 1)
        order = np.argsort(part, kind="stable")
        for bucket in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
            for at in range(0, len(bucket) if len(bucket) > 1 else 0, _AT_ONCE):
                links += _near(values, bucket[at : at + _AT_ONCE], bucket[at:], most)
    left, right = np.concatenate(links, axis=1)
    return _connected(left, right, len(values))


def _near(values: Hashes, some: Index, others: Index, most: int) -> Iterator[Index]:
    """Links between near ones of both, as few as hold them together."""
    for at in range(0, len(others), _AT_ONCE):
        there = others[at : at + _AT_ONCE]
        apart = np.bitwise_count(values[some][:, None] ^ values[there][None])
        left, right = np.nonzero(apart <= most)
        if len(left) > len(some) + len(there):
            both = np.concatenate([some, there])
            roots = _connected(left, len(some) + right, len(both))
            first = np.unique(roots, return_index=True)[1]
            yield np.stack([both, both[first[roots]]])
        else:
            yield np.stack([some[left], there[right]])


def _connected(left: Index, right: Index, count: int) -> Index:
    from scipy.sparse import coo_array  # a third of a second, and not needed to hash
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(left), bool), (left, right)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], np.intp)


def _split(
    members: Index, values: Hashes, step: int, labels: Sequence[str], sizes: Counter[str]
) -> Iterator[Index]:
    """Clusters of `members`, whose hashes are `values`; too large ones are looked at anew."""
    unique, place = np.unique(values, return_inverse=True)
    roots = _components(unique, DISTANCES[step])[place]
    order = np.argsort(roots, kind="stable")
    for own in np.split(order, np.flatnonzero(np.diff(roots[order])) + 1):
        if len(own) < 2:
            continue
        if not _too_large(members[own], labels, sizes):
            yield members[own]
        elif step + 1 < len(DISTANCES):
            yield from _split(members[own], values[own], step + 1, labels, sizes)


def _too_large(members: Index, labels: Sequence[str], sizes: Counter[str]) -> bool:
    own = Counter(labels[i] for i in members)
    return any(n > max(1, sizes[label] // MOST_OF_A_CLASS) for label, n in own.items())


def _same_content(numbers: Index, contents: Sequence[str], labels: Sequence[str]) -> Index:
    """Join equal files too, unless hardly any other would be left of a class."""
    different: dict[str, set[str]] = {}
    for content, label in zip(contents, labels, strict=True):
        different.setdefault(label, set()).add(content)
    parent = list(range(len(numbers)))
    first: dict[str, int] = {}
    for i, (content, label) in enumerate(zip(contents, labels, strict=True)):
        _join(parent, i, int(numbers[i]))
        if content and len(different[label]) >= MOST_OF_A_CLASS:
            _join(parent, i, first.setdefault(content, i))
    return np.array([_root(parent, i) for i in range(len(numbers))], np.intp)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], a: int, b: int) -> None:
    a, b = _root(parent, a), _root(parent, b)
    parent[max(a, b)] = min(a, b)
