"""The list of pictures: what counts as usable, and whose decision can be taken back."""

from __future__ import annotations

from ganstudio.project.picture_list import PictureEntry, PictureList


def _three() -> PictureList:
    torn = PictureEntry(source=0, name="torn.png", left_out="picture-unreadable")
    good = [PictureEntry(source=0, name=f"{name}.png") for name in "ab"]
    return PictureList(pictures=(torn, *good))


def test_a_changed_list_counts_anew_though_the_old_one_was_counted() -> None:
    whole = _three()
    assert (whole.usable_count, whole.has_usable) == (2, True)
    fewer = whole.with_left_out({1}, True)
    assert (fewer.usable_count, fewer.has_usable) == (1, True)
    none = fewer.with_left_out({2}, True)
    assert (none.usable_count, none.has_usable) == (0, False)
    assert none.with_left_out({0, 1, 2}, False).usable_count == 2
    assert whole.usable_count == 2
