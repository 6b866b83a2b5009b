from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.loss_plot import LossPlot
from ganstudio.desktop.widgets.plot_labels import to_picture
from ganstudio.desktop.widgets.plot_view import PlotView
from tests.desktop.helpers_widgets import LEFT, drag, holds_colour, move, seen, turn_wheel


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    plot = LossPlot("Losses", axis_label="pictures seen")
    plot.add_series("g", "Generator", "generator")
    plot.add_series("d", "Inspector", "inspector", "dash")
    plot.resize(700, 200)
    qtbot.addWidget(plot)
    plot.show()
    plot.build()
    clocks = np.linspace(0, 412_000, 500)
    plot.set_series("g", clocks, np.full(500, 0.98))
    plot.set_series("d", clocks, np.full(500, 0.30))
    plot.redraw()
    return plot


def _view(plot: LossPlot) -> PlotView:
    found = plot.findChild(PlotView)
    assert found is not None
    return found


@pytest.mark.parametrize("palette", ["dark", "light", "high-contrast"])
def test_both_lines_are_painted_in_their_colours(
    plot: LossPlot, qapp: QApplication, palette: str
) -> None:
    theme.apply(qapp, palette, reduce_motion=True)
    assert holds_colour(plot, theme.colour("generator"))
    assert holds_colour(plot, theme.colour("inspector"))
    theme.apply(qapp, "dark", reduce_motion=True)


def test_a_line_lies_where_its_value_is(plot: LossPlot) -> None:
    image = seen(plot)
    box = plot.plot_box()
    x = int(box.center().x())
    column = [image.pixelColor(x, y) for y in range(plot.height())]
    ink = theme.colour("generator")
    found = [y for y, colour in enumerate(column) if colour == ink]
    expected = box.bottom() - 0.98 * box.height()
    assert abs(np.mean(found) + 0.5 - expected) <= 1.0


def test_it_says_what_it_shows(plot: LossPlot) -> None:
    assert plot.accessibleName() == "Losses, generator 0.98, inspector 0.30, at 412 k"
    plot.set_moment(100_000)
    assert plot.accessibleName().endswith("at 100 k")


def test_unknown_values_and_no_values_are_painted_too(plot: LossPlot, qtbot: QtBot) -> None:
    plot.set_series("g", np.arange(3), np.array([np.nan, np.inf, 0.0]))
    plot.set_series("d", np.arange(3), np.full(3, np.nan))
    plot.set_log(True)
    plot.set_cannot_tell(0.69, "Cannot tell")
    plot.redraw()
    seen(plot)
    assert LossPlot("Losses").accessibleName() == "Losses"


def test_new_points_are_drawn_at_the_next_redraw(plot: LossPlot) -> None:
    before = seen(plot)
    plot.append("g", np.linspace(412_001, 500_000, 100), np.full(100, 0.1))
    plot.redraw()
    assert seen(plot) != before
    assert plot.value("g") == pytest.approx(0.1, abs=0.02)


def test_the_wheel_zooms_double_click_shows_everything(plot: LossPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.zoomed) as told:
        turn_wheel(_view(plot), 3)
    assert told.args == [True]
    left, right = plot.window_shown()
    assert 0 < left < right < 412_000
    QTest.mouseDClick(_view(plot), LEFT, pos=QPoint(50, 40))
    assert plot.window_shown() == (0, 412_000)


def test_dragging_pans_but_not_beyond_the_ends(plot: LossPlot) -> None:
    turn_wheel(_view(plot), 3)
    left, right = plot.window_shown()
    drag(_view(plot), QPoint(200, 40), QPoint(240, 40))
    assert plot.window_shown()[0] < left
    drag(_view(plot), QPoint(0, 40), QPoint(5000, 40))
    assert plot.window_shown()[0] == pytest.approx(0, abs=1)
    assert np.diff(plot.window_shown()) == pytest.approx(right - left)


def test_linked_plots_zoom_and_point_together(plot: LossPlot, qtbot: QtBot) -> None:
    other = LossPlot("Scores", unit="%")
    qtbot.addWidget(other)
    other.add_series("real", "On yours", "real")
    other.set_series("real", np.linspace(0, 412_000, 500), np.full(500, 0.58))
    other.redraw()
    plot.link(other)
    turn_wheel(_view(plot), 3)
    assert other.window_shown() == plot.window_shown()
    later = LossPlot("Pictures a second")
    qtbot.addWidget(later)
    plot.link(later)
    assert later.window_shown() == plot.window_shown()
    with qtbot.waitSignal(plot.hovered) as told:
        move(_view(plot), QPoint(100, 40))
    place = told.args[0]
    assert 0 < place < 412_000
    assert other.value("real") == pytest.approx(0.58)
    later.reset_zoom()
    assert plot.window_shown() == other.window_shown() == (0, 412_000)
    seen(other)


def test_the_keyboard_reads_zooms_and_goes_back(plot: LossPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.hovered) as told:
        QTest.keyClick(plot, Qt.Key.Key_Left)
    assert told.args[0] == pytest.approx(412_000 * 0.99)
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.window_shown()[0] > 0
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.window_shown() == (0, 412_000)


def test_a_highlight_dims_the_other_line(plot: LossPlot) -> None:
    plot.set_highlight("g")
    assert holds_colour(plot, theme.colour("generator"))
    assert not holds_colour(plot, theme.colour("inspector"))
    plot.set_highlight(None)
    assert holds_colour(plot, theme.colour("inspector"))


def test_it_can_be_a_picture_of_its_own(plot: LossPlot) -> None:
    saved = to_picture(plot, 2.0)
    assert (saved.width(), saved.height()) == (1400, 400)
    assert saved.pixelColor(2, 2) == theme.colour("stage")


def test_it_builds_itself_when_it_is_first_shown(qtbot: QtBot) -> None:
    plot = LossPlot("Losses")
    plot.add_series("g", "Generator", "generator")
    plot.set_series("g", np.arange(10), np.ones(10))
    qtbot.addWidget(plot)
    assert plot.findChild(PlotView) is None
    seen(plot)
    plot.show()
    qtbot.waitUntil(lambda: plot.findChild(PlotView) is not None)
