"""Findings as plain values: which are shown, how one is left alone, what is said of it."""

from pathlib import Path

import pytest

from ganstudio.project.finding_texts import REMEDY_TEXTS, words_of_finding, words_of_remedy
from ganstudio.project.findings import Finding, Remedy, leave_alone, left_alone, to_show
from ganstudio.project.presets import recipe_for
from ganstudio.project.runs import RunFolder, RunInfo

COLLAPSE = Finding("mode-collapse", "bad", 290_000, {"share": 0.38}, ("diversity",))


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    recipe = recipe_for(size=32, pictures=24, horizon=160)
    return RunFolder.create(tmp_path, recipe, RunInfo(name="Run 1", created="", seed=1), ["a"])


def test_calm_findings_get_no_card_nor_do_those_that_were_left_alone() -> None:
    stalled = Finding("stalled", "good")
    found = [COLLAPSE, stalled, Finding("healthy", "calm")]
    assert to_show(found) == [COLLAPSE, stalled]
    assert to_show(found, {"mode-collapse"}) == [stalled]


def test_what_was_left_alone_is_kept_with_the_run_until_it_goes_back_before_it(
    run: RunFolder,
) -> None:
    assert left_alone(run.events()) == frozenset()
    leave_alone(run, COLLAPSE)
    assert left_alone(run.events()) == {"mode-collapse"}
    run.add_event("rollback", 300_000)
    run.rewind(295_000)
    assert left_alone(run.events()) == {"mode-collapse"}
    run.rewind(200_000)
    assert left_alone(run.events()) == frozenset()


def test_a_sentence_has_its_numbers_as_a_person_says_them() -> None:
    headline, term, sentence = words_of_finding(COLLAPSE)
    assert (headline, term) == ("It draws the same few pictures", "mode collapse")
    assert "Since 290\u00a0k pictures" in sentence
    assert "38\u00a0%" in sentence


def test_words_are_translated_before_they_are_filled() -> None:
    asked: list[str] = []

    def translate(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert words_of_finding(COLLAPSE, translate)[1] == "MODE COLLAPSE"
    assert any("{since}" in text for text in asked)


@pytest.mark.parametrize("idea", list(REMEDY_TEXTS))
def test_every_remedy_has_words_that_can_be_filled(idea: str) -> None:
    remedy = Remedy("branch", idea, {"augment.p": 0.4}, 270_000)
    assert "{" not in " ".join(words_of_remedy(remedy))
