"""The charts: what they draw, what can be pressed, and that nothing moves them by accident."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.gui.fonts import load_fonts
from station.gui.texts import install
from station.gui.theme import DARK, LIGHT, Theme, apply_theme
from station.gui.widgets.chart_control import ControlPlot
from station.gui.widgets.chart_drift import DriftPlot
from station.gui.widgets.chart_panel import ChartPanel
from station.gui.widgets.chart_pareto import ParetoPlot
from station.gui.widgets.chart_plot import Plot, every, nice_step
from station.gui.widgets.chart_sheet import Sheet, cell_word, sheet_csv, sheet_text
from station.gui.widgets.chart_views import Bar, ControlView, DriftView, Group
from station.gui.widgets.figure_tile import Figure, FigureTile

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

SHARES = (0.01, 0.012, 0.009, 0.014, 0.05, 0.011, 0.0)
VIEW = ControlView(
    tuple(
        Group(f"1{i}:00", share, 0.0, 0.03, "one out" if share > 0.03 else "")
        for i, share in enumerate(SHARES)
    ),
    0.012,
)
SHEET = Sheet("Defects", ("Defect", "Parts", "Share"), (("Scratch", 38, 0.5757), ("=1+1", 2, None)))


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> Iterator[None]:
    load_fonts()
    install("en")
    yield
    install("en")


def shown(qtbot: QtBot, widget: QWidget, theme: Theme = DARK) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(900, 380)
    widget.show()
    qtbot.waitExposed(widget)
    apply_theme(widget, theme)
    QApplication.processEvents()
    return widget


def pixels(widget: QWidget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3]
    return rows.reshape(image.height(), image.width(), 3).astype(int)


def count(widget: QWidget, role: str, theme: Theme = DARK) -> int:
    """How many pixels have about that colour."""
    color = theme.color(role)
    wanted = np.array([color.red(), color.green(), color.blue()])
    return int((np.abs(pixels(widget) - wanted).max(axis=2) < 24).sum())


# ── the p-chart ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda one: one.name)
def test_a_signal_is_red_and_named(qtbot: QtBot, theme: Theme) -> None:
    plot = ControlPlot()
    shown(qtbot, plot, theme)
    calm = ControlView(tuple(Group(g.at, 0.01, 0.0, 0.03) for g in VIEW.groups), 0.012)
    plot.set_view(calm)
    QApplication.processEvents()
    before, words = count(plot, "ng", theme), count(plot, "ng_text", theme)
    plot.set_view(VIEW)
    QApplication.processEvents()
    assert count(plot, "ng", theme) > before + 100  # the dot; the limit is in both
    assert count(plot, "ng_text", theme) > words
    assert [one.toPlainText() for one in plot._words if one.isVisible()] == ["14:00 one out"]


def test_a_chart_that_shrinks_and_grows_draws_what_it_was_given(qtbot: QtBot) -> None:
    plot = ControlPlot()
    shown(qtbot, plot)
    for count_ in (2000, 1, 2, 7, 500):
        groups = tuple(Group(f"{i}", 0.01 + i % 7 / 1000, 0.0, 0.04) for i in range(count_))
        plot.set_view(ControlView(groups, 0.012))
        plot.choose(count_ - 1)
        QApplication.processEvents()
        x, y = plot._line.getData()
        assert len(x) == count_
        assert np.allclose(y, [group.share for group in groups])
        low, high = plot.view.viewRange()[1]
        assert low <= 0
        assert high > 0.04
    plot.set_view(ControlView((Group("1", 0.0, 0.0, 0.0),), 0.0))
    assert plot.view.viewRange()[1][1] >= 0.005  # no chart of a flat zero line only


def test_signals_that_would_lie_over_each_other_are_not_all_named(qtbot: QtBot) -> None:
    plot = ControlPlot()
    shown(qtbot, plot)
    groups = tuple(Group(f"{i}", 0.05, 0.0, 0.03, "six rising") for i in range(60))
    plot.set_view(ControlView(groups, 0.01))
    QApplication.processEvents()
    named = [one for one in plot._words if one.isVisible()]
    assert 1 <= len(named) < 60
    assert named[-1].toPlainText() == "59 six rising"  # the newest is
    assert len(plot._red.data) == 60


def test_a_point_is_pressed_by_finger_and_by_key(qtbot: QtBot) -> None:
    plot = ControlPlot()
    shown(qtbot, plot)
    plot.set_view(VIEW)
    QApplication.processEvents()
    where = plot.view.mapViewToDevice(QPointF(4, SHARES[4])).toPoint()
    for miss in (QPoint(0, 0), QPoint(12, 9)):
        with qtbot.waitSignal(plot.pressed) as told:
            qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=where + miss)
        assert told.args == [4]
    with qtbot.assertNotEmitted(plot.pressed):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=where + QPoint(0, 150))
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.chosen == 5
    for _ in range(9):
        qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.chosen == 0
    with qtbot.waitSignal(plot.pressed) as told:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert told.args == [0]


@pytest.mark.parametrize("made", [ControlPlot, ParetoPlot, DriftPlot])
def test_neither_wheel_nor_drag_moves_a_chart(qtbot: QtBot, made: type[Plot]) -> None:
    plot = made()
    shown(qtbot, plot)
    views = {
        ControlPlot: VIEW,
        ParetoPlot: (Bar("Scratch", 3, 1.0),),
        DriftPlot: DriftView(("1", "2"), (100.0, 101.0), 90.0, 110.0),
    }
    plot.set_view(views[made])
    QApplication.processEvents()
    before = plot.view.viewRange()
    centre = QPointF(plot.rect().center())
    for turn in (120, -120):
        wheel = QWheelEvent(
            centre,
            plot.mapToGlobal(centre),
            QPoint(0, turn),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(plot.viewport(), wheel)
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        at = plot.rect().center()
        qtbot.mousePress(plot.viewport(), button, pos=at)
        qtbot.mouseMove(plot.viewport(), at + QPoint(60, 30))
        qtbot.mouseRelease(plot.viewport(), button, pos=at + QPoint(60, 30))
    QApplication.processEvents()
    assert plot.view.viewRange() == before


# ── the others ───────────────────────────────────────────────────────────────────────────────


def test_pareto_bars_are_on_the_scale_of_the_line(qtbot: QtBot) -> None:
    plot = ParetoPlot()
    shown(qtbot, plot)
    bars = (Bar("Scratch", 38, 38 / 66), Bar("Dent", 17, 55 / 66), Bar("Stain", 11, 1.0))
    plot.set_view(bars)
    QApplication.processEvents()
    heights = plot._bars.opts["height"]
    assert np.allclose(heights, [38 / 66, 17 / 66, 11 / 66])
    assert np.allclose(plot._line.getData()[1], [38 / 66, 55 / 66, 1.0])
    low, high = plot.view.viewRange()[1]
    assert low < 0  # the names
    assert high > 1  # the shares
    assert count(plot, "ng") > 5000


def test_drift_lies_over_its_band(qtbot: QtBot) -> None:
    plot = DriftPlot()
    shown(qtbot, plot)
    values = (100.0, 101.0, 104.0, 112.0, 118.0)
    plot.set_view(DriftView(("1", "2", "3", "4", "5"), values, 92.0, 110.0))
    QApplication.processEvents()
    low, high = plot.view.viewRange()[1]
    assert low < 92
    assert high > 118
    assert plot._band.getRegion() == (92.0, 110.0)
    assert np.allclose(plot._line.getData()[1], values)


@pytest.mark.parametrize("span", [1e-4, 0.033, 0.5, 1, 7, 99, 123456])
@pytest.mark.parametrize("most", [1, 2, 5, 12])
def test_ticks_are_round_and_few(span: float, most: int) -> None:
    step = nice_step(span, most)
    assert span / step <= most * 1.002
    lead = step / 10 ** np.floor(np.log10(step) + 1e-9)
    assert round(lead, 6) in (1, 2, 5, 10)
    assert len(every(97, most)) <= most


# ── tables ───────────────────────────────────────────────────────────────────────────────────


def test_a_table_is_saved_with_raw_numbers_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(sheet_csv(SHEET).decode("utf-8-sig"))))
    assert rows == [
        ["Defect", "Parts", "Share"],
        ["Scratch", "38", "0.5757"],
        ["'=1+1", "2", ""],
    ]


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert [cell_word(one) for one in ("x", None, 12345, 0.5757, 104.26, 1234.5)] == [
        "x", "–", "12\u2009345", "0.5757", "104.3", "1\u2009235"
    ]  # fmt: skip
    install("de")
    assert cell_word(0.5757) == "0,5757"


def test_a_panel_shows_chart_or_table_or_why_there_is_nothing(qtbot: QtBot) -> None:
    plot = ParetoPlot()
    panel = ChartPanel(plot)
    shown(qtbot, panel)
    panel.set_title("Defects")
    panel.set_foot("Look at the lamp.", "review_text")
    assert panel.caption.text() == "DEFECTS"
    assert not panel.table_key.isVisible()  # no numbers
    panel.set_sheet(SHEET)
    assert panel.table_key.isVisible()
    qtbot.mouseClick(panel.table_key, Qt.MouseButton.LeftButton)
    assert panel.shows_table
    assert not panel.foot.isVisible()
    model = panel.table.model()
    assert model.index(0, 1).data() == "38"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Share"
    qtbot.mouseClick(panel.copy_key, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == sheet_text(SHEET)
    with qtbot.waitSignal(panel.wanted) as told:
        qtbot.mouseClick(panel.save_key, Qt.MouseButton.LeftButton)
    assert told.args == [SHEET]
    panel.set_empty("No NG part in this time.")
    assert panel.empty.isVisible()
    assert not panel.table_key.isVisible()
    panel.set_empty("")
    assert panel.shows_table
    panel.toggle_table()
    assert plot.isVisible()
    assert panel.foot.isVisible()


def test_a_table_that_grows_stays_where_it_was_scrolled_to(qtbot: QtBot) -> None:
    panel = ChartPanel()
    shown(qtbot, panel)
    heads = ("a", "b")
    panel.set_sheet(Sheet("x", heads, tuple((f"{i}", i) for i in range(200))))
    panel.toggle_table()
    QApplication.processEvents()
    bar = panel.table.verticalScrollBar()
    bar.setValue(500)
    panel.set_sheet(Sheet("x", heads, tuple((f"{i}", i) for i in range(201))))
    QApplication.processEvents()
    assert bar.value() == 500
    assert panel.table.model().rowCount() == 201


# ── figures ──────────────────────────────────────────────────────────────────────────────────


def test_a_figure_warns_in_amber_and_is_pressed_only_where_it_may_be(qtbot: QtBot) -> None:
    tile = FigureTile()
    shown(qtbot, tile)
    tile.set_figure(Figure("Spindle 2", "41 h", "31–58 h left", "and 2 more"))
    assert tile.accessibleDescription() == "41 h 31–58 h left and 2 more"
    calm = count(tile, "review")
    tile.set_figure(Figure("Spindle 2", "41 h", "31–58 h left", "and 2 more", warns=True))
    assert count(tile, "review") > calm + 200
    with qtbot.assertNotEmitted(tile.clicked):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    tile.set_press(True)
    with qtbot.waitSignal(tile.clicked):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert tile.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_the_window_starts_without_pyqtgraph() -> None:
    code = (
        "import sys; import station.desktop; "
        "bad = {'pyqtgraph', 'scipy', 'sklearn', 'onnx', 'torch'} & set(sys.modules); "
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
