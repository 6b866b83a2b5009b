"""Who plays the tournament: what is proposed, and what a person made of it.

Not responsible for showing it (`players`), nor for reading runs (`project.tournament`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ganstudio.project.tournament import Player, RunMoments, guests, usual

__all__ = ["FEWEST", "MOST", "Lineup"]

#: One moment alone says nothing, and of more than this no matrix can be read.
FEWEST, MOST = 2, 12


@dataclass(slots=True)
class Lineup:
    """Moments that are offered, and those of them that play.

    Attributes:
        runs: What can play; the first one is the run that is looked at.
        offered: Moments with a tick box, by the run's folder.
        ticked: Those that play.
        touched: Whether a person changed what was proposed.
    """

    runs: tuple[RunMoments, ...] = ()
    offered: dict[Path, set[int]] = field(default_factory=dict)
    ticked: set[tuple[Path, int]] = field(default_factory=set)
    touched: bool = False

    def take(self, runs: tuple[RunMoments, ...], keep: bool = False) -> None:
        """Other moments are there now: what a person chose stays, where it can.

        Args:
            runs: What can play now.
            keep: What was only proposed stays too.
        """
        another = not self.runs or not runs or self.runs[0].folder != runs[0].folder
        self.runs = runs
        if another or not (self.touched or keep):
            self.reset()
            return
        there = {run.folder: set(run.clocks) for run in runs if run.fits}
        self.ticked = {(run, clock) for run, clock in self.ticked if clock in there.get(run, ())}
        self.offered = {
            run: clocks & there[run] for run, clocks in self.offered.items() if run in there
        }

    def reset(self) -> None:
        """What is proposed: of the run that is looked at an even spread, the best, the newest."""
        self.touched = False
        self.offered, self.ticked = {}, set()
        if self.runs:
            self._invite(self.runs[0], usual(self.runs[0]))

    @property
    def can_play(self) -> bool:
        """Whether there are enough moments at all, ticked or not."""
        return sum(len(run.clocks) for run in self.runs if run.fits) >= FEWEST

    @property
    def is_usual(self) -> bool:
        """Whether those play that would be proposed now."""
        own = self.runs[:1]
        return self.ticked == {(run.folder, clock) for run in own for clock in usual(run)}

    def plays(self, run: RunMoments) -> bool:
        """Whether any moment of a run plays."""
        return any(folder == run.folder for folder, _ in self.ticked)

    def set_run(self, run: RunMoments, on: bool) -> None:
        """Have the usual moments of a run play, or none of it."""
        self.touched = True
        own = run.folder == self.runs[0].folder
        if on:
            self._invite(run, usual(run) if own else guests(run))
        else:
            self.ticked = {place for place in self.ticked if place[0] != run.folder}
            if not own:
                self.offered.pop(run.folder, None)

    def set_moment(self, run: RunMoments, clock: int, on: bool) -> None:
        """Have a moment play, or not; one that was not offered is from now on."""
        self.touched = True
        self.offered.setdefault(run.folder, set()).add(clock)
        if on:
            self.ticked.add((run.folder, clock))
        else:
            self.ticked.discard((run.folder, clock))

    def rest(self) -> list[tuple[RunMoments, int]]:
        """Moments without a tick box, of the runs that have some with one; the newest first."""
        return [
            (run, clock)
            for run in self.runs
            if run.folder in self.offered
            for clock in reversed(run.clocks)
            if clock not in self.offered[run.folder]
        ]

    def players(self) -> tuple[Player, ...]:
        """Who plays: run by run, by the clock."""
        return tuple(
            Player(run.folder, run.name, clock)
            for run in self.runs
            for clock in run.clocks
            if (run.folder, clock) in self.ticked
        )

    def _invite(self, run: RunMoments, clocks: tuple[int, ...]) -> None:
        self.offered.setdefault(run.folder, set()).update(clocks)
        self.ticked.update((run.folder, clock) for clock in clocks)
