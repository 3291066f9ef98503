"""One row of the fault table, and its words in one language."""

from dataclasses import dataclass

from station.errors import ErrorCode


@dataclass(frozen=True, slots=True)
class Words:
    """Plain short sentences for the people at the line.

    seen: how the station notices it. does: what it does by itself. todo: what a person does.
    """

    title: str
    seen: str
    does: str
    todo: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """What can go wrong, and what the station promises then.

    name: the slug by which a test is marked. seconds: after the cause is gone, or after the fault
    where it cures itself, parts are judged again within so many; None: only a person can cure it.
    codes: the sentences that are shown.
    """

    name: str
    codes: tuple[ErrorCode, ...]
    seconds: float | None
    en: Words
    zh: Words
    de: Words

    def words(self, language: str) -> Words:
        """In `en`, `zh_CN` or `de`."""
        return {"en": self.en, "zh_CN": self.zh, "de": self.de}[language]
