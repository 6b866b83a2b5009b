"""Tooltips: what it does, then the technical term.

Not responsible for the style of the tooltip: `style_sheet` has it.
"""

from __future__ import annotations

from html import escape

from ganstudio.desktop import theme

__all__ = ["tip"]


def tip(what: str, term: str = "") -> str:
    """Rich text that wraps; the term stands below in the quiet colour."""
    if not term:
        return f"<p>{escape(what)}</p>"
    quiet = theme.current().tooltip_quiet
    return f'<p>{escape(what)}<br><span style="color:{quiet}">{escape(term)}</span></p>'
