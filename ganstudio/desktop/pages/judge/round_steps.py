"""One round of the game in steps: what is seen and what is said at each.

Pure functions of a round that was played already. Not responsible for showing them (`round_view`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ganstudio.desktop.pages.judge.words import say, score_words
from ganstudio.desktop.pages.train.captions import percent
from ganstudio.desktop.widgets.pile_grid import PileTile
from ganstudio.project.judging import EVEN, Round
from ganstudio.project.messages import Pictures
from ganstudio.project.numbers import say_count

__all__ = ["STEPS", "StepShown", "shown_at"]


@dataclass(frozen=True, slots=True)
class StepShown:
    """What one step looks like.

    Attributes:
        title: Its name.
        text: What happens, with `[word|token]` marks.
        pictures: uint8 (N, H, W, C).
        tiles: What stands around each.
        columns: Pictures beside each other.
    """

    title: str
    text: str
    pictures: Pictures
    tiles: tuple[PileTile, ...]
    columns: int


def shown_at(round_: Round, step: int) -> StepShown:
    """A step of a round, 0 to `STEPS` - 1."""
    return _BUILDERS[step](round_)


def _tiles(
    round_: Round, captions: list[str], told: bool, strong: list[str] | None = None
) -> tuple[PileTile, ...]:
    found = []
    for number, (real, caption) in enumerate(zip(round_.real, captions, strict=True)):
        kind = say("Real picture") if real else say("Generated picture")
        what = kind if told else say("Picture")
        found.append(
            PileTile(
                name=f"{what} {number + 1}, {caption}".rstrip(", "),
                caption=caption,
                strong=strong[number] if strong else "",
                real=real if told else None,
            )
        )
    return tuple(found)


def _whole(round_: Round, title: str, text: str, tiles: tuple[PileTile, ...]) -> StepShown:
    return StepShown(title, text, round_.pictures, tiles, len(round_.pictures) // 2)


def _the_pile(round_: Round) -> StepShown:
    text = say(
        "Eight pictures: some are yours, and the [generator|generator] has just drawn the others. "
        "Both networks are copies, made at {at}. Your run is not touched."
    ).format(at=say_count(round_.images))
    return _whole(round_, say("The pile"), text, _tiles(round_, [""] * len(round_.real), False))


def _it_looks(round_: Round) -> StepShown:
    text = say(
        "The [inspector|inspector] looks at each picture and says how real it finds it. Nobody "
        "tells it which is which."
    )
    captions = [score_words(score) for score in round_.before]
    return _whole(round_, say("The inspector looks"), text, _tiles(round_, captions, False))


def _the_truth(round_: Round) -> StepShown:
    right = [(score > EVEN) == real for score, real in zip(round_.before, round_.real, strict=True)]
    wrongest = _wrongest(round_)
    what = say("real") if round_.real[wrongest] else say("generated")
    text = say(
        'Now it is told the truth: "You said {n} real; it was {what}." It was right {right} of '
        "{total} times."
    ).format(n=percent(round_.before[wrongest]), what=what, right=sum(right), total=len(right))
    captions = [score_words(score) for score in round_.before]
    strong = ["" if good else say(", wrong") for good in right]
    return _whole(round_, say("The truth"), text, _tiles(round_, captions, True, strong))


def _inspector_learns(round_: Round) -> StepShown:
    text = say(
        "The [inspector|inspector] learns: each of its weights moves a little, so that "
        "[real|real] pictures score higher and [generated|generator] ones lower. This is one true "
        "step of your recipe (loss: {loss}; learning rate: {rate:.2g})."
    ).format(loss=round_.loss, rate=round_.learning_rate)
    captions = [say("shall rise") if real else say("shall fall") for real in round_.real]
    return _whole(round_, say("The inspector learns"), text, _tiles(round_, captions, True))


def _it_looks_again(round_: Round) -> StepShown:
    moved = [
        (after > before) == real
        for before, after, real in zip(round_.before, round_.after, round_.real, strict=True)
    ]
    text = say(
        "The same pile again. {n} of {total} scores went the way they should. One step is small; a "
        "run takes thousands."
    ).format(n=sum(moved), total=len(moved))
    captions = [
        say("{before} to {after}").format(before=percent(before), after=percent(after))
        for before, after in zip(round_.before, round_.after, strict=True)
    ]
    return _whole(round_, say("It looks again"), text, _tiles(round_, captions, True))


def _generator_learns(round_: Round) -> StepShown:
    text = say(
        "The [generator|generator] never sees your pictures. It only hears these scores, and how "
        "each pixel would have to change for them to rise; its weights move a little that way."
    )
    captions = [
        "" if real else say("{n}, shall rise").format(n=percent(score))
        for real, score in zip(round_.real, round_.after, strict=True)
    ]
    return _whole(round_, say("The generator learns"), text, _tiles(round_, captions, True))


def _it_draws_again(round_: Round) -> StepShown:
    mine = [place for place, real in enumerate(round_.real) if not real]
    before = [round_.after[place] for place in mine]
    rose = sum(now > was for now, was in zip(round_.redrawn_scores, before, strict=True))
    text = say(
        "The [generator|generator] draws the same places again: above as before, in the middle as "
        "now, below what changed, {times:.0f} times as strong. {rose} of {total} fool the "
        "[inspector|inspector] better than before. That was one round."
    ).format(times=round_.magnified, rose=rose, total=len(mine))
    pictures = np.concatenate([round_.pictures[mine], round_.redrawn, round_.changes])
    rows = (
        [say("before, {n}").format(n=score_words(score)) for score in before],
        [say("now, {n}").format(n=score_words(score)) for score in round_.redrawn_scores],
        [say("what changed")] * len(mine),
    )
    tiles = tuple(
        PileTile(
            name=f"{say('Generated picture')} {number + 1}, {caption}",
            caption=caption,
            real=None if row == 2 else False,  # the changes are no picture of either kind
        )
        for row, captions in enumerate(rows)
        for number, caption in enumerate(captions)
    )
    return StepShown(say("It draws again"), text, pictures, tiles, len(mine))


def _wrongest(round_: Round) -> int:
    """Where the inspector was farthest from the truth."""
    apart = [
        abs(score - float(real)) for score, real in zip(round_.before, round_.real, strict=True)
    ]
    return int(np.argmax(apart))


_BUILDERS: tuple[Callable[[Round], StepShown], ...] = (
    _the_pile,
    _it_looks,
    _the_truth,
    _inspector_learns,
    _it_looks_again,
    _generator_learns,
    _it_draws_again,
)
#: How many steps a round has.
STEPS = len(_BUILDERS)
