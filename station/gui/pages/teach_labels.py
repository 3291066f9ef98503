"""Labels for images of the wall, where some are records that become samples by it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from station.gui.pages.teach_room import Labelled
from station.store.queries import Reader
from station.store.sample_writer import SampleWriter

if TYPE_CHECKING:
    from station.training.taking import Decide


def label_images(
    store: SampleWriter,
    reader: Reader,
    keys: Sequence[int],
    label: str,
    operator: str,
    decide: "Decide | None" = None,
) -> Labelled:
    """Give each its label; what is no sample yet has another key from then on.

    Raises StoreError; then nothing of the samples has changed, and of the records at most some.
    """
    from station.training.taking import label_keys  # scipy: not before somebody labels

    samples = [key for key in keys if key > 0]
    before = list(label_keys(store, reader, samples, label, operator).before) if samples else []
    now = {key: key for key in keys}
    faults = []
    for key in (key for key in keys if key < 0):
        made = label_keys(store, reader, [key], label, operator, decide)
        now[key] = made.keys[0] if made.keys else key
        before += made.before
        faults += [one.fault for one in made.skipped]
    return Labelled(tuple(now[key] for key in keys), tuple(before), tuple(faults))
