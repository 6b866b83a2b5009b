"""What the second plot can show, as a table: what proves findings, and whatever else a person asks.

Not responsible for what a finding is, nor for where rows and scores come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.translate import marked
from ganstudio.desktop.widgets.loss_plot import LossPlot
from ganstudio.project.messages import MetricsRow
from ganstudio.project.quality import MomentScore

__all__ = ["PLOTS", "PROOFS", "Curve", "Proof", "append", "fill", "make_plot", "say_proof"]

_CONTEXT = "FindingProofs"


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a plot.

    Attributes:
        label: At its end.
        value: Of a row, or of a scored moment, None where it was not measured.
        token: Its colour.
        style: "solid", "dash" or "dot".
    """

    label: str
    value: Callable[[Any], float | None]
    token: str = "text_quiet"
    style: str = "solid"


@dataclass(frozen=True, slots=True)
class Proof:
    """One plot.

    Attributes:
        title: Over it, and in the list that it is chosen from.
        words: What a caption calls what it shows.
        curves: Its lines.
        of_moments: Whether they are made of scored moments; else of rows.
        percent: Whether they are shares of 1.
    """

    title: str
    words: str
    curves: tuple[Curve, ...]
    of_moments: bool = True
    percent: bool = False


def _copying(score: MomentScore) -> float | None:
    return score.score.copying.value if score.score.copying is not None else None


def _inspector(name: str) -> Callable[[MomentScore], float | None]:
    """A number of what the inspector makes of pictures at a moment."""

    def value(score: MomentScore) -> float | None:
        return None if score.inspector is None else float(getattr(score.inspector, name))

    return value


def _memorised(score: MomentScore) -> float | None:
    return score.inspector.memorised.value if score.inspector is not None else None


def _field(name: str) -> Callable[[MetricsRow], float | None]:
    return lambda row: getattr(row, name)


#: Evidence -> its plot; what is not in here is proved by the losses.
PROOFS: Mapping[str, Proof] = {
    "balance": Proof(
        marked(_CONTEXT, "How often a real picture beats a generated one"),
        marked(_CONTEXT, "the balance of the two"),
        (Curve(marked(_CONTEXT, "Balance"), _field("balance")),),
        of_moments=False,
        percent=True,
    ),
    "diversity": Proof(
        marked(_CONTEXT, "Variety of the generated pictures"),
        marked(_CONTEXT, "the variety"),
        (Curve(marked(_CONTEXT, "Variety"), lambda moment: moment.score.diversity),),
    ),
    "recall": Proof(
        marked(_CONTEXT, "Realism and coverage of the generated pictures"),
        marked(_CONTEXT, "the coverage"),
        (
            Curve(marked(_CONTEXT, "Coverage"), lambda moment: moment.score.recall.value),
            Curve(
                marked(_CONTEXT, "Realism"),
                lambda moment: moment.score.precision.value,
                style="dash",
            ),
        ),
        percent=True,
    ),
    "copying": Proof(
        marked(_CONTEXT, "Generated pictures that are nearly one of yours"),
        marked(_CONTEXT, "the share of copies"),
        (Curve(marked(_CONTEXT, "Copies"), _copying),),
        percent=True,
    ),
    "newness": Proof(
        marked(_CONTEXT, "Distance to the nearest of your pictures"),
        marked(_CONTEXT, "the distance to the nearest of yours"),
        (Curve(marked(_CONTEXT, "Newness"), lambda moment: moment.score.newness),),
    ),
    "memorised": Proof(
        marked(_CONTEXT, "How much the inspector knows by heart"),
        marked(_CONTEXT, "what the inspector knows by heart"),
        (Curve(marked(_CONTEXT, "By heart"), _memorised),),
        percent=True,
    ),
    "kernel": Proof(
        marked(_CONTEXT, "Distance of the generated pictures from yours"),
        marked(_CONTEXT, "the distance from your pictures"),
        (
            Curve(
                marked(_CONTEXT, "At most"),
                lambda moment: moment.score.kernel.interval[1],
                style="dot",
            ),
            Curve(marked(_CONTEXT, "Distance"), lambda moment: moment.score.kernel.value),
            Curve(
                marked(_CONTEXT, "At least"),
                lambda moment: moment.score.kernel.interval[0],
                style="dot",
            ),
        ),
    ),
}

