from __future__ import annotations

import re
from dataclasses import fields

import pytest

from ganstudio.desktop.tokens import PALETTES, TYPE, Palette, Size, contrast

SURFACES = ("stage", "panel", "raised")
EVERYWHERE = ("text", "text_quiet", "text_locked", "generator", "inspector", "real", "error")
TEXT_PAIRS = [
    *[(ink, ground) for ink in EVERYWHERE for ground in SURFACES],
    *[("accent_text", ground) for ground in SURFACES],
    *[("text", ground) for ground in ("window", "field", "control", "control_hover")],
    ("text_quiet", "window"),
    ("dim", "window"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_chosen", "chosen"),
    ("text", "accent_soft"),
    ("text_quiet", "accent_soft"),
    ("text", "generator_soft"),
    ("text", "inspector_soft"),
    ("generator", "generator_soft"),
    ("inspector", "inspector_soft"),
    ("tooltip_text", "tooltip"),
    ("tooltip_quiet", "tooltip"),
    ("tooltip_accent", "tooltip"),
    ("on_shade", "shade"),
]
GRAPHIC_PAIRS = [
    *[(ink, ground) for ink in ("edge", "accent_line", "knob") for ground in SURFACES],
    ("accent_line", "field"),
    ("accent_line", "window"),
]
PALETTE_NAMES = sorted(PALETTES)


def _too_faint(name: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    palette = PALETTES[name]
    ratios = {
        f"{ink} on {ground}": contrast(getattr(palette, ink), getattr(palette, ground))
        for ink, ground in pairs
    }
    return [f"{pair}: {ratio:.2f}" for pair, ratio in ratios.items() if ratio < least]


@pytest.mark.parametrize("name", PALETTE_NAMES)
def test_text_can_be_read(name: str) -> None:
    assert _too_faint(name, TEXT_PAIRS, 4.5) == []


@pytest.mark.parametrize("name", PALETTE_NAMES)
def test_graphics_can_be_seen(name: str) -> None:
    assert _too_faint(name, GRAPHIC_PAIRS, 3.0) == []


@pytest.mark.parametrize("name", PALETTE_NAMES)
def test_every_palette_has_every_token_as_a_colour(name: str) -> None:
    for field in fields(Palette):
        value = getattr(PALETTES[name], field.name)
        assert isinstance(value, bool) or re.fullmatch(r"#[0-9A-F]{6}", value)


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)
    assert contrast("#EDEDED", "#232323") == pytest.approx(13.4, abs=0.05)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)


def test_palettes_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PALETTES["dark"].text = "#FFFFFF"  # type: ignore[misc]


def test_nothing_is_smaller_than_what_can_be_read_and_hit() -> None:
    assert min(face.size for face in TYPE.values()) == 11
    assert all(face.line > face.size for face in TYPE.values())
    assert Size.ICON_BUTTON >= 28
    assert Size.FIELD >= 28
