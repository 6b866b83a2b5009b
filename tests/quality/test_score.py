"""The score against damage that is known, copies that are known, and its own pictures."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from ganstudio.project.quality import QualityScore
from ganstudio.quality.frechet import frechet_distance, frechet_with_error, statistics_of
from ganstudio.quality.score import LEAST_REAL, Pile, Reference, share

COUNT = 64


def discs(seed: int, count: int = COUNT, side: int = 32) -> np.ndarray:
    """A disc on a ground, in many colours and places."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side]
    pictures = np.empty((count, side, side, 3), dtype=np.uint8)
    for picture in pictures:
        middle, reach = random.uniform(8, side - 8, 2), random.uniform(4, 12)
        picture[:] = random.integers(0, 256, 3)
        picture[(y - middle[0]) ** 2 + (x - middle[1]) ** 2 < reach**2] = random.integers(0, 256, 3)
    return pictures


def blurred(pictures: np.ndarray, radius: float) -> np.ndarray:
    soft = ImageFilter.GaussianBlur(radius)
    return np.stack([np.asarray(Image.fromarray(one).filter(soft)) for one in pictures])


def referred(held_out: np.ndarray, learned: np.ndarray) -> Reference:
    return Reference(Pile.of(held_out), Pile.of(learned))


def scored(reference: Reference, drawn: np.ndarray) -> QualityScore:
    return reference.score(Pile.of(drawn))


@pytest.fixture(scope="module")
def learned() -> np.ndarray:
    return discs(0, 100)


@pytest.fixture(scope="module")
def reference(learned: np.ndarray) -> Reference:
    return referred(discs(1), learned)


def test_pictures_of_the_same_kind_cannot_be_told_from_one_s_own(reference: Reference) -> None:
    new, own = scored(reference, discs(2)), reference.own
    assert own is not None
    low, high = new.kernel.interval
    assert low < 0.0 < high
    for name in ("precision", "recall"):
        assert abs(getattr(new, name).value - getattr(own, name).value) < 0.2
        assert getattr(new, name).value > 0.6
    assert new.frechet.value == pytest.approx(own.frechet.value, rel=0.3)
    assert new.copying is not None
    assert new.copying.interval[0] < 0.05 < new.copying.interval[1]


def test_every_distance_rises_and_realism_falls_with_every_picture_that_is_spoilt(
    reference: Reference,
) -> None:
    drawn, soft = discs(3), blurred(discs(3), 2.0)
    scores = [
        scored(reference, np.concatenate((soft[:spoilt], drawn[spoilt:])))
        for spoilt in (0, COUNT // 4, COUNT // 2, COUNT)
    ]
    for name in ("kernel", "frechet"):
        found = [getattr(score, name).value for score in scores]
        assert found == sorted(found), name
    realism = [score.precision.value for score in scores]
    assert realism == sorted(realism, reverse=True)
    assert realism[-1] < 0.1
    assert realism[0] > 0.7


@pytest.mark.slow
def test_the_distances_grow_with_the_grade_of_blur(reference: Reference) -> None:
    scores = [scored(reference, blurred(discs(3), radius)) for radius in (1.0, 2.0, 5.0)]
    for name in ("kernel", "frechet"):
        found = [getattr(score, name).value for score in scores]
        assert found == sorted(found), name


def test_copies_are_realistic_and_are_told(reference: Reference, learned: np.ndarray) -> None:
    score = scored(reference, learned[:COUNT])
    assert score.copying is not None
    assert score.copying.value == 1.0
    assert score.precision.value > 0.6


def test_the_same_picture_again_and_again_has_no_variety(reference: Reference) -> None:
    one = np.repeat(discs(4, 1), COUNT, axis=0)
    score = scored(reference, one)
    assert score.recall.value < 0.1
    assert score.kernel.interval[0] > 0.0


def test_colours_that_are_off_are_seen_without_a_network(reference: Reference) -> None:
    drawn = discs(5)
    darker = (drawn // 2).astype(np.uint8)
    assert scored(reference, darker).colors > 30 > 15 > scored(reference, drawn).colors


def test_without_held_out_pictures_it_compares_with_those_it_learned_from(
    learned: np.ndarray,
) -> None:
    reference = referred(learned[:0], learned)
    assert not reference.honest
    assert reference.count == len(learned)
    assert scored(reference, discs(6)).copying is None
    assert reference.own is None


def test_a_few_held_out_pictures_are_too_few_to_compare_with(learned: np.ndarray) -> None:
    assert not referred(discs(7, LEAST_REAL - 1), learned).honest
    assert referred(discs(7, LEAST_REAL), learned).honest
    assert referred(discs(7, LEAST_REAL), learned).wanted == 64


def test_too_few_pictures_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        referred(discs(0, 0), discs(0, LEAST_REAL - 1))


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(20, 32, 48, 1), (20, 48, 32, 4), (20, 64, 64, 3)])
def test_grey_and_transparent_pictures_of_any_shape(shape: tuple[int, ...]) -> None:
    random = np.random.default_rng(8)
    held_out, learned, drawn = (random.integers(0, 256, shape).astype(np.uint8) for _ in range(3))
    score = scored(referred(held_out, learned), drawn)
    low, high = score.kernel.interval
    assert low < 0.0 < high


