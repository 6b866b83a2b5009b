"""`ganstudio runs`: all runs of a project in a table, or what differs between two of them.

Not responsible for what a run's facts are (`project.run_summary`).
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from ganstudio.cli.output import Output, columns
from ganstudio.cli.values import said
from ganstudio.project.folder import Project
from ganstudio.project.numbers import say_bytes, say_count, say_duration
from ganstudio.project.run_summary import RunSummary, differences, run_named, summary_of

__all__ = ["run"]

_HEAD = ("run", "recipe", "seen", "time", "moments", "best", "realism", "coverage", "disk", "began")


def run(options: Namespace, output: Output) -> int:
    """List them, or compare two."""
    project = Project.open(options.project)
    if options.compare is not None:
        return _compare(project, options, output)
    found = [summary_of(one) for one in project.runs()]
    if options.json:
        output.document({"path": project.path, "runs": [_plain(one) for one in found]})
    else:
        output.result("\n".join(_table(found)) if found else "No run yet.")
    return 0


def _compare(project: Project, options: Namespace, output: Output) -> int:
    one, other = (run_named(project.runs(), name) for name in options.compare)
    found = differences(one.recipe(), other.recipe())
    if options.json:
        values = {key: [first, second] for key, first, second in found}
        output.document({"runs": [one.id, other.id], "differences": values})
    elif found:
        names = tuple(f"{each.info().name} ({each.id})" for each in (one, other))
        rows = [("", *names), *((key, said(a), said(b)) for key, a, b in found)]
        output.result("\n".join(columns(rows)))
    else:
        output.result("Their recipes are the same.")
    return 0


def _plain(found: RunSummary) -> dict[str, object]:
    scores = {"score": found.score, "best_score": found.best_score}
    lines = {key: score.line() if score is not None else None for key, score in scores.items()}
    return asdict(found) | lines


def _table(found: list[RunSummary]) -> list[str]:
    return columns([_HEAD, *(_row(one) for one in found)])


def _row(found: RunSummary) -> tuple[str, ...]:
    score = found.score.score if found.score is not None else None
    until = f" of {say_count(found.target)}" if found.target else ""
    return (
        found.name,
        found.recipe,
        f"{say_count(found.images)}{until}",
        say_duration(found.seconds) if found.seconds else "",
        str(len(found.snapshots)),
        say_count(found.best.clock) if found.best else "",
        f"{100 * score.precision.value:.0f} %" if score else "",
        f"{100 * score.recall.value:.0f} %" if score else "",
        say_bytes(found.disk),
        found.created[:16].replace("T", " "),
    )
