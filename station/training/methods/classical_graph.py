"""The classical steps as graph operators: grey, prepared, gradients, patterns, words.

What is learnt from is what these very nodes answer, so that lesson and line cannot disagree.
Planes are (n, channels, h, w) in grey levels of 0 … 255.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from station.inference.model import INPUT
from station.training.backbone import Graph, Input

PREPARATIONS = ("plain", "dilate", "erode", "edges")
RADII = (1, 2, 3)  # of the rings of eight neighbours
NEIGHBOURS = 8
UNIFORM = NEIGHBOURS * (NEIGHBOURS - 1) + 3  # patterns of at most two changes, and one for the rest
CELL = 16  # pixels of a side of HOG's cells
BINS = 9  # unsigned directions of HOG
PART = 4  # pixels of a side of one of a descriptor's 4 × 4 parts
WAYS = 8  # signed directions of a descriptor
DESCRIPTOR = 16 * WAYS
STRIDE = 8  # pixels between descriptors, and between places of the map
FAINT = 4.0  # grey levels of gradient below which a descriptor fades instead of being raised
LUMA = (0.299, 0.587, 0.114)
SAME = -0.01  # a neighbour as bright counts as brighter, whatever the interpolation's rounding

Array = npt.NDArray[np.float32]


def add_plane(graph: Graph, form: Input, preparation: str) -> str:
    """The picture as one plane, prepared in one of PREPARATIONS."""
    graph.add("Cast", "levels", INPUT, to=1)
    source = "levels"
    if form.channels == 3:
        graph.constant("luma", LUMA)
        graph.add("Mul", "weighed", "levels", "luma")
        graph.constant("luma.axis", [3])
        source = graph.add("ReduceSum", "luminance", "weighed", "luma.axis", keepdims=1)
    graph.constant("plane.shape", [-1, 1, form.height, form.width])
    plane = graph.add("Reshape", "plane", source, "plane.shape")
    match preparation:
        case "dilate":
            return _brightest(graph, "dilated", plane)
        case "erode":
            dark = _brightest(graph, "inverted.dilated", graph.add("Neg", "inverted", plane))
            return graph.add("Neg", "eroded", dark)
        case "edges":
            return _add_edges(graph, plane)
        case _:
            return plane


def add_directions(graph: Graph, name: str, plane: str, bins: int, signed: bool) -> str:
    """(n, bins, h, w): each pixel's gradient shared out between its two nearest directions."""
    across, along = _add_gradients(graph, name, plane)
    flat = graph.constant(f"{name}.flat", np.float32(1e-6))
    size = graph.add("Abs", f"{name}.size", across)
    still = graph.add("Less", f"{name}.still", size, flat)
    divisor = graph.add("Where", f"{name}.divisor", still, flat, across)
    angle = graph.add("Atan", f"{name}.atan", graph.add("Div", f"{name}.slope", along, divisor))
    turn = 2 * np.pi if signed else np.pi
    if signed:
        graph.constant(f"{name}.none", np.float32(0))
        back = graph.add("Less", f"{name}.back", divisor, f"{name}.none")
        turned = graph.add("Cast", f"{name}.turned", back, to=1)
        graph.constant(f"{name}.half", np.float32(np.pi))
        half = graph.add("Mul", f"{name}.halves", turned, f"{name}.half")
        angle = graph.add("Add", f"{name}.angle", angle, half)
    share = _add_shares(graph, name, angle, bins, turn)
    squares = [graph.add("Mul", f"{name}.square.{v}", v, v) for v in (across, along)]
    strength = graph.add("Sqrt", f"{name}.strength", graph.add("Add", f"{name}.sum", *squares))
    return graph.add("Mul", f"{name}.directions", share, strength)


def add_hog(graph: Graph, plane: str) -> str:
    """`hog.blocks` (n, 4 · BINS, h, w): each 2 × 2 cells, made equally strong, clipped, again."""
    directions = add_directions(graph, "hog", plane, BINS, signed=False)
    cells = _add_cells(graph, "hog.cells", directions, CELL)
    blocks = _add_windows(graph, "hog.windows", cells, 2, 1)
    return _add_norm(graph, "hog.blocks", blocks, 1.0)


