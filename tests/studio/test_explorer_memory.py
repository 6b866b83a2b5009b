"""Ten thousand pictures of a real generator later, the explorer holds no more than before."""

from __future__ import annotations

import psutil
import pytest

from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import DirectionsFound
from tests.studio.conftest import Watch

_PICTURES, _ROUNDS, _WARM = 10_000, 20, 4
_ALLOWED = 12 * 1024 * 1024


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_sheets_and_walks_hold_no_more_after_ten_thousand_pictures(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    """Every picture is asked for, drawn and collected; every fourth sheet is replaced."""
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1, images=64))
    studio.training.wait()
    explorer = studio.explorer
    studio.explore_run(tiny_project.newest_run())
    watch.until(lambda: bool(watch.of(DirectionsFound)))
    process, held, drawn, turn = psutil.Process(), [], 0, 0
    for round_number in range(1, _ROUNDS + 1):
        while drawn < _PICTURES * round_number // _ROUNDS:
            turn += 1
            points = [LatentPoint(seed_x=turn + n / 25, seed_y=turn / 3) for n in range(25)]
            name, whole = ("breed", "map", "pad")[turn % 3], turn % 3 == 2
            explorer.request_sheet(name, points, whole)
            if turn % 4 == 0:  # changed one's mind
                explorer.request_sheet(name, points[::-1], whole)
            explorer.request(points[0])
            came = 0

            def all_of_it(name: str = name) -> bool:
                nonlocal came
                came += sum(len(sheet.points) for sheet in explorer.collect(name))
                return came >= 25

            watch.until(all_of_it)
            drawn += came
            explorer.frames.take()
        held.append(process.memory_info().rss)
    assert max(held[_WARM:]) - held[_WARM - 1] < _ALLOWED, [value >> 20 for value in held]
