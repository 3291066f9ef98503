"""Windows of a unit's last readings; before its beginning its first row is repeated."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from station.insight.health_series import Series

Readings = npt.NDArray[np.float32]


def with_age(series: Series) -> Readings:
    """The readings, and the unit's age as the last column."""
    return np.column_stack([series.readings, series.age]).astype(np.float32)


def padded(readings: Readings, window: int) -> Readings:
    """With the first row repeated before itself, so that a window can end at every row."""
    return np.concatenate([np.repeat(readings[:1], window - 1, axis=0), readings])


def windows_at(readings: Readings, window: int, rows: Sequence[int]) -> Readings:
    """The windows (n, window, columns) that end at those rows."""
    whole = padded(readings, window)
    views = np.lib.stride_tricks.sliding_window_view(whole, window, axis=0)
    return np.ascontiguousarray(views[list(rows)].transpose(0, 2, 1))


def last_window(readings: Readings, window: int) -> Readings:
    """The window (1, window, columns) that ends at the last row."""
    return windows_at(readings, window, [len(readings) - 1])
