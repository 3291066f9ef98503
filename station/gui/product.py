"""What the pages must know of the product that is inspected."""

from dataclasses import dataclass

from station.domain.part import Pixels
from station.domain.recipe import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class ProductView:
    """defects: the model's bad classes in its own order; golden: a known good part, as Frame."""

    recipe: Recipe
    title: str
    lot: str
    defects: tuple[str, ...]
    golden: Pixels | None
