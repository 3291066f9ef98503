"""Why a foreign model is taken for what it is, in words; and what is still open."""

import contextlib
from collections import defaultdict
from collections.abc import Mapping

from station.gui.texts import percent, translate
from station.training.foreign.recognised import Clue, Family, Question, Why


def clue_text(one: Clue) -> str:
    """One reason as a sentence without a full stop; a fact that is missing leaves a gap."""
    facts = defaultdict(lambda: "…", one.facts)
    match one.why:
        case Why.GOLDEN | Why.USUAL:
            return _answer_text(one.why, facts)
        case Why.NOTE:
            key, value = facts["key"], facts["value"]
            return translate("Clue", "the file notes {key} = {value}", key=key, value=value)
        case Why.FILE:
            return translate("Clue", "{name} lies beside it", name=facts["name"])
        case Why.NAMES:
            names = facts["names"]
            return translate("Clue", "its inputs and outputs are called {names}", names=names)
        case Why.SHAPE:
            name, shape = facts["name"], facts["shape"]
            return translate("Clue", "{name} has the sides {shape}", name=name, shape=shape)
        case Why.PRODUCER:
            return translate("Clue", "{name} wrote the file", name=facts["name"])
        case Why.OPERATOR:
            return translate("Clue", "the graph uses {name}", name=facts["name"])
        case Why.INSIDE:
            return translate("Clue", "the graph itself does: {what}", what=facts["what"])
        case Why.CLASSES:
            count, origin = facts["count"], facts["origin"]
            return translate(
                "Clue", "{count} class names from {origin}", count=count, origin=origin
            )
        case Why.SQUARE:
            return translate(
                "Clue",
                "the part's picture is taken as square for {size}; give golden images or --frame",
                size=facts["size"],
            )


def _answer_text(why: Why, facts: Mapping[str, str]) -> str:
    """What was answered, by the golden images or by custom."""
    question, answer = facts["question"], facts["answer"]
    if question in set(Question):
        question = question_word(Question(question))
    if why is Why.USUAL:
        return translate(
            "Clue", "usual, not noted: {question} {answer}", question=question, answer=answer
        )
    share = facts["share"]
    with contextlib.suppress(ValueError):
        share = percent(float(share))
    return translate(
        "Clue",
        "the golden images say {question}: {answer} ({share} agree)",
        question=question,
        answer=answer,
        share=share,
    )


def question_word(question: Question) -> str:
    """What is asked, in a word or two."""
    match question:
        case Question.COLOUR:
            return translate("Clue", "colour order")
        case Question.SCALING:
            return translate("Clue", "scaling")
        case Question.RESIZE:
            return translate("Clue", "resize rule")
        case Question.CLASSES:
            return translate("Clue", "class names")


def family_word(family: Family) -> str:
    """Where the model comes from; names of programs are the same in every language."""
    return {
        Family.ULTRALYTICS: "Ultralytics YOLO",
        Family.ANOMALIB: "anomalib",
        Family.TORCH: "PyTorch (timm, torchvision)",
        Family.KERAS: "Keras (tf2onnx)",
        Family.TEACHABLE: "Teachable Machine",
        Family.AZURE: "Azure Custom Vision",
        Family.GETI: "Geti / Model API",
        Family.ROBOFLOW: "Roboflow",
        Family.HUGGING_FACE: "Hugging Face",
        Family.SKLEARN: "scikit-learn (skl2onnx)",
    }[family]
