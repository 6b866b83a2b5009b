from __future__ import annotations

import re

import pytest

from ganstudio.desktop.pages.train.captions import (
    Numbers,
    balance_sentence,
    before_the_start,
    caption,
    places_sentence,
    seconds_to_shapes,
)
from ganstudio.project.outlook import first_shapes

MATCHED = Numbers(412_000, d_real=0.58, d_fake=0.44, balance=0.62, horizon=1_000_000, rate=286)
WORDS = {"generator", "inspector", "real"}


def plain(text: str) -> str:
    return re.sub(r"\[([^|\]]+)\|\w+\]", r"\1", text).replace("\u00a0", " ")


def changed(**values: object) -> Numbers:
    return Numbers(**({f: getattr(MATCHED, f) for f in Numbers.__slots__} | values))


def test_well_matched_names_both_shares_and_never_promises_for_a_person():
    said = plain(caption(MATCHED))
    assert said == (
        "The two are well matched. The inspector gives your pictures 58 % and generated ones "
        "44 %; at 50 % each, this inspector could not tell."
    )


@pytest.mark.parametrize(
    ("values", "begins"),
    [
        ({"balance": 0.81, "images": 100_000}, "The inspector is ahead: a real picture beats"),
        ({"balance": 0.98}, "The inspector is far ahead"),
        ({"balance": 0.30}, "The generator is ahead"),
        ({"images": 50_000}, "The inspector is fooled by rough pictures."),
        ({"images": 3_000}, "Only noise so far."),
        ({"d_real": None}, "Noise in, pictures out"),
    ],
)
def test_who_is_ahead_decides_the_sentence(values: dict[str, object], begins: str):
    assert plain(caption(changed(**values))).startswith(begins)


def test_ahead_is_normal_early_and_comes_with_the_scores_later():
    early = plain(caption(changed(balance=0.81, images=100_000)))
    late = plain(caption(changed(balance=0.81)))
    assert early.endswith("81 times in 100. That is normal this early.")
    assert late.endswith("It gives your pictures 58 % and generated ones 44 %.")


def test_noise_says_when_the_first_shapes_come_if_it_knows():
    assert "in about 9 s" in plain(caption(changed(images=1_500)))
    assert plain(caption(changed(images=1_500, rate=0.0))).endswith("after 4 k pictures.")
    assert plain(caption(changed(images=1_500, past=True))).endswith("after 4 k pictures.")


def test_a_short_run_expects_its_first_shapes_sooner():
    assert first_shapes(4_000) == 1_000
    assert first_shapes(1_000_000) == first_shapes(0) == 4_000


def test_time_to_the_first_shapes_is_zero_once_they_are_due():
    assert seconds_to_shapes(changed(images=20_000)) == 0
    assert seconds_to_shapes(changed(images=0, rate=0.0)) is None
    assert seconds_to_shapes(changed(images=0, rate=100.0)) == 40


def test_balance_counts_in_a_hundred_and_knows_the_past():
    assert plain(balance_sentence(0.62)) == "A real picture beats a generated one 62 times in 100."
    assert "beat a generated" in plain(balance_sentence(0.62, past=True))
    assert balance_sentence(None) == balance_sentence(float("nan")) == "Not measured yet."


def test_every_marked_word_means_a_signal_colour_and_nothing_stays_unfilled():
    texts = [
        caption(changed(balance=balance, images=images))
        for balance in (0.1, 0.5, 0.62, 0.8, 0.99)
        for images in (0, 50_000, 412_000)
    ]
    for text in [before_the_start(), *texts]:
        assert "{" not in text
        assert set(re.findall(r"\|(\w+)\]", text)) <= WORDS


def test_places_are_empty_of_now_or_of_a_moment():
    assert places_sentence(40, False, None) == "40 places, empty until it draws."
    assert "redrawn as it learns" in places_sentence(40, True, None)
    assert places_sentence(8, True, 0).endswith("8 places, as they looked at 0.")
