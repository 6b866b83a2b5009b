"""Games and runs that two processes play together, and the first of them alone as well.

Run by test_distributed.py, as a program of its own: it opens connections between both. It forks two
processes for each of its arguments, which is only safe while it has one thread; so torch is loaded
once. Each process leaves in FOLDER/NUMBER what it found; nothing is judged here.

    python together_rounds.py FOLDER STORIES...
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.distributed import Team, TeamBroken, join
from ganstudio.gan.opening import opened
from ganstudio.gan.session import TrainingSession
from ganstudio.gan.synced_norm import SyncedNorm
from ganstudio.gan.together import Helper, Leader, Terms
from ganstudio.gan.trainer import Trainer
from ganstudio.project.changes import CHANGE
from ganstudio.project.errors import UserError
from ganstudio.project.host import SavedKind
from ganstudio.project.messages import MetricsRow, Notice, Pictures
from ganstudio.project.processes import Place
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo

Hook = Callable[[nn.Module, tuple[torch.Tensor, ...]], None]

#: Of a row: what is measured of this computer, and never twice the same.
_MEASURED = ("seconds", "images_per_s", "memory_mb", "gpu_memory_mb")
BATCH = 8
STEPS = 6
CHOICE = DeviceChoice("cpu", 1, "")
IMAGES = np.random.default_rng(5).integers(0, 256, (30, 16, 16, 3), dtype=np.uint8)
LABELS = [index % 3 for index in range(30)]
RECIPE = Recipe.parse(
    {
        "name": "sketch",
        "network": {"name": "sketch", "size": 16, "width": 4, "d_width": 4, "z_dim": 8},
        "game": {"loss": "non-saturating", "gamma": 1.0, "gamma_end": 0.1, "penalty_every": 3},
        "optimizer": {"lr": 1e-5, "lr_end": 1e-5, "beta1": 0.0},
        "ema": {"half_life_images": 40, "ramp": 0.5},
        "augment": {"policy": ["translation", "color"], "p": 0.7, "ramp_images": 0, "flip": True},
        "batch_size": BATCH,
        "horizon": 4_000,
    }
)
NO_PENALTY = {"game.gamma": 0, "game.gamma_end": 0}
#: Every way in which processes could come to differ from one.
GAMES: dict[str, dict[str, object]] = {
    "batch norm in the generator": {},
    "batch norm in both": {"network.name": "dcgan", **NO_PENALTY},
    "no batch norm": {"network.name": "mlp", "game.d_steps": 2},
    "pairs": {"network.name": "mlp", "game.loss": "relativistic"},
    "classes": {"network.name": "mlp", "network.classes": 3, "game.penalty": "wgan-gp"},
    "spectral norm": {"network.name": "mlp", "network.d_norm": "spectral", **NO_PENALTY},
    "styles and noise": {"network.name": "style"},
    "a lesson": {"network.name": "fastgan", **NO_PENALTY},
    "steered by signs": {**NO_PENALTY, "augment.steer": "sign"},
    "steered by held-out pictures": {"network.name": "mlp", "augment.steer": "held-out"},
}


class Together:
    """One of two processes, and where it leaves what it finds."""

    def __init__(self, folder: Path, rank: int) -> None:
        self.folder, self.rank = folder, rank
        self.team = join(Place(rank, 2), f"file://{folder}/meeting")
        self.found: dict[str, object] = {}

    def keep(self, name: str, trainer: Trainer) -> None:
        state = trainer.state()
        tensors = {key: value.clone().contiguous() for key, value in state.tensors.items()}
        save_file(tensors, self.folder / f"{name}.safetensors")
        self.found[name] = [state.clock, state.skipped, state.micro_batch, state.steering]

    # -- games: steps of a trainer --------------------------------------------------------------

    def games(self) -> None:
        for name, values in GAMES.items():
            self._game(name, values, self.team, f"together {self.rank}")
            if self.rank == 0:
                self._game(name, values, Team.alone(), "alone")

    def _game(self, name: str, values: dict[str, object], team: Team, who: str) -> None:
        recipe = RECIPE.with_values(values)
        labels = LABELS if recipe.network.classes else None
        trainer, batches = opened(
            recipe,
            1,
            IMAGES[4:],
            CHOICE,
            labels=labels and labels[4:],
            held_out=IMAGES[:4],
            team=team,
        )
        gauges = _steered(trainer)
        places = team.share(BATCH).rows
        for step in range(STEPS):
            clock = trainer.clock
            trainer.step(batches.at(clock, BATCH, places), batches.labels_at(clock, BATCH, places))
            if step == 0:
                self.keep(f"{name} first {who}", trainer)
        self.keep(f"{name} last {who}", trainer)
        self.found[f"{name} gauges {who}"] = [*gauges, trainer.augment_p]

    def norm(self) -> None:
        """A batch norm of numbers that are large beside their spread."""
        chance = torch.Generator().manual_seed(1)
        x = 1_000 + torch.randn(8, 3, 4, 4, generator=chance)
        pull = torch.randn(8, 3, 4, 4, generator=chance)
        for who, team in (("alone", Team.alone()), ("together", self.team)):
            norm = nn.BatchNorm2d(3)
            with torch.no_grad():
                norm.weight.copy_(torch.tensor([0.5, 1.0, 2.0]))
            used = norm if team.size == 1 else SyncedNorm(norm, team)
            rows = team.share(8).rows
            mine = x[rows].clone().requires_grad_()
            out = used(mine)
            out.backward(pull[rows])
            assert norm.weight.grad is not None
            assert norm.bias.grad is not None
            gradients = torch.stack([norm.weight.grad, norm.bias.grad])
            team.sum_(gradients)
            parts = {"out": out.detach(), "by x": mine.grad}
            tensors = {key: torch.cat(list(team.gathered(part))) for key, part in parts.items()}
            buffers = {key: value.clone() for key, value in used.state_dict().items()}
            tensors |= buffers | {"gradients": gradients}
            if self.rank == 0:
                save_file(tensors, self.folder / f"norm {who}.safetensors")

    # -- runs: sessions -------------------------------------------------------------------------

    def runs(self) -> None:
        self._run("straight", [(2, 96)])
        self._run("stopped", [(2, 40), (2, 96)])
        self._run("alone", [(1, 96)])
        self._run("changed", [(2, 40), (1, 56), (2, 96)])
        self._run("tuned", [(2, 40), (2, 64)], change={"optimizer.lr": 5e-4, "augment.p": 0.2})
        self._run("rollback", [(2, 48), (2, 96)], poison_at=64)
        self._run("narrow", [(2, 48)], {"network.name": "mlp"}, fails=_holds(2))
        self._run("wide", [(1, 48)], {"network.name": "mlp"})
        self._run("lost", [(2, 96)], fails=_lasts(5))  # the last one: it takes the team apart

    def _run(
        self,
        name: str,
        parts: Sequence[tuple[int, int]],
        values: dict[str, object] | None = None,
        *,
        poison_at: int | None = None,
        fails: Hook | None = None,
        change: dict[str, object] | None = None,
    ) -> None:
        recipe = RECIPE.with_values({"optimizer.lr": 1e-4, **(values or {})})
        run: RunFolder | None = None
        if self.rank == 0:
            info = RunInfo(name=name, created="", seed=3, row_images=3 * BATCH, processes=2)
            run = RunFolder.create(self.folder / name, recipe, info, [f"{i:x}" for i in range(30)])
        for number, (processes, until) in enumerate(parts):
            if number and change and run is not None:
                run.add_event(CHANGE, run.checkpoints()[-1], values=change)
            if run is not None:
                team = self.team if processes == 2 else Team.alone()
                self._lead(f"{name} {number}", run, team, until, poison_at)
            elif processes == 2:
                self._help(f"{name} {number}", fails)

    def _lead(
        self, name: str, run: RunFolder, team: Team, until: int, poison_at: int | None
    ) -> None:
        leader, host = Leader(team), Listening()
        leader.begin(_terms(run.recipe()))
        ended: object = None
        session = TrainingSession.open(run, IMAGES, choice=CHOICE, leader=leader, host=host)

        def stop() -> bool:
            if session.clock == poison_at and not host.codes:
                with torch.no_grad():
                    for weight in session._trainer.discriminator.parameters():
                        weight.fill_(torch.nan)
            return session.clock >= until

        host.stops = stop
        try:
            ended = session.run(host).reason
        except UserError as error:
            ended = error.code
        self.keep(f"{name} state 0", session._trainer)
        leader.end()
        self.found[name] = {
            "ended": ended,
            "codes": host.codes,
            "sentences": host.sentences,
            "told": host.told,
            "checkpoints": run.checkpoints(),
            "rows": [
                {key: value for key, value in row.items() if key not in _MEASURED}
                for row in run.metrics()
            ],
        }

    def _help(self, name: str, fails: Hook | None) -> None:
        helper = Helper(self.team)
        terms = helper.begin()
        assert terms is not None
        trainer, batches = opened(terms.recipe, terms.seed, IMAGES, CHOICE, team=self.team)
        if fails is not None:
            trainer.generator.register_forward_pre_hook(fails)
        try:
            helper.play(trainer, batches)
        except UserError as error:
            self.found[name] = error.code
        self.keep(f"{name} state 1", trainer)

    def deserted(self) -> None:
        """The first process ends amid a step, without a word."""
        if self.rank == 0:
            self._desert()
        helper = Helper(self.team)
        assert helper.begin() is not None
        trainer, batches = opened(RECIPE, 3, IMAGES, CHOICE, team=self.team)
        try:
            helper.play(trainer, batches)
        except TeamBroken:
            self.found["ended"] = "broken"
        self.found["clock"] = trainer.clock
        self.found["whole"] = trainer.whole

    def _desert(self) -> None:
        leader = Leader(self.team)
        leader.begin(_terms(RECIPE))
        trainer, batches = opened(RECIPE, 3, IMAGES, CHOICE, team=self.team)
        leader.hand_out(trainer)
        for _ in range(3):
            leader.step(trainer, batches)
        trainer.discriminator.register_forward_pre_hook(lambda *_: os._exit(0))
        leader.step(trainer, batches)


def _terms(recipe: Recipe) -> Terms:
    return Terms(
        recipe=recipe,
        seed=3,
        device="cpu",
        threads=1,
        precision="float32",
        pictures=(),
        held_out=(),
    )


def _steered(trainer: Trainer) -> list[list[float]]:
    """Let p begin in the middle; the list takes in what steers it."""
    gauges: list[list[float]] = []
    controller = trainer._steering
    if controller is not None:
        controller.load({**controller.state(), "p": 0.5})
        add = controller.add

        def spy(numbers: torch.Tensor) -> None:
            gauges.append(numbers.tolist())
            add(numbers)

        controller.add = spy  # type: ignore[method-assign]
    return gauges


def _holds(most: int) -> Hook:
    """The memory holds so many pictures of each kind, and no more."""

    def check(_module: nn.Module, given: tuple[torch.Tensor, ...]) -> None:
        if len(given[0]) > most:
            raise torch.OutOfMemoryError("CUDA out of memory")

    return check


def _lasts(times: int) -> Hook:
    """The memory is full from then on."""
    left = [None] * times

    def check(_module: nn.Module, _given: tuple[torch.Tensor, ...]) -> None:
        if not left:
            raise torch.OutOfMemoryError("CUDA out of memory")
        left.pop()

    return check


class Listening:
    """Writes down what it is told, and stops when it is told to."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.sentences: list[str] = []
        self.told = 0
        self.stops: Callable[[], bool] = lambda: False

    def should_stop(self) -> bool:
        return self.stops()

    def on_rows(self, rows: Sequence[MetricsRow]) -> None:
        self.told += len(rows)

    def on_samples(self, images_seen: int, pictures: Pictures) -> None:
        pass

    def on_saved(self, kind: SavedKind, clock: int) -> None:
        pass

    def on_notice(self, notice: Notice) -> None:
        self.codes.append(notice.code)
        self.sentences.append(notice.sentence)


def play(stories: str, folder: Path, rank: int) -> None:
    together = Together(folder, rank)
    for story in stories.split(","):
        getattr(together, story)()
    (folder / f"found {rank}.json").write_text(json.dumps(together.found))
    together.team.leave()


def forked(stories: str, folder: Path, rank: int) -> int:
    """Play in a process of its own; returns its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            play(stories, folder, rank)
            code = 0
        except BaseException:  # told, and then this process ends
            traceback.print_exc()
            raise
        finally:
            os._exit(code)
    return child


def main(folder: Path, *all_stories: str) -> int:
    torch.set_num_threads(1)
    children = []
    for number, stories in enumerate(all_stories):
        place = folder / str(number)
        place.mkdir()
        children += [forked(stories, place, rank) for rank in (0, 1)]
    return max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
