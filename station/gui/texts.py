"""Words for people, in the language that was chosen; every text of the program passes here."""

import string
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from station.bundle import resource
from station.domain.inspection import Verdict
from station.errors import ErrorCode, Fault
from station.gui.fault_texts import SENTENCES
from station.pipeline.events import LineState

LANGUAGES: Mapping[str, str] = {"zh_CN": "中文", "en": "English", "de": "Deutsch"}
"""Each language by its own name, in the order in which the switch goes round."""

_TRANSLATOR = "station-translator"


def ensure_core_app() -> QCoreApplication:
    """The running Qt application, or a bare one so that a command line can translate too."""
    return QCoreApplication.instance() or QCoreApplication([])


def install(language: str) -> None:
    """Speak that language from now on (`auto`: the system's); open windows hear of it from Qt."""
    app = ensure_core_app()
    old = app.findChild(QTranslator, _TRANSLATOR)
    if old is not None:
        app.removeTranslator(old)
        old.setParent(None)
    chosen = system_language() if language == "auto" else language
    QLocale.setDefault(QLocale(chosen))
    translator = QTranslator(app)
    translator.setObjectName(_TRANSLATOR)
    if chosen != "en":
        translator.load(str(resource(f"i18n/station_{chosen}.qm")))
    app.installTranslator(translator)


def current_language() -> str:
    """Which of LANGUAGES is spoken now."""
    name = QLocale().name()
    return next((known for known in LANGUAGES if name.startswith(known[:2])), "en")


def system_language() -> str:
    """The first of LANGUAGES that the person's system asks for, else English.

    Qt looks at LANGUAGE, LC_ALL, LC_MESSAGES and LANG itself: C's setlocale knows only those
    languages that the machine has installed, and this program brings its own.
    """
    wishes = [wish.split("-")[0] for wish in QLocale.system().uiLanguages()]
    known = {name[:2]: name for name in LANGUAGES}
    return next((known[wish] for wish in wishes if wish in known), "en")


def translate(context: str, source: str, **facts: object) -> str:
    """The text in the language that is spoken, with `{name}` replaced by the fact of that name.

    A missing fact is left blank: a sentence with a gap is better than none.
    """
    text = QCoreApplication.translate(context, source)
    return _FORMATTER.vformat(text, (), {k: str(v) for k, v in facts.items()}) if facts else text


class _Forgiving(string.Formatter):
    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        del args  # no text has numbered gaps
        return kwargs.get(str(key), "…")


_FORMATTER = _Forgiving()


def fault_text(fault: Fault) -> str:
    """What is wrong and what to do, in one or two sentences."""
    facts = dict(fault.facts)
    if fault.code is ErrorCode.LINE_NOT_READY and facts.get("state") in set(LineState):
        facts["state"] = state_word(LineState(facts["state"]))
    text = QCoreApplication.translate("Fault", SENTENCES[fault.code])
    return _FORMATTER.vformat(text, (), facts)


def verdict_word(verdict: Verdict) -> str:
    """OK, NG, Review, Not inspected."""
    match verdict:
        case Verdict.OK:
            return translate("Verdict", "OK")
        case Verdict.NG:
            return translate("Verdict", "NG")
        case Verdict.REVIEW:
            return translate("Verdict", "Review")
        case Verdict.NOT_INSPECTED:
            return translate("Verdict", "Not inspected")


def state_word(state: LineState) -> str:
    """Where the line stands."""
    match state:
        case LineState.STOPPED:
            return translate("State", "stopped")
        case LineState.STARTING:
            return translate("State", "starting")
        case LineState.READY:
            return translate("State", "ready")
        case LineState.RUNNING:
            return translate("State", "inspecting")
        case LineState.STOPPING:
            return translate("State", "stopping")
        case LineState.FAULT:
            return translate("State", "fault")


def label_word(label: str) -> str:
    """A class of a model: translated where it is a common one, else its name made readable."""
    known = {
        "good": translate("Label", "Good"),
        "scratch": translate("Label", "Scratch"),
        "dent": translate("Label", "Dent"),
        "stain": translate("Label", "Stain"),
        "missing_hole": translate("Label", "Missing hole"),
        "crack": translate("Label", "Crack"),
        "burr": translate("Label", "Burr"),
    }
    readable = label.replace("_", " ").strip()
    return known.get(label) or readable[:1].upper() + readable[1:]


def number(value: float, digits: int = 0) -> str:
    """A number with the groups and the decimal sign of the language; thin spaces group."""
    text = QLocale().toString(float(value), "f", digits)
    group = QLocale().groupSeparator()
    return text.replace(group, "\u2009") if group else text


def percent(share: float | None, digits: int = 0) -> str:
    """A share of 1 as per cent, or a dash where there is none."""
    return "–" if share is None else f"{number(share * 100, digits)}\u2009%"
