"""How close training comes to what the processor can do, and where the rest goes.

    python tests/benchmarks/closeness.py [--smoke] [--size 64]

Processes take turns: bare convolutions, forward and backward, of the shapes of the default recipe's
networks, in the same precision and memory format, with as many threads as ours, that wait as ours
do, and, to compare, on all cores with threads that spin; a training session as it runs headless
where nothing else runs; the same steps without anything around them, on one batch; and those with
augmentation. The share of the limit is the arithmetic that a picture needs (`needed_work`) times
pictures a second, over the arithmetic a second of the bare convolutions. What is around the steps
are data, rows, samples and snapshots; a three-minute run's snapshots and checkpoints are timed
apart and added.

Only conclusive on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from pace_players import Stopwatch, cycle_of
from paces import Runner, Threads, player
from turns import answer, turns

from ganstudio.project.presets import DEFAULT_PRESET, recipe_for
from ganstudio.project.recipe import Recipe
from ganstudio.project.schedule import snapshot_clocks

WANTED_SHARE = 0.7
MOST_AROUND = 0.05
MOST_AUGMENTED = 0.15

_SECONDS, _CHECKPOINT_EVERY_S = 180.0, 120.0
_MANY, _FEW = 10_000, 100
_BARE, _SPINNING, _SESSION, _STEPS, _AUGMENTED = (
    "bare",
    "bare-spinning",
    "session",
    "steps",
    "augmented",
)

Row = tuple[str, str, str]
Turns = dict[str, list[dict[str, float]]]


def recipe_at(size: int, pictures: int = _MANY) -> Recipe:
    """The default recipe; its augmentation, if any, at its full strength from the beginning."""
    return recipe_for(size=size, pictures=pictures).with_values({"augment.ramp_images": 0})


def measured(size: int, seconds: float, count: int, others: Sequence[str]) -> Turns:
    """What each found, turn by turn: a session and the others."""
    found: Turns = {}
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        session = Runner(DEFAULT_PRESET, size, recipe_at(size)).command(Path(folder))
        playing = {_SESSION: stack.enter_context(player(session, threads="awake"))}
        told = playing[_SESSION].turn(min(1.0, seconds))
        for name in others:
            threads = 0 if name == _SPINNING else told["threads"]
            numbers = [f"{number:.0f}" for number in (size, told["bfloat16"], threads)]
            command = [__file__, "--player", name, *numbers]
            waiting: Threads = "spin" if name == _SPINNING else "awake"
            playing[name] = stack.enter_context(player(command, threads=waiting))
            playing[name].turn(min(1.0, seconds))
        for _ in range(count):
            for name, one in playing.items():
                found.setdefault(name, []).append(one.turn(seconds))
    return found


def rows(size: int, smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    from needed_work import flops_needed

    if smoke:
        found = measured(size, 0.2, 1, [_BARE, _STEPS])
    else:
        found = measured(size, 2.0, 15, [_BARE, _SPINNING, _STEPS, _AUGMENTED])
    told = found[_SESSION][0]
    rates = {name: [turn["rate"] for turn in each] for name, each in found.items()}
    left = 1.0 - files_share(statistics.median(rates[_SESSION]), told, recipe_at(size).batch_size)
    whole, steps = [rate * left for rate in rates[_SESSION]], rates[_STEPS]
    needed = flops_needed(recipe_at(size))
    useful, bare = [rate * needed for rate in whole], rates[_BARE]
    share, of_spinning = (_ratio(useful, each) for each in (bare, rates.get(_SPINNING, bare)))
    around = 1.0 - _ratio(whole, steps)
    augmenting = 1.0 - _ratio(rates.get(_AUGMENTED, steps), steps)
    precision = "bfloat16" if told["bfloat16"] else "float32"
    limit = statistics.median(bare) / 1e9
    return [
        (f"bare convolutions, {size} px, {precision}", f"{limit:.0f} GFLOP/s", ""),
        ("arithmetic that a picture needs", f"{needed / 1e9:.3f} GFLOP", ""),
        ("training", f"{statistics.median(whole):.0f} images/s", ""),
        ("share of the bare convolutions", f"{share:.2f}", f"{WANTED_SHARE:.2f}"),
        ("... with all threads spinning", f"{of_spinning:.2f}", ""),
        ("data, rows, samples and files", f"{around:.1%}", f"at most {MOST_AROUND:.0%}"),
        ("augmentation, where it is on", f"{augmenting:.1%}", f"at most {MOST_AUGMENTED:.0%}"),
    ]


def files_share(images_per_s: float, told: Mapping[str, float], batch: int) -> float:
    """Share of a run's time that snapshots and checkpoints take."""
    snapshots = len(snapshot_clocks(round(images_per_s * _SECONDS), batch))
    checkpoints = 1 + _SECONDS / _CHECKPOINT_EVERY_S
    return (snapshots * told["snapshot_s"] + checkpoints * told["checkpoint_s"]) / _SECONDS


