"""The plot of a run shows its lines in their colours, whatever the history is like."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from ganstudio.desktop.tokens import PALETTES
from ganstudio.export import look
from ganstudio.export.plots import drawn_history, save_plots
from ganstudio.project.errors import UserError
from ganstudio.project.messages import MetricsRow


def _row(images: int, loss_g: float, loss_d: float) -> MetricsRow:
    return MetricsRow(
        images=images,
        loss_g=loss_g,
        loss_d=loss_d,
        d_real=0.6,
        d_fake=0.4,
        balance=0.6,
        penalty=0.0,
        gradient_g=1.0,
        gradient_d=1.0,
        learning_rate=1e-3,
        augment_p=0.0,
        images_per_s=500.0,
        seconds=1.0,
    )


def _history(count: int) -> list[MetricsRow]:
    return [_row(64 * (i + 1), 1.5 + 0.5 * math.cos(i), 0.4) for i in range(count)]


def _has(image: Image.Image, colour: look.Colour) -> int:
    pixels: npt.NDArray[np.uint8] = np.asarray(image)
    return int((pixels == colour).all(axis=-1).sum())


@pytest.mark.parametrize("count", [1, 2, 3, 40, 5_000])
def test_every_line_is_there_however_long_the_history(count: int) -> None:
    image = drawn_history(_history(count), undecided=0.69)
    assert image.size == (1600, 980)
    for colour in (look.GENERATOR, look.INSPECTOR, look.REAL, look.EDGE):
        assert _has(image, colour) > 20


def test_losses_below_zero_are_drawn_where_they_are() -> None:
    """The generator of a hinge loss loses less than nothing; its curve is not cut off at 0."""
    rows = [_row(64 * (i + 1), -2.0 + math.sin(i / 9), 1.2) for i in range(400)]
    pixels = np.asarray(drawn_history(rows, undecided=-0.69))
    heights = np.flatnonzero((pixels[:, 400:1200] == look.GENERATOR).all(axis=-1).any(axis=1))
    assert np.ptp(heights[heights < 532]) > 60


def test_losses_that_are_no_numbers_leave_a_gap_and_no_crash() -> None:
    rows = _history(50)
    rows[10] = _row(rows[10].images, math.nan, math.inf)
    assert _has(drawn_history(rows), look.GENERATOR) > 20
    blank = drawn_history([_row(64 * (i + 1), math.nan, math.nan) for i in range(5)])
    assert _has(blank, look.REAL) > 20


def test_one_wild_moment_does_not_take_the_room_of_all_others() -> None:
    rows = _history(1000)
    calm = drawn_history(rows)
    rows[3] = _row(rows[3].images, 1e9, 1e9)
    wild = drawn_history(rows)
    same = (np.asarray(calm) == np.asarray(wild)).all(axis=-1).mean()
    assert same > 0.97


def test_without_a_known_level_no_dotted_line_is_drawn() -> None:
    rows = _history(10)
    dots = _has(drawn_history(rows, undecided=0.69), look.EDGE)
    assert dots > 5 * _has(drawn_history(rows), look.EDGE)


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_plots(tmp_path / "losses.png", [])
    assert caught.value.code == "no-history"
    assert not list(tmp_path.iterdir())


def test_a_saved_plot_is_a_whole_png(tmp_path: Path) -> None:
    path = tmp_path / "losses.png"
    save_plots(path, _history(20), title="Seen once")
    with Image.open(path) as image:
        image.load()
        assert image.size == (1600, 980)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (look.STAGE, "stage"),
        (look.LINE, "line"),
        (look.EDGE, "edge"),
        (look.TEXT, "text"),
        (look.TEXT_QUIET, "text_quiet"),
        (look.ACCENT, "accent"),
        (look.GENERATOR, "generator"),
        (look.INSPECTOR, "inspector"),
        (look.REAL, "real"),
    ],
)
def test_saved_pictures_have_the_window_s_colours(ours: look.Colour, theirs: str) -> None:
    assert "#{:02X}{:02X}{:02X}".format(*ours) == getattr(PALETTES["dark"], theirs).upper()
