"""What the rooms of the Teach page work with."""

from dataclasses import dataclass
from pathlib import Path

from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine
from station.store.queries import Reader
from station.training.worker import Lessons

LESSONS = "lessons"  # below the data folder: what a lesson leaves, and may be lost


@dataclass(frozen=True, slots=True)
class Use:
    """The data folder, its records, the line, who works here, and the process that teaches."""

    data: Path
    reader: Reader
    line: Line | RemoteLine
    operator: str
    lessons: Lessons