def add_descriptors(graph: Graph, plane: str) -> str:
    """`descriptors` (n, DESCRIPTOR, h, w), one for each 16 × 16 pixels on a grid of STRIDE."""
    directions = add_directions(graph, "sift", plane, WAYS, signed=True)
    cells = _add_cells(graph, "sift.cells", directions, PART)
    windows = _add_windows(graph, "sift.windows", cells, 4, STRIDE // PART)
    return _add_norm(graph, "descriptors", windows, FAINT)


def add_words(graph: Graph, descriptors: str, books: Sequence[Array]) -> str:
    """`words.found` (n, books, h, w): the nearest word of each book (words, DESCRIPTOR)."""
    found = []
    for number, book in enumerate(books):
        name = f"book{number}"
        graph.constant(f"{name}.weight", book[:, :, None, None])
        graph.constant(f"{name}.bias", -np.square(book).sum(axis=1) / 2)
        near = graph.add("Conv", f"{name}.near", descriptors, f"{name}.weight", f"{name}.bias")
        found.append(graph.add("ArgMax", f"{name}.word", near, axis=1, keepdims=1))
    return graph.add("Concat", "words.found", *found, axis=1)


def add_patterns(graph: Graph, plane: str) -> str:
    """`patterns` (n, RADII, h, w): the number of each pixel's uniform local binary pattern."""
    graph.constant("lbp.same", np.float32(SAME))
    graph.constant("lbp.places", (2.0 ** np.arange(NEIGHBOURS))[None, :, None, None])
    graph.constant("lbp.table", uniform_table())
    found = []
    for radius in RADII:
        name = f"lbp{radius}"
        wide = _add_border(graph, f"{name}.wide", plane, radius)
        graph.constant(f"{name}.ring", ring(radius)[:, None])
        over = graph.add("Conv", f"{name}.over", wide, f"{name}.ring")
        bright = graph.add("GreaterOrEqual", f"{name}.bright", over, "lbp.same")
        bits = graph.add("Cast", f"{name}.bits", bright, to=1)
        code = graph.add("Conv", f"{name}.code", bits, "lbp.places")
        whole = graph.add("Cast", f"{name}.whole", code, to=7)
        found.append(graph.add("Gather", f"{name}.pattern", "lbp.table", whole, axis=0))
    return graph.add("Concat", "patterns", *found, axis=1)


def add_counts(graph: Graph, name: str, numbers: str, shape: tuple[int, ...], kinds: int) -> str:
    """How often each of `kinds` comes in each of the planes (n, planes, h, w) of whole numbers.

    `name` is (n, planes · kinds): the root of each share, plane by plane, so that common kinds
    do not drown the rare ones. `name`.where (n, planes · h · w) says which of them each place is.
    """
    planes, rows, columns = shape
    graph.constant(f"{name}.first", np.arange(planes, dtype=np.int64)[:, None, None] * kinds)
    shifted = graph.add("Add", f"{name}.shifted", numbers, f"{name}.first")
    graph.constant(f"{name}.flat", [-1, planes * rows * columns])
    where = graph.add("Reshape", f"{name}.where", shifted, f"{name}.flat")
    graph.constant(f"{name}.nothing", np.zeros((1, planes * kinds), np.float32))
    graph.constant(f"{name}.each", np.full((1, where_count(shape)), 1 / (rows * columns)))
    graph.add("Shape", f"{name}.batch", where, start=0, end=1)
    graph.constant(f"{name}.one", [1])
    graph.add("Concat", f"{name}.times", f"{name}.batch", f"{name}.one", axis=0)
    empty = graph.add("Tile", f"{name}.empty", f"{name}.nothing", f"{name}.times")
    share = graph.add("Tile", f"{name}.shares", f"{name}.each", f"{name}.times")
    graph.add("ScatterElements", f"{name}.counts", empty, where, share, axis=1, reduction="add")
    return graph.add("Sqrt", name, f"{name}.counts")


def where_count(shape: tuple[int, ...]) -> int:
    """How many places there are in all planes of that shape."""
    return int(np.prod(shape))


def uniform_table() -> npt.NDArray[np.int64]:
    """For each of the 256 patterns its number: uniform ones by value, the last for all others."""
    codes = np.arange(2**NEIGHBOURS)
    bits = (codes[:, None] >> np.arange(NEIGHBOURS)) & 1
    changes = (bits != np.roll(bits, 1, axis=1)).sum(axis=1)
    table = np.full(len(codes), UNIFORM - 1, np.int64)
    table[changes <= 2] = np.arange(int((changes <= 2).sum()))
    return table


def ring(radius: int) -> Array:
    """(8, 2r + 1, 2r + 1): each neighbour on the circle, interpolated, less the pixel itself."""
    kernels = np.zeros((NEIGHBOURS, 2 * radius + 1, 2 * radius + 1))
    for k in range(NEIGHBOURS):
        angle = 2 * np.pi * k / NEIGHBOURS
        y = round(radius - radius * np.sin(angle), 9)
        x = round(radius + radius * np.cos(angle), 9)
        top, left = min(int(y), 2 * radius - 1), min(int(x), 2 * radius - 1)
        down, right = y - top, x - left
        kernels[k, top : top + 2, left : left + 2] += np.outer([1 - down, down], [1 - right, right])
        kernels[k, radius, radius] -= 1
    return kernels.astype(np.float32)


def _brightest(graph: Graph, name: str, plane: str) -> str:
    return graph.add("MaxPool", name, plane, kernel_shape=[3, 3], pads=[1, 1, 1, 1])


def _add_edges(graph: Graph, plane: str) -> str:
    """Sobel's gradient, a quarter of it, at most as bright as a picture can be."""
    sobel = np.outer([1, 2, 1], [-1, 0, 1]) / 4
    graph.constant("sobel", np.stack([sobel, sobel.T])[:, None])
    wide = _add_border(graph, "sobel.wide", plane, 1)
    both = graph.add("Conv", "sobel.both", wide, "sobel")
    size = graph.add("ReduceL2", "sobel.size", both, axes=[1], keepdims=1)
    graph.constant("sobel.most", np.float32(255))
    return graph.add("Min", "edges", size, "sobel.most")


def _add_border(graph: Graph, name: str, plane: str, pixels: int) -> str:
    graph.constant(f"{name}.border", [0, 0, pixels, pixels, 0, 0, pixels, pixels])
    return graph.add("Pad", name, plane, f"{name}.border", mode="edge")


def _add_gradients(graph: Graph, name: str, plane: str) -> tuple[str, str]:
    kernel = np.zeros((2, 1, 3, 3), np.float32)
    kernel[0, 0, 1] = kernel[1, 0, :, 1] = [-0.5, 0, 0.5]
    graph.constant(f"{name}.gradient", kernel)
    wide = _add_border(graph, f"{name}.wide", plane, 1)
    graph.add("Conv", f"{name}.both", wide, f"{name}.gradient")
    graph.constant(f"{name}.0", [0])
    graph.constant(f"{name}.1", [1])
    across = graph.add("Gather", f"{name}.across", f"{name}.both", f"{name}.0", axis=1)
    return across, graph.add("Gather", f"{name}.along", f"{name}.both", f"{name}.1", axis=1)


def _add_shares(graph: Graph, name: str, angle: str, bins: int, turn: float) -> str:
    """From an angle of −π/2 … turn − π/2: a tent over each direction's middle, round the circle."""
    graph.constant(f"{name}.scale", np.float32(bins / turn))
    middles = (np.arange(bins) + 0.5 - np.pi / 2 * bins / turn)[None, :, None, None]
    graph.constant(f"{name}.middles", middles)
    graph.constant(f"{name}.round", np.float32(bins))
    graph.constant(f"{name}.peak", np.float32(1))
    place = graph.add("Mul", f"{name}.place", angle, f"{name}.scale")
    apart = graph.add("Sub", f"{name}.apart", place, f"{name}.middles")
    far = graph.add("Abs", f"{name}.far", apart)
    other = graph.add("Sub", f"{name}.other", f"{name}.round", far)
    near = graph.add("Min", f"{name}.near", far, other)
    return graph.add("Relu", f"{name}.share", graph.add("Sub", f"{name}.t", f"{name}.peak", near))


def _add_cells(graph: Graph, name: str, planes: str, side: int) -> str:
    return graph.add("AveragePool", name, planes, kernel_shape=[side, side], strides=[side, side])


def _add_windows(graph: Graph, name: str, cells: str, side: int, stride: int) -> str:
    """Each side × side cells beside each other in the channels, on a grid of that stride."""
    found = []
    for row in range(side):
        for column in range(side):
            part = f"{name}.{row}.{column}"
            graph.constant(f"{part}.start", [row, column])
            ends = [_end(place, side) for place in (row, column)]
            graph.constant(f"{part}.end", ends)
            graph.constant(f"{part}.axes", [2, 3])
            graph.constant(f"{part}.step", [stride, stride])
            bounds = [f"{part}.{bound}" for bound in ("start", "end", "axes", "step")]
            found.append(graph.add("Slice", part, cells, *bounds))
    return graph.add("Concat", name, *found, axis=1)


def _end(place: int, side: int) -> int:
    """Counted from behind; the last goes to the very end."""
    behind = place - side + 1
    return behind if behind else 2**31


def _add_norm(graph: Graph, name: str, blocks: str, faint: float) -> str:
    """To length 1, but for faint ones; at most 0.2 each; to length 1 again."""
    graph.constant(f"{name}.faint", np.float32(faint**2))
    graph.constant(f"{name}.least", np.float32(1e-6))
    graph.constant(f"{name}.most", np.float32(0.2))
    first = _add_divided(graph, f"{name}.first", blocks, f"{name}.faint")
    clipped = graph.add("Min", f"{name}.clipped", first, f"{name}.most")
    if faint <= 1:
        return _add_divided(graph, name, clipped, f"{name}.least")
    return graph.add("Identity", name, clipped)


def _add_divided(graph: Graph, name: str, blocks: str, floor: str) -> str:
    squares = graph.add("ReduceSumSquare", f"{name}.squares", blocks, axes=[1], keepdims=1)
    lifted = graph.add("Add", f"{name}.lifted", squares, floor)
    return graph.add("Div", name, blocks, graph.add("Sqrt", f"{name}.length", lifted))
