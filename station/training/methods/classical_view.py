"""How a classical method looks at a part: prepared how, described by what, and shown where."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from station.inference.model import INPUT
from station.training.backbone import Graph, Input
from station.training.methods.classical_graph import (
    CELL,
    RADII,
    STRIDE,
    UNIFORM,
    add_counts,
    add_descriptors,
    add_hog,
    add_patterns,
    add_plane,
    add_words,
)
from station.training.methods.classical_heads import ML

HOG, LBP, WORDS = "hog", "lbp", "words"
DESCRIPTIONS = {
    "LBP": (LBP,),
    "SIFT words": (WORDS,),
    "LBP + SIFT words": (LBP, WORDS),
    "HOG": (HOG,),  # last: the longest to learn from
}
SEEN = "seen"
WINDOW = 2 * STRIDE  # pixels of a side that one place of the map stands for
OPSETS = (("", 17), (ML, 3))
RARE = 1e-3  # added to the root of a share before it divides

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class View:
    """Preparation, parts of the description, and the books of words where these are among them."""

    form: Input
    preparation: str
    parts: tuple[str, ...]
    books: tuple[Array, ...] = ()

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the map."""
        sides = (self.form.height, self.form.width)
        if self.parts == (HOG,):
            return sides[0] // CELL - 1, sides[1] // CELL - 1
        return (sides[0] - WINDOW) // STRIDE + 1, (sides[1] - WINDOW) // STRIDE + 1


def add_view(graph: Graph, view: View) -> str:
    """SEEN (n, numbers); each part under its own name too."""
    plane = add_plane(graph, view.form, view.preparation)
    rows = [_ADD[part](graph, plane, view) for part in view.parts]
    return graph.add("Concat", SEEN, *rows, axis=1)


def add_places(graph: Graph, view: View, slopes: str) -> str:
    """`places` (count, h, w): what each place adds to each of the logits whose slopes are told.

    For one image, after `add_view`. slopes: (count, numbers). Summed over all places it goes with
    the sum of slope · number, which is a linear head's logit but for its offset.
    """
    if view.parts == (HOG,):
        return _hog_places(graph, view, slopes)
    graph.constant("places.rare", np.float32(RARE))
    lifted = graph.add("Add", "places.lifted", SEEN, "places.rare")
    each = graph.add("Div", "places.each", slopes, lifted)
    found, start = [], 0
    for part in view.parts:
        found.append(_counted_places(graph, view, part, each, start))
        start += len(RADII) * UNIFORM if part == LBP else sum(map(len, view.books))
    return graph.add("Sum", "places", *found)


def view_model(view: View, outputs: tuple[str, ...]) -> bytes:
    """Any number of images to the parts, each (n, numbers)."""
    graph = Graph()
    add_view(graph, view)
    values = [helper.make_tensor_value_info(o, TensorProto.FLOAT, ["n", None]) for o in outputs]
    return whole(graph, view.form, values, "n").SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def descriptor_model(view: View) -> bytes:
    """Any number of images to `descriptors` (n, DESCRIPTOR, h, w)."""
    graph = Graph()
    add_descriptors(graph, add_plane(graph, view.form, view.preparation))
    value = helper.make_tensor_value_info("descriptors", TensorProto.FLOAT, ["n", None, None, None])
    return whole(graph, view.form, [value], "n").SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def whole(
    graph: Graph, form: Input, outputs: list[onnx.ValueInfoProto], batch: int | str
) -> onnx.ModelProto:
    """The model, checked; it may hold trees."""
    shape = [batch, form.height, form.width, form.channels]
    image = helper.make_tensor_value_info(INPUT, TensorProto.UINT8, shape)
    body = helper.make_graph(graph.nodes, "station", [image], outputs, graph.weights)
    opsets = [helper.make_opsetid(*one) for one in OPSETS]
    model = helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="station")
    onnx.checker.check_model(model)
    return model


def _add_hog_row(graph: Graph, plane: str, _view: View) -> str:
    return graph.add("Flatten", HOG, add_hog(graph, plane), axis=1)


def _add_lbp_row(graph: Graph, plane: str, view: View) -> str:
    shape = (len(RADII), view.form.height, view.form.width)
    return add_counts(graph, LBP, add_patterns(graph, plane), shape, UNIFORM)


def _add_words_row(graph: Graph, plane: str, view: View) -> str:
    add_words(graph, add_descriptors(graph, plane), view.books)
    shape = (len(view.books), *_word_grid(view.form))
    return add_counts(graph, WORDS, "words.found", shape, len(view.books[0]))


_ADD = {HOG: _add_hog_row, LBP: _add_lbp_row, WORDS: _add_words_row}


def _word_grid(form: Input) -> tuple[int, int]:
    return (form.height - WINDOW) // STRIDE + 1, (form.width - WINDOW) // STRIDE + 1


def _hog_places(graph: Graph, view: View, slopes: str) -> str:
    graph.constant("places.shape", [-1, 36, *view.grid])
    graph.constant("places.axis", [1])
    shares = graph.add("Mul", "places.shares", slopes, SEEN)
    blocks = graph.add("Reshape", "places.blocks", shares, "places.shape")
    return graph.add("ReduceSum", "places", blocks, "places.axis", keepdims=0)


def _counted_places(graph: Graph, view: View, part: str, each: str, start: int) -> str:
    """Each pixel or patch carries what one more of its kind adds; neighbours are averaged."""
    name = f"places.{part}"
    planes = len(RADII) if part == LBP else len(view.books)
    grid = (view.form.height, view.form.width) if part == LBP else view.grid
    graph.constant(f"{name}.start", np.int64(start))
    where = graph.add("Add", f"{name}.where", f"{part}.where", f"{name}.start")
    found = graph.add("Gather", f"{name}.found", each, where, axis=1)
    graph.constant(f"{name}.shape", [-1, planes, *grid])
    graph.constant(f"{name}.axis", [1])
    shaped = graph.add("Reshape", f"{name}.shaped", found, f"{name}.shape")
    summed = graph.add("ReduceSum", f"{name}.summed", shaped, f"{name}.axis", keepdims=1)
    if part == LBP:
        side = [WINDOW, WINDOW]
        summed = graph.add(
            "AveragePool", f"{name}.pooled", summed, kernel_shape=side, strides=[STRIDE, STRIDE]
        )
    graph.constant(f"{name}.last", [-1, *view.grid])
    return graph.add("Reshape", f"{name}.places", summed, f"{name}.last")
