"""The methods that can be taught here, by name; none is imported before it is wanted."""

import importlib
import importlib.util
from dataclasses import dataclass

from station.errors import DatasetError, ErrorCode
from station.training.methods.base import Fit

EXTRA = "train-torch"
AUTO = "auto"  # not a method: the best of those that fit the data


@dataclass(frozen=True, slots=True)
class Method:
    """What must be known of a method before it is loaded.

    from_good_only: learns what good parts look like, and so needs no bad ones.
    """

    name: str
    module: str
    needs_torch: bool = False
    from_good_only: bool = False

    def load(self) -> Fit:
        """How it learns. Raises DatasetError EXTRA_MISSING where its packages are not there."""
        if not self.installed:
            raise DatasetError(ErrorCode.EXTRA_MISSING, extra=EXTRA)
        fit: Fit = importlib.import_module(self.module).fit
        return fit

    @property
    def installed(self) -> bool:
        """Whether all that it needs is on this PC."""
        return not self.needs_torch or importlib.util.find_spec("torch") is not None


_PLACE = "station.training.methods"
METHODS = {
    method.name: method
    for method in (
        Method("linear", f"{_PLACE}.linear"),
        Method("memory_bank", f"{_PLACE}.memory_bank", from_good_only=True),
        Method("classical", f"{_PLACE}.classical"),
        Method("cnn", f"{_PLACE}.cnn", needs_torch=True),
        Method("autoencoder", f"{_PLACE}.autoencoder", needs_torch=True, from_good_only=True),
    )
}


def method(name: str) -> Method:
    """Raises DatasetError METHOD_UNKNOWN."""
    if name not in METHODS:
        known = ", ".join((*METHODS, AUTO))
        raise DatasetError(ErrorCode.METHOD_UNKNOWN, method=name, known=known)
    return METHODS[name]