def test_the_frechet_distance_keeps_its_value_and_gets_an_error() -> None:
    random = np.random.default_rng(9)
    found = []
    for _ in range(60):
        one, other = random.normal(size=(120, 3)), random.normal(0.5, 1.0, (100, 3))
        found.append(frechet_with_error(one, other))
        plain = frechet_distance(statistics_of(one), statistics_of(other))
        assert found[-1].value == pytest.approx(plain)
    spread = np.std([estimate.value for estimate in found])
    assert np.mean([estimate.error for estimate in found]) == pytest.approx(spread, rel=0.35)


def test_kinds_that_come_in_turn_do_not_make_the_distance_less_sure() -> None:
    random = np.random.default_rng(11)
    middles = 3.0 * random.normal(size=(10, 4))
    turn = np.arange(200) % 10
    found = []
    for _ in range(30):
        one, other = (middles[turn] + random.normal(size=(200, 4)) for _ in range(2))
        found.append(frechet_with_error(one, other))
    spread = np.std([estimate.value for estimate in found])
    assert np.mean([estimate.error for estimate in found]) == pytest.approx(spread, rel=0.5)


def test_pictures_are_looked_at_a_handful_at_a_time_and_not_kept() -> None:
    taken: list[tuple[int, int]] = []

    def take(start: int, stop: int) -> np.ndarray:
        taken.append((start, stop))
        return discs(start, stop - start)

    reference = Reference(Pile(20, take), Pile(30, take))
    slices = reference.scoring(Pile(64, take))
    steps = sum(1 for _ in slices)
    assert max(stop - start for start, stop in taken) <= 8
    assert steps > len(taken)
    before = len(taken)
    for _ in reference.look_for_copies():
        pass
    assert reference.tells_copies
    assert len(taken) - before == 4  # what was held out is known


def test_a_share_of_nothing_is_not_certain() -> None:
    assert share(0.0, 20).interval[1] > 0.1
    assert share(0.5, 10_000).error == pytest.approx(0.005, rel=0.01)


def test_shares_lie_within_their_interval_19_times_of_20() -> None:
    random = np.random.default_rng(10)
    counts = random.binomial(50, 0.1, 4_000)
    inside = [low <= 0.1 <= high for low, high in (share(c / 50, 50).interval for c in counts)]
    assert np.mean(inside) > 0.93


def test_diversity_counts_how_much_pictures_differ_from_each_other(reference: Reference) -> None:
    new = scored(reference, discs(2)).diversity
    assert new == pytest.approx(1.0, abs=0.1)
    few = scored(reference, np.repeat(discs(2, 2), COUNT // 2, axis=0)).diversity
    one = scored(reference, np.repeat(discs(2, 1), COUNT, axis=0)).diversity
    assert one == pytest.approx(0.0, abs=1e-6)
    assert few is not None
    assert 0.2 < few < 0.7


@pytest.mark.slow
def test_newness_is_one_of_new_pictures_and_none_of_copies(
    reference: Reference, learned: np.ndarray
) -> None:
    assert scored(reference, discs(2)).newness == pytest.approx(1.0, abs=0.15)
    assert scored(reference, learned[:COUNT]).newness == pytest.approx(0.0, abs=1e-6)
    without = referred(discs(9, 0), learned)  # none are held out
    assert scored(without, discs(2)).newness == pytest.approx(1.0, abs=0.25)
    assert scored(without, learned[:COUNT]).newness == pytest.approx(0.0, abs=1e-6)
