"""Who sits before a study and judges, and what he judges next; without Qt."""

from collections.abc import Iterable

from station.gui.pages import line_study_words as saying
from station.insight.study import (
    Role,
    Said,
    Standing,
    Study,
    Turn,
    Word,
    experts,
    judged_by_all,
    last_word,
    people,
    standing,
    truths,
    turn,
)


class Sitting:
    """A study with all that was said in it. `by`, `role`: who judges now, empty between two.

    An expert who gives the reference comes before everybody else.
    """

    def __init__(self, study: Study, words: Iterable[Word]) -> None:
        self.study = study
        self.words = list(words)
        self.said: Standing = standing(self.words)
        self.by = ""
        self.role = Role.PERSON
        self.turn: Turn | None = None

    @property
    def wanted(self) -> Role:
        """As what the next one is to judge."""
        return Role.EXPERT if truths(self.study, self.said) is None else Role.PERSON

    @property
    def judges(self) -> tuple[str, ...]:
        """Who has begun to judge as that."""
        return experts(self.said) if self.wanted is Role.EXPERT else people(self.said)

    @property
    def more(self) -> bool:
        """Whether somebody else may begin."""
        most = 1 if self.wanted is Role.EXPERT else self.study.plan.people
        return len(self.judges) < most

    @property
    def through(self) -> tuple[str, ...]:
        """Which persons have judged everything."""
        found = people(self.said)
        return tuple(by for by in found if self._turn(Role.PERSON, by) is None)

    @property
    def complete(self) -> bool:
        """Whether nobody has anything left to judge."""
        return len(self.through) >= self.study.plan.people

    @property
    def places(self) -> tuple[int, ...]:
        """The parts that are judged."""
        return judged_by_all(self.study, self.said)

    @property
    def has_trial(self) -> bool:
        """Whether a person has gone through all parts once: then there are figures."""
        places = set(self.places)
        trials = (self.said[Role.PERSON, by].values() for by in people(self.said))
        return self.wanted is Role.PERSON and any(
            done.keys() >= places for found in trials for done in found
        )

    def start(self, by: str) -> str:
        """Let that person judge; says why not, or nothing. A name is known however written."""
        by = next((one for one in self.judges if one.casefold() == by.casefold()), by)
        role = self.wanted
        if role is Role.PERSON and by.casefold() in {one.casefold() for one in experts(self.said)}:
            return saying.has_reference(by)
        if by not in self.judges and not self.more:
            return saying.too_many(self.study.plan.people)
        if self._turn(role, by) is None:
            return saying.all_done(by)
        self.by, self.role = by, role
        self.turn = self._turn(role, by)
        return ""

    def leave(self) -> None:
        """Nobody judges now."""
        self.by, self.turn = "", None

    def word(self, said: Said) -> Word | None:
        """What that means for the part whose turn it is."""
        if self.turn is None:
            return None
        return Word(self.by, self.role, self.turn.trial, self.turn.part, said)

    def leaving_out(self) -> Word | None:
        """What leaves the part whose turn it is out of the study."""
        if self.turn is None:
            return None
        return Word(self.by, Role.OUT, 0, self.turn.part, Said.NG)

    def undoing(self) -> Word | None:
        """What takes the last word back, also that which ended the trial before."""
        last = last_word(self.study, self.said, (self.role, self.by))
        if last is None or self.turn is None:
            return None
        return Word(self.by, self.role, *last, Said.NOTHING)

    def add(self, word: Word) -> bool:
        """A word is kept; True where a trial has ended by it."""
        before = self.turn
        self.words.append(word)
        self.said = standing(self.words)
        self.turn = self._turn(self.role, self.by)
        return before is not None and (self.turn is None or self.turn.trial > before.trial)

    def _turn(self, role: Role, by: str) -> Turn | None:
        return turn(self.study, self.said, (role, by))
