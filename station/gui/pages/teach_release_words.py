"""What the Teach page says of letting a model judge: questions, reasons, shadow, the way back."""

import math

from station.domain.revision import Revision
from station.gui.pages.teach_room import Shadow
from station.gui.pages.teach_standing import Standing
from station.gui.pages.teach_words import version
from station.gui.texts import number, percent, translate

_SHARES = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05)


def shares() -> tuple[tuple[str, str], ...]:
    """How many bad parts may pass, to choose from."""
    return tuple((str(one * 100), share_word(one)) for one in _SHARES)


def read_share(value: str) -> float | None:
    """The share that somebody typed as per cent; None where it is none."""
    try:
        share = float(value.replace(",", ".").replace("%", "").strip()) / 100
    except ValueError:
        return None
    return share if math.isfinite(share) and 0.0 <= share < 1.0 else None


def share_word(share: float) -> str:
    """A small share as per cent, with as many digits as it has."""
    words = f"{share * 100:.3f}".rstrip("0").partition(".")[2]
    return percent(share, len(words))


def most_title(most: float) -> str:
    """What the key says that sets the limits by the escapes."""
    return translate("Teach", "At most {most} escapes", most=share_word(most))


def use_title(target: Revision, limits_only: bool) -> str:
    """The blue key."""
    if limits_only:
        return translate("Teach", "Use these limits")
    return translate("Teach", "Put {version} in use", version=version(target.number))


def back_title(before: Revision) -> str:
    """The way back."""
    return translate("Teach", "Back to {version}", version=version(before.number))


def watch_title(shadow: Shadow | None) -> str:
    """What the shadow has seen so far."""
    if shadow is None or not shadow.parts:
        return translate("Teach", "In shadow: no part seen yet")
    if not shadow.count:
        return translate("Teach", "In shadow: agrees on {parts} parts", parts=number(shadow.parts))
    return translate(
        "Teach",
        "In shadow: {count} of {parts} parts differ",
        count=number(shadow.count),
        parts=number(shadow.parts),
    )


def note(standing: Standing) -> str:
    """The small line at the foot."""
    incumbent, candidate = standing.incumbent, standing.candidate
    if candidate is not None and incumbent is not None:
        return translate(
            "Teach",
            "{version} stays one click away. Every change is signed and logged.",
            version=version(incumbent.number),
        )
    if incumbent is not None:
        return translate(
            "Teach", "{version} judges the parts now.", version=version(incumbent.number)
        )
    return translate("Teach", "Nothing judges parts of this product yet.")


def use_question(standing: Standing, target: Revision, limits: tuple[float, float]) -> str:
    """What is asked before a model judges."""
    new, low, high = version(target.number), percent(limits[0], 1), percent(limits[1], 1)
    if standing.incumbent is None:
        return translate(
            "Teach",
            "Put {version} in use: review from {low}, NG from {high}. Why?",
            version=new,
            low=low,
            high=high,
        )
    if standing.candidate is None:
        return translate(
            "Teach",
            "Judge by {version} with review from {low}, NG from {high}. Why?",
            version=new,
            low=low,
            high=high,
        )
    return translate(
        "Teach",
        "Put {version} in use instead of {old}: review from {low}, NG from {high}. Why?",
        version=new,
        old=version(standing.incumbent.number),
        low=low,
        high=high,
    )


def use_reasons() -> tuple[tuple[str, str], ...]:
    """Why a model is put in use; what is shown is what is recorded."""
    return _same(
        translate("Teach", "Fewer escapes"),
        translate("Teach", "Fewer false rejects"),
        translate("Teach", "New kind of defect"),
        translate("Teach", "The shadow run was good"),
        translate("Teach", "Part or light has changed"),
    )


def back_question(before: Revision) -> str:
    """What is asked before the way back."""
    return translate(
        "Teach", "Go back to {version} from the next part on. Why?", version=version(before.number)
    )


def back_reasons() -> tuple[tuple[str, str], ...]:
    """Why one goes back."""
    return _same(
        translate("Teach", "Bad parts escaped"),
        translate("Teach", "Too many false rejects"),
        translate("Teach", "Too slow"),
        translate("Teach", "It was only a trial"),
    )


def _same(*listed: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, one) for one in listed)
