"""Scores as plain values: what is written is what is read, and damage is left out."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.presets import recipe_for
from ganstudio.project.quality import Estimate, Fid, InspectorReading, MomentScore, QualityScore
from ganstudio.project.runs import RunFolder, RunInfo
from tests.invented_scores import invented_score

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
estimates = st.builds(Estimate, numbers, numbers)
scores = st.builds(
    QualityScore,
    precision=estimates,
    recall=estimates,
    copying=st.none() | estimates,
    kernel=estimates,
    frechet=estimates,
    density=numbers,
    coverage=numbers,
    sliced=numbers,
    colors=numbers,
    diversity=st.none() | numbers,
    newness=st.none() | numbers,
)
readings = st.builds(InspectorReading, numbers, numbers, numbers, estimates)
fids = st.builds(Fid, numbers, st.text(), st.integers(1, 10**6), st.integers(1, 10**6))
moments = st.builds(
    MomentScore,
    images=st.integers(0, 10**9),
    score=scores,
    own=st.none() | scores,
    drawn=st.integers(1, 500),
    real=st.integers(1, 500),
    honest=st.booleans(),
    inspector=st.none() | readings,
    fid=st.none() | fids,
)
SCORE = invented_score()


def moment(clock: int, score: QualityScore = SCORE) -> MomentScore:
    return MomentScore(images=clock, score=score, own=None, drawn=64, real=20, honest=True)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    recipe = recipe_for(size=32, pictures=24, horizon=160)
    return RunFolder.create(tmp_path, recipe, RunInfo(name="Run 1", created="", seed=1), ["a"])


@given(moments)
def test_a_line_gives_back_the_score_it_was_written_for(score: MomentScore) -> None:
    assert MomentScore.of_line(json.loads(json.dumps(score.line()))) == score


@pytest.mark.parametrize("field", ["images", "score", "own", "drawn", "real", "honest"])
def test_a_line_that_lacks_something_is_no_score(field: str) -> None:
    line = moment(5).line()
    del line[field]
    assert MomentScore.of_line(line) is None


def test_a_line_of_an_earlier_version_has_not_measured_what_it_did_not_know() -> None:
    score = MomentScore.of_line(json.loads(json.dumps(moment(5).line())))
    line = moment(5).line()
    del line["inspector"], line["fid"], line["score"]["diversity"], line["score"]["newness"]
    assert MomentScore.of_line(line) == score
    assert score is not None
    assert (score.inspector, score.score.diversity, score.score.newness) == (None, None, None)
    assert score.fid is None


def test_an_fid_is_known_only_by_the_weights_that_gave_it() -> None:
    fid = Fid(12.5, "a1", 76, 20_000)
    score = replace(moment(5), fid=fid)
    assert score.fid_by("a1") == fid
    assert score.fid_by("b2") is None
    assert moment(5).fid_by("a1") is None
    assert fid.biased
    assert not replace(fid, drawn=10_000).biased


@pytest.mark.parametrize("damage", [{"kernel": None}, {"recall": 3}, {"sliced": "x"}, {}])
def test_a_damaged_score_is_no_score(damage: dict[str, object]) -> None:
    line = moment(5).line()
    line["score"] = line["score"] | damage if damage else {}
    assert MomentScore.of_line(line) is None


def test_a_run_knows_its_scores_the_newest_of_each_moment(run: RunFolder) -> None:
    assert run.scores() == {}
    better = QualityScore.parse(SCORE.plain() | {"copying": [0.02, 0.01]})
    for one in (moment(100), moment(0), moment(100, better)):
        run.add_score(one)
    with run.scores_path.open("ab") as file:
        file.write(b'{"images": 300, "torn')
    assert run.scores() == {100: moment(100, better), 0: moment(0)}
    run.add_score(moment(200))
    assert sorted(run.scores()) == [0, 100, 200]


def test_scores_of_a_future_that_was_cut_off_go_with_it(run: RunFolder) -> None:
    for clock in (0, 100, 200):
        folder = run.snapshot_folder(clock)
        folder.mkdir()
        (folder / "snapshot.json").write_text("{}")
        run.add_score(moment(clock))
    run.rewind(100)
    assert sorted(run.scores()) == [0, 100]


def test_an_interval_is_two_errors_to_each_side() -> None:
    assert Estimate(5.0, 1.0).interval == pytest.approx((3.04, 6.96), abs=0.001)
