"""A study of agreement on paper: figures, disputed parts with their pictures, a signature."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from station.cameras.image_file import read_image
from station.errors import StationError
from station.gui import study_words
from station.gui.paper import Head, print_pdf
from station.gui.paper_blocks import (
    Block,
    Gap,
    Heading,
    Images,
    Signatures,
    Signer,
    Tile,
    Tiles,
    Words,
)
from station.gui.paper_table import Column, Table
from station.gui.pictures import cropped, resized, to_image
from station.gui.study_words import Cell
from station.gui.texts import translate
from station.insight.study import Study, StudyPart, Word, experts, standing
from station.insight.study_result import Dispute, Result
from station.insight.study_table import table_of

PICTURES = 12  # disputed parts that are shown; all are in the table of words
_SIDE = 700  # pixels of a printed picture


def study_pdf(study: Study, found: Result, judges: Sequence[str], data: Path) -> bytes:
    """The report as A4 pages, in the language that is spoken.

    judges: who gave the reference. data: the folder of the pictures. Any thread may call it;
    equal studies give equal bytes.
    """
    return print_pdf(study_head(study, judges), study_blocks(study, found, data))


def study_file(form: str, study: Study, words: Sequence[Word], found: Result, data: Path) -> bytes:
    """What a file of that form holds: the report as pdf, every word as csv."""
    if form == "csv":
        return table_of(study, words)
    return study_pdf(study, found, experts(standing(words)), data)


def study_head(study: Study, judges: Sequence[str]) -> Head:
    """What stands on every page."""
    moment = datetime.fromtimestamp(study.at_ms / 1000, UTC).astimezone()
    begun = translate("Study", "Begun {time}", time=f"{moment:%Y-%m-%d %H:%M}")
    return Head(
        study_words.heading(),
        (study_words.facts(study), f"{begun} · {study_words.reference(study, judges)}"),
        foot=f"{study.plan.product} · {study.uid}",
        page_words=translate("Study", "Page {page} of {pages}", page="{page}", pages="{pages}"),
        made_ms=study.at_ms,
    )


def study_blocks(study: Study, found: Result, data: Path) -> list[Block]:
    """The pages' content."""
    blocks: list[Block] = [
        Heading(translate("Study", "Each judge against the reference")),
        _table(study_words.columns(), [study_words.row(one) for one in found.appraisers]),
        Heading(translate("Study", "All judges together")),
        Tiles(tuple(_tile(words, cell) for words, cell in study_words.together(found))),
    ]
    if len(found.appraisers) > 1:
        heads, rows = study_words.matrix(found)
        blocks += [Heading(study_words.pairs_title()), _table(heads, rows)]
    blocks += [Words(note, "muted") for note in study_words.notes(study, found)]
    blocks += _disputed(study, found, data)
    signer = translate("Study", "Quality engineer")
    return [*blocks, Gap(4), Signatures((Signer(signer, "", ""),))]


def _table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    columns = tuple(Column(head, 1.0 if place else 0.8) for place, head in enumerate(heads))
    return Table(columns, tuple(tuple(_cell(cell) for cell in row) for row in rows))


def _cell(cell: Cell) -> str:
    return "\n".join(words for words in (cell.value, cell.interval, cell.note) if words)


def _tile(words: str, cell: Cell) -> Tile:
    note = " · ".join(part for part in (cell.interval, cell.note) if part)
    return Tile(words, cell.value, note, cell.tone or "text")


def _disputed(study: Study, found: Result, data: Path) -> list[Block]:
    if not found.disputes:
        return []
    shown = [(_image(study.parts[one.part], data), _caption(study, one))
             for one in found.disputes[:PICTURES]]  # fmt: skip
    images = tuple((image, words) for image, words in shown if not image.isNull())
    rows = [(study.parts[one.part].name, study_words.word(one.truth), *_said(one))
            for one in found.disputes]  # fmt: skip
    heads = (
        translate("Study", "Part"),
        translate("Study", "Reference"),
        *(study_words.name(one) for one in found.appraisers),
    )
    table = Table(tuple(Column(head, 1.0) for head in heads), tuple(rows))
    blocks: list[Block] = [Heading(translate("Study", "Parts that were judged wrong")), table]
    return [*blocks, Images(images)] if images else blocks


def _said(one: Dispute) -> list[str]:
    return [" ".join(study_words.word(word) for word in words) for words in one.said]


def _caption(study: Study, one: Dispute) -> str:
    return f"{study.parts[one.part].name} · {study_words.word(one.truth)}"


def _image(part: StudyPart, data: Path) -> QImage:
    """A null image where the file is gone or broken."""
    try:
        pixels = cropped(read_image(data / part.image), part.roi)
    except StationError:
        return QImage()
    return to_image(resized(pixels, QSize(_SIDE, _SIDE), fine=True))
