"""Teachable Machine: a Keras model of 224 × 224 whose labels.txt is numbered; it takes −1 … 1."""

from dataclasses import replace

from station.training.foreign.families import keras
from station.training.foreign.families.sides import NUMBERED
from station.training.foreign.recognised import CROP, Family, Question, Recognised, Why, clue
from station.training.foreign.source import Source

SIDE = 224
HALF = (127.5,)


def recognise(source: Source) -> Recognised | None:
    """By the numbered labels beside a Keras model of its size."""
    lines = source.sides.get("labels.txt", "").split("\n")
    lines = [line.strip() for line in lines if line.strip()]
    if not lines or not all(NUMBERED.match(line) for line in lines):
        return None
    found = keras.recognise(source)
    if found is None or not found.named:
        return None
    size = (found.preparation.height, found.preparation.width, found.preparation.channels)
    if size != (SIDE, SIDE, 3):
        return None
    clues = (clue(Why.FILE, name="labels.txt"), *found.clues)
    preparation = replace(found.preparation, resize=CROP, short=SIDE)
    if Question.SCALING in found.open:
        usual = clue(Why.USUAL, question=Question.SCALING.value, answer="−1 … 1")
        clues = (*(one for one in clues if one.why is not Why.USUAL), usual)
        preparation = replace(preparation, mean=HALF, std=HALF)
    return replace(found, family=Family.TEACHABLE, preparation=preparation, clues=clues, open=())
