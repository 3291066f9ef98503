"""Studies of agreement as notes: one when it is begun, one for each word, none ever changed."""

import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from station.domain.recipe import Roi
from station.insight.study import (
    Band,
    Plan,
    Role,
    Said,
    Study,
    StudyPart,
    Truth,
    Word,
    standing,
)
from station.insight.study_result import Result, result, sheet
from station.store.notes import Note, NoteKind, append_note
from station.store.queries import Reader
from station.store.sample_writer import SampleWriter
from station.store.story import append_keep


def begin(writer: SampleWriter, study: Study, words: Sequence[Word], operator: str) -> Study:
    """Keep a new study, with what the station says of it, and its records' pictures for good.

    uid and at_ms are given here. Raises StoreError as every writing does.
    """
    now = time.time_ns() // 1_000_000
    begun = replace(study, uid=uuid.uuid4().hex[:12], at_ms=now, operator=operator)
    with writer.transaction() as connection:
        append_note(connection, NoteKind.STUDY, begun.uid, now, operator, _study_body(begun))
        for word in words:
            append_note(connection, NoteKind.WORD, begun.uid, now, operator, _word_body(word))
        for part in begun.parts:
            if part.record:
                append_keep(connection, part.record, "sample", now, operator)
    return begun


def say(writer: SampleWriter, uid: str, word: Word, operator: str) -> None:
    """Keep one word. Raises StoreError."""
    writer.note(NoteKind.WORD, uid, operator, _word_body(word))


def studies(reader: Reader) -> list[Study]:
    """All that were ever begun, newest first."""
    return [_study(note) for note in reader.notes(NoteKind.STUDY)][::-1]


def words(reader: Reader, uid: str) -> list[Word]:
    """All that was said in a study, in its order."""
    notes = sorted(reader.notes(NoteKind.WORD, uid), key=lambda note: note.id)
    return [_word(note) for note in notes]


def outcome(study: Study, said: Iterable[Word]) -> Result | None:
    """The figures as far as whole trials are there."""
    whole = sheet(study, standing(said))
    return None if whole is None else result(whole)


def last_result(reader: Reader) -> tuple[Study, Result] | None:
    """The newest study that a person has gone through once at least, with its figures."""
    for study in studies(reader):
        found = outcome(study, words(reader, study.uid))
        if found is not None and any(not one.station for one in found.appraisers):
            return study, found
    return None


def _study_body(study: Study) -> dict[str, Any]:
    parts = [
        {key: value for key, value in asdict(part).items() if value not in (None, "", False)}
        for part in study.parts
    ]
    return {"plan": asdict(study.plan), "seed": study.seed, "looked": study.looked, "parts": parts}


def _study(note: Note) -> Study:
    body = note.body
    plan = {**body["plan"], "truth": Truth(body["plan"]["truth"])}
    parts = tuple(_part(one) for one in body["parts"])
    return Study(
        note.subject,
        Plan(**plan),
        parts,
        int(body["seed"]),
        note.at_ms,
        note.operator,
        bool(body["looked"]),
    )


def _part(values: dict[str, Any]) -> StudyPart:
    roi = values.get("roi")
    return StudyPart(
        name=str(values["name"]),
        image=str(values["image"]),
        roi=None if roi is None else Roi(**roi),
        truth=Said(values.get("truth", "")),
        band=Band(values.get("band", Band.GOOD)),
        record=str(values.get("record", "")),
        said=Said(values.get("said", "")),
        score=values.get("score"),
        group=str(values.get("group", "")),
        whole=bool(values.get("whole", False)),
    )


def _word_body(word: Word) -> dict[str, Any]:
    return asdict(word)


def _word(note: Note) -> Word:
    body = note.body
    return Word(
        str(body["by"]),
        Role(body["role"]),
        int(body["trial"]),
        int(body["part"]),
        Said(body["said"]),
    )
