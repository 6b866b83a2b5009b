"""What the training doctor finds, as plain values, and how a run remembers what was left alone.

Not responsible for finding anything (`quality.doctor`), nor for words (`finding_texts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ganstudio.project.runs import RunFolder

__all__ = [
    "Finding",
    "FindingCode",
    "Remedy",
    "RemedyKind",
    "Severity",
    "leave_alone",
    "left_alone",
    "to_show",
]

#: "calm" is nothing to act on, "good" that nothing more is to be had, "poor" that more of the same
#: probably does not help, "bad" that it makes things worse.
Severity = Literal["calm", "good", "poor", "bad"]

FindingCode = Literal[
    "healthy",
    "warming-up",
    "inspector-ahead",
    "inspector-drifting",
    "generator-ahead",
    "mode-collapse",
    "mode-dropping",
    "memorising",
    "oscillating",
    "stalled",
    "exploding",
    "not-a-number",
]

#: "change" settings while it runs, go back and "branch" off with other settings, or "stop".
RemedyKind = Literal["change", "branch", "stop"]

_LEFT = "finding-left"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do about a finding.

    Attributes:
        kind: What has to be done.
        idea: Which words say it (`finding_texts`).
        values: Dotted keys of the recipe and their new values, as `Recipe.with_values` takes them.
        clock: Where to go back to; None unless it branches.
    """

    kind: RemedyKind
    idea: str
    values: Mapping[str, object] = field(default_factory=dict)
    clock: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is so in a run.

    Attributes:
        code: What it is.
        severity: How bad that is.
        since: The clock at which its evidence begins.
        values: Numbers of its sentence: whole ones are counts of pictures, others shares of 1.
        evidence: The series that prove it, the most telling first: fields of `MetricsRow`, or
            measures of moments ("diversity", "recall", "copying", "newness", "memorised",
            "kernel").
        remedy: What to do; None where there is nothing to do or nothing is known to help.
    """

    code: FindingCode
    severity: Severity
    since: int = 0
    values: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    remedy: Remedy | None = None

    @property
    def is_shown(self) -> bool:
        """Whether a card is worth while: calm findings are said in the caption alone."""
        return self.severity != "calm"


def left_alone(events: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Codes of findings that a person chose to leave alone in this run."""
    return frozenset(str(event.get("code")) for event in events if event.get("event") == _LEFT)


def leave_alone(run: RunFolder, finding: Finding) -> None:
    """Write down that a person wants to hear no more of a finding in this run.

    Its clock is where the evidence begins, so that going back to before that forgets it.
    """
    run.add_event(_LEFT, finding.since, code=finding.code)


def to_show(findings: Iterable[Finding], left: Iterable[str] = ()) -> list[Finding]:
    """Those that deserve a card, without those that were left alone."""
    unwanted = set(left)
    return [one for one in findings if one.is_shown and one.code not in unwanted]
