"""Which classes may pass by their name alone."""

GOOD_NAMES = frozenset(("good", "ok", "normal", "pass", "free"))
"""In small letters; a class of such a name may pass, until a person says otherwise."""
