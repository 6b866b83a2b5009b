"""Our default against the classics and against PyTorch's own DCGAN: same pictures, same minutes.

    python tests/benchmarks/peers.py [--smoke | --plan] [--only SET]... [--work FOLDER]

Every one trains for three minutes of this computer on each bundled set and on Fashion-MNIST, as
fast as it goes here; the default and the two best others of each set do so with three seeds. What
was found is kept in `results/arena.json`, and what there is already is not trained again. With
`--work`, a training that was broken off goes on where it was.

Not responsible for training and scores (`arena`).
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from arena import Arena, Entry, open_arena, options_of, table, tell_plan, with_seeds
from paces import EXAMPLE, Paces
from picture_sets import set_names
from results import Found

from ganstudio.project.presets import DEFAULT_PRESET, PRESETS

MINUTES = 3.0
SEEDS = 3
_OTHERS = 2

PLAYERS = (
    DEFAULT_PRESET,
    EXAMPLE,
    *(name for name, preset in PRESETS.items() if preset.classic),
)

Row = tuple[str, str, str]


def entries(pictures: str, players: Sequence[str] = PLAYERS) -> list[Entry]:
    """One training of each on a set."""
    return [Entry(pictures, player, MINUTES) for player in players]


def compete(
    arena: Arena, pictures: str, players: Sequence[str] = PLAYERS, seeds: int = SEEDS
) -> dict[str, list[Found]]:
    """What each came to on a set, the best first: more seeds of those that matter."""
    found = {entry.player: [arena.measure(entry)] for entry in entries(pictures, players)}
    others = sorted(found, key=lambda name: found[name][0]["frechet"])
    others.remove(DEFAULT_PRESET)
    for player in (DEFAULT_PRESET, *others[:_OTHERS]):
        more = with_seeds(Entry(pictures, player, MINUTES), range(1, seeds))
        found[player] += [arena.measure(entry) for entry in more]
    return dict(sorted(found.items(), key=lambda item: mean(item[1])))


def mean(found: Sequence[Found]) -> float:
    """Score over all seeds."""
    return statistics.fmean(entry["frechet"] for entry in found)


def best_other(found: dict[str, list[Found]]) -> str:
    """Who comes nearest to the default, or beats it."""
    return next(name for name in found if name != DEFAULT_PRESET)


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    rows: list[Row] = []
    if smoke:
        rows.append(_measured_pace())
    with open_arena(smoke=smoke) as arena:
        for pictures in ["pixel-avatars"] if smoke else set_names():
            players = (DEFAULT_PRESET, EXAMPLE) if smoke else PLAYERS
            found = compete(arena, pictures, players, seeds=1 if smoke else SEEDS)
            other = best_other(found)
            score = f"{mean(found[DEFAULT_PRESET]):.1f}"
            wanted = f"under {mean(found[other]):.1f}"
            rows.append((f"{pictures}: default against {other}", score, wanted))
    return rows


def _measured_pace() -> Row:
    """A pace, measured in no time."""
    entry = entries("pixel-avatars", [DEFAULT_PRESET])[0]
    with tempfile.TemporaryDirectory() as folder:
        pace = Paces(Path(folder) / "paces.json", rounds=1, seconds=0.2).of(entry.runner)
    return (f"pace of {entry.player}", f"{pace.images_per_s:.0f} images/s", "")


def print_table(pictures: str, found: dict[str, list[Found]]) -> None:
    """Markdown: a line for each player on one set."""
    first = found[DEFAULT_PRESET][0]
    print(f"\n{pictures}: {MINUTES:g} minutes; real against real {first['floor']:.1f}\n")
    lines = []
    for name, seeds in found.items():
        each = ", ".join(f"{entry['frechet']:.1f}" for entry in seeds)
        note = " (fell apart)" if any(entry["diverged"] for entry in seeds) else ""
        seen = f"{seeds[0]['images'] / 1e3:.0f} k"
        lines.append([name, seen, f"{mean(seeds):.1f}{note}", each])
    print(table(["recipe", "pictures seen", "score", "of each seed"], lines))
    other = best_other(found)
    better = mean(found[DEFAULT_PRESET]) < mean(found[other])
    print(f"\nThe default is {'better' if better else 'not better'} than {other}.", flush=True)


def main() -> None:
    options = options_of(__doc__, "SET", set_names())
    sets = options.only or set_names()
    with open_arena(options.work, options.smoke) as arena:
        if options.plan:
            tell_plan(arena, [entry for pictures in sets for entry in entries(pictures)])
            print(f"and {_OTHERS + 1} players with {SEEDS - 1} more seeds on each set")
            return
        for pictures in sets:
            print_table(pictures, compete(arena, pictures))


if __name__ == "__main__":
    main()
