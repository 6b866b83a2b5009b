"""Three answers make a recipe: pictures, time, computer."""

import pytest

from ganstudio.project.advice import Candidate, advise, candidates
from ganstudio.project.presets import PRESETS, STRENGTHS


def rates(pictures: int, gpu: bool, rate: float) -> dict[Candidate, float]:
    return dict.fromkeys(candidates(pictures, gpu), rate)


@pytest.mark.parametrize("gpu", [False, True])
@pytest.mark.parametrize("pictures", [30, 1_000, 1_001, 5_000, 100_000])
def test_candidates_are_recipes_to_draw_with(pictures: int, gpu: bool) -> None:
    for preset, strength in candidates(pictures, gpu):
        assert not PRESETS[preset].classic
        assert strength in STRENGTHS
    assert candidates(pictures, gpu)[-1] == ("sketch", "small")


def test_a_strong_computer_and_time_get_the_best() -> None:
    assert advise(10_000, 600, True, rates(10_000, True, 1_000), "GPU").preset == "modern"
    assert advise(3_000, 600, True, rates(3_000, True, 1_000), "GPU").preset == "style"
    assert advise(100, 600, True, rates(100, True, 1_000), "GPU").preset == "few-shot"
    assert advise(100, 600, False, rates(100, False, 1_000), "CPU").preset == "sketch"


def test_less_time_gets_what_is_good_in_time() -> None:
    found = {
        minutes: advise(10_000, minutes, True, rates(10_000, True, 400), "GPU").preset
        for minutes in (7, 30, 200)
    }
    assert found == {7: "sketch", 30: "style", 200: "modern"}


def test_too_little_time_gets_the_quickest_and_is_told_how_long_it_takes() -> None:
    speeds = {("sketch", "medium"): 100.0, ("sketch", "small"): 300.0}
    advice = advise(500, 1, False, speeds, "no GPU found: training on 2 CPU cores")
    assert (advice.preset, advice.strength) == ("sketch", "small")
    assert not advice.enough
    assert advice.images == 18_000
    assert "good ones take about 8 min" in advice.why[1]
    assert "2 CPU cores" in advice.why[2]


def test_what_does_not_train_here_is_not_advised() -> None:
    speeds = rates(10_000, True, 1_000) | {("modern", "medium"): 0.0}
    assert advise(10_000, 600, True, speeds, "GPU").preset == "style"
    assert advise(500, 10, False, {}, "CPU").images == 0
