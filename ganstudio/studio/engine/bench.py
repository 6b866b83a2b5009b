"""The inspector's bench: one moment of a run judges pictures that it has not shown before.

Not responsible for threads, nor for what a person makes of it: a bench belongs to the thread that
made it, and works in slices.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ganstudio.pictures import read_folder
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.judging import (
    Court,
    FolderJudged,
    HeatMap,
    JudgedPicture,
    Nearest,
    Neighbour,
    Pile,
    Round,
)
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import LatentPoint
from ganstudio.project.runs import RunFolder
from ganstudio.studio.engine.judging import RunPictures
from ganstudio.studio.engine.models import LoadedModel

if TYPE_CHECKING:
    from ganstudio.quality.likeness import Likeness

__all__ = ["Bench"]

#: Pictures of each kind in the reference pile, which says where 50 % is.
_REFERENCE = 256
#: Pictures of each kind in a pile: as many as are there to be seen again later, but enough to look.
_PILE, _LEAST_PILE, _PILE_BYTES = 100, 16, 48_000_000
#: Pictures that are drawn and judged in one slice: a multiple of every network's group.
_HANDFUL = 16
_NEIGHBOURS = 5
_MOST_IN_FOLDER = 400
#: Seeds that Train shows all the time are no surprise, and from 1e9 on no `LatentPoint` leads.
_SEEDS = (64, 1_000_000_000)
#: Of each kind in a round, and how strongly its changes are shown: to about half of the range.
_ROUND, _VISIBLE = 4, 110.0

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A picture to be judged: a place in the training set, or a seed."""

    kind: int
    place: int = -1
    seed: int | None = None


