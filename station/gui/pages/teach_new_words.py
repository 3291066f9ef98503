"""What *Teach a new product* says: what to do now, and nothing of how machines learn."""

from station.gui.pages.teach_new_view import Step
from station.gui.pages.teach_room import LessonStep
from station.gui.pages.teach_words import step_word, time_left
from station.gui.texts import number, translate


def heading() -> str:
    """The dialog's own name."""
    return translate("New", "Teach a new product")


def where(step: Step, product: str) -> str:
    """Which product, which step."""
    text = translate("New", "Step {step} of {steps}", step=step + 1, steps=len(Step))
    return f"{product or heading()} · {text}"


def title(step: Step, product: str) -> str:
    """What is to be done."""
    match step:
        case Step.NAME:
            return translate("New", "What is the product called?")
        case Step.GOOD:
            return translate("New", "Show good parts to the camera")
        case Step.BAD:
            return translate("New", "Now bad parts, if you have some")
        case Step.LEARN:
            return translate("New", "Learning what a good part looks like")
        case Step.DONE:
            return translate("New", "{product} is being inspected", product=product)


def help_words(step: Step) -> str:
    """How it is done."""
    match step:
        case Step.NAME:
            return translate("New", "A name that everybody at the line knows.")
        case Step.GOOD:
            return translate(
                "New",
                "Lay a good part under the camera and take a picture. Then the next one: each "
                "part once, as it lies in production.",
            )
        case Step.BAD:
            return translate(
                "New",
                "Three or more help to find such faults. Without any, all that looks unlike a "
                "good part is found.",
            )
        case Step.LEARN:
            return translate("New", "The station goes on inspecting meanwhile.")
        case Step.DONE:
            return translate(
                "New",
                "Look at its first verdicts on the Inspect page. What you decide there makes it "
                "better with the next lesson.",
            )


def name_prompt() -> str:
    """In the empty line."""
    return translate("New", "Such as Flange 120")


def no_picture() -> str:
    """While the camera sends nothing."""
    return translate("New", "No picture from the camera yet")


def take() -> str:
    """The big key."""
    return translate("New", "Take a picture")


def same_picture() -> str:
    """The camera has shown nothing new."""
    return translate("New", "This picture is there already. Lay another part under the camera.")


def take_cap() -> str:
    """The key of the keyboard that does the same."""
    return translate("Inspect", "Space")


def folder(runs: bool, share: float) -> str:
    """The key for pictures that are there already."""
    if runs:
        return translate("Teach", "Stop ({share} %)", share=number(share * 100))
    return translate("New", "Take a folder of pictures instead…")


def back() -> str:
    """One step back."""
    return translate("New", "Back")


def close() -> str:
    """Leave."""
    return translate("Dialog", "Cancel")


def next_word(step: Step, bad: int, stopping: bool) -> str:
    """The blue key at the foot."""
    match step:
        case Step.BAD:
            if bad:
                return translate("New", "Learn now")
            return translate("New", "I have none: learn now")
        case Step.LEARN:
            if stopping:
                return translate("Teach", "Stopping…")
            return translate("New", "Stop learning")
        case Step.DONE:
            return translate("New", "Done")
        case _:
            return translate("New", "Next")


def counter(step: Step, count: int, wanted: int) -> str:
    """How many pictures there are."""
    if step is Step.GOOD:
        return translate(
            "New", "{count} of {wanted} good parts", count=number(count), wanted=number(wanted)
        )
    return translate("New", "Bad parts: {count}", count=number(count))


def learning(step: LessonStep | None, stopping: bool) -> tuple[str, float, str, str]:
    """Sentence, share, what is done, time left."""
    if stopping:
        return translate("Teach", "Stopping…"), 0.0, "", ""
    now = step or LessonStep("snapshot", 0.0)
    return "", now.share, step_word(now), time_left(now.seconds_left)


def done() -> str:
    """It is done."""
    return translate("New", "It has learnt, and judges from the next part on.")


def taken(name: str) -> str:
    """There is one of that name."""
    return translate("New", "There is a product called {name} already.", name=name)
