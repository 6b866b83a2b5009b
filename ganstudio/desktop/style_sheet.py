"""The one short style sheet: radii and paddings of the standard widgets, colours from the tokens.

Not responsible for widgets that paint themselves, nor for fonts: `theme` gives those.
"""

from __future__ import annotations

from string import Template

from ganstudio.desktop.tokens import Palette, Size

__all__ = ["style_sheet"]

_SHEET = Template("""
QToolTip {
    background: $tooltip; color: $tooltip_text; border: 1px solid $tooltip_line;
    border-radius: ${radius_field}px; padding: 1px 3px;
}
QMenuBar {
    background: $window; color: $text_quiet;
    border-bottom: 1px solid $line; padding: 0 12px;
}
QMenuBar::item { background: transparent; padding: 8px 9px; border-radius: ${radius_field}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $control_hover; color: $text; }
QMenu {
    background: $raised; color: $text; border: 1px solid $menu_line; padding: 4px;
}
QMenu::item { padding: 5px 24px 5px 12px; border-radius: ${radius_field}px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $control_hover; }
QMenu::item:disabled { color: $text_disabled; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QAbstractScrollArea { border: 0; background: transparent; }
QLineEdit, QPlainTextEdit, QTextEdit {
    background: $field; color: $text; border: 1px solid $field_line;
    border-radius: ${radius_field}px; padding: 0 8px; min-height: 26px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit, QTextEdit { padding: 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent_line; padding: 0 7px; min-height: 24px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: 5px; }
QLineEdit[kind="value"] { padding: 0 6px; }
QLineEdit[kind="value"]:focus { padding: 0 5px; }
QLineEdit:disabled { background: transparent; color: $text_disabled; }
QLineEdit[readOnly="true"] { background: transparent; color: $text_locked; }
QListView, QTreeView, QTableView { outline: 0; }
QHeaderView { background: $panel; }
QHeaderView::section {
    background: $panel; color: $text_quiet; border: 0; border-bottom: 1px solid $line;
    padding: 4px 8px;
}
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $menu_line; padding: 4px; outline: 0;
    selection-background-color: $control_hover; selection-color: $text;
}
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $control_line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; width: 0; height: 0;
}
QSplitter::handle { background: transparent; }
QDialog { background: $panel; }
""")


def style_sheet(palette: Palette) -> str:
    """The style sheet of a palette."""
    values = {name: getattr(palette, name) for name in palette.__dataclass_fields__}
    values["radius_field"] = str(Size.RADIUS_FIELD)
    values["menu_line"] = palette.control_line
    return _SHEET.substitute(values)
