"""Counts, seeds and durations are read and said as people write and say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.errors import UserError
from ganstudio.project.numbers import (
    parse_count,
    parse_seeds,
    say_bytes,
    say_count,
    say_duration,
)


@given(st.integers(1, 10**12))
def test_a_plain_number_is_itself(count: int) -> None:
    assert parse_count(str(count)) == count


@given(st.integers(1, 10**9))
def test_a_said_count_is_read_back_nearly(count: int) -> None:
    read = parse_count(say_count(count).replace(" ", ""))
    assert read == pytest.approx(count, rel=0.051)
    assert parse_count(say_count(count)) == read


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_larger_count_is_never_said_smaller(one: int, two: int) -> None:
    small, large = sorted((one, two))
    assert parse_count(say_count(small)) <= parse_count(say_count(large))


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0"), (950, "950"), (1_000, "1 k"), (1_028, "1 k"), (1_500, "1.5 k"), (9_999, "10 k"),
     (412_000, "412 k"), (999_600, "1 M"), (1_000_000, "1 M"), (1_234_567, "1.23 M")],
)  # fmt: skip
def test_counts_as_one_says_them(count: int, said: str) -> None:
    assert say_count(count) == said


@pytest.mark.parametrize(("text", "count"), [("4k", 4_000), ("1.5M", 1_500_000), (" 2 K ", 2_000)])
def test_counts_as_one_writes_them(text: str, count: int) -> None:
    assert parse_count(text) == count


@given(st.text(max_size=10))
def test_any_text_is_a_count_or_one_sentence(text: str) -> None:
    try:
        assert parse_count(text) >= 1
    except UserError as error:
        code = error.code
    else:
        code = "bad-count"
    assert code == "bad-count"


@pytest.mark.parametrize(
    "text", ["", "0", "-4", "k", "4G", "1e9", "4.k", "nan", "٤", "4 4", "0.0001"]
)
def test_what_is_no_count_is_refused(text: str) -> None:
    if text == "٤":  # an Arabic four is a digit too
        assert parse_count(text) == 4
        return
    with pytest.raises(UserError):
        parse_count(text)


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=20))
def test_listed_seeds_come_back_in_their_order(seeds: list[int]) -> None:
    assert parse_seeds(",".join(map(str, seeds))) == seeds


@given(st.integers(0, 10**6), st.integers(0, 500))
def test_a_range_holds_both_ends(first: int, more: int) -> None:
    assert parse_seeds(f"{first}-{first + more}") == list(range(first, first + more + 1))


@pytest.mark.parametrize(
    "text",
    ["", "a", "3-1", "1,,2", "-1", "1-2-3", "0-100000", "9999999999", "0-99999,0-99999", "1.5"],
)
def test_what_is_no_list_of_seeds_is_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_seeds(text)
    assert caught.value.code == "bad-seeds"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 s"), (7, "7 s"), (62, "60 s"), (360, "6 min"), (2_040, "34 min"), (5_300, "90 min"),
     (7_200, "2 h"), (9_000, "2.5 h"), (200_000, "2 days")],
)  # fmt: skip
def test_durations_as_one_says_them(seconds: float, said: str) -> None:
    assert say_duration(seconds) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 B"), (999, "999 B"), (1_400_000, "1.4 MB"), (61e9, "61 GB"), (999.6e6, "1.0 GB")],
)  # fmt: skip
def test_sizes_as_one_says_them(count: float, said: str) -> None:
    assert say_bytes(count) == said