class Bench:
    """Both networks of one moment, and pictures that neither of them learns from.

    Real pictures are those the run holds out, where there are any; else those it learns from. They
    come in turn, so that one is seen again only when all were; generated ones never come twice.

    Args:
        project: Whose run it is.
        run: The run.
        clock: Of a snapshot.
        seed: All chance of the bench derives from it.

    Raises:
        UserError: As `RunPictures` and `LoadedModel`; "no-pictures" if nothing is left of them.
    """

    def __init__(self, project: Project, run: RunFolder, clock: int, seed: int) -> None:
        from ganstudio.gan.inspecting import Inspector

        self._project, self._run, self._clock = project, run, clock
        self._model_path = run.snapshot_folder(clock) / "generator.safetensors"
        self._model = LoadedModel(self._model_path)
        self._inspector = Inspector(self._model_path)
        self._pictures = RunPictures(project, run)
        self._honest = len(self._pictures.held_out) > 0
        self._places = self._pictures.held_out if self._honest else self._pictures.learned
        if len(self._places) == 0:
            raise UserError("no-pictures")
        kinds = self._pictures.kinds_of(self._places) or [0] * len(self._places)
        self._kind_of = dict(zip(self._places.tolist(), kinds, strict=True))
        self._chance = np.random.default_rng(seed)
        self._unseen: list[int] = []
        self._shown: set[int] = set()
        self._seeds: set[int] = set()
        self._likeness: Likeness | None = None
        self.court: Court | None = None

    def close(self) -> None:
        """Let go of the pictures."""
        self._pictures.close()

    # -- judging ---------------------------------------------------------------------------------

    def convening(self) -> Generator[None, None, Court]:
        """Find out where 50 % is and how well the inspector can tell, on a pile nobody is shown."""
        from ganstudio.quality.score import share

        count = min(_REFERENCE, len(self._places))
        reals = self._chance.choice(self._places, count, replace=False).tolist()
        entries = self._jumbled([self._real(p) for p in reals], self._generated(_REFERENCE))
        logits, _ = yield from self._judging(entries, keep=False)
        is_real = np.array([entry.seed is None for entry in entries])
        middle, balance = self._inspector.told_apart(logits[is_real], logits[~is_real])
        right = float(np.mean((logits > middle) == is_real))
        self.court = Court(
            images=self._inspector.images,
            middle=middle,
            right=share(right, len(entries)),
            balance=balance,
            real=count,
            generated=_REFERENCE,
            honest=self._honest,
            available=len(self._places),
        )
        return self.court

    def piling(self) -> Generator[None, None, Pile]:
        """A fresh pile, half of it real."""
        available = len(self._places)
        fits = _PILE_BYTES // (2 * int(np.prod(self._pictures.all.shape[1:])))
        count = min(available, max(_LEAST_PILE, min(_PILE, fits, available // 2)))
        return (yield from self._piled(count, self._generated(count)))

    def dealing(self, count: int) -> Generator[None, None, Pile]:
        """A fresh pile for a game: a coin decides of each picture whether it is real.

        So nobody can count, and whoever guesses is right as often as a coin is.
        """
        reals = int(self._chance.binomial(count, 0.5))
        return (yield from self._piled(reals, self._generated(count - reals)))

    def explaining(self, pile: Pile, index: int) -> Generator[None, None, HeatMap]:
        """Which parts of a picture of a pile the inspector's score rests on."""
        group = self._inspector.group
        start = min(index // group * group, max(0, len(pile.cards) - group))
        some = slice(start, start + group)
        kinds = [card.kind for card in pile.cards[some]]
        weights = yield from self._inspector.explaining(pile.pictures[some], kinds, index - start)
        weights.flags.writeable = False
        return HeatMap(index, weights)

    def finding_nearest(self, pile: Pile, index: int) -> Generator[int, None, Nearest]:
        """The pictures that were learned from which are most like one of a pile.

        Yields:
            How many of them were looked at so far; they are looked at only once.
        """
        likeness = self._known()
        for _ in likeness.look():
            yield likeness.searched
        found = likeness.nearest(pile.pictures[index], _NEIGHBOURS)
        places = [int(self._pictures.learned[number]) for number in found.numbers]
        seen = frozen_pictures(self._pictures.all.gather(places))
        names = self._pictures.all.names
        neighbours = tuple(
            Neighbour(picture, names[place], distance)
            for picture, place, distance in zip(seen, places, found.distances, strict=True)
        )
        return Nearest(index, neighbours, likeness.limit, likeness.searched)

    def judging_folder(self, folder: Path) -> Generator[None, None, FolderJudged]:
        """Judge the pictures of any folder; each as the kind that suits it best.

        Raises:
            UserError: "no-such-source", "no-pictures-here", or "no-usable-picture" if none can be
                read.
        """
        court = yield from self._convened()
        total, files = read_folder(folder, self._project.pictures().framing)
        names: list[str] = []
        pictures: list[Pictures] = []
        left_out: list[tuple[str, str]] = []
        for file in files:
            if len(pictures) == _MOST_IN_FOLDER:
                break
            if file.pixels is None:
                left_out.append((file.name, file.problem))
            else:
                names.append(file.name)
                pictures.append(file.pixels)
            yield
        if total == 0:
            raise UserError("no-pictures-here", path=folder)
        if not pictures:
            first = left_out[0][1]
            raise UserError(
                "no-usable-picture", path=folder, total=total, small=0, other=total, first=first
            )
        stacked = np.stack(pictures)
        logits = yield from self._best_kind(stacked)
        order = np.argsort(logits, kind="stable")
        return FolderJudged(
            folder=folder.name,
            pictures=frozen_pictures(stacked[order]),
            names=tuple(names[place] for place in order),
            scores=tuple(_score(logits[order], court.middle).tolist()),
            left_out=tuple(left_out),
            more=total - len(pictures) - len(left_out),
        )

    def playing_round(self) -> Generator[None, None, Round]:
        """One round of the game, on copies; nothing is written, nothing of this bench changes."""
        from ganstudio.gan.slow_round import play_slowly

        places, _ = self._next_reals(_ROUND)
        kinds = [self._kind_of[place] for place in places]
        kept = self._run.checkpoints()
        near = min(kept, key=lambda clock: abs(clock - self._clock), default=None)
        found = play_slowly(
            self._model_path,
            None if near is None else self._run.checkpoint_folder(near),
            self._pictures.all.gather(places),
            kinds,
            int(self._chance.integers(*_SEEDS)),
        )
        yield
        order = self._chance.permutation(2 * len(places))
        reals = self._pictures.all.gather(places)
        changes, magnified = _changes(found.generated, found.redrawn)
        mine = [place - len(places) for place in order if place >= len(places)]
        return Round(
            images=found.images,
            pictures=frozen_pictures(np.concatenate([reals, found.generated])[order]),
            real=tuple(bool(place < len(places)) for place in order),
            before=tuple(np.concatenate(found.before)[order].tolist()),
            after=tuple(np.concatenate(found.after)[order].tolist()),
            redrawn=frozen_pictures(found.redrawn[mine]),
            redrawn_scores=tuple(found.redrawn_scores[mine].tolist()),
            changes=frozen_pictures(changes[mine]),
            magnified=magnified,
            loss=found.loss,
            learning_rate=found.learning_rate,
        )

    # -- what is judged --------------------------------------------------------------------------

    def _real(self, place: int) -> _Entry:
        return _Entry(self._kind_of[place], place=place)

    def _generated(self, count: int) -> list[_Entry]:
        """Seeds that were never drawn here, of kinds as usual among the real pictures."""
        found: list[_Entry] = []
        while len(found) < count:
            seed = int(self._chance.integers(*_SEEDS))
            if seed not in self._seeds:
                self._seeds.add(seed)
                place = int(self._chance.choice(self._places))
                found.append(_Entry(self._kind_of[place], seed=seed))
        return found

    def _next_reals(self, count: int) -> tuple[list[int], bool]:
        """The next real pictures in turn, and whether some of them were shown before."""
        taken: list[int] = []
        while len(taken) < count:
            if not self._unseen:
                fresh = self._chance.permutation(self._places).tolist()
                fresh.sort(key=lambda place: place not in taken)  # the last one comes first
                self._unseen = fresh
            taken.append(self._unseen.pop())
        again = any(place in self._shown for place in taken)
        self._shown.update(taken)
        return taken, again

    def _jumbled(self, reals: list[_Entry], generated: list[_Entry]) -> list[_Entry]:
        entries = reals + generated
        return [entries[place] for place in self._chance.permutation(len(entries))]

    def _piled(self, reals: int, generated: list[_Entry]) -> Generator[None, None, Pile]:
        court = yield from self._convened()
        places, again = self._next_reals(reals)
        entries = self._jumbled([self._real(place) for place in places], generated)
        logits, pictures = yield from self._judging(entries, keep=True)
        names = self._pictures.all.names
        cards = tuple(
            JudgedPicture(
                real=entry.seed is None,
                score=score,
                name=names[entry.place] if entry.seed is None else "",
                seed=entry.seed,
                kind=entry.kind,
            )
            for entry, score in zip(entries, _score(logits, court.middle).tolist(), strict=True)
        )
        return Pile(court, frozen_pictures(np.concatenate(pictures)), cards, again)

    def _convened(self) -> Generator[None, None, Court]:
        return self.court if self.court is not None else (yield from self.convening())

    def _judging(
        self, entries: Sequence[_Entry], keep: bool
    ) -> Generator[None, None, tuple[Numbers, list[Pictures]]]:
        """Logits of pictures in their order, and the pictures themselves where they are kept."""
        found: list[Numbers] = []
        kept: list[Pictures] = []
        for start in range(0, len(entries), _HANDFUL):
            some = entries[start : start + _HANDFUL]
            pictures = self._pictures_of(some)
            yield
            kinds = [entry.kind for entry in some]
            found.append((yield from self._inspector.looking(pictures, kinds)))
            if keep:
                kept.append(pictures)
        return np.concatenate(found), kept

    def _pictures_of(self, entries: Sequence[_Entry]) -> Pictures:
        pictures = np.empty((len(entries), *self._pictures.all.shape[1:]), np.uint8)
        real = [row for row, entry in enumerate(entries) if entry.seed is None]
        drawn = [row for row, entry in enumerate(entries) if entry.seed is not None]
        if real:
            pictures[real] = self._pictures.all.gather([entries[row].place for row in real])
        if drawn:
            points = [
                LatentPoint(seed_x=float(entries[row].seed or 0), kind=entries[row].kind)
                for row in drawn
            ]
            pictures[drawn] = self._model.render(points)
        return pictures

    def _best_kind(self, pictures: Pictures) -> Generator[None, None, Numbers]:
        """Logits of pictures of which nobody says which kind they are."""
        best = np.full(len(pictures), -np.inf)
        for kind in range(max(1, len(self._model.kinds))):
            logits = yield from self._inspector.looking(pictures, [kind] * len(pictures))
            best = np.maximum(best, logits)
        return best

    def _known(self) -> Likeness:
        from ganstudio.quality.likeness import Likeness

        if self._likeness is None:
            pile = self._pictures.pile
            held_out = self._pictures.held_out
            self._likeness = Likeness(pile(self._pictures.learned), pile(held_out))
        return self._likeness


def _score(logits: Numbers, middle: float) -> Numbers:
    """sigmoid(D(x) - c), without an overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * (logits - middle))))


def _changes(before: Pictures, after: Pictures) -> tuple[Pictures, float]:
    """What changed, on middle grey, so many times as strong that it can be seen."""
    apart = after.astype(np.float32) - before.astype(np.float32)
    strong = float(np.quantile(np.abs(apart), 0.99))
    times = float(max(1.0, round(_VISIBLE / strong))) if strong > 0 else 1.0
    shown = np.clip(128 + times * apart, 0, 255).astype(np.uint8)
    if shown.shape[-1] == 4:
        shown[..., 3] = 255
    return shown, times
