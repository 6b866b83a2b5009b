"""What the training doctor says, in one table: findings, and what to do about them.

Not responsible for finding anything (`quality.doctor`), nor for showing it. `desktop` translates
the texts by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ganstudio.project.findings import Finding, Remedy
from ganstudio.project.numbers import say_count

__all__ = ["FINDING_TEXTS", "REMEDY_TEXTS", "Words", "words_of_finding", "words_of_remedy"]

#: Headline, technical name, sentence.
Words = tuple[str, str, str]

#: code, or code/first evidence -> its words. Values stand in braces.
FINDING_TEXTS: Mapping[str, Words] = {
    "healthy": (
        "All is well",
        "healthy",
        "The two keep each other busy, and nothing points to trouble.",
    ),
    "warming-up": (
        "Still warming up",
        "warm-up",
        "Only noise so far: there is something to judge from {shapes} pictures on.",
    ),
    "inspector-ahead": (
        "The inspector is far ahead",
        "discriminator too strong",
        "Since {since} pictures, a real picture beats a generated one {times} times in 100, and "
        "what is drawn gets no better. The generator learns too little from it.",
    ),
    "inspector-drifting": (
        "The inspector pulls away",
        "drifting balance, overfitting discriminator",
        "Since {since} pictures, a real picture beats a generated one ever more often: {low} times "
        "in 100 then, {high} now. What is drawn gets no better by it.",
    ),
    "generator-ahead": (
        "The generator is far ahead",
        "discriminator too weak",
        "Since {since} pictures, a real picture beats a generated one only {times} times in 100, "
        "though what is drawn is still rough. The inspector has nothing left to teach it.",
    ),
    "mode-collapse": (
        "It draws the same few pictures",
        "mode collapse",
        "Since {since} pictures, generated pictures differ from each other only {share} as much "
        "as yours do. Waiting will probably not cure it.",
    ),
    "mode-dropping": (
        "It leaves out kinds of pictures",
        "mode dropping",
        "Since {since} pictures, it has covered fewer kinds of yours: {share} of your pictures "
        "now, {best} at its best. What it draws looks as real as then.",
    ),
    "memorising/copying": (
        "It begins to copy",
        "memorising, overfitting",
        "Since {since} pictures, {share} of the generated pictures are nearly one of yours; of "
        "new ones, {expected} would be.",
    ),
    "memorising/newness": (
        "It begins to copy",
        "memorising, overfitting",
        "Since {since} pictures, generated pictures lie only {share} as far from the nearest of "
        "yours as your own lie from each other.",
    ),
    "memorising/memorised": (
        "The inspector learns your pictures by heart",
        "memorising, overfitting discriminator",
        "Since {since} pictures, it has believed pictures of yours that it never saw far less "
        "than those it learns from: {share} of the way to generated ones.",
    ),
    "oscillating": (
        "It swings back and forth",
        "oscillation",
        "Since {since} pictures, first one and then the other is ahead: a real picture beats a "
        "generated one {low} to {high} times in 100. Slower learning calms that.",
    ),
    "oscillating/kernel": (
        "It swings back and forth",
        "oscillation",
        "Since {since} pictures, the score has kept changing its direction, up to {share} at a "
        "time. Slower learning calms that.",
    ),
    "stalled": (
        "As good as it gets",
        "convergence, plateau",
        "The score has not moved for {span} pictures; the best moment, {best}, is kept.",
    ),
    "exploding": (
        "The numbers run away",
        "divergence, exploding losses",
        "Since {since} pictures, the losses have been about {loss}, where {usual} is usual. It "
        "rarely finds back by itself.",
    ),
    "not-a-number": (
        "The numbers broke down",
        "not a number (NaN), rollback",
        "The loss was not a number{often}, so training went back to {clock} pictures and halved "
        "the learning speed. It goes on.",
    ),
    "not-a-number/skipped": (
        "Steps are left out",
        "not a number (NaN), skipped steps",
        "Since {since} pictures, {steps} steps were left out because something in them was not a "
        "number.",
    ),
}

#: What a remedy does -> the button, and the line under it, which is short.
REMEDY_TEXTS: Mapping[str, tuple[str, str]] = {
    "more-augmentation": ("Augment more", "From here on, {percent} of the pictures."),
    "less-augmentation": ("Augment less", "From here on, {percent} of the pictures."),
    "slower": ("Halve the learning speed", "From here on; the run goes on."),
    "faster": ("Learn faster", "From here on, half as fast again."),
    "steadier": ("Play steadier", "From here on: slower, more penalty."),
    "held": ("Hold the inspector back", "From here on, by a penalty. (R1 + R2)"),
    "freed": ("Loosen the inspector", "From here on, with half the penalty."),
    "branch-augmenting": (
        "Go back to {clock} and branch",
        "This run stays. The branch augments more.",
    ),
    "branch-steadier": (
        "Go back to {clock} and branch",
        "This run stays. The branch plays steadier.",
    ),
    "branch-slower": (
        "Go back to {clock} and branch",
        "This run stays. The branch learns slower.",
    ),
    "stop": ("Stop here", "The best moment is kept."),
}


def same(text: str) -> str:
    """No translation."""
    return text


def words_of_finding(finding: Finding, translate: Callable[[str], str] = same) -> Words:
    """Headline, technical name and sentence, with the numbers in them.

    Args:
        finding: What to say.
        translate: From a text of the table to one in the person's language.
    """
    first = finding.evidence[0] if finding.evidence else ""
    texts = FINDING_TEXTS.get(f"{finding.code}/{first}") or FINDING_TEXTS[finding.code]
    headline, term, sentence = (_filled(translate(text), _said(finding)) for text in texts)
    return headline, term, sentence


def words_of_remedy(remedy: Remedy, translate: Callable[[str], str] = same) -> tuple[str, str]:
    """The button and the line under it; arguments as those of `words_of_finding`."""
    p = remedy.values.get("augment.p")
    values = {
        "clock": _value(remedy.clock) if remedy.clock is not None else "",
        "percent": _value(float(p)) if isinstance(p, (int, float)) else "",
    }
    button, line = (_filled(translate(text), values) for text in REMEDY_TEXTS[remedy.idea])
    return button, line


def _said(finding: Finding) -> dict[str, str]:
    return {"since": _value(finding.since)} | {
        name: _value(value) for name, value in finding.values.items()
    }


def _value(value: object) -> str:
    """Whole numbers are counts of pictures, others shares of 1; none is torn at a line's end."""
    if isinstance(value, int):
        return say_count(value).replace(" ", "\u00a0")
    return f"{round(100 * value)}\u00a0%" if isinstance(value, float) else str(value)


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
