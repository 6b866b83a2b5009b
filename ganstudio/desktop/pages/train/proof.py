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
    of_moments: bool
    percent: bool


def _marked(text: str) -> str:
    return marked(_CONTEXT, text)


def _at(path: str) -> Callable[[Any], float | None]:
    """What stands at a dotted path, where numbers are places; None if the way there ends early."""

    def value(found: Any) -> float | None:
        for step in path.split("."):
            if found is None:
                return None
            found = found[int(step)] if step.isdigit() else getattr(found, step)
        return None if found is None else float(found)

    return value


def _line(label: str, path: str, token: str = "text_quiet", style: str = "solid") -> Curve:
    return Curve(_marked(label), _at(path), token, style)


def _of_moments(title: str, words: str, *curves: Curve, percent: bool = False) -> Proof:
    return Proof(_marked(title), _marked(words), curves, of_moments=True, percent=percent)


def _of_rows(title: str, words: str, *curves: Curve, percent: bool = False) -> Proof:
    return Proof(_marked(title), _marked(words), curves, of_moments=False, percent=percent)


# lupdate reads the texts below by the aliases `-tr-function-alias marked+=_line` and so on.
# fmt: off
#: Evidence -> its plot; what is not in here is proved by the losses.
PROOFS: Mapping[str, Proof] = {
    "balance": _of_rows(
        "How often a real picture beats a generated one", "the balance of the two",
        _line("Balance", "balance"), percent=True),
    "diversity": _of_moments(
        "Variety of the generated pictures", "the variety",
        _line("Variety", "score.diversity")),
    "recall": _of_moments(
        "Realism and coverage of the generated pictures", "the coverage",
        _line("Coverage", "score.recall.value"),
        _line("Realism", "score.precision.value", style="dash"), percent=True),
    "copying": _of_moments(
        "Generated pictures that are nearly one of yours", "the share of copies",
        _line("Copies", "score.copying.value"), percent=True),
    "newness": _of_moments(
        "Distance to the nearest of your pictures", "the distance to the nearest of yours",
        _line("Newness", "score.newness")),
    "memorised": _of_moments(
        "How much the inspector knows by heart", "what the inspector knows by heart",
        _line("By heart", "inspector.memorised.value"), percent=True),
    "kernel": _of_moments(
        "Distance of the generated pictures from yours", "the distance from your pictures",
        _line("At most", "score.kernel.interval.1", style="dot"),
        _line("Distance", "score.kernel.value"),
        _line("At least", "score.kernel.interval.0", style="dot")),
}

#: Everything that the second plot can show in place of the scores.
PLOTS: Mapping[str, Proof] = {
    **PROOFS,
    "held-out": _of_moments(
        "What the inspector makes of learned, unseen and generated pictures", "the logits",
        _line("Learned", "inspector.learned", "real"),
        _line("Unseen", "inspector.held_out", "text_quiet", "dash"),
        _line("Generated", "inspector.generated", "generator", "dot")),
    "gradients": _of_rows(
        "How strongly both are pulled (gradient norms)", "the pull on both",
        _line("Generator", "gradient_g", "generator"),
        _line("Inspector", "gradient_d", "inspector", "dash")),
    "penalty": _of_rows(
        "What steep slopes cost the inspector (penalty)", "the penalty",
        _line("Penalty", "penalty", "inspector")),
    "augment": _of_rows(
        "Share of pictures that are augmented", "the augmentation",
        _line("Augmented", "augment_p"), percent=True),
    "learning": _of_rows(
        "Learning speed", "the learning speed",
        _line("Speed", "learning_rate")),
    "rate": _of_rows(
        "Pictures a second", "how fast it trains",
        _line("Rate", "images_per_s")),
    "memory": _of_rows(
        "Memory, in MB", "the memory that training takes",
        _line("Program", "memory_mb"),
        _line("On the GPU", "gpu_memory_mb", style="dash")),
}
# fmt: on


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
