import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.training.costs import Histogram
from station.training.dataset import scan
from station.training.pack import Basis, Contender, Pack, Role, from_json, make_pack
from station.training.parts import Parts
from station.training.report import PAGE, VALUES, check_report, report_html, write_report
from station.training.report_words import LANGUAGES, TABLE
from tests.models import build_bright_model

NOW = "2026-11-21T13:00:00+00:00"
EVIL = "<script>alert('x')</script> & \"q\""
VOID = {"meta", "img", "br"}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    root = tmp_path_factory.mktemp("pack")
    for label, levels in {"good": (180, 150, 101, 60), "dark": (20, 98, 103, 170)}.items():
        for level in levels:
            path = root / "p" / label / f"<b>{level} & 量.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            pixels = np.full((64, 64, 3), (level, level // 2, 9), np.uint8)
            path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    (root / "p" / "dark" / "<i>broken.png").write_text("no picture")
    models = [build_bright_model(root / f"{level}.onnx", level=level) for level in (60.0, 80.0)]
    contenders = [Contender(Role.CANDIDATE, models[0]), Contender(Role.INCUMBENT, models[1])]
    return make_pack(contenders, Parts(tuple(scan(root / "p")), ("good",), EVIL), NOW)


class Checked(HTMLParser):
    """Every tag closed, and what would leave the page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else_and_runs_nothing(pack: Pack, language: str) -> None:
    page = report_html(pack, language)
    found = Checked(page)
    assert found.open == []
    assert found.links
    assert all(link.startswith("data:image/jpeg;base64,") for link in found.links)
    assert not found.tags & {"script", "link", "iframe", "object"}
    assert "url(" not in page
    assert "http" not in page


def test_names_are_text_and_nothing_else(pack: Pack) -> None:
    page = report_html(pack)
    assert EVIL not in page
    assert "<b>" not in page
    assert "<i>" not in page
    said = "".join(Checked(page).said)
    assert EVIL in said
    assert "<b>101 & 量.png" in said
    assert "<i>broken.png" in said


def test_the_drawings_are_whole(pack: Pack) -> None:
    drawings = re.findall(r"<svg.*?</svg>", report_html(pack), re.DOTALL)
    assert len(drawings) > 10
    for drawing in drawings:
        ElementTree.fromstring(drawing)
        assert "nan" not in drawing


def test_the_figures_stand_on_the_page(pack: Pack) -> None:
    said = "".join(Checked(report_html(pack)).said)
    shares = pack.models[0].figures.escapes
    assert f"{shares.count} / {shares.n} = {shares.rate:.2%}" in said
    assert f"[{shares.low:.2%}, {shares.high:.2%}]" in said
    for kind in ("light -30%", "light +30%", "turned -5°", "worst patch 17%", "random search ±4"):
        assert kind in said


def test_each_language_has_its_words_and_keeps_the_blanks() -> None:
    for key, texts in TABLE.items():
        assert len(texts) == len(LANGUAGES), key
        assert all(text.strip() for text in texts), key
        blanks = {tuple(sorted(re.findall(r"{\w+}", text))) for text in texts}
        assert len(blanks) == 1, key


def test_every_word_is_asked_for() -> None:
    """A key that no page says is one too many."""
    source = (Path(__file__).parents[3] / "station" / "training" / "report.py").read_text("utf-8")
    made = [
        f"kind_{k}" for k in ("none", "light", "blur", "noise", "turn", "shift", "patch", "search")
    ]
    made += [f"basis_{basis.value}" for basis in Basis]
    made += ["same", "too_few", "chance", "first", "second", *(role.value for role in Role)]
    said = set(re.findall(r"""["'](\w+)["']""", source))
    unsaid = [key for key in TABLE if key not in made and key not in said]
    assert unsaid == []


@pytest.mark.parametrize(
    ("language", "word"), [("de", "Schlupf"), ("zh_CN", "漏检"), ("xx", "Escapes")]
)
def test_it_speaks(pack: Pack, language: str, word: str) -> None:
    assert word in report_html(pack, language)


def test_what_it_rests_on_is_said(pack: Pack) -> None:
    from dataclasses import replace

    unknown = "Nothing shows that these parts were kept back"
    assert unknown in report_html(pack)
    assert unknown not in report_html(replace(pack, basis=Basis.KEPT_BACK))
    assert "in cross-validation" in report_html(replace(pack, basis=Basis.CROSSED))
    first = replace(pack.models[0], taught_here=True)
    taught = report_html(replace(pack, models=(first, pack.models[1])))
    assert "prove nothing" in taught
    assert unknown not in taught


def test_one_side_alone_has_no_curve(pack: Pack) -> None:
    from dataclasses import replace

    figures = replace(pack.models[0].figures, roc=(), pr=(), auroc=None, ap=None)
    bare = replace(pack, models=(replace(pack.models[0], figures=figures, worst=()),), versus=())
    page = report_html(bare)
    assert Checked(page).open == []
    assert "Curves need good and bad parts." in page


def test_an_empty_histogram_is_drawn() -> None:
    from station.training.charts import score_chart

    edges = tuple(i / 10 for i in range(11))
    drawing = score_chart(Histogram(edges, (0,) * 10, (0,) * 10), (), "x", "<y>")
    ElementTree.fromstring(drawing)


# ── on the disk ─────────────────────────────────────────────────────────────────────────────────


def test_both_files_are_written_and_read_back(pack: Pack, tmp_path: Path) -> None:
    page = write_report(pack, tmp_path / "new" / "文 folder", "zh_CN")
    assert page.name == PAGE
    assert page.read_text("utf-8") == report_html(pack, "zh_CN")
    assert from_json((page.parent / VALUES).read_text("utf-8")) == pack
    assert sorted(path.name for path in page.parent.iterdir()) == [VALUES, PAGE]


def test_a_full_disk_leaves_nothing_half_made(pack: Pack, mounted) -> None:  # type: ignore[no-untyped-def]
    disk = mounted("size=64k")
    with pytest.raises(DatasetError) as caught:
        write_report(pack, disk / "report")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert list((disk / "report").iterdir()) == []


def test_a_full_disk_keeps_the_report_that_is_there(pack: Pack, mounted) -> None:  # type: ignore[no-untyped-def]
    disk = mounted("size=256k")
    write_report(pack, disk / "report")
    before = {path.name: path.read_bytes() for path in (disk / "report").iterdir()}
    assert len(before) == 2
    with pytest.raises(OSError, match="No space"):
        (disk / "fill").write_bytes(bytes(256_000))
    with pytest.raises(DatasetError):
        write_report(pack, disk / "report", "de")
    assert {path.name: path.read_bytes() for path in (disk / "report").iterdir()} == before


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "taken" / PAGE).mkdir(parents=True)
    for folder in (tmp_path / "file", tmp_path / "taken"):
        with pytest.raises(DatasetError) as caught:
            check_report(folder)
        assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    check_report(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
