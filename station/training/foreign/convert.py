"""A foreign model made into ours: one file, pixels in, probabilities and a map out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import onnx
from onnx import TensorProto, compose, helper, version_converter

from station.inference.model import CARD_KEY, INPUT, MAP, SCORES, ModelCard, card_to_json
from station.training.dataset import good_classes
from station.training.foreign.answer import add_anomaly, add_scores, add_single
from station.training.foreign.boxes import add_boxes
from station.training.foreign.entry import add_entry
from station.training.foreign.geometry import Plan, Size, plan
from station.training.foreign.growth import Growth
from station.training.foreign.recognised import (
    ROW,
    Anomaly,
    Boxes,
    Recognised,
    Scores,
    UnsuitableError,
)
from station.training.foreign.source import Source

LEAST_OPSET, USUAL_OPSET = 13, 17  # older words mean other things than ours
LEAST_IR = 8
THEIRS = "their/"  # before every name of the foreign graph
NOTHING = "good"  # the class of a part on which a detector finds nothing
LIMITS = (0.4, 0.6)
BOX_LIMITS = (0.25, 0.5)  # a detector's usual confidence, and one that is sure


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the card says of the classes: their names, and those that may pass."""

    classes: tuple[str, ...]
    good: tuple[str, ...]


def meaning(found: Recognised, good: Sequence[str] | None) -> Meaning:
    """The card's classes; `good` None takes those with a usual name.

    A detector's first class is that nothing was found. Raises DatasetError
    DATASET_UNKNOWN_CLASS, UnsuitableError where every class is good.
    """
    names = _tidy(found.classes)
    chosen = good_classes(names, _without_nothing(found, good))
    if not isinstance(found.reading, Boxes):
        return Meaning(names, chosen)
    bad = tuple(name for name in names if name not in chosen)
    if not bad:
        raise UnsuitableError("good: " + ", ".join(chosen))
    nothing = NOTHING if NOTHING not in bad else "nothing"
    return Meaning((nothing, *bad), (nothing,))


def convert(
    source: Source,
    found: Recognised,
    name: str,
    good: Sequence[str] | None = None,
    frame: Size | None = None,
    metrics: tuple[tuple[str, float], ...] = (),
) -> bytes:
    """The file's bytes, checked; equal arguments give equal bytes.

    frame: height and width of the pictures of parts, for their proportions. Raises
    UnsuitableError where the model cannot be put into our form, DatasetError for `good`.
    """
    said = meaning(found, good)
    if len(said.classes) < 2:
        raise UnsuitableError(f"classes: {', '.join(said.classes)}")
    way = plan(found.preparation, frame)
    theirs = compose.add_prefix(_raised(source), THEIRS)
    opset = _opset(theirs)
    graph = Growth(opset)
    entry, kind = _entry(theirs, found)
    fed = add_entry(graph, found.preparation, way, kind)
    graph.add("Identity", entry, fed)
    tail = Growth(opset)
    _add_answer(tail, found, way, source, said)
    wanted = {name for node in tail.nodes for name in node.input}
    body = _needed(theirs, wanted)
    weights = _weights(theirs, body)
    card = _card(source, found, name, said, way, metrics)
    inside = helper.make_graph(
        [*graph.nodes, *body, *tail.nodes],
        "station",
        [helper.make_tensor_value_info(INPUT, TensorProto.UINT8, _shape(card))],
        [
            helper.make_tensor_value_info(SCORES, TensorProto.FLOAT, [1, len(said.classes)]),
            helper.make_tensor_value_info(MAP, TensorProto.FLOAT, [1, *way.grid]),
        ],
        [*weights, *graph.weights, *tail.weights],
    )
    return _packed(inside, theirs, body, card)


def _packed(
    inside: onnx.GraphProto,
    theirs: onnx.ModelProto,
    body: Sequence[onnx.NodeProto],
    card: ModelCard,
) -> bytes:
    """The model, of the vocabularies that it uses."""
    domains = {node.domain for node in _all_nodes(body)}
    imports = [one for one in theirs.opset_import if one.domain in domains | {"", "ai.onnx"}]
    model = helper.make_model(inside, opset_imports=imports, producer_name="station")
    model.ir_version = max(LEAST_IR, helper.find_min_ir_version_for(imports, ignore_unknown=True))
    helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    try:
        onnx.checker.check_model(model)
    except onnx.checker.ValidationError as error:
        raise UnsuitableError(str(error).splitlines()[0][:200]) from None
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def _card(
    source: Source,
    found: Recognised,
    name: str,
    said: Meaning,
    way: Plan,
    metrics: tuple[tuple[str, float], ...],
) -> ModelCard:
    digest = hashlib.sha256(source.proto.SerializeToString(deterministic=True)).hexdigest()
    review, reject = BOX_LIMITS if isinstance(found.reading, Boxes) else LIMITS
    return ModelCard(
        name=name,
        classes=said.classes,
        good=said.good,
        height=way.card[0],
        width=way.card[1],
        channels=found.preparation.channels,
        review_limit=review,
        ng_limit=reject,
        method=f"import: {found.family} {found.task}",
        metrics=metrics,
        parent=f"{source.path.name} sha256:{digest}",
        licence=found.licence,
    )


