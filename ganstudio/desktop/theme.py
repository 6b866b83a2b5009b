"""Puts the tokens on the application: palette, fonts and one short style sheet.

Not responsible for which palette a person wants (`studio` keeps the settings) nor for painting:
widgets ask `current()` while they paint, so a change of palette reaches them by itself.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ganstudio.desktop import focus_ring
from ganstudio.desktop.style_sheet import style_sheet
from ganstudio.desktop.tokens import PALETTES, TYPE, Palette
from ganstudio.project.paths import resources

__all__ = [
    "apply",
    "colour",
    "current",
    "family",
    "font",
    "line_height",
    "name",
    "notifier",
    "reduced_motion",
]

logger = logging.getLogger(__name__)

_FAMILY = "Inter"
_FALLBACK_NAME = "dark"
# Inter is spaced for text; its large sizes want to stand closer.
_TIGHT_FROM, _TIGHT = 20, 98.0


class _Theme(QObject):
    """What is applied now. One instance, made at first use."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.palette: Palette = PALETTES[_FALLBACK_NAME]
        self.name = _FALLBACK_NAME
        self.asked = _FALLBACK_NAME
        self.reduced_motion = False
        self.family: str | None = None
        self.fonts: dict[str, QFont] = {}
        self.follows = False


_theme: _Theme | None = None


def _state() -> _Theme:
    global _theme
    if _theme is None:
        _theme = _Theme()
    return _theme


def notifier() -> _Theme:
    """The object whose `changed` signal tells that another palette was applied."""
    return _state()


def current() -> Palette:
    """The palette that is applied now."""
    return _state().palette


def name() -> str:
    """Name of the palette that is applied now; never `system`."""
    return _state().name


def reduced_motion() -> bool:
    """Whether fades and walks are to happen at once."""
    return _state().reduced_motion


def colour(token: str, alpha: float = 1.0) -> QColor:
    """The colour of a token in the palette of now, with an opacity from 0 to 1."""
    result = QColor(getattr(_state().palette, token))
    if alpha < 1.0:
        result.setAlphaF(alpha)
    return result


def line_height(role: str) -> int:
    """Line height of a font role in logical pixels."""
    return TYPE[role].line


def family() -> str:
    """The family all fonts are of; empty before one was applied."""
    return _state().family or ""


def font(role: str) -> QFont:
    """The font of a role of the type scale (see `tokens.TYPE`)."""
    state = _state()
    found = state.fonts.get(role)
    if found is None:
        found = _make_font(role, state.family)
        state.fonts[role] = found
    return QFont(found)


def apply(app: QApplication, wanted: str, reduce_motion: bool = False) -> None:
    """Give the application the palette `wanted`: a name of `tokens.PALETTES`, or `system`."""
    state = _state()
    if state.family is None:
        state.family = _load_fonts()
        state.fonts.clear()
    state.asked = wanted
    state.reduced_motion = reduce_motion
    state.name = _system_name() if wanted == "system" else wanted
    state.palette = PALETTES.get(state.name, PALETTES[_FALLBACK_NAME])
    if not state.follows:
        state.follows = True
        QGuiApplication.styleHints().colorSchemeChanged.connect(_follow_system)
    app.setStyle("Fusion")
    app.setFont(font("body"))
    app.setPalette(_qt_palette(state.palette))
    app.setStyleSheet(style_sheet(state.palette))
    focus_ring.install(app, lambda: colour("accent_line"))
    state.changed.emit()


def _follow_system() -> None:
    state = _state()
    app = QApplication.instance()
    if state.asked == "system" and isinstance(app, QApplication) and _system_name() != state.name:
        apply(app, "system", state.reduced_motion)


def _system_name() -> str:
    light = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
    return "light" if light else "dark"


def _load_fonts() -> str:
    """Register the bundled Inter. Returns its family, or the system's when it cannot be loaded."""
    loaded = 0
    for path in sorted((resources() / "fonts" / "inter").glob("*.otf")):
        loaded += QFontDatabase.addApplicationFont(str(path)) >= 0
    if loaded and _FAMILY in QFontDatabase.families():
        return _FAMILY
    logger.warning("the bundled font could not be loaded; the font of the system is used")
    return QGuiApplication.font().family()


def _make_font(role: str, family: str | None) -> QFont:
    face = TYPE[role]
    result = QFont(family) if family else QGuiApplication.font()
    result.setPixelSize(face.size)
    result.setWeight(QFont.Weight(face.weight))
    if face.size >= _TIGHT_FROM:
        result.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _TIGHT)
    # Figures of one width: numbers that change never make anything move.
    result.setFeature(QFont.Tag("tnum"), 1)
    # Unhinted outlines keep Inter's own spacing, at scale 1 as on a fine screen.
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def _qt_palette(tokens: Palette) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.panel,
        role.Text: tokens.text,
        role.Button: tokens.control,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.text_quiet,
        role.Highlight: tokens.accent_line,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent_text,
        role.LinkVisited: tokens.accent_text,
        role.ToolTipBase: tokens.tooltip,
        role.ToolTipText: tokens.tooltip_text,
        role.BrightText: tokens.error,
        role.Light: tokens.control_hover,
        role.Midlight: tokens.control_hover,
        role.Mid: tokens.line,
        role.Dark: tokens.line,
        role.Shadow: tokens.stage,
    }
    result = QPalette()
    for key, value in pairs.items():
        result.setColor(key, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for key in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        result.setColor(disabled, key, QColor(tokens.text_disabled))
    return result
