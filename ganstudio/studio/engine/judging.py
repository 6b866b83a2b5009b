"""Scoring moments of a run against its own pictures.

Not responsible for threads, nor for what the scores mean (`quality`): a judge belongs to the thread
that made it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

from ganstudio.pictures import indices_of, open_training_set
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Pictures
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import all_at_once
from ganstudio.studio.engine.models import LoadedModel, points_of_seeds

__all__ = ["Judge"]


class Judge:
    """Knows the pictures of one run and scores what its generator draws.

    Args:
        project: Whose run it is.
        run: The run.
        decode: Whether pictures that its cache has lost are decoded anew, which may take long.

    Raises:
        UserError: "too-few-to-score", or if the pictures cannot be read.
    """

    def __init__(self, project: Project, run: RunFolder, *, decode: bool = True) -> None:
        from ganstudio.quality.score import LEAST_REAL, MOST_LEARNED, Reference

        with open_training_set(project, decode=decode) as pictures:
            learned = indices_of(pictures.hashes, run.training_hashes())[:MOST_LEARNED]
            held_out = indices_of(pictures.hashes, run.info().held_out)
            if max(len(learned), len(held_out)) < LEAST_REAL:
                raise UserError("too-few-to-score", least=LEAST_REAL)
            self._reference = Reference(pictures.gather(held_out), pictures.gather(learned))

    @property
    def honest(self) -> bool:
        """Whether it compares with pictures that the run never saw."""
        return self._reference.honest

    @property
    def tells_copies(self) -> bool:
        """Whether scores from now on say how much is copied."""
        return self._reference.tells_copies

    def look_for_copies(self) -> Iterator[None]:
        """Look at the pictures that were learned from, slice by slice."""
        return self._reference.look_for_copies()

    def score(self, model: Path) -> MomentScore:
        """The whole score of a `generator.safetensors`, at once."""
        for _ in self.look_for_copies():
            pass
        return all_at_once(self.scoring(model))

    def scoring(self, model: Path) -> Generator[None, None, MomentScore]:
        """Score a `generator.safetensors` (seeds 0, 1, 2 ... at diversity 1), slice by slice.

        Raises:
            UserError: If it cannot be read.
        """
        loaded = LoadedModel(model)

        def draw(start: int, stop: int) -> Pictures:
            return loaded.render(points_of_seeds(loaded, range(start, stop), 1.0))

        reference = self._reference
        score = yield from reference.scoring(reference.wanted, draw)
        return MomentScore(
            images=loaded.images,
            score=score,
            own=reference.own,
            drawn=reference.wanted,
            real=reference.count,
            honest=reference.honest,
        )
