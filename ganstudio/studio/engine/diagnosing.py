"""The training doctor's findings about a run.

Not responsible for threads: whoever asks may do so from any, and nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ganstudio.project.findings import Finding, left_alone
from ganstudio.project.messages import MetricsRow
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder

__all__ = ["diagnose"]


def diagnose(
    run: RunFolder, rows: Sequence[MetricsRow], scores: Iterable[MomentScore]
) -> tuple[list[Finding], frozenset[str]]:
    """What is going on in a run, and which findings a person left alone.

    Args:
        run: Its recipe, events and kept moments are read.
        rows: Of its metrics, as they are known.
        scores: Of its moments, as they are known.

    Returns:
        Findings as of `quality.doctor.examine`, and codes.

    Raises:
        UserError: If its recipe cannot be read.
    """
    from ganstudio.quality.doctor import examine

    events = run.events()
    kept = [*run.checkpoints(), *run.snapshots()]
    found = examine(rows, scores, run.recipe_now(), events=events, kept=kept)
    return found, left_alone(events)
