"""How the line's door answers what is said of models, cameras and machines; see host.py."""

from collections.abc import Callable
from typing import Protocol

from station.pipeline import wire
from station.pipeline.line import Line


class Asker(Protocol):
    """A client that waits for an answer; tests: it began a test of outputs that it did not end."""

    tests: bool

    def answer(self, id_: int, work: Callable[[], object]) -> None:
        """Send what `work` returns, or the fault that came of it."""

    def answer_later(self, id_: int, work: Callable[[], object]) -> None:
        """The same for what takes long: it holds nobody up, this client neither."""


def answer_model(client: Asker, line: Line, request: wire.ModelRequest) -> None:
    """What is said of models: most of it takes its time."""
    match request:
        case wire.Adopt(recipe):
            line.adopt(recipe)
        case wire.LookOn(path, sha256):
            line.shadow(path, sha256)
        case wire.AskRelease(id_, order):
            client.answer_later(id_, lambda: line.release(order))
        case wire.AskRollBack(id_, product, reason, operator):
            client.answer_later(id_, lambda: line.roll_back(product, reason, operator))
        case wire.AskRevision(id_, draft):
            client.answer_later(id_, lambda: line.add_revision(draft))
        case wire.AskEvaluation(id_, product, number, body, operator):
            client.answer_later(
                id_, lambda: line.evaluate_revision(product, number, body, operator)
            )
        case wire.AskMove(id_, product, number, state, reason, operator):
            client.answer_later(
                id_, lambda: line.move_revision(product, number, state, reason, operator)
            )
        case wire.AskChangeOver(id_):
            client.answer(id_, line.change_over)


def answer_setup(client: Asker, line: Line, request: wire.SetupRequest) -> None:
    """What is asked while somebody sets the station up."""
    match request:
        case wire.AskFeatures(id_):
            client.answer_later(id_, line.camera_features)
        case wire.AskAdjust(id_, name, value):
            client.answer_later(id_, lambda: line.adjust_camera(name, value))
        case wire.AskSignals(id_):
            client.answer(id_, line.machine_signals)
        case wire.AskTest(id_, is_on):
            client.tests = is_on
            client.answer(id_, lambda: line.test_machine(is_on))
        case wire.AskPress(id_, name, value):
            client.answer(id_, lambda: line.press_output(name, value))