def _shape(card: ModelCard) -> list[int]:
    return [1, card.height, card.width, card.channels]


def _without_nothing(found: Recognised, good: Sequence[str] | None) -> Sequence[str] | None:
    """A detector's `good` may name the class that it does not have."""
    if good is None or not isinstance(found.reading, Boxes):
        return good
    return [name for name in good if name != NOTHING or name in found.classes]


def _tidy(classes: Sequence[str]) -> tuple[str, ...]:
    """Names that a card can bear: none empty, none twice."""
    done: list[str] = []
    for number, name in enumerate(classes):
        clean = " ".join(name.split()) or f"class {number}"
        while clean in done:
            clean = f"{clean} {number}"
        done.append(clean)
    return tuple(done)


def _raised(source: Source) -> onnx.ModelProto:
    """The same model in words no older than ours; without its notes on shapes."""
    proto = onnx.ModelProto()
    proto.CopyFrom(source.proto)
    if _opset(proto) < LEAST_OPSET:
        try:
            proto = version_converter.convert_version(proto, USUAL_OPSET)
        except Exception as error:  # noqa: BLE001 - a converter in C++ with errors of its own
            raise UnsuitableError(f"opset {_opset(proto)}: {str(error)[:100]}") from None
    del proto.graph.value_info[:]
    return proto


def _opset(proto: onnx.ModelProto) -> int:
    return next((one.version for one in proto.opset_import if one.domain in ("", "ai.onnx")), 1)


def _entry(theirs: onnx.ModelProto, found: Recognised) -> tuple[str, int]:
    """The one input's name and kind. Raises UnsuitableError where it takes several pictures."""
    known = {weight.name for weight in theirs.graph.initializer}
    (value,) = [one for one in theirs.graph.input if one.name not in known]
    kind = value.type.tensor_type
    sides = kind.shape.dim
    if sides and sides[0].HasField("dim_value") and sides[0].dim_value > 1:
        raise UnsuitableError(f"batch {sides[0].dim_value}")
    if found.preparation.layout == ROW and kind.elem_type not in (1, 10, 11):
        raise UnsuitableError("integers in a row")
    return value.name, kind.elem_type


def _add_answer(tail: Growth, found: Recognised, way: Plan, source: Source, said: Meaning) -> None:
    match found.reading:
        case Scores() as reading:
            output = source.output(reading.output)
            single = output is not None and _count(output.shape) == 1
            add = add_single if single else add_scores
            add(tail, reading, way, THEIRS + reading.output)
        case Anomaly() as reading:
            drawn = source.output(reading.map)
            rank = 4 if drawn is None or drawn.rank < 0 else drawn.rank
            add_anomaly(tail, reading, way, THEIRS, rank)
        case Boxes() as reading:
            names = _tidy(found.classes)
            bad = [names.index(name) for name in said.classes[1:]]
            width = 4 if reading.scores else 5
            sides = _bases(source, reading, way)
            add_boxes(tail, reading, way, THEIRS, len(names), bad, width, sides)


def _count(shape: tuple[int | None, ...] | None) -> int | None:
    return shape[1] if shape is not None and len(shape) > 1 else None


def _bases(source: Source, reading: Boxes, way: Plan) -> Size:
    """The sides of the masks' bases; a quarter of the input's where the file does not say."""
    output = source.output(reading.protos)
    sides = (None, None) if output is None or output.shape is None else output.shape[2:4]
    return sides[0] or way.net[0] // 4, sides[1] or way.net[1] // 4


def _needed(theirs: onnx.ModelProto, wanted: set[str]) -> list[onnx.NodeProto]:
    """The nodes that the wanted values need, in their order."""
    need, kept = set(wanted), []
    for node in reversed(theirs.graph.node):
        if need & set(node.output):
            kept.append(node)
            need.update(_taken(node))
    return kept[::-1]


def _taken(node: onnx.NodeProto) -> set[str]:
    """What a node takes, with all that graphs inside it take."""
    return {name for one in _all_nodes([node]) for name in one.input}


def _all_nodes(nodes: Sequence[onnx.NodeProto]) -> list[onnx.NodeProto]:
    found: list[onnx.NodeProto] = []
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        found.append(node)
        for one in node.attribute:
            for inner in (one.g, *one.graphs):
                waiting.extend(inner.node)
    return found


def _weights(theirs: onnx.ModelProto, body: Sequence[onnx.NodeProto]) -> list[TensorProto]:
    used = {name for node in body for name in _taken(node)}
    return [weight for weight in theirs.graph.initializer if weight.name in used]
