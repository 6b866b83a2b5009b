from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import PALETTES, TYPE


@pytest.fixture(autouse=True)
def _dark_again(qapp: QApplication):
    yield
    theme.apply(qapp, "dark", reduce_motion=True)


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_a_palette_reaches_standard_widgets(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    palette = qapp.palette()
    tokens = PALETTES[name]
    assert palette.color(QPalette.ColorRole.Window).name().upper() == tokens.window
    assert palette.color(QPalette.ColorRole.Base).name().upper() == tokens.field
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled.name().upper() == tokens.text_disabled
    assert tokens.accent_line in qapp.styleSheet()
    assert "$" not in qapp.styleSheet()


def test_a_change_is_told(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.notifier().changed):
        theme.apply(qapp, "light")
    assert theme.current() is PALETTES["light"]


def test_system_ends_at_a_real_palette(qapp: QApplication) -> None:
    theme.apply(qapp, "system")
    assert theme.name() in ("dark", "light")


@pytest.mark.parametrize("role", sorted(TYPE))
def test_fonts_are_inter_with_figures_of_one_width(role: str) -> None:
    font = theme.font(role)
    metrics = QFontMetricsF(font)
    assert font.family() == "Inter"
    assert font.pixelSize() == TYPE[role].size
    assert font.weight() == QFont.Weight(TYPE[role].weight)
    widths = [metrics.horizontalAdvance(figure * 10) for figure in "0123456789"]
    # The font engine counts in 64ths of a pixel; without `tnum` a 1 is a third narrower.
    assert max(widths) - min(widths) < 0.5


def test_every_icon_can_be_drawn_in_any_palette(qapp: QApplication) -> None:
    assert {"pictures", "train", "explore", "lock", "reset"} <= icons.names()
    for name in icons.names():
        image = icons.pixmap(name, "text", 16, 2.0).toImage()
        assert (image.width(), image.height()) == (32, 32)
        inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(32) for y in range(32))
        assert inked > 8, name
    dark = icons.pixmap("lock", "text").toImage()
    theme.apply(qapp, "light")
    assert icons.pixmap("lock", "text").toImage() != dark
