"""What augmentation is worth where pictures are few, and whether the generator copies them.

    python tests/benchmarks/small_data.py [--smoke | --plan] [--only SET]... [--work FOLDER]

The default recipe learns from 100 and from 400 pictures of two sets, as it augments by itself and
without augmentation, for as many minutes; what augmentation costs in time thus counts against it.
Where both come close, three seeds decide.
The copy rate is the share of generated pictures that come nearer to a training picture than 19 of
20 held-out pictures do (`ganstudio.quality.copying`): 5 % is as new as a new picture.

What was found is kept in `results/arena.json`, and what there is already is not trained again. With
`--work`, a training that was broken off goes on where it was.

Not responsible for training and scores (`arena`).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from arena import Arena, Entry, open_arena, options_of, table, tell_plan
from results import Found

from ganstudio.project.presets import DEFAULT_PRESET

SETS = ("open-peeps", "horse-sketches")
COUNTS = (100, 400)
MINUTES = 8.0
#: How often each is trained, where not once.
SEEDS = {("horse-sketches", 400): 3}
#: Two standard deviations of the difference of two shares of about 5 % of 700.
_TOLERANCE = 0.02

Row = tuple[str, str, str]


def entries(pictures: str, count: int, augment: bool) -> list[Entry]:
    """The trainings of one kind, a seed each."""
    return [
        Entry(pictures, DEFAULT_PRESET, MINUTES, seed, few=count, augment=augment)
        for seed in range(SEEDS.get((pictures, count), 1))
    ]


def pair(arena: Arena, pictures: str, count: int) -> tuple[list[Found], list[Found]]:
    """What is found (with, without) augmentation, for each seed."""
    yes, no = (
        [arena.measure(one) for one in entries(pictures, count, augment)]
        for augment in (True, False)
    )
    return yes, no


def mean(found: Sequence[Found], name: str) -> float:
    """Over all seeds."""
    return statistics.fmean(each[name] for each in found)


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    rows: list[Row] = []
    with open_arena(smoke=smoke) as arena:
        for pictures in SETS[:1] if smoke else SETS:
            for count in COUNTS[:1] if smoke else COUNTS:
                yes, no = pair(arena, pictures, count)
                what = f"{count} of {pictures}, augmented"
                score, without = mean(yes, "frechet"), mean(no, "frechet")
                rows += [
                    (f"{what}: score", f"{score:.1f}", f"under {without:.1f}"),
                    (f"{what}: copies", f"{mean(yes, 'copy_rate'):.1%}", _most(no)),
                ]
    return rows


def _most(without: Sequence[Found]) -> str:
    return f"at most {mean(without, 'copy_rate') + _TOLERANCE:.1%}"


def _score(found: Sequence[Found]) -> str:
    """The mean, and in brackets each seed's where there are several."""
    seeds = ", ".join(f"{each['frechet']:.1f}" for each in found)
    return f"{mean(found, 'frechet'):.1f}" + (f" ({seeds})" if len(found) > 1 else "")


def print_table(arena: Arena, sets: Sequence[str]) -> None:
    """Markdown: a line for each set and number of pictures."""
    lines = []
    for pictures in sets:
        for count in COUNTS:
            yes, no = pair(arena, pictures, count)
            better = mean(yes, "frechet") < mean(no, "frechet")
            rises = mean(yes, "copy_rate") > mean(no, "copy_rate") + _TOLERANCE
            lines.append(
                [
                    f"{count} of {pictures}",
                    _score(yes),
                    _score(no),
                    f"{mean(yes, 'floor'):.1f}",
                    f"{mean(yes, 'copy_rate'):.1%}",
                    f"{mean(no, 'copy_rate'):.1%}",
                    f"{mean(yes, 'ratio'):.2f} and {mean(no, 'ratio'):.2f}",
                    f"{'better' if better else 'not better'}, {'more' if rises else 'no more'}"
                    " copies",
                ]
            )
    head = ["pictures", "score", "not augmented", "real against real", "copies", "not augmented"]
    print(table([*head, "nearest picture, of a new one's distance", "so augmentation is"], lines))


def main() -> None:
    options = options_of(__doc__, "SET", SETS)
    sets = options.only or SETS
    with open_arena(options.work, options.smoke) as arena:
        if options.plan:
            every = [(s, count, yes) for s in sets for count in COUNTS for yes in (True, False)]
            tell_plan(arena, [entry for one in every for entry in entries(*one)])
        else:
            print_table(arena, sets)


if __name__ == "__main__":
    main()
