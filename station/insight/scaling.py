"""Standard scores: of what is learnt from, and in the graph."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.graphs import Graph

Readings = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scale:
    """What makes standard scores of the columns."""

    mean: Readings
    spread: Readings

    @staticmethod
    def of(readings: Readings) -> "Scale":
        """From rows (n, columns); a column that never changes keeps its size."""
        wide = readings.astype(np.float64)
        spread = wide.std(axis=0)
        spread[spread <= 1e-9 * np.maximum(np.abs(wide.mean(axis=0)), 1e-9)] = 1.0
        return Scale(wide.mean(axis=0).astype(np.float32), spread.astype(np.float32))

    def scores(self, readings: Readings) -> npt.NDArray[np.float64]:
        """Standard scores of rows."""
        apart = readings.astype(np.float64) - self.mean.astype(np.float64)
        return np.asarray(apart / self.spread.astype(np.float64))


def add_scaled(graph: Graph, name: str, scale: Scale, given: str) -> str:
    """Standard scores in the graph."""
    graph.constant(f"{name}.mean", scale.mean)
    graph.constant(f"{name}.spread", scale.spread)
    graph.add("Sub", f"{name}.apart", given, f"{name}.mean")
    return graph.add("Div", name, f"{name}.apart", f"{name}.spread")
