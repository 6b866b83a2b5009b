"""The one table of colours, sizes and type of the whole interface.

Not responsible for applying them: `theme` does that. Nothing here needs Qt, so tests and the
gallery can reason about contrast without a window.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["PALETTES", "TYPE", "Face", "Palette", "Size", "contrast"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one palette as `#RRGGBB`. Each signal colour has one meaning everywhere."""

    stage: str
    window: str
    panel: str
    raised: str
    field: str
    control: str
    control_hover: str
    control_line: str
    field_line: str
    knob: str
    line: str
    edge: str
    text: str
    text_quiet: str
    text_locked: str
    text_disabled: str
    dim: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_line: str
    accent_soft: str
    generator: str
    generator_soft: str
    inspector: str
    inspector_soft: str
    real: str
    error: str
    chosen: str
    on_chosen: str
    tooltip: str
    tooltip_line: str
    tooltip_text: str
    tooltip_quiet: str
    tooltip_accent: str
    shade: str
    on_shade: str
    surface_lines: bool
    faint_lines: bool


_DARK = Palette(
    stage="#171717",
    window="#1C1C1C",
    panel="#232323",
    raised="#2B2B2B",
    field="#191919",
    control="#363636",
    control_hover="#434343",
    control_line="#434343",
    field_line="#3A3A3A",
    knob="#EDEDED",
    line="#363636",
    edge="#7C7C7C",
    text="#EDEDED",
    text_quiet="#B4B4B4",
    text_locked="#9A9A9A",
    text_disabled="#6E6E6E",
    dim="#8A8A8A",
    accent="#F5B041",
    accent_hover="#FFC362",
    on_accent="#1E1503",
    accent_text="#F5B041",
    accent_line="#F5B041",
    accent_soft="#352A17",
    generator="#EE5FA7",
    generator_soft="#3A2130",
    inspector="#6CC6FF",
    inspector_soft="#1D3140",
    real="#2FB573",
    error="#FF7A6E",
    chosen="#434343",
    on_chosen="#EDEDED",
    tooltip="#3A3A3A",
    tooltip_line="#555555",
    tooltip_text="#EDEDED",
    tooltip_quiet="#B4B4B4",
    tooltip_accent="#F5B041",
    shade="#000000",
    on_shade="#FFFFFF",
    surface_lines=False,
    faint_lines=True,
)

_LIGHT = Palette(
    stage="#E4E4E4",
    window="#EDEDED",
    panel="#F6F6F6",
    raised="#FCFCFC",
    field="#FFFFFF",
    control="#FFFFFF",
    control_hover="#DADADA",
    control_line="#B9B9B9",
    field_line="#B9B9B9",
    knob="#2B2B2B",
    line="#C8C8C8",
    edge="#7A7A7A",
    text="#1A1A1A",
    text_quiet="#4A4A4A",
    text_locked="#5C5C5C",
    text_disabled="#9A9A9A",
    dim="#696969",
    accent="#F0A52E",
    accent_hover="#FFB94A",
    on_accent="#1E1503",
    accent_text="#7E4B00",
    accent_line="#B26B00",
    accent_soft="#FBEBD0",
    generator="#B3186D",
    generator_soft="#F6DCEA",
    inspector="#0063A0",
    inspector_soft="#D8E9F5",
    real="#086E3B",
    error="#B3261E",
    chosen="#2B2B2B",
    on_chosen="#FFFFFF",
    tooltip="#2B2B2B",
    tooltip_line="#2B2B2B",
    tooltip_text="#FFFFFF",
    tooltip_quiet="#CFCFCF",
    tooltip_accent="#F5B041",
    shade="#000000",
    on_shade="#FFFFFF",
    surface_lines=False,
    faint_lines=True,
)

_HIGH_CONTRAST = Palette(
    stage="#000000",
    window="#000000",
    panel="#000000",
    raised="#141414",
    field="#000000",
    control="#000000",
    control_hover="#2A2A2A",
    control_line="#FFFFFF",
    field_line="#FFFFFF",
    knob="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    text="#FFFFFF",
    text_quiet="#FFFFFF",
    text_locked="#DADADA",
    text_disabled="#9A9A9A",
    dim="#9A9A9A",
    accent="#FFD23F",
    accent_hover="#FFE27A",
    on_accent="#000000",
    accent_text="#FFD23F",
    accent_line="#FFD23F",
    accent_soft="#2B2200",
    generator="#FF8FD0",
    generator_soft="#2E0A20",
    inspector="#7CD3FF",
    inspector_soft="#04233A",
    real="#4DE39A",
    error="#FF9A8F",
    chosen="#2A2A2A",
    on_chosen="#FFFFFF",
    tooltip="#000000",
    tooltip_line="#FFFFFF",
    tooltip_text="#FFFFFF",
    tooltip_quiet="#FFFFFF",
    tooltip_accent="#FFD23F",
    shade="#000000",
    on_shade="#FFFFFF",
    surface_lines=True,
    faint_lines=False,
)

PALETTES = MappingProxyType({"dark": _DARK, "light": _LIGHT, "high-contrast": _HIGH_CONTRAST})


class Size:
    """Fixed sizes in logical pixels."""

    MENU_BAR = 32
    PAGE_HEAD = 56
    PAGE_HEAD_NARROW = 48
    STATUS_LINE = 28
    RAIL = 72
    RAIL_ROW = 64
    RAIL_NARROW = 56
    PANEL = 328
    PANEL_MIN = 280
    PANEL_MAX = 420
    PANEL_FOOT = 92
    PANEL_PADDING = 16
    STAGE_PADDING = 24
    STAGE_PADDING_NARROW = 16
    SECTION_HEAD = 40
    SLIDER_ROW = 32
    FORM_ROW = 36
    FORM_LABEL = 100
    FIELD = 28
    VALUE_FIELD = 44
    BUTTON_SMALL = 28
    BUTTON = 32
    BUTTON_LARGE = 40
    ICON_BUTTON = 28
    TILE_GAP = 4
    LIST_GAP = 8
    PLOT_LEFT = 44
    PLOT_RIGHT = 116
    PLOT_RIGHT_NARROW = 92
    FILM = 48
    FILM_TICKS = 22
    RADIUS_BADGE = 3
    RADIUS_FIELD = 4
    RADIUS_BUTTON = 6
    RADIUS_CARD = 8
    RING = 2
    RING_GAP = 2
    TRACK = 3
    KNOB = 13


@dataclass(frozen=True, slots=True)
class Face:
    """One step of the type scale: size and line height in logical pixels, weight 400 to 600."""

    size: int
    line: int
    weight: int


TYPE = MappingProxyType(
    {
        "number": Face(28, 34, 600),
        "question": Face(24, 32, 600),
        "title": Face(20, 28, 600),
        "finding": Face(15, 22, 600),
        "lesson": Face(15, 22, 400),
        "primary": Face(14, 20, 600),
        "button": Face(14, 20, 500),
        "body": Face(13, 20, 400),
        "medium": Face(13, 20, 500),
        "head": Face(13, 20, 600),
        "small": Face(12, 16, 400),
        "small-medium": Face(12, 16, 500),
        "small-strong": Face(12, 16, 600),
        "axis": Face(11, 16, 400),
    }
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
