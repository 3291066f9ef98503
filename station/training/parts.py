"""Labelled parts to examine models on: where they come from, and which of them may pass."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from station.errors import DatasetError, ErrorCode
from station.inference.model import ModelCard
from station.training.dataset import GOOD_NAMES, Sample, read_dataset, scan
from station.training.groups import Groups, group_of
from station.training.methods.base import DEFECT


@dataclass(frozen=True, slots=True)
class Parts:
    """Labelled images, and which labels may pass. sha256: of the data set, or empty.

    kept_back: the data set itself says that none of them was learnt from.
    """

    samples: tuple[Sample, ...]
    good: tuple[str, ...]
    source: str
    sha256: str = ""
    kept_back: bool = False


def read_parts(
    place: Path,
    card: ModelCard,
    told: Sequence[str] | None = None,
    groups: Groups | None = None,
    others: Sequence[ModelCard] = (),
) -> Parts:
    """A folder of class folders, or a snapshot's manifest, of which the parts kept back count.

    told: the good classes, where a person names them; a snapshot names its own. Without either
    every label must be a class of the card, unless there are cards of other models to compare it
    with: then good against bad is enough. Raises DatasetError FOLDER_NOT_FOUND, FOLDER_EMPTY,
    DATASET_UNKNOWN_CLASS, and for a manifest whatever `read_dataset` raises.
    """
    parts = every_part(place, card, told, others)
    kept = tuple(sample for sample in parts.samples if sample.test)
    samples = kept or parts.samples
    if groups is not None:
        samples = tuple(
            replace(one, group=group_of(one.path, groups) or one.group) for one in samples
        )
    return replace(parts, samples=samples, kept_back=bool(kept))


def every_part(
    place: Path,
    card: ModelCard,
    told: Sequence[str] | None = None,
    others: Sequence[ModelCard] = (),
) -> Parts:
    """As `read_parts`, with the parts that may be learnt from as well; each says which it is."""
    parts = _of_manifest(place) if place.is_file() else _of_folder(place)
    labels = [sample.label for sample in parts.samples]
    told = parts.good if told is None and place.is_file() else told
    strangers = sorted(set(labels) - set(card.classes))
    if told is None and strangers and not others and DEFECT not in card.classes:
        raise _unknown(strangers[0], card.classes)
    knows = (one for one in (card, *others) if set(labels) <= set(one.classes))
    return replace(parts, good=true_good(labels, next(knows, card), told))


def true_good(
    labels: Sequence[str], card: ModelCard, told: Sequence[str] | None = None
) -> tuple[str, ...]:
    """Which labels may pass: those that were told, or the card's, or by their usual names.

    The card decides where it knows every label, or calls whatever is strange a defect. Raises
    DatasetError DATASET_UNKNOWN_CLASS for a good class that nothing bears, and for labels that
    nobody can tell good from bad.
    """
    names = sorted(set(labels))
    for name in told or ():
        if name not in names and name not in card.classes:
            raise _unknown(name, names)
    if told is not None:
        return tuple(name for name in names if name in told)
    strangers = [name for name in names if name not in card.classes]
    if not strangers or DEFECT in card.classes:
        return tuple(name for name in names if name in card.good)
    found = tuple(n for n in names if n in card.good or n.lower() in GOOD_NAMES)
    if not found:
        raise _unknown(strangers[0], card.classes)
    return found


def _of_folder(place: Path) -> Parts:
    samples, sha256 = tuple(scan(place)), ""
    with suppress(DatasetError):  # too few to learn from are enough to examine on
        sha256 = read_dataset(place).sha256
    return Parts(samples, (), str(place), sha256)


def _of_manifest(place: Path) -> Parts:
    dataset = read_dataset(place)
    return Parts(dataset.samples, dataset.good, str(place), dataset.sha256)


def _unknown(label: str, known: Sequence[str]) -> DatasetError:
    return DatasetError(ErrorCode.DATASET_UNKNOWN_CLASS, label=label, known=", ".join(known))
