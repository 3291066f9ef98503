"""Words that may be asked for, on keys: all of them, or one of a page of ten."""

from collections.abc import Sequence
from datetime import datetime

from station.gui.texts import translate
from station.gui.widgets.choice_dialog import Choices

ALL = "\0all"
MORE = "\0more"
"""ALL and MORE are no values of a field."""
AT_ONCE = 10
"""So many words stand on keys at a time; the others are on the next pages."""


def with_all(known: Choices) -> Choices:
    """The key that takes a wish back before the others."""
    return ((ALL, translate("History", "All")), *known)


def word_page(words: Choices, page: int) -> Choices:
    """The keys of one page, and the one to the next."""
    shown = words[page * AT_ONCE : (page + 1) * AT_ONCE]
    more = ((MORE, translate("History", "More…")),) if len(words) > AT_ONCE else ()
    return (*with_all(shown), *more)


def page_count(words: Sequence[object]) -> int:
    """On how many pages the words stand."""
    return max(1, -(-len(words) // AT_ONCE))


def span_text(since: datetime, until: datetime) -> str:
    """From when to when."""
    return f"{since:%m-%d %H:%M} – {until:%m-%d %H:%M}"


def to_ms(moment: datetime | None) -> int | None:
    """As the records have it: milliseconds since 1970; None: no end."""
    return None if moment is None else int(moment.timestamp() * 1000)
