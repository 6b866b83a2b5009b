from __future__ import annotations

from ganstudio.studio.rough_first import RoughFirst


def test_one_slow_picture_is_chance_and_two_are_not() -> None:
    it = RoughFirst()
    assert [it.took(seconds) for seconds in (0.5, 0.02, 0.3, 0.2, 0.4)] == [
        *(False, False, False, True, False)
    ]
    assert it.wanted
    assert not it.took(0.01)
    assert not it.wanted
