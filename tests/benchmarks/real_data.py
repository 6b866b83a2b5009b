"""Score against minutes of a CPU on Fashion-MNIST, for every recipe that fits a CPU.

    python tests/benchmarks/real_data.py [--smoke | --plan] [--only PRESET]... [--work FOLDER]

What was found is kept in `results/arena.json`, and what there is already is not trained again.
With `--work`, a training that was broken off goes on where it was. Without Fashion-MNIST (Debian's
package dataset-fashion-mnist) there is nothing to do.

Not responsible for training and scores (`arena`).
"""

from __future__ import annotations

from collections.abc import Sequence

from arena import Arena, Entry, open_arena, options_of, table, tell_plan
from picture_sets import FASHION, has_fashion

from ganstudio.project.presets import DEFAULT_PRESET, PRESETS

MINUTES = (3.0, 10.0)
#: A recipe fits a CPU that gets through so many pictures in the shortest time.
_LEAST_IMAGES = 3_000
_BEST = 1.05
_MISSING = "Fashion-MNIST is not installed (Debian: dataset-fashion-mnist)"

Row = tuple[str, str, str]


def entry(preset: str, minutes: float) -> Entry:
    """One training."""
    return Entry(FASHION, preset, minutes)


def fitting(arena: Arena, presets: Sequence[str]) -> list[str]:
    """The presets that this computer is strong enough for."""
    paced = {preset: arena.pace(entry(preset, MINUTES[0])) for preset in presets}
    return [name for name, pace in paced.items() if pace.images_in(MINUTES[0], 1) >= _LEAST_IMAGES]


def verdict(scores: dict[str, float]) -> tuple[str, str]:
    """(The default's score over the best one, the best one's name)."""
    best = min(scores, key=lambda name: scores[name])
    return f"{scores[DEFAULT_PRESET] / scores[best]:.2f}", best


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    if not has_fashion():
        return [(_MISSING, "left out", "")]
    rows = []
    with open_arena(smoke=smoke) as arena:
        presets = [DEFAULT_PRESET] if smoke else fitting(arena, list(PRESETS))
        for minutes in MINUTES[:1] if smoke else MINUTES:
            found = {name: arena.measure(entry(name, minutes)) for name in presets}
            scores = {name: values["frechet"] for name, values in found.items()}
            ratio, best = verdict(scores)
            time = f"{minutes:g} min"
            rows += [(f"{time}, {name}", f"{score:.1f}", "") for name, score in scores.items()]
            rows.append((f"{time}, default over best ({best})", ratio, f"{_BEST:.2f}"))
    floor = found[DEFAULT_PRESET]["floor"]
    return [*rows, ("real against real", f"{floor:.1f}", "")]


def print_table(arena: Arena, presets: Sequence[str]) -> None:
    """Markdown: a line for each preset."""
    found = {name: [arena.measure(entry(name, m)) for m in MINUTES] for name in presets}
    cells = []
    for name, each in found.items():
        line = [f"{values['frechet']:.1f} ({values['images'] / 1e3:.0f} k)" for values in each]
        cells.append([name, *line])
    print(table(["recipe", *(f"{m:g} min: score (pictures seen)" for m in MINUTES)], cells))
    for place, minutes in enumerate(MINUTES):
        scores = {name: each[place]["frechet"] for name, each in found.items()}
        if DEFAULT_PRESET in scores:
            ratio, best = verdict(scores)
            print(f"\n{minutes:g} min: best is {best}; the default has {ratio} of its score.")
    floor, count = (found[presets[0]][0][key] for key in ("floor", "scored"))
    print(f"\nReal against real: {floor:.1f}; {count:.0f} pictures of each kind.")


def main() -> None:
    options = options_of(__doc__, "PRESET", PRESETS)
    if not has_fashion():
        print(_MISSING)
        return
    with open_arena(options.work, options.smoke) as arena:
        presets = options.only or list(PRESETS)
        presets = presets if options.smoke else fitting(arena, presets)
        if options.plan:
            tell_plan(arena, [entry(name, minutes) for name in presets for minutes in MINUTES])
        else:
            print_table(arena, presets)


if __name__ == "__main__":
    main()
