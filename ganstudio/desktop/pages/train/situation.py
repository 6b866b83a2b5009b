"""Where training of the run that is looked at stands: one plain value the page is drawn from.

Not responsible for moving between states (`studio.states`) nor for words (`steps`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.looking_on import where_and_when
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.studio.states import State

__all__ = ["Kind", "RunFacts", "Situation", "facts_of", "situation_of"]

Kind = Literal[
    "empty",
    "ready",
    "preparing",
    "running",
    "paused",
    "stopping",
    "stopped",
    "finished",
    "failed",
    "elsewhere",
    "watched",
]

_BY_STATE: dict[State, Kind] = {
    State.PREPARING: "preparing",
    State.RUNNING: "running",
    State.PAUSED: "paused",
    State.STOPPING: "stopping",
    State.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is on the disk about a run, read once.

    Attributes:
        saved: Clock of its newest checkpoint.
        weights: Weights of both networks, 0 if unknown.
    """

    info: RunInfo
    recipe: Recipe
    saved: int
    weights: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What is going on with the run that is looked at.

    Attributes:
        kind: Which of the page's states.
        clock: Pictures seen.
        target: Where it stops, None for "I stop it".
        pictures: How many there are to learn from.
        goes_on: Whether Start would go on with this run instead of beginning a new one.
        barred: Why nobody can start training here, in words; empty if one can.
        trained: Where another process trains this run, in words.
    """

    kind: Kind
    clock: int = 0
    target: int | None = None
    pictures: int = 0
    goes_on: bool = False
    barred: str = ""
    trained: str = ""

    @property
    def may_start(self) -> bool:
        """Whether Start is open."""
        return self.kind in ("ready", "stopped", "failed") and not self.barred

    @property
    def active(self) -> bool:
        """Whether a trainer thread works on this run."""
        return self.kind in ("preparing", "running", "paused", "stopping")

    @property
    def trains(self) -> bool:
        """Whether this run is trained, here or elsewhere."""
        return self.active or self.kind == "watched"

    @property
    def begun(self) -> bool:
        """Whether there is anything to show of a run."""
        waits = self.kind in ("empty", "ready")
        return not waits and not (self.kind == "preparing" and self.clock == 0)

    @property
    def fraction(self) -> float:
        """How far it is, 0 to 1; 0 where nobody knows the end."""
        return min(1.0, self.clock / self.target) if self.target else 0.0


def facts_of(run: RunFolder | None) -> RunFacts | None:
    """Read a run's small files; None if there is no run or it cannot be read."""
    if run is None:
        return None
    try:
        info, recipe = run.info(), run.recipe_now()
    except UserError:
        return None
    checkpoints = run.checkpoints()
    return RunFacts(info, recipe, checkpoints[-1] if checkpoints else 0, _weights(run))


def _weights(run: RunFolder) -> int:
    """Weights of both networks: a safetensors file is its numbers, four bytes each, and a head."""
    clocks = run.snapshots()
    if not clocks:
        return 0
    folder = run.snapshot_folder(clocks[-1])
    files = [folder / f"{name}.safetensors" for name in ("generator", "discriminator")]
    try:
        return sum(file.stat().st_size // 4 for file in files if file.is_file())
    except OSError:  # another process took the snapshot away meanwhile
        return 0


def situation_of(desk: Desk, facts: RunFacts | None, goes_on: bool, pictures: int) -> Situation:
    """What is going on now, and whether only somebody else may change it.

    The arguments are those of `_here`.
    """
    here, trainer = _here(desk, facts, goes_on, pictures), desk.trainer
    if here.active or here.kind == "elsewhere":
        return here
    if trainer is None or facts is None:
        return replace(here, barred=desk.barred)
    newest = desk.studio.following.newest
    clock = max(facts.saved, newest.images if newest is not None else 0)
    trained = where_and_when(trainer)
    return Situation("watched", clock, _target(facts), pictures, False, desk.barred, trained)


def _here(desk: Desk, facts: RunFacts | None, goes_on: bool, pictures: int) -> Situation:
    """What is going on in this process.

    Args:
        desk: Run and training.
        facts: Of the run that is looked at.
        goes_on: Whether Start would go on with it.
        pictures: How many there are to learn from; counting them is not for every row.
    """
    training = desk.studio.training
    run = desk.run
    mine = run is not None and training.run is not None and training.run.path == run.path
    state = training.state
    if state is State.PREPARING:
        return Situation("preparing", facts.saved if facts and goes_on else 0, None, pictures, True)
    if state.active and not mine:
        return Situation("elsewhere", facts.saved if facts else 0, _target(facts), pictures, False)
    if mine and state is not State.IDLE:
        target = training.target if state is not State.FAILED else training.target or _target(facts)
        return Situation(_BY_STATE[state], training.clock, target, pictures, goes_on)
    if state is State.FAILED and run is None:
        return Situation("failed", 0, None, pictures, False)
    if run is None or facts is None:
        return Situation("ready" if pictures else "empty", 0, None, pictures, False)
    clock = max(facts.saved, training.clock if mine else 0)
    target = _target(facts)
    done = target is not None and clock >= target
    return Situation("finished" if done else "stopped", clock, target, pictures, goes_on)


def _target(facts: RunFacts | None) -> int | None:
    return facts.info.target if facts else None
