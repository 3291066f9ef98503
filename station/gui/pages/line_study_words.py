"""What the study of agreement says on its way: what to do now, who is where, what went wrong."""

from datetime import UTC, datetime

from station.gui.pages.line_study_room import Begun, Offer
from station.gui.study_words import facts, heading
from station.gui.texts import number, translate
from station.insight.study import Role, Standing, Study, Truth, Turn, judgements, trials_of


def where(study: Study | None) -> str:
    """Over the title: which study."""
    return f"{heading()} · {facts(study) if study else 'AIAG MSA'}"


def plan_title() -> str:
    """The first step."""
    return translate("Study", "How well do people and station agree?")


def plan_words() -> str:
    """What it is for."""
    return translate(
        "Study",
        "Several people judge the same parts several times, without knowing what others said. "
        "The station judges them too.",
    )


def product_hint(offer: Offer | None) -> str:
    """What there is of the product."""
    if offer is None:
        return ""
    return translate(
        "Study",
        "{good} good and {bad} bad parts with a label, {records} inspected",
        good=number(offer.good),
        bad=number(offer.bad),
        records=number(offer.records),
    )


def no_product() -> str:
    """Nothing was inspected or labelled yet."""
    return translate("Study", "There are no parts to judge yet. Inspect some first.")


def which_product() -> str:
    """Over the list."""
    return translate("Study", "Of which product?")


def truth_word(truth: Truth) -> str:
    """Where the reference comes from, on a key."""
    if truth is Truth.LABELS:
        return translate("Study", "Confirmed labels")
    return translate("Study", "An expert judges first")


def slide_words() -> tuple[str, str, str]:
    """What is set: parts, people, trials."""
    return (
        translate("Study", "Parts"),
        translate("Study", "People"),
        translate("Study", "Trials of each"),
    )


def reference_caption() -> str:
    """Over the two keys."""
    return translate("Study", "What is right is known from")


def begin() -> str:
    """Choose the parts."""
    return translate("Study", "Choose the parts")


def preparing() -> str:
    """The parts are being chosen."""
    return translate("Study", "The parts are being chosen; the station looks at them…")


def go_on() -> str:
    """The key to the studies that were begun."""
    return translate("Study", "Earlier studies…")


def begun_line(one: Begun) -> str:
    """A study on a key."""
    moment = datetime.fromtimestamp(one.study.at_ms / 1000, UTC).astimezone()
    return translate(
        "Study",
        "{product} · {time} · {done} of {wanted}",
        product=one.study.plan.product,
        time=f"{moment:%Y-%m-%d %H:%M}",
        done=number(one.done),
        wanted=number(one.wanted),
    )


def who_title(role: Role) -> str:
    """Whose name is asked for."""
    if role is Role.EXPERT:
        return translate("Study", "Who gives the reference?")
    return translate("Study", "Who judges now?")


def who_words(role: Role, study: Study) -> str:
    """What that person must know."""
    if role is Role.EXPERT:
        return translate(
            "Study",
            "An expert judges each of the {count} parts once, before anybody else, and with all "
            "the time it takes. That is what the others are measured by.",
            count=number(len(study.parts)),
        )
    return translate(
        "Study",
        "One person at a time, alone at the screen. Each word is kept at once: stop whenever you "
        "like, and go on later.",
    )


def name_prompt() -> str:
    """In the empty line."""
    return translate("Study", "Name")


def progress(study: Study, said: Standing, role: Role, by: str) -> str:
    """How far somebody is, and nothing of what was said."""
    done, wanted = judgements(study, said, (role, by))
    if done == wanted:
        return translate("Study", "done")
    return translate("Study", "{done} of {wanted}", done=number(done), wanted=number(wanted))


def start() -> str:
    """The key that begins or goes on."""
    return translate("Study", "Start judging")


def result_word() -> str:
    """The key to the figures."""
    return translate("Study", "Result")


def too_many(count: int) -> str:
    """Another person than planned."""
    return translate("Study", "This study is for {count} people.", count=number(count))


def has_reference(by: str) -> str:
    """The expert cannot be measured by himself."""
    return translate("Study", "{name} gave the reference. Somebody else must judge.", name=by)


def all_done(by: str) -> str:
    """That person has judged everything."""
    return translate("Study", "{name} has judged everything.", name=by)


def trial_done(by: str, trial: int) -> str:
    """A break, or somebody else."""
    return translate(
        "Study",
        "{name} has finished trial {trial}. Take a break, let somebody else judge, or go on.",
        name=by,
        trial=number(trial),
    )


def judge_title() -> str:
    """The question."""
    return translate("Study", "Is this part good?")


def judge_where(study: Study, role: Role, by: str, turn: Turn) -> str:
    """Who, and which trial."""
    if role is Role.EXPERT:
        return translate("Study", "{name} · reference", name=by)
    return translate(
        "Study",
        "{name} · trial {trial} of {trials}",
        name=by,
        trial=number(turn.trial),
        trials=number(trials_of(study, role)),
    )


def judge_progress(count: int, turn: Turn) -> str:
    """How far the trial is."""
    return translate(
        "Study",
        "{done} of {count} parts judged",
        done=number(turn.done),
        count=number(count),
    )


def judge_help() -> str:
    """Beside the picture."""
    return translate(
        "Study",
        "Judge as you would at the line. There is no third answer: who is not sure decides.",
    )


def gone() -> str:
    """The picture of a part is lost."""
    return translate("Study", "The picture is not at hand. This part cannot be judged.")


def leave_out() -> str:
    """The key for a part whose picture is lost."""
    return translate("Study", "Leave this part out")


def keep_words() -> tuple[str, str, str, str]:
    """OK, NG, undo, pause."""
    return (
        translate("Verdict", "OK"),
        translate("Verdict", "NG"),
        translate("Inspect", "Undo"),
        translate("Study", "Pause"),
    )


def result_title(done: int, people: int) -> str:
    """The figures, as far as there are."""
    if done >= people:
        return translate("Study", "How well people and station agree")
    return translate(
        "Study",
        "So far: {done} of {people} people. Who has seen this should not judge any more.",
        done=number(done),
        people=number(people),
    )


def no_result() -> str:
    """Nobody is through."""
    return translate("Study", "Nobody has gone through all parts yet.")


def disputed(place: int, count: int, part: str) -> str:
    """Over the picture of a part that was judged wrong."""
    return translate(
        "Study",
        "Disputed part {place} of {count} · {part}",
        place=number(place),
        count=number(count),
        part=part,
    )


def undisputed() -> str:
    """All were right about all parts."""
    return translate("Study", "Everybody was right about every part.")


def dispute_line(who: str, words: str) -> str:
    """What one of them said."""
    return f"{who}: {words}"


def truth_line(word: str) -> str:
    """What is right."""
    return translate("Study", "Reference: {word}", word=word)


def saved(path: str) -> str:
    """A file was written."""
    return translate("Study", "Written: {path}", path=path)


def foot_words() -> dict[str, str]:
    """The keys below."""
    return {
        "close": translate("Dialog", "Close"),
        "back": translate("New", "Back"),
        "pdf": translate("Study", "Print (PDF)…"),
        "csv": translate("Study", "All words (CSV)…"),
        "earlier": translate("Study", "Previous part"),
        "later": translate("Study", "Next part"),
    }
