"""A score that nobody measured, for tests and pictures of what shows or keeps one."""

from __future__ import annotations

from ganstudio.project.quality import Estimate, QualityScore


def invented_score(
    precision: float = 0.6,
    recall: float = 0.72,
    copying: Estimate | None = None,
    kernel: float = 12.0,
    frechet: float = 80.0,
) -> QualityScore:
    return QualityScore(
        precision=Estimate(precision, 0.05),
        recall=Estimate(recall, 0.05),
        copying=copying,
        kernel=Estimate(kernel, 2.0),
        frechet=Estimate(frechet, 4.0),
        density=0.9,
        coverage=0.9,
        sliced=20.0,
        colors=3.0,
    )
