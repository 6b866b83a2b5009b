"""`ganstudio doctor`: what is going on in a run, and what to do about it.

Not responsible for finding anything (`quality.doctor`, by `studio.engine`). It says what the window
says, of the same rows and scores; moments without a score are left to `score` and the window.
"""

from __future__ import annotations

import textwrap
from argparse import Namespace

from ganstudio.cli.output import Output
from ganstudio.project.finding_texts import words_of_finding, words_of_remedy
from ganstudio.project.findings import Finding
from ganstudio.project.folder import Project
from ganstudio.project.numbers import say_count
from ganstudio.project.run_summary import run_named
from ganstudio.studio import engine
from ganstudio.studio.run_history import rows_of

__all__ = ["run"]

_WIDTH = 78


def run(options: Namespace, output: Output) -> int:
    """Examine a run and say what it comes to."""
    project = Project.open(options.project)
    chosen = run_named(project.runs(), options.run) if options.run else project.newest_run()
    rows, scores = rows_of(chosen.metrics()), chosen.scores()
    found, left = engine.diagnose(chosen, rows, scores.values())
    images = rows[-1].images if rows else 0
    facts: dict[str, object] = {
        "run": chosen.id,
        "name": chosen.info().name,
        "images": images,
        "rows": len(rows),
        "scored_moments": len(scores),
        "findings": [_plain(one, one.code in left) for one in found],
    }
    if options.json:
        output.document(facts)
    else:
        head = f"{chosen.info().name} at {say_count(images)} pictures seen"
        output.result(
            "\n".join([f"{head}, {len(scores)} of its moments scored", *_lines(found, left)])
        )
    return 0


def _plain(finding: Finding, left: bool) -> dict[str, object]:
    headline, term, sentence = words_of_finding(finding)
    remedy = finding.remedy
    return {
        "code": finding.code,
        "severity": finding.severity,
        "since": finding.since,
        "headline": headline,
        "term": term,
        "sentence": sentence,
        "values": dict(finding.values),
        "evidence": list(finding.evidence),
        "left_alone": left,
        "remedy": None
        if remedy is None
        else {
            "kind": remedy.kind,
            "values": dict(remedy.values),
            "clock": remedy.clock,
            "words": words_of_remedy(remedy)[0],
        },
    }


def _lines(found: list[Finding], left: frozenset[str]) -> list[str]:
    lines = []
    for finding in found:
        headline, term, sentence = words_of_finding(finding)
        alone = ", left alone" if finding.code in left else ""
        lines += ["", f"{headline} ({term}{alone})"]
        lines += textwrap.wrap(sentence, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        if finding.remedy is not None:
            button, hint = words_of_remedy(finding.remedy)
            lines.append(f"  -> {button}. {hint}")
            lines += [f"     {key}={value}" for key, value in finding.remedy.values.items()]
    return lines
