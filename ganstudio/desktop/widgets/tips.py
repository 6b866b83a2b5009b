"""Tooltips: what it does, then the technical term.

Not responsible for the style of the tooltip: `style_sheet` has it.
"""

from __future__ import annotations

from html import escape

from ganstudio.desktop import theme

__all__ = ["plain", "tip"]


def plain(text: str) -> str:
    """Words from anywhere, such as a name out of a file: never read as rich text."""
    return tip(text) if "<" in text else text


def tip(what: str, term: str = "") -> str:
    """Rich text that wraps; the term stands below in the quiet colour."""
    if not term:
        return f"<qt>{escape(what)}</qt>"
    quiet = theme.current().tooltip_quiet
    return f'<qt>{escape(what)}<br><span style="color:{quiet}">{escape(term)}</span></qt>'
