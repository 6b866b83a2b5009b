"""Scoring moments of a run against its own pictures.

Not responsible for threads, nor for what the scores mean (`quality`): a judge belongs to the thread
that made it.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ganstudio.pictures import TrainingSet, indices_of, open_training_set
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.kinds import kind_of_seed
from ganstudio.project.messages import Pictures, Progress
from ganstudio.project.point import LatentPoint
from ganstudio.project.quality import Fid, InspectorReading, MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import all_at_once
from ganstudio.studio.engine.models import LoadedModel

if TYPE_CHECKING:
    from ganstudio.quality.fid import FidReference
    from ganstudio.quality.score import Pile

__all__ = ["Judge", "RunPictures", "inception_digest"]

logger = logging.getLogger(__name__)


def inception_digest(weights: Path) -> str:
    """Read a file of Inception weights, and say by what their FIDs are known; half a second.

    Raises:
        UserError: If it is not there, or not the network that FID is defined by.
    """
    from ganstudio.quality.inception import Inception

    return Inception(weights).digest


class RunPictures:
    """The pictures of one run, as far as the project still has them.

    It only reads: pictures that the project's cache has lost are not decoded anew, and those that
    were left out since the run began are left out here too.

    Args:
        project: Whose run it is.
        run: The run.

    Raises:
        UserError: "score-other-pictures" if the project's pictures are framed otherwise now,
            "score-needs-cache", or if the list cannot be read.

    Attributes:
        all: The project's pictures.
        learned: Places in it of those that the run learned from.
        held_out: Places of those that it never saw.
    """

    def __init__(self, project: Project, run: RunFolder) -> None:
        self.all: TrainingSet = open_training_set(project, decode=False)
        network = run.recipe().network
        if self.all.shape[1:] != (*network.shape[1:], network.shape[0]):
            raise UserError("score-other-pictures")
        if self.all.missing:
            raise UserError("score-needs-cache")
        self.learned = indices_of(self.all.hashes, run.training_hashes())
        self.held_out = indices_of(self.all.hashes, run.info().held_out)
        self._run = run

    def kinds_of(self, places: npt.NDArray[np.int64]) -> list[int] | None:
        """The number of each picture's kind; None if the run knows no kinds."""
        return self._run.kinds_of([self.all.hashes[place] for place in places])

    def pile(self, places: npt.NDArray[np.int64]) -> Pile:
        """Some of them, to be taken a handful at a time."""
        from ganstudio.quality.score import Pile

        return Pile(len(places), lambda start, stop: self.all.gather(places[start:stop]))

    def close(self) -> None:
        """Let go of the cache."""
        self.all.close()


class Judge:
    """Knows the pictures of one run and scores what its generator draws.

    Args:
        project: Whose run it is.
        run: The run.

    Raises:
        UserError: "too-few-to-score", or as `RunPictures`.
    """

    def __init__(self, project: Project, run: RunFolder) -> None:
        from ganstudio.quality.memorised import MOST_JUDGED
        from ganstudio.quality.score import LEAST_REAL, Reference

        self._pictures = pictures = RunPictures(project, run)
        learned, held_out = pictures.learned, pictures.held_out
        if max(len(learned), len(held_out)) < LEAST_REAL:
            raise UserError("too-few-to-score", least=LEAST_REAL)
        self._reference = Reference(pictures.pile(held_out), pictures.pile(learned))
        self._real = held_out if self._reference.honest else learned
        self._kinds = pictures.kinds_of(self._real)
        self._learned_kinds = pictures.kinds_of(learned[:MOST_JUDGED])
        self._ground = project.pictures().framing.background
        self._fid: FidReference | None = None

    @property
    def can_tell_copies(self) -> bool:
        """Whether there is anything to tell copies by."""
        return self._reference.can_tell_copies

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

        Kinds are drawn as often as they are among the pictures it is compared with.

        Raises:
            UserError: If it cannot be read.
        """
        loaded, reference = LoadedModel(model), self._reference
        drawn = self._drawn_by(loaded)
        score = yield from reference.scoring(drawn)
        inspector = (yield from self._ask_inspector(model, drawn)) if reference.honest else None
        return MomentScore(
            images=loaded.images,
            score=score,
            own=reference.own,
            drawn=reference.wanted,
            real=reference.count,
            honest=reference.honest,
            inspector=inspector,
        )

    def take_inception(self, weights: Path) -> str:
        """Measure FIDs with these weights from now on; returns their digest.

        Raises:
            UserError: As `inception_digest`.
        """
        from ganstudio.quality.fid import FidReference
        from ganstudio.quality.inception import Inception

        real = self._pictures.pile(self._real)
        self._fid = FidReference(Inception(weights), real, self._ground)
        return self._fid.digest

    def measuring_fid(self, model: Path) -> Generator[Progress, None, Fid]:
        """The FID of a `generator.safetensors`, drawn as for the score, a picture at a time.

        It needs `take_inception` before.

        Raises:
            UserError: If the model cannot be read.
        """
        assert self._fid is not None
        return (yield from self._fid.measuring(self._drawn_by(LoadedModel(model))))

    def _drawn_by(self, loaded: LoadedModel) -> Pile:
        """What a model draws, as many as are worth comparing."""
        from ganstudio.quality.score import Pile

        def draw(start: int, stop: int) -> Pictures:
            return loaded.render([self._point(seed, loaded) for seed in range(start, stop)])

        return Pile(self._reference.wanted, draw)

    def _ask_inspector(
        self, model: Path, drawn: Pile
    ) -> Generator[None, None, InspectorReading | None]:
        """What the inspector beside a model makes of pictures; None if it cannot be asked."""
        from ganstudio.quality.memorised import Judged, inspector_reading

        pictures = self._pictures
        kinds = self._kinds and [
            self._kinds[place % len(self._kinds)] for place in range(drawn.count)
        ]
        try:
            return (
                yield from inspector_reading(
                    model,
                    Judged(pictures.pile(pictures.learned), self._learned_kinds),
                    Judged(pictures.pile(pictures.held_out), self._kinds),
                    Judged(drawn, kinds),
                )
            )
        except UserError as error:  # the score of what is drawn stands without it
            logger.info("no inspector beside %s: %s", model, error)
            return None

    def close(self) -> None:
        """Let go of the cache."""
        self._pictures.close()

    def _point(self, seed: int, model: LoadedModel) -> LatentPoint:
        kind = kind_of_seed(seed, len(model.kinds))
        if self._kinds:
            kind = self._kinds[seed % len(self._kinds)]
        return LatentPoint(seed_x=seed, kind=kind)
