"""The plot of what proves a finding: it takes the place of the scores while the finding is shown.

Not responsible for what a finding is, nor for where rows and scores come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.translate import marked
from ganstudio.desktop.widgets.loss_plot import LossPlot
from ganstudio.project.messages import MetricsRow
from ganstudio.project.quality import MomentScore

__all__ = ["PROOFS", "Proof", "append", "fill", "make_plot", "say_proof"]

_CONTEXT = "FindingProofs"
_NAME = "proof"


@dataclass(frozen=True, slots=True)
class Proof:
    """One series that can prove a finding.

    Attributes:
        title: Over the plot.
        label: At the end of its line.
        words: What a caption calls it.
        scored: Its value of a scored moment, None where it was not measured; None for a series of
            rows, which goes by its name.
        percent: Whether it is a share of 1.
    """

    title: str
    label: str
    words: str
    scored: Callable[[MomentScore], float | None] | None = None
    percent: bool = False


def _copying(score: MomentScore) -> float | None:
    return score.score.copying.value if score.score.copying is not None else None


def _memorised(score: MomentScore) -> float | None:
    return score.inspector.memorised.value if score.inspector is not None else None


#: Evidence -> its plot; what is not in here is proved by the losses.
PROOFS: Mapping[str, Proof] = {
    "balance": Proof(
        marked(_CONTEXT, "How often a real picture beats a generated one"),
        marked(_CONTEXT, "Balance"),
        marked(_CONTEXT, "the balance of the two"),
        percent=True,
    ),
    "diversity": Proof(
        marked(_CONTEXT, "Variety of the generated pictures"),
        marked(_CONTEXT, "Variety"),
        marked(_CONTEXT, "the variety"),
        lambda score: score.score.diversity,
    ),
    "copying": Proof(
        marked(_CONTEXT, "Generated pictures that are nearly one of yours"),
        marked(_CONTEXT, "Copies"),
        marked(_CONTEXT, "the share of copies"),
        _copying,
        percent=True,
    ),
    "newness": Proof(
        marked(_CONTEXT, "Distance to the nearest of your pictures"),
        marked(_CONTEXT, "Newness"),
        marked(_CONTEXT, "the distance to the nearest of yours"),
        lambda score: score.score.newness,
    ),
    "memorised": Proof(
        marked(_CONTEXT, "How much the inspector knows by heart"),
        marked(_CONTEXT, "By heart"),
        marked(_CONTEXT, "what the inspector knows by heart"),
        _memorised,
        percent=True,
    ),
    "kernel": Proof(
        marked(_CONTEXT, "Distance of the generated pictures from yours"),
        marked(_CONTEXT, "Distance"),
        marked(_CONTEXT, "the distance from your pictures"),
        lambda score: score.score.kernel.value,
    ),
}


def say_proof(text: str) -> str:
    """A text of this table in the person's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def make_plot(proof: Proof, axis_label: str) -> LossPlot:
    """An empty plot for a proof."""
    plot = LossPlot(
        say_proof(proof.title),
        (0.0, 1.0) if proof.percent else None,
        "%" if proof.percent else "",
        axis_label,
        tools=False,
    )
    plot.add_series(_NAME, say_proof(proof.label), "text_quiet")
    return plot


def append(plot: LossPlot, evidence: str, rows: Sequence[MetricsRow]) -> None:
    """Add rows at the end, where the evidence is a field of theirs."""
    if PROOFS[evidence].scored is None:
        clocks = np.array([row.images for row in rows], dtype=float)
        plot.append(_NAME, clocks, np.array([getattr(row, evidence) for row in rows], dtype=float))


def fill(
    plot: LossPlot,
    evidence: str,
    rows: Sequence[MetricsRow],
    scores: Iterable[MomentScore],
) -> None:
    """Give a plot its points; nothing is drawn before `redraw`."""
    scored = PROOFS[evidence].scored
    if scored is None:
        points = [(row.images, getattr(row, evidence)) for row in rows]
    else:
        found = ((score.images, scored(score)) for score in scores)
        points = [(clock, value) for clock, value in found if value is not None]
    table = np.array(sorted(points), dtype=float).reshape(-1, 2)
    plot.set_series(_NAME, table[:, 0], table[:, 1])
