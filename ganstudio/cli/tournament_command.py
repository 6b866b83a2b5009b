"""`ganstudio tournament`: which moment's generator fools which moment's inspector, and their skill.

Not responsible for playing (`studio.engine`) nor for what a skill is (`quality.tournament`).
"""

from __future__ import annotations

from argparse import Namespace

from ganstudio.cli.output import Output, columns
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.numbers import say_count
from ganstudio.project.tournament import evenly
from ganstudio.studio import engine
from ganstudio.studio.models import ModelRef, find_model, model_of_run

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Let them play, and say what it comes to."""
    players = _players(options)
    first = players[0].run
    assert first is not None  # `_players` takes no other
    project = Project.open(first.path.resolve().parent.parent)
    output.progress("Drawing, then every inspector looks at all of it")
    with Stopper() as stopper:
        found = engine.play_tournament(
            project, first, [player.path for player in players], stopper.watched()
        )
    output.end_progress()
    if options.json:
        output.document(
            {
                "players": [_plain(player) for player in players],
                "wins": found.wins.tolist(),
                "generators": found.generators.tolist(),
                "inspectors": found.inspectors.tolist(),
                "errors": found.errors.tolist(),
            }
        )
        return 0
    names = _names(players)
    rows: list[tuple[str, ...]] = [("", "skill", *names)]
    for index, name in enumerate(names):
        skill = _skill(found.generators[index], found.errors[index])
        wins = (f"{100 * share:.0f} %" for share in found.wins[index])
        rows.append((name, skill, *wins))
    judges = (
        _skill(skill, found.errors[len(names) + index])
        for index, skill in enumerate(found.inspectors)
    )
    rows.append(("inspectors' skill", "", *judges))
    output.result(
        "Rows are generators, columns inspectors: how often a generated picture was found more\n"
        "real than a real one (50 %: that inspector cannot tell). 400 points more win 10 of 11.\n"
    )
    output.result("\n".join(columns(rows)))
    return 0


def _players(options: Namespace) -> list[ModelRef]:
    """The moments that play: those that were named, or of one run so many, evenly chosen."""
    named = [find_model(text) for text in options.models]
    for player in named:
        if player.run is None:
            raise UserError("score-needs-run", path=player.path)
    run = named[0].run
    if len(named) > 1 or run is None:
        return named
    return [model_of_run(run, clock) for clock in evenly(run.snapshots(), options.moments)]


def _names(players: list[ModelRef]) -> list[str]:
    """Their clocks, with the run's name where there are several."""
    several = len({player.key for player in players}) > 1
    return [player.title if several else say_count(player.images or 0) for player in players]


def _plain(player: ModelRef) -> dict[str, object]:
    return {"title": player.title, "run": player.key, "images": player.images}


def _skill(points: float, error: float) -> str:
    return f"{points:.0f} +- {error:.0f}"
