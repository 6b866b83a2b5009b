"""What it is worth to begin with a model of other pictures, where one's own are few.

    python tests/benchmarks/beginnings.py [--smoke | --plan] [--only SET]... [--work FOLDER]

The default recipe learns from 100 and from 300 pictures, from nothing and from the bundled model of
another set of the same size, for 1 and 3 minutes of this computer: each a training of its own
whose schedules end there. What wins here is what the window proposes.

What was found is kept in `results/arena.json`, and what there is already is not trained again. With
`--work`, a training that was broken off goes on where it was.

Not responsible for training and scores (`arena`).
"""

from __future__ import annotations

from collections.abc import Sequence

from arena import Arena, Entry, open_arena, options_of, table, tell_plan
from results import Found

from ganstudio.project.presets import DEFAULT_PRESET

#: A set, and whose model it begins with.
PARENTS = {"open-peeps": "horse-sketches", "horse-sketches": "open-peeps"}
COUNTS = (100, 300)
MINUTES = (1.0, 3.0)

Row = tuple[str, str, str]


def entry(pictures: str, count: int, minutes: float, with_model: bool) -> Entry:
    """One training."""
    start = PARENTS[pictures] if with_model else ""
    return Entry(pictures, DEFAULT_PRESET, minutes, few=count, start=start)


def pair(arena: Arena, pictures: str, count: int, minutes: float) -> tuple[Found, Found]:
    """What is found from (nothing, a model)."""
    nothing, model = (entry(pictures, count, minutes, start) for start in (False, True))
    return arena.measure(nothing), arena.measure(model)


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    rows: list[Row] = []
    with open_arena(smoke=smoke) as arena:
        for pictures in list(PARENTS)[:1] if smoke else PARENTS:
            for count in COUNTS[:1] if smoke else COUNTS:
                for minutes in MINUTES[:1] if smoke else MINUTES:
                    found = pair(arena, pictures, count, minutes)
                    nothing, model = (f"{each['frechet']:.1f}" for each in found)
                    what = f"{count} of {pictures}, {minutes:g} min"
                    rows.append((f"{what}: nothing, a model", f"{nothing}, {model}", ""))
    return rows


def print_table(arena: Arena, sets: Sequence[str]) -> None:
    """Markdown: a line for each set, number of pictures and beginning."""
    lines = []
    for pictures in sets:
        for count in COUNTS:
            found = [pair(arena, pictures, count, minutes) for minutes in MINUTES]
            for place, start in enumerate(("nothing", f"model of {PARENTS[pictures]}")):
                cells = [f"{both[place]['frechet']:.1f}" for both in found]
                copies = f"{found[-1][place]['copy_rate']:.1%}"
                lines.append([f"{count} of {pictures}", start, *cells, copies])
    times = [f"{minutes:g} min" for minutes in MINUTES]
    print(table(["pictures", "beginning", *times, f"copies after {times[-1]}"], lines))


def main() -> None:
    options = options_of(__doc__, "SET", PARENTS)
    sets = options.only or list(PARENTS)
    with open_arena(options.work, options.smoke) as arena:
        if options.plan:
            every = [
                (pictures, count, minutes, start)
                for pictures in sets
                for count in COUNTS
                for minutes in MINUTES
                for start in (False, True)
            ]
            tell_plan(arena, [entry(*one) for one in every])
        else:
            print_table(arena, sets)


if __name__ == "__main__":
    main()