_ROWS: Mapping[str, Proof] = {
    "gradients": Proof(
        marked(_CONTEXT, "How strongly both are pulled (gradient norms)"),
        marked(_CONTEXT, "the pull on both"),
        (
            Curve(marked(_CONTEXT, "Generator"), _field("gradient_g"), "generator"),
            Curve(marked(_CONTEXT, "Inspector"), _field("gradient_d"), "inspector", "dash"),
        ),
        of_moments=False,
    ),
    "penalty": Proof(
        marked(_CONTEXT, "What steep slopes cost the inspector (penalty)"),
        marked(_CONTEXT, "the penalty"),
        (Curve(marked(_CONTEXT, "Penalty"), _field("penalty"), "inspector"),),
        of_moments=False,
    ),
    "augment": Proof(
        marked(_CONTEXT, "Share of pictures that are augmented"),
        marked(_CONTEXT, "the augmentation"),
        (Curve(marked(_CONTEXT, "Augmented"), _field("augment_p")),),
        of_moments=False,
        percent=True,
    ),
    "learning": Proof(
        marked(_CONTEXT, "Learning speed"),
        marked(_CONTEXT, "the learning speed"),
        (Curve(marked(_CONTEXT, "Speed"), _field("learning_rate")),),
        of_moments=False,
    ),
    "rate": Proof(
        marked(_CONTEXT, "Pictures a second"),
        marked(_CONTEXT, "how fast it trains"),
        (Curve(marked(_CONTEXT, "Rate"), _field("images_per_s")),),
        of_moments=False,
    ),
    "memory": Proof(
        marked(_CONTEXT, "Memory, in MB"),
        marked(_CONTEXT, "the memory that training takes"),
        (
            Curve(marked(_CONTEXT, "Program"), _field("memory_mb")),
            Curve(marked(_CONTEXT, "On the GPU"), _field("gpu_memory_mb"), style="dash"),
        ),
        of_moments=False,
    ),
}

#: Everything that the second plot can show in place of the scores.
PLOTS: Mapping[str, Proof] = {
    **PROOFS,
    "held-out": Proof(
        marked(_CONTEXT, "What the inspector makes of learned, unseen and generated pictures"),
        marked(_CONTEXT, "the logits"),
        (
            Curve(marked(_CONTEXT, "Learned"), _inspector("learned"), "real"),
            Curve(marked(_CONTEXT, "Unseen"), _inspector("held_out"), "text_quiet", "dash"),
            Curve(marked(_CONTEXT, "Generated"), _inspector("generated"), "generator", "dot"),
        ),
    ),
    **_ROWS,
}


def say_proof(text: str) -> str:
    """A text of this table in the person's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def make_plot(proof: Proof, axis_label: str) -> LossPlot:
    """An empty plot."""
    plot = LossPlot(
        say_proof(proof.title),
        (0.0, 1.0) if proof.percent else None,
        "%" if proof.percent else "",
        axis_label,
        tools=False,
    )
    for curve in proof.curves:
        plot.add_series(curve.label, say_proof(curve.label), curve.token, curve.style)
    return plot


def fill(
    plot: LossPlot,
    proof: Proof,
    rows: Sequence[MetricsRow],
    scores: Iterable[MomentScore],
) -> None:
    """Give a plot its points; nothing is drawn before `redraw`."""
    source = sorted(scores, key=lambda score: score.images) if proof.of_moments else rows
    for curve in proof.curves:
        plot.set_series(curve.label, *_points(curve, source))


def append(plot: LossPlot, proof: Proof, rows: Sequence[MetricsRow]) -> None:
    """Add rows at the end, where it is made of rows; nothing is drawn before `redraw`."""
    if not proof.of_moments:
        for curve in proof.curves:
            plot.append(curve.label, *_points(curve, rows))


def _points(
    curve: Curve, source: Sequence[MetricsRow] | Sequence[MomentScore]
) -> tuple[np.ndarray, np.ndarray]:
    found = [(one.images, curve.value(one)) for one in source]
    table = np.array([pair for pair in found if pair[1] is not None], dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]
