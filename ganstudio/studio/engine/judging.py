"""Scoring moments of a run against its own pictures.

Not responsible for threads, nor for what the scores mean (`quality`): a judge belongs to the thread
that made it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ganstudio.pictures import indices_of, open_training_set
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from ganstudio.studio.engine.models import generate

if TYPE_CHECKING:
    from ganstudio.quality.score import QualityScore

__all__ = ["Judge"]


class Judge:
    """Knows the pictures of one run and scores what its generator draws.

    Args:
        project: Whose run it is; its cache is read, and made anew where it is gone.
        run: The run.

    Raises:
        UserError: "too-few-to-score", or if the pictures cannot be read.

    Attributes:
        own: The score of as many pictures that were learned from; None where none are held out.
        honest: Whether it compares with pictures that the run never saw.
        real: How many pictures it compares with.
        drawn: How many generated pictures it looks at.
    """

    def __init__(self, project: Project, run: RunFolder) -> None:
        from ganstudio.quality.score import LEAST_REAL, MOST_LEARNED, Reference

        with open_training_set(project) as pictures:
            learned = indices_of(pictures.hashes, run.training_hashes())[:MOST_LEARNED]
            held_out = indices_of(pictures.hashes, run.info().held_out)
            if max(len(learned), len(held_out)) < LEAST_REAL:
                raise UserError("too-few-to-score", least=LEAST_REAL)
            self._reference = Reference(pictures.gather(held_out), pictures.gather(learned))
        self.honest = self._reference.honest
        self.real, self.drawn = self._reference.count, self._reference.wanted
        self.own: QualityScore | None = self._reference.own()

    def score(self, model: Path) -> QualityScore:
        """Draw with a `generator.safetensors` (seeds 0, 1, 2 ... at diversity 1) and score that."""
        return self._reference.score(generate(model, range(self.drawn), 1.0))
