"""What directions are called, and what is said of them.

Not responsible for showing it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ganstudio.project.direction import Direction, Origin
from ganstudio.project.point import BANDS, Band
from ganstudio.studio.direction_rows import DirectionRow

__all__ = ["band_words", "row_name", "row_tip", "said_range"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("DirectionWords", text)


def row_name(row: DirectionRow) -> str:
    """A person's name for it, or its number among those that were found here."""
    number = row.number
    return row.kept.direction.name or (
        _tr("Direction {n}").format(n=number) if number else _tr("Direction")
    )


def said_range(direction: Direction, times: float = 1.0) -> str:
    """Both ends of a slider: "-3.0 to +4.0"."""
    low, high = (f"{times * end:+.1f}".replace("-", "\u2212") for end in _ends(direction))
    return _tr("{low} to {high}").format(low=low, high=high)


def _ends(direction: Direction) -> tuple[float, float]:
    return direction.low, direction.high


def band_words() -> dict[Band | None, tuple[str, str]]:
    """What each limit to layers is called, and what it means."""
    coarse, middle, fine = BANDS
    return {
        None: (_tr("All layers"), _tr("It moves everything.")),
        coarse: (_tr("Coarse"), _tr("Where things are, and their shape. (4 to 8 pixels)")),
        middle: (_tr("Middle"), _tr("What things are. (16 to 32 pixels)")),
        fine: (_tr("Fine"), _tr("How they are painted. (64 pixels and more)")),
    }


def row_tip(row: DirectionRow) -> str:
    """What a row does, how it was found, or why it cannot be used."""
    reasons = {
        "checking": _tr("It was found in another moment; whether it still does the same is "
                        "being looked at."),
        "network": _tr("It was found in another network, so it leads nowhere here."),
        "lost": _tr("It was found in another moment, and nothing that it leads to now looks like "
                    "what it did then. Its own moment still has it."),
    }  # fmt: skip
    if row.state != "own":
        return f"{row_name(row)}. {reasons[row.state]}"
    lines = [f"{row_name(row)}. {_found_by(row.direction.origin)}"]
    if row.aligned:
        lines.append(_tr("Made anew, to do here what it did in another moment."))
    if row.kept.band is not None and row.bands:
        lines.append(_tr("Limited to {band} layers.").format(band=row.kept.band))
    lines.append(_tr("Drop a favourite here to take over this one quality."))
    return " ".join(lines)


def _found_by(origin: Origin) -> str:
    ways: dict[Origin, str] = {
        "pca": _tr("Changes the whole picture one way; the first ones change it most. "
                   "(Principal component, in standard deviations)"),
        "sefa": _tr("Changes the whole picture one way; the first ones change it most. "
                    "(From the weights, SeFa, in standard deviations)"),
        "marked": _tr("From the pictures that you marked. "
                      "(Logistic regression, in standard deviations)"),
        "between": _tr("From one place towards another. (In standard deviations of w)"),
        "kinds": _tr("From one kind towards another. (In standard deviations of w)"),
    }  # fmt: skip
    return ways[origin]
