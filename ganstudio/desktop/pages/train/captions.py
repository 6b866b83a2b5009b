"""What the picture is now, in one or two sentences with the numbers in them.

Pure functions: numbers in, a marked sentence out. `[inspector|inspector]` is a word that lights up
what it means. Not responsible for drawing it (`widgets.caption`) nor for measuring.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.best import say_best
from ganstudio.desktop.pages.train.proof import PROOFS, say_proof
from ganstudio.project.findings import Finding
from ganstudio.project.numbers import say_count, say_duration
from ganstudio.project.outlook import FIRST_SHAPES, first_shapes
from ganstudio.project.titles import Best

__all__ = [
    "Numbers",
    "balance_sentence",
    "before_the_start",
    "caption",
    "percent",
    "places_sentence",
    "seconds_to_shapes",
]

_MATCHED = 0.65
_FAR_AHEAD = 0.93
_BEHIND = 0.45
_ROUGH_UNTIL = 0.3


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a caption speaks of; shares are 0 to 1.

    Attributes:
        images: The clock of the moment that is shown.
        d_real: Mean score of real pictures.
        d_fake: Mean score of generated pictures.
        balance: P(D(real) > D(generated)).
        horizon: Images at which the recipe's schedules end.
        rate: Images a second, 0 if unknown.
        past: Whether a moment of the past is shown.
    """

    images: int
    d_real: float | None = None
    d_fake: float | None = None
    balance: float | None = None
    horizon: int = 0
    rate: float = 0.0
    past: bool = False


def say(text: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("TrainCaptions", text)


def percent(share: float) -> str:
    """A share of 0 to 1 as a person reads it: "58 %", never torn apart at a line's end."""
    return f"{round(100 * share)}\u00a0%"


def seconds_to_shapes(numbers: Numbers) -> float | None:
    """Time until the first shapes, 0 once they are due, None while the speed is unknown."""
    left = first_shapes(numbers.horizon) - numbers.images
    if left <= 0:
        return 0.0
    return left / numbers.rate if numbers.rate > 0 else None


def balance_sentence(balance: float | None, past: bool = False) -> str:
    """How often a real picture beats a generated one."""
    if balance is None or balance != balance:
        return say("Not measured yet.")
    times = str(round(100 * balance))
    if past:
        text = say("A real picture beat a generated one {times} times in 100.")
    else:
        text = say("A real picture beats a generated one {times} times in 100.")
    # The number and its measure stay on one line.
    return text.replace("{times}", times).replace(" times in 100", "\u00a0times\u00a0in\u00a0100")


def caption(numbers: Numbers, finding: Finding | None = None) -> str:
    """The sentence under the plots.

    Args:
        numbers: Of the moment that is shown.
        finding: Whose evidence is shaded, if there is one.
    """
    if finding is not None:
        return _evidence(finding)
    if numbers.d_real is None or numbers.d_fake is None or numbers.balance is None:
        return say("Noise in, pictures out: the two begin to play.")
    if numbers.images < first_shapes(numbers.horizon):
        return _noise(numbers)
    return _said(_verdict(numbers), numbers)


def before_the_start() -> str:
    """What to expect, before anything has begun."""
    text = say(
        "The [generator|generator] draws, the [inspector|inspector] judges. The first shapes "
        "usually appear after {shapes} pictures."
    )
    return text.replace("{shapes}", say_count(FIRST_SHAPES))


def places_sentence(
    shown: int, begun: bool, moment: int | None, best: Best | None = None, note: str = ""
) -> str:
    """What the tiles are: so many places, empty, as they are now, or as they were at a clock.

    Args:
        shown: How many.
        begun: Whether there is a run.
        moment: The clock that is shown, None for now.
        best: The best moment.
        note: That the moment drew other places than now.
    """
    if not begun:
        text = say("{n} places, empty until it draws.")
    elif moment is None:
        text = say("The same {n} places, redrawn as it learns. The film below goes back in time.")
    elif best is not None and best.clock == moment:
        text = say("{best}: the same {n} places.") if not note else f"{{best}}. {note}"
        text = text.replace("{best}", say_best(best))
    elif note:
        text = f"{{clock}}. {note}"
    else:
        text = say("The same {n} places, as they looked at {clock}.")
    return text.replace("{n}", str(shown)).replace("{clock}", say_count(moment or 0))


def _noise(numbers: Numbers) -> str:
    """Caption 8: nothing to see yet, and when there will be."""
    shapes = say_count(first_shapes(numbers.horizon))
    seconds = seconds_to_shapes(numbers)
    if numbers.past or seconds is None:
        text = say("Only noise so far. The first shapes usually appear after {shapes} pictures.")
        return text.replace("{shapes}", shapes)
    text = say(
        "Only noise so far. The first shapes usually appear after {shapes} pictures, "
        "in about {time}."
    )
    return text.replace("{shapes}", shapes).replace("{time}", say_duration(seconds))


def _evidence(finding: Finding) -> str:
    """What the shaded part of the plots is."""
    first = finding.evidence[0] if finding.evidence else ""
    what = say_proof(PROOFS[first].words) if first in PROOFS else say("the losses")
    text = say("The shaded part is the evidence: {what}, since {since} pictures.")
    return text.replace("{what}", what).replace(
        "{since}", say_count(finding.since).replace(" ", "\u00a0")
    )


def _verdict(numbers: Numbers) -> str:
    """Who is ahead, in the artist's words."""
    balance = numbers.balance if numbers.balance is not None else 0.5
    early = numbers.horizon and numbers.images < _ROUGH_UNTIL * numbers.horizon
    if balance >= _FAR_AHEAD:
        return say(
            "The [inspector|inspector] is far ahead: a real picture beats a generated one {times} "
            "times in 100, so the [generator|generator] learns little from it."
        )
    if balance > _MATCHED:
        text = say(
            "The [inspector|inspector] is ahead: a real picture beats a generated one {times} "
            "times in 100."
        )
        return f"{text} {say('That is normal this early.')}" if early else f"{text} {_scores()}"
    if balance < _BEHIND:
        return say(
            "The [generator|generator] is ahead: a [generated picture|generator] beats a "
            "[real one|real] {less} times in 100. The inspector will catch up."
        )
    if early:
        # An undecided inspector says little while the pictures are still rough (LOOK, section 9).
        return f"{say('The [inspector|inspector] is fooled by rough pictures.')} {_scores()}"
    return f"{say('The two are well matched.')} " + say(
        "The [inspector|inspector] gives [your pictures|real] {real} and "
        "[generated ones|generator] {fake}; at 50\u00a0% each, this inspector could not tell."
    )


def _scores() -> str:
    return say("It gives [your pictures|real] {real} and [generated ones|generator] {fake}.")


def _said(text: str, numbers: Numbers) -> str:
    balance = numbers.balance or 0.0
    for mark, value in (
        ("{real}", percent(numbers.d_real or 0.0)),
        ("{fake}", percent(numbers.d_fake or 0.0)),
        ("{times}", str(round(100 * balance))),
        ("{less}", str(round(100 * (1 - balance)))),
    ):
        text = text.replace(mark, value)
    return text
