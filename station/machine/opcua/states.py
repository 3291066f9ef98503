"""The states of a vision system after OPC 40100-1, and which call leads from one to the next."""

from enum import IntEnum, StrEnum


class State(StrEnum):
    """The outer states, and in place of Operational its inner ones of the automatic mode."""

    PREOPERATIONAL = "Preoperational"
    HALTED = "Halted"
    ERROR = "Error"
    INITIALIZED = "Initialized"
    READY = "Ready"
    SINGLE = "SingleExecution"
    CONTINUOUS = "ContinuousExecution"


class Refusal(IntEnum):
    """What a method answers as its Error; the standard leaves numbers below 0 to us."""

    NONE = 0
    WRONG_STATE = -1
    MISSED = -2
    RECIPE_UNKNOWN = -3
    RECIPE_NOT_RUNNING = -4
    RESULT_UNKNOWN = -6
    IN_TEST = -7


class ResultState(IntEnum):
    """How far a result is, which is not whether the part is good."""

    UNDEFINED = 0
    COMPLETED = 1
    PROCESSING = 2
    ABORTED = 3
    FAILED = 4


OPERATIONAL = "Operational"
INNER = frozenset((State.INITIALIZED, State.READY, State.SINGLE, State.CONTINUOUS))
EXECUTING = frozenset((State.SINGLE, State.CONTINUOUS))

_FROM: dict[str, frozenset[State]] = {
    "Halt": INNER | {State.PREOPERATIONAL, State.ERROR},
    "Reset": INNER | {State.HALTED, State.ERROR},
    "SelectModeAutomatic": frozenset((State.PREOPERATIONAL,)),
    "PrepareRecipe": frozenset((State.INITIALIZED, State.READY)),
    "UnprepareRecipe": frozenset((State.READY,)),
    "StartSingleJob": frozenset((State.READY,)),
    "StartContinuous": frozenset((State.READY,)),
    "Stop": EXECUTING,
    "Abort": EXECUTING,
}
_TO: dict[str, State] = {
    "Halt": State.HALTED,
    "Reset": State.PREOPERATIONAL,
    "SelectModeAutomatic": State.INITIALIZED,
    "PrepareRecipe": State.READY,
    "UnprepareRecipe": State.INITIALIZED,
    "StartSingleJob": State.SINGLE,
    "StartContinuous": State.CONTINUOUS,
    "Stop": State.READY,
    "Abort": State.READY,
}
_ENDINGS = {
    "": "Auto",
    "PrepareRecipe": "Recipe",
    "UnprepareRecipe": "Recipe",
    "Stop": "Stop",
    "Abort": "Abort",
}


def leads_to(state: State, call: str) -> State | None:
    """The state after that call; None where it may not be called."""
    return _TO[call] if state in _FROM[call] else None


def outer(state: State) -> str:
    """The name of the outer state."""
    return OPERATIONAL if state in INNER else state.value


def transition(before: State, after: State, call: str) -> tuple[str, str, str]:
    """Name of the transition, of the state it leaves and of the one it enters, as in the model.

    call: what caused it, empty where it came by itself.
    """
    if before in INNER and after in INNER:
        names = before.value, after.value
    elif before is State.ERROR:
        names = before.value, outer(after)
    else:
        names = outer(before), after.value
    return f"{names[0]}To{names[1]}{_ENDINGS.get(call, '')}", *names
