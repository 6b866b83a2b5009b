"""Each rule of the training doctor at both sides of its threshold, on invented rows and scores."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganstudio.project.finding_texts import FINDING_TEXTS, words_of_finding, words_of_remedy
from ganstudio.project.findings import Finding
from ganstudio.project.messages import MetricsRow
from ganstudio.project.presets import recipe_for
from ganstudio.project.quality import Estimate, InspectorReading, MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.quality import doctor
from ganstudio.quality.case import Case, trailing
from ganstudio.quality.limits import LIMITS, limit
from tests.invented_scores import invented_score

HORIZON, END, EVERY = 250_000, 100_000, 500
RECIPE = recipe_for(size=32, pictures=5_000, horizon=HORIZON)
WINDOW = 5_000  # 2 % of the horizon

Course = Callable[[int], float]


def rows(end: int = END, every: int = EVERY, **fields: float | Course) -> list[MetricsRow]:
    """A healthy run, but for some fields: a number, or what it is at a clock."""
    found = []
    for clock in range(every, end + 1, every):
        usual: dict[str, float] = {
            "loss_g": 1.1,
            "loss_d": 0.5,
            "d_real": 0.65,
            "d_fake": 0.35,
            "balance": 0.8,
            "penalty": 0.02,
            "gradient_g": 0.4,
            "gradient_d": 0.5,
            "learning_rate": 2e-3,
            "augment_p": 0.0,
            "images_per_s": 300.0,
            "seconds": clock / 300,
            "skipped": 0,
        }
        here = {n: value(clock) if callable(value) else value for n, value in fields.items()}
        found.append(MetricsRow(images=clock, **(usual | here)))  # type: ignore[arg-type]
    return found


def since(clock: int, then: float, before: float = 0.8) -> Course:
    return lambda here: then if here > clock else before


def moment(
    clock: int,
    kernel: float = 100.0,
    diversity: float | None = 0.9,
    copying: Estimate | None = None,
    newness: float | None = 1.5,
    memorised: Estimate | None = None,
    error: float = 4.0,
    precision: float = 0.6,
    recall: float | Estimate = 0.72,
) -> MomentScore:
    plain = invented_score(precision, copying=copying, frechet=2 * kernel)
    quality = dataclasses.replace(
        plain,
        diversity=diversity,
        newness=newness,
        kernel=Estimate(kernel, error),
        recall=recall if isinstance(recall, Estimate) else Estimate(recall, 0.05),
    )
    reading = None if memorised is None else InspectorReading(2.0, 1.0, 0.0, memorised)
    return MomentScore(clock, quality, None, 64, 64, True, reading)


def moments(
    count: int = 10, end: int = END, **fields: Callable[[int], object]
) -> list[MomentScore]:
    """Evenly spaced, each better than the one before, but for some fields by clock."""
    found = []
    for clock in np.linspace(end / count, end, count).astype(int):
        usual: dict[str, object] = {"kernel": 300.0 * (1 - clock / end) + 30}
        usual |= {name: value(int(clock)) for name, value in fields.items()}
        found.append(moment(int(clock), **usual))  # type: ignore[arg-type]
    return found


def codes(found: list[Finding]) -> list[str]:
    return [one.code for one in found]


def examine(
    mine: list[MetricsRow], scores: list[MomentScore] | None = None, recipe: Recipe = RECIPE
) -> list[Finding]:
    found = doctor.examine(mine, scores or [], recipe, kept=[0, 20_000, 40_000, 60_000, 80_000])
    for finding in found:
        for text in words_of_finding(finding):
            assert "{" not in text, text
        if finding.remedy is not None:
            assert "{" not in "".join(words_of_remedy(finding.remedy))
            recipe.with_values(dict(finding.remedy.values))  # raises if there is no such setting
    return found


def test_a_healthy_run_is_healthy_with_and_without_scores() -> None:
    assert codes(examine(rows())) == ["healthy"]
    assert codes(examine(rows(), moments())) == ["healthy"]
    assert codes(examine([], moments())) == ["healthy"]


def test_a_beginning_is_only_a_beginning_whatever_it_looks_like() -> None:
    odd = rows(4_000 + 2 * WINDOW - EVERY, balance=1.0, loss_g=5.0)
    early = [moment(clock, diversity=0.0) for clock in (0, 1_000, 2_000, 3_000)]
    assert codes(examine(odd, early)) == ["warming-up"]
    assert codes(examine([])) == ["warming-up"]


def test_before_a_hundred_steps_there_is_nothing_to_judge() -> None:
    assert Case([], [], RECIPE).warm == 4_000
    assert Case([], [], RECIPE.with_values({"batch_size": 64})).warm == 6_400
    assert Case([], [], RECIPE.with_values({"horizon": 8_000})).warm == 2_000


# -- numbers ---


def test_going_back_is_told_for_a_while() -> None:
    event = {"event": "rollback", "images": 60_000, "broke_at": 61_000, "returns": 1}
    (found,) = doctor.examine(rows(62_000), [], RECIPE, events=[event])
    assert (found.code, found.since, found.remedy) == ("not-a-number", 60_000, None)
    assert "went back to 60\u00a0k" in words_of_finding(found)[2]
    later = 61_000 + int(limit("broken-lately") * WINDOW)
    assert codes(doctor.examine(rows(later + WINDOW), [], RECIPE, events=[event])) == ["healthy"]


def test_going_back_again_and_again_asks_for_a_branch_that_learns_more_slowly() -> None:
    events = [{"event": "rollback", "images": 60_000, "broke_at": 61_000, "returns": 2}]
    (found,) = doctor.examine(rows(62_000), [], RECIPE, events=events, kept=[20_000, 60_000])
    assert found.remedy is not None
    assert (found.remedy.kind, found.remedy.clock) == ("branch", 60_000)
    assert found.remedy.values["optimizer.lr"] < RECIPE.optimizer.lr  # type: ignore[operator]
    assert "twice" in words_of_finding(found)[2]


def test_steps_that_are_left_out_count_only_when_they_are_many() -> None:
    steps = 2 * WINDOW / RECIPE.batch_size
    many, few = int(limit("skipped") * steps) + 2, int(limit("skipped") * steps) - 1
    assert codes(examine(rows(skipped=since(END - EVERY, many, 0)))) == ["not-a-number"]
    assert codes(examine(rows(skipped=since(END - EVERY, few, 0)))) == ["healthy"]


@pytest.mark.parametrize(("size", "told"), [(30.0, ["exploding"]), (7.0, ["healthy"])])
def test_losses_that_both_run_away_are_named(size: float, told: list[str]) -> None:
    wild = since(80_000, size, 0.7)
    found = examine(rows(loss_g=wild, loss_d=wild, balance=since(80_000, 0.6)))
    assert codes(found) == told
    if told == ["exploding"]:
        assert found[0].since == 80_000
        assert found[0].remedy is not None
        assert (found[0].remedy.kind, found[0].remedy.clock) == ("branch", 60_000)


def test_one_odd_row_is_no_alarm() -> None:
    for clock in (END, END - EVERY, END - WINDOW):

        def odd(here: int, clock: int = clock) -> float:
            return 1e6 if here == clock else 1.0

        assert codes(examine(rows(loss_g=odd, loss_d=odd))) == ["healthy"]


@pytest.mark.parametrize(
    ("loss", "balance", "told"),
    [
        (30.0, 0.6, "exploding"),
        (30.0, 0.96, "healthy"),  # the inspector simply wins
        (150.0, 0.96, "exploding"),
    ],
)
def test_large_losses_of_an_inspector_that_wins_are_no_explosion(
    loss: float, balance: float, told: str
) -> None:
    mine = rows(loss_g=since(80_000, loss, 1.1), balance=since(80_000, balance))
    assert codes(examine(mine)) == [told]


@pytest.mark.parametrize(("size", "told"), [(45.0, "healthy"), (60.0, "exploding")])
def test_where_no_loss_is_usual_ten_times_its_own_past_is_too_much(size: float, told: str) -> None:
    """A Wasserstein loss may be of any size."""
    recipe = RECIPE.with_values({"game.loss": "wasserstein"})
    assert codes(examine(rows(loss_g=since(80_000, size, 5.0)), recipe=recipe)) == [told]


# -- who is ahead ---


def test_an_inspector_far_ahead_is_named_only_if_nothing_gets_better() -> None:
    ahead = rows(balance=since(70_000, 0.99))
    found = examine(ahead)
    assert codes(found) == ["inspector-ahead"]
    assert found[0].since == 70_000
    assert "99 times in 100" in words_of_finding(found[0])[2]
    same = moments(kernel=lambda clock: 200.0)
    assert "inspector-ahead" in codes(examine(ahead, same))
    assert codes(examine(ahead, moments())) == ["healthy"]


@pytest.mark.parametrize(("last", "told"), [(192.0, "inspector-ahead"), (178.0, "healthy")])
def test_a_tenth_less_of_the_distance_counts_as_better(last: float, told: str) -> None:
    scores = moments(kernel=lambda clock: 200.0 if clock <= 70_000 else last)
    assert codes(examine(rows(balance=since(70_000, 0.995)), scores))[0] == told


@pytest.mark.parametrize(("balance", "told"), [(0.995, "inspector-ahead"), (0.985, "healthy")])
def test_healthy_runs_come_up_to_98_of_100(balance: float, told: str) -> None:
    assert codes(examine(rows(balance=balance))) == [told]


def test_an_inspector_ahead_below_the_threshold_or_for_a_short_time_is_healthy() -> None:
    assert codes(examine(rows(balance=limit("ahead") - 0.01))) == ["healthy"]
    short = END - (limit("ahead-windows") - 1) * WINDOW
    assert codes(examine(rows(balance=since(int(short), 0.99)))) == ["healthy"]


def test_hints_that_vanish_are_enough() -> None:
    balance = since(END - 2 * WINDOW, 0.99)
    gone = rows(balance=balance, gradient_g=since(END - 2 * WINDOW, 0.001, 0.4))
    assert codes(examine(gone)) == ["inspector-ahead"]
    some = rows(balance=balance, gradient_g=since(END - 2 * WINDOW, 0.01, 0.4))
    assert codes(examine(some)) == ["healthy"]


# -- the inspector pulls away ---


def pulling(rise: float, from_: int = 70_000) -> Course:
    """A balance that is even, and from a clock to the end rises by so much."""
    return lambda clock: 0.65 + rise * max(0, clock - from_) / (END - from_)


def climbed(clock: int) -> float:
    """It was learned well, and then no better."""
    return 300.0 if clock <= 10_000 else 60.0


def test_an_inspector_that_pulls_away_is_named_once_much_was_learned() -> None:
    found = examine(rows(balance=pulling(0.15)), moments(kernel=climbed))
    assert codes(found)[0] == "inspector-drifting"
    assert found[0].since == END - 6 * WINDOW
    assert found[0].evidence[0] == "balance"
    words = words_of_finding(found[0])[2]
    assert "66 times in 100" in words
    assert "79 now" in words
    early = moments(kernel=lambda clock: 300.0 if clock <= 10_000 else 200.0)
    assert "inspector-drifting" not in codes(examine(rows(balance=pulling(0.15)), early))
    assert codes(examine(rows(balance=pulling(0.15)))) == ["healthy"]  # without scores


def test_a_rise_while_pictures_get_better_is_no_drift() -> None:
    better = moments(kernel=lambda clock: 300.0 if clock <= 10_000 else 160.0 - clock / 1_000)
    assert codes(examine(rows(balance=pulling(0.15)), better)) == ["healthy"]


@pytest.mark.parametrize(("rise", "told"), [(0.085, False), (0.11, True)])
def test_seven_more_times_in_a_hundred_are_a_drift(rise: float, told: bool) -> None:
    """0.075 over six windows: the lines through their medians are a window shorter."""
    found = codes(examine(rows(balance=pulling(rise)), moments(kernel=climbed)))
    assert ("inspector-drifting" in found) == told


def test_a_rise_that_may_be_chance_is_no_drift() -> None:
    def wild(clock: int) -> float:
        return pulling(0.11)(clock) + (0.08 if clock // WINDOW % 2 else -0.08)

    found = codes(examine(rows(balance=wild), moments(kernel=climbed)))
    assert "inspector-drifting" not in found


def test_a_rise_of_long_ago_is_no_drift() -> None:
    balance = since(60_000, 0.8, 0.6)
    assert "inspector-drifting" not in codes(
        examine(rows(balance=balance), moments(kernel=climbed))
    )


# -- the generator is ahead ---


def test_a_generator_ahead_is_named_if_it_fools_or_is_still_rough() -> None:
    assert codes(examine(rows(balance=since(80_000, 0.3)))) == ["generator-ahead"]
    undecided = rows(balance=since(80_000, 0.5))
    assert codes(examine(undecided)) == ["healthy"]
    rough = moments(kernel=lambda clock: 400.0 - clock / 1_000)
    assert "generator-ahead" in codes(examine(undecided, rough))
    good = moments(kernel=lambda clock: 40.0 - clock / 2_600)
    assert codes(examine(undecided, good)) == ["healthy"]


@pytest.mark.parametrize(("times", "told"), [(4.0, "healthy"), (8.0, "generator-ahead")])
def test_rough_is_five_times_the_distance_of_one_s_own_pictures(times: float, told: str) -> None:
    own = moment(0, kernel=10.0).score
    scores = [
        dataclasses.replace(
            moment(clock, kernel=(times + 1 - clock / END) * 10.0, error=0.1), own=own
        )
        for clock in range(10_000, END + 1, 10_000)
    ]
    assert codes(examine(rows(balance=since(80_000, 0.5)), scores))[0] == told


# -- what is drawn ---


def test_a_variety_that_falls_is_named_from_where_it_fell() -> None:
    course = {10_000: 0.3, 20_000: 0.6, 30_000: 0.8, 40_000: 0.8, 50_000: 0.5}
    falling = moments(diversity=lambda clock: course.get(clock, 0.2))
    found = examine(rows(), falling)
    assert codes(found)[0] == "mode-collapse"
    assert found[0].since == 60_000
    assert found[0].evidence[0] == "diversity"
    assert found[0].remedy is not None
    assert (found[0].remedy.kind, found[0].remedy.clock) == ("branch", 40_000)


def test_a_variety_above_the_limit_or_that_is_still_growing_is_healthy() -> None:
    edge = limit("few-kinds")
    assert codes(examine(rows(), moments(diversity=lambda clock: edge + 0.01))) == ["healthy"]
    early = moments(10, 60_000, diversity=lambda clock: clock / 150_000)
    assert codes(examine(rows(60_000), early)) == ["healthy"]
    never = moments(diversity=lambda clock: 0.1)
    assert codes(examine(rows(), never)) == ["mode-collapse"]


def test_one_odd_moment_is_no_collapse() -> None:
    once = moments(diversity=lambda clock: 0.1 if clock == END else 0.8)
    assert codes(examine(rows(), once)) == ["healthy"]


def covering(after: float, since_: int = 60_000) -> Callable[[int], object]:
    """It covers 70 % of the real pictures, and from a clock on so much of them."""
    return lambda clock: after if clock > since_ else 0.7


def test_kinds_that_are_left_out_are_named_from_where_they_went() -> None:
    found = examine(rows(), moments(recall=covering(0.4)))
    assert codes(found) == ["mode-dropping"]
    assert (found[0].since, found[0].evidence) == (70_000, ("recall",))
    words = words_of_finding(found[0])[2]
    assert "40\u00a0% of your pictures now, 70\u00a0% at its best" in words
    assert found[0].remedy is not None
    assert found[0].remedy.values["game.gamma"] == 1.5 * RECIPE.game.gamma
    free = RECIPE.with_values({"game.gamma": 0, "game.gamma_end": 0})
    (other,) = examine(rows(), moments(recall=covering(0.4)), free)
    assert other.remedy is not None
    assert other.remedy.values["game.gamma"] > 0  # type: ignore[operator]


@pytest.mark.parametrize(
    ("share", "error", "told"),
    [(0.55, 0.01, "healthy"), (0.5, 0.01, "mode-dropping"), (0.5, 0.08, "healthy")],
)
def test_a_quarter_less_counts_where_it_is_sure(share: float, error: float, told: str) -> None:
    def course(clock: int) -> Estimate:
        return Estimate(share if clock > 60_000 else 0.7, error)

    assert codes(examine(rows(), moments(recall=course))) == [told]


def test_coverage_that_falls_with_realism_is_another_thing() -> None:
    worse = moments(recall=covering(0.4), precision=lambda clock: 0.7 if clock <= 60_000 else 0.4)
    assert codes(examine(rows(), worse)) == ["healthy"]
    better = moments(recall=covering(0.4), precision=lambda clock: 0.4 if clock <= 60_000 else 0.7)
    assert codes(examine(rows(), better)) == ["mode-dropping"]


def test_two_odd_moments_or_a_lucky_one_lose_nothing() -> None:
    assert codes(examine(rows(), moments(recall=covering(0.4, 80_000)))) == ["healthy"]
    lucky = moments(recall=lambda clock: 0.8 if clock == 30_000 else 0.5)
    assert codes(examine(rows(), lucky)) == ["healthy"]
    little = moments(recall=lambda clock: 0.18 if clock <= 60_000 else 0.0)
    assert codes(examine(rows(), little)) == ["healthy"]


def test_a_collapse_is_not_told_twice() -> None:
    gone = moments(recall=covering(0.05), diversity=lambda c: 0.9 if c <= 60_000 else 0.1)
    assert codes(examine(rows(), gone)) == ["mode-collapse"]


@pytest.mark.parametrize(
    ("field", "sick", "well"),
    [
        ("copying", Estimate(0.3, 0.05), Estimate(0.3, 0.15)),  # it may well be 1 %
        ("newness", 0.45, 0.55),
        ("memorised", Estimate(0.8, 0.1), Estimate(0.8, 0.2)),
    ],
)
def test_copies_are_named_where_they_are_sure(field: str, sick: object, well: object) -> None:
    found = examine(rows(), moments(**{field: lambda clock: sick if clock > 50_000 else None}))
    assert codes(found) == ["memorising"]
    assert found[0].since == 60_000
    assert found[0].evidence == (field,)
    assert codes(examine(rows(), moments(**{field: lambda clock: well}))) == ["healthy"]
    once = moments(**{field: lambda clock: sick if clock == END else well})
    assert codes(examine(rows(), once)) == ["healthy"]


def test_scores_of_earlier_versions_say_nothing_about_what_they_did_not_measure() -> None:
    old = moments(diversity=lambda clock: None, newness=lambda clock: None)
    assert codes(examine(rows(), old)) == ["healthy"]


# -- the course ---


def test_a_lead_that_goes_to_and_fro_is_named() -> None:
    def swinging(reach: float) -> Course:
        return lambda clock: 0.7 + reach * (1 if clock // 8_000 % 2 else -1)

    found = examine(rows(balance=swinging(0.2)))
    assert codes(found) == ["oscillating"]
    assert codes(examine(rows(balance=swinging(0.1)))) == ["healthy"]
    assert found[0].remedy is not None
    assert found[0].remedy.values["optimizer.lr"] == RECIPE.optimizer.lr / 2


@pytest.mark.parametrize(("turns", "told"), [(3, "healthy"), (4, "oscillating")])
def test_four_turns_are_a_swing(turns: int, told: str) -> None:
    def course(clock: int) -> float:
        leg = max(0, clock - 36_000) // 10_000  # the first leg is no turn
        return 0.9 if min(leg, turns + 1) % 2 else 0.6

    assert codes(examine(rows(balance=course)))[0] == told


@pytest.mark.parametrize(("share", "told"), [(0.15, False), (0.3, True)])
def test_a_fifth_of_the_distance_is_a_swing_of_the_score(share: float, told: bool) -> None:
    course = moments(kernel=lambda c: 100.0 * (1 + share * (c // 10_000 % 2)), error=lambda c: 0.5)
    assert ("oscillating" in codes(examine(rows(), course))) == told


def test_a_score_that_goes_to_and_fro_is_named_only_beyond_chance() -> None:
    def swinging(reach: float) -> Callable[[int], object]:
        return lambda clock: 100.0 + reach * (1 if clock // 10_000 % 2 else -1)

    assert "oscillating" in codes(examine(rows(), moments(kernel=swinging(30.0))))
    assert "oscillating" not in codes(examine(rows(), moments(kernel=swinging(5.0))))


def test_a_plateau_is_named_with_the_best_moment_kept() -> None:
    def course(clock: int) -> float:
        return 100.0 if clock < 20_000 else 30.0 if clock == 60_000 else 31.0

    found = examine(rows(), moments(20, kernel=course))
    assert codes(found) == ["stalled"]
    assert found[0].remedy is not None
    assert found[0].remedy.kind == "stop"
    assert "60\u00a0k" in words_of_finding(found[0])[2]


@pytest.mark.parametrize(("late", "told"), [(31.0, "stalled"), (29.0, "healthy")])
def test_two_percent_less_is_no_plateau(late: float, told: str) -> None:
    def course(clock: int) -> float:
        return 100.0 if clock < 20_000 else 31.2 if clock <= 70_000 else late

    assert codes(examine(rows(), moments(20, kernel=course))) == [told]


def test_where_chance_hides_it_nothing_is_called_a_plateau() -> None:
    def course(clock: int) -> float:
        return 100.0 if clock < 20_000 else 31.0 * (1 + 0.25 * np.sin(clock / 3_000))

    assert "stalled" not in codes(examine(rows(), moments(20, kernel=course)))


def test_a_plateau_with_the_inspector_far_ahead_is_not_as_good_as_it_gets() -> None:
    flat = moments(20, kernel=lambda clock: 100.0 if clock < 20_000 else 31.0)
    assert "stalled" in codes(examine(rows(balance=0.96), flat))
    assert "stalled" not in codes(examine(rows(balance=0.98), flat))


def test_what_still_gets_better_is_no_plateau() -> None:
    slowly = moments(20, kernel=lambda clock: 100.0 - clock / 3_000)
    assert codes(examine(rows(), slowly)) == ["healthy"]
    never = moments(20, kernel=lambda clock: 500.0)  # it never got anywhere
    assert codes(examine(rows(), never)) == ["healthy"]
    few = moments(6, kernel=lambda clock: 100.0 if clock < 20_000 else 31.0)
    assert codes(examine(rows(), few)) == ["healthy"]


# -- all of it ---


def test_the_worst_comes_first() -> None:
    wild = since(80_000, 50.0, 0.7)
    falling = moments(diversity=lambda clock: 0.9 if clock < 50_000 else 0.2)
    mine = rows(loss_g=wild, loss_d=wild, balance=since(80_000, 0.3))
    assert codes(examine(mine, falling))[:3] == ["exploding", "mode-collapse", "generator-ahead"]


def test_what_was_before_a_change_is_no_evidence_after_it() -> None:
    ahead, change = rows(balance=0.99), {"event": "change", "images": END - WINDOW, "values": {}}
    assert codes(doctor.examine(ahead, [], RECIPE)) == ["inspector-ahead"]
    assert codes(doctor.examine(ahead, [], RECIPE, events=[change])) == ["healthy"]
    copies = moments(newness=lambda clock: 0.1)
    assert codes(doctor.examine(rows(), copies, RECIPE, events=[change])) == ["healthy"]
    watched = change | {"values": {"watch.first_seed": 64, "watch.snapshots": "half"}}
    assert codes(doctor.examine(ahead, [], RECIPE, events=[watched])) == ["inspector-ahead"]


def test_a_window_grows_with_the_batch_and_the_horizon() -> None:
    def window(**changes: object) -> float:
        return Case(rows(), [], RECIPE.with_values(changes)).window

    assert window() == WINDOW
    assert window(horizon=1_000_000) == 4 * WINDOW
    assert window(batch_size=32) == 6_400  # 200 steps
    assert window(batch_size=512) == 12_500  # but no more than a twentieth of the run
    assert Case(rows(every=10_000), [], RECIPE).window == 30_000  # three rows at least


def test_long_histories_are_thinned_and_judged_alike() -> None:
    many = rows(every=10, balance=since(70_000, 0.99))
    assert len(Case(many, [], RECIPE).rows) < 4_500 < len(many)
    assert codes(examine(many)) == ["inspector-ahead"]


@pytest.mark.parametrize("code", list(FINDING_TEXTS))
def test_every_text_has_three_parts(code: str) -> None:
    assert all(FINDING_TEXTS[code])


def test_every_threshold_says_where_it_comes_from() -> None:
    assert all(one.source and one.unit for one in LIMITS.values())


def test_a_row_of_true_ones_counts_from_the_end() -> None:
    assert trailing([True, False, True, True], 2) == 2
    assert trailing([True, False, True], 2) is None
    assert trailing([], 1) is None


values = st.floats(allow_nan=True, allow_infinity=True, width=32)


@settings(max_examples=40)
@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=60), st.integers(1, 4_000))
def test_nothing_in_a_row_can_break_it(numbers: list[tuple[float, float, float]], gap: int) -> None:
    clean = rows(gap * len(numbers), gap)
    odd = [
        dataclasses.replace(row, loss_g=g, loss_d=d, balance=b)
        for row, (g, d, b) in zip(clean, numbers, strict=True)
    ]
    assert examine(odd)