def _ratio(some: Sequence[float], others: Sequence[float]) -> float:
    """Of what was found in the same round."""
    return statistics.median(a / b for a, b in zip(some, others, strict=True))


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    return rows(64, smoke)


# -- in the processes that are measured ----------------------------------------------------------


def run_bare(recipe: Recipe, narrow: bool, threads: int) -> None:
    """All convolutions, one after the other; on all cores for 0 threads."""
    import torch
    from needed_work import Bare, bare_convolutions
    from torch import Tensor
    from torch.utils.flop_counter import FlopCounterMode

    if threads:
        torch.set_num_threads(threads)
    dtype = torch.bfloat16 if narrow else torch.float32
    rng = torch.Generator().manual_seed(0)

    def filled(shape: tuple[int, ...]) -> Tensor:
        numbers = torch.randn(shape, generator=rng).to(dtype)
        return numbers.contiguous(memory_format=torch.channels_last)

    def ready(bare: Bare) -> tuple[Bare, Tensor, Tensor, Tensor]:
        inputs, weights = (filled(shape) for shape in (bare.inputs, bare.weights))
        gradient = torch.ones_like(bare(inputs, weights))
        return bare, inputs.requires_grad_(), weights.requires_grad_(), gradient

    work = [ready(bare) for bare in bare_convolutions(recipe)]

    def once() -> None:
        for bare, inputs, weights, gradient in work:
            torch.autograd.grad(bare(inputs, weights), (inputs, weights), gradient)

    with FlopCounterMode(display=False) as counter:
        once()
    for seconds in turns():
        once()
        began, done = time.perf_counter(), 0
        while not done or time.perf_counter() - began < seconds:
            once()
            done += 1
        elapsed = time.perf_counter() - began
        answer(rate=done * counter.get_total_flops() / elapsed)


def run_steps(recipe: Recipe, narrow: bool, threads: int) -> None:
    """Steps on one batch, and nothing else."""
    import torch

    from ganstudio.gan.device import choose_device, keep_freed_memory, use_threads
    from ganstudio.gan.trainer import Trainer

    choice = choose_device("cpu", threads).with_precision("bfloat16" if narrow else "float32")
    keep_freed_memory()
    use_threads(choice.threads)
    trainer = Trainer(recipe, 0, choice)
    noise = torch.rand(recipe.batch_size, *recipe.network.shape) * 2 - 1
    reals = noise.contiguous(memory_format=torch.channels_last)
    watch = Stopwatch(recipe.batch_size, cycle_of(recipe))
    while not watch():
        trainer.step(reals)
        if trainer.clock % 4_096 == 0:
            trainer.end_row()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="seconds: does it run?")
    parser.add_argument("--size", type=int, default=64, choices=(32, 64), help="pixels a side")
    parser.add_argument("--player", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.player:
        print("| what | found | wanted |\n|---|---|---|")
        for row in rows(options.size, options.smoke):
            print("| {} | {} | {} |".format(*row))
        return
    name, size, narrow, threads = options.player
    recipe = recipe_at(int(size), _FEW if name == _AUGMENTED else _MANY)
    (run_bare if name in (_BARE, _SPINNING) else run_steps)(recipe, narrow == "1", int(threads))


if __name__ == "__main__":
    main()
