"""`ganstudio score`: how good what a run draws is, and how sure that is; and which moment is best.

Not responsible for scoring (`studio.engine`) nor for what makes a moment the best
(`project.titles`). Everything that is printed stands in the JSON too.
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict, replace
from pathlib import Path

from ganstudio.cli.output import Output, columns
from ganstudio.cli.progress import counting_line
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.numbers import say_count
from ganstudio.project.quality import FID_WANTS, Estimate, Fid, MomentScore, QualityScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best, titles
from ganstudio.studio import engine
from ganstudio.studio.models import find_model

__all__ = ["run"]

_ESTIMATES = ("precision", "recall", "copying", "kernel", "frechet")
_PLAIN = ("density", "coverage", "sliced", "colors")

#: Key, name, unit, and what it means.
_ROWS = (
    ("precision", "realism", "%", "look like one of yours (precision)"),
    ("recall", "coverage", "%", "of yours have one like them (recall)"),
    ("copying", "copying", "%", "lie suspiciously near one of yours; of new pictures 5 % do"),
    ("kernel", "kernel distance", "", "times 1,000; 0 for pictures of the same kind"),
    ("frechet", "Frechet distance", "", "on the bundled features: never call it FID"),
    ("sliced", "patches", "", "sliced Wasserstein distance, without a network"),
    ("colors", "colours", "", "levels off, of 255"),
)

_BIASED = (
    f"Of fewer than {FID_WANTS:,} pictures of each kind FID is too high: compare it only with FIDs "
    "of as many."
)


def run(options: Namespace, output: Output) -> int:
    """Draw, compare, and say what it comes to."""
    reference = find_model(options.model)
    if reference.run is None:
        raise UserError("score-needs-run", path=reference.path)
    output.progress("Looking at the pictures, then drawing as many")
    judge = engine.Judge(Project.open(reference.run.path.resolve().parent.parent), reference.run)
    weights = judge.take_inception(options.inception) if options.inception is not None else None
    if options.all:
        return _score_all(judge, reference.run, weights, options, output)
    found = judge.score(reference.path)
    if weights is not None:
        with Stopper() as stopper:
            found = replace(found, fid=_fid(judge, reference.path, stopper, output))
    facts: dict[str, object] = {
        "run": reference.run.id,
        "title": reference.title,
        "images": reference.images,
        "generated": found.drawn,
        "real": found.real,
        "held_out": found.honest,
        "score": _plain(found.score),
        "own": _plain(found.own) if found.own is not None else None,
        "fid": None if found.fid is None else found.fid.plain() | {"biased": found.fid.biased},
    }
    output.end_progress()
    if options.json:
        output.document(facts)
    else:
        output.result("\n".join([*_lines(facts), *_fid_lines(found)]))
    return 0


def _fid(judge: engine.Judge, model: Path, stopper: Stopper, output: Output) -> Fid:
    """Measure the FID of a moment; it takes minutes, so it is counted and can be ended."""
    slices = judge.measuring_fid(model)
    while True:
        try:
            step = next(slices)
        except StopIteration as end:
            found: Fid = end.value
            return found
        if stopper.asked:
            raise Cancelled
        output.progress(counting_line("Inception looks at pictures", step.done, step.total))


def _score_all(
    judge: engine.Judge, run: RunFolder, weights: str | None, options: Namespace, output: Output
) -> int:
    """Score what has no score yet, keep that in the run, and say who won the title when."""
    known = run.scores()
    waiting = [clock for clock in reversed(run.snapshots()) if clock not in known]
    with Stopper() as stopper:
        for done, clock in enumerate(waiting):
            if stopper.asked:
                raise Cancelled
            output.progress(counting_line("Scoring", done, len(waiting)))
            run.add_score(judge.score(_model(run, clock)))
        if weights is not None:
            for score in _without_fid(run, weights):
                fid = _fid(judge, _model(run, score.images), stopper, output)
                run.add_score(replace(score, fid=fid))
    output.end_progress()
    scores, best = run.scores(), run.best()
    won = [score.images for score in titles(scores)]
    if options.json:
        output.document(
            {
                "run": run.id,
                "scores": [scores[clock].line() for clock in sorted(scores)],
                "titles": won,
                "best": None if best is None else asdict(best),
                "inception": weights,
            }
        )
    else:
        head = ("moment", "kernel distance", "realism", "coverage", "copying", "FID", "")
        rows = [head, *(_moment_row(scores[clock], won, best, weights) for clock in sorted(scores))]
        if weights is None:
            rows = [(*row[:-2], row[-1]) for row in rows]
        biased = any(score.fid is not None and score.fid.biased for score in scores.values())
        notes = ["", _BIASED] if weights is not None and biased else []
        output.result("\n".join([*columns(rows), *notes]))
    return 0


def _without_fid(run: RunFolder, weights: str) -> list[MomentScore]:
    """Scores of moments that are there and have no FID by these weights, the newest first."""
    scores = run.scores()
    moments = [clock for clock in reversed(run.snapshots()) if clock in scores]
    return [scores[clock] for clock in moments if scores[clock].fid_by(weights) is None]


def _model(run: RunFolder, clock: int) -> Path:
    return run.snapshot_folder(clock) / "generator.safetensors"


def _moment_row(
    found: MomentScore, won: list[int], best: Best | None, weights: str | None
) -> tuple[str, ...]:
    score, words = found.score, []
    fid = found.fid_by(weights) if weights is not None else None
    if found.images in won:
        words.append("won the title")
    if best is not None and best.clock == found.images:
        words.append("best" if best.reason == "score" else "your choice")
    return (
        say_count(found.images),
        f"{score.kernel.value:.1f} +- {score.kernel.error:.1f}",
        _said(score.precision.value, "%"),
        _said(score.recall.value, "%"),
        _said(score.copying.value, "%") if score.copying is not None else "",
        f"{fid.value:.1f}" if fid is not None else "",
        ", ".join(words),
    )


def _plain(score: QualityScore) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in _ESTIMATES:
        estimate: Estimate | None = getattr(score, name)
        found[name] = None
        if estimate is not None:
            low, high = estimate.interval
            found[name] = {"value": estimate.value, "low": low, "high": high}
    return found | {name: getattr(score, name) for name in _PLAIN}


def _lines(facts: dict[str, object]) -> list[str]:
    """A table: what, how much, between what, what one's own pictures reach, what that means."""
    score, own = facts["score"], facts["own"]
    assert isinstance(score, dict)
    own = own if isinstance(own, dict) else {}
    seen = "that it never saw" if facts["held_out"] else "that it learned from (none are held out)"
    rows = [("", "found", "95 in 100 within", "your own", "")]
    for key, name, unit, what in _ROWS:
        if score[key] is not None:
            cells = _cells(score[key], unit)
            rows.append((name, *cells, _cells(own.get(key), unit)[0], what))
    return [
        f"{facts['title']}: {facts['generated']} generated pictures against {facts['real']} {seen}",
        "",
        *(f"  {a:<18}{b:>8}   {c:<16}{d:>8}   {e}".rstrip() for a, b, c, d, e in rows),
    ]


def _fid_lines(found: MomentScore) -> list[str]:
    """FID in a line, and why it is too high where there are few pictures."""
    fid = found.fid
    if fid is None:
        return []
    kind = "held-out pictures" if found.honest else "pictures that it learned from"
    lines = ["", f"FID {fid.value:.1f} ({fid.drawn:,} generated, {fid.real:,} {kind})"]
    if fid.biased:
        lines.append(_BIASED)
    return lines


def _cells(found: object, unit: str) -> tuple[str, str]:
    """A number and its interval, as they are printed."""
    if isinstance(found, dict):
        low, high = found["low"], found["high"]
        between = f"{low:.1f} to {high:.1f}"
        if unit:
            between = f"{100 * max(low, 0.0):.0f} to {100 * min(high, 1.0):.0f} %"
        return _said(found["value"], unit), between
    return (_said(found, unit), "") if isinstance(found, float) else ("", "")


def _said(number: float, unit: str) -> str:
    return f"{100 * number:.0f} %" if unit else f"{number:.1f}"
