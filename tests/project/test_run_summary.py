"""Runs as a family tree: nobody is lost, and children stand below their parents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.run_summary import family

ids = st.integers(0, 12).map(lambda number: f"{number:02}")


def test_children_stand_below_their_parents_and_the_newest_family_first() -> None:
    parents = {"1": "", "2": "1", "3": "", "4": "2", "5": "1", "6": "bundle:open-peeps"}
    assert family(parents) == [("6", 0), ("3", 0), ("1", 0), ("2", 1), ("4", 2), ("5", 1)]
    assert family({}) == []


@given(st.dictionaries(ids, ids | st.just("")))
def test_every_run_stands_once_and_below_its_parent(parents: dict[str, str]) -> None:
    found = family(parents)
    assert sorted(name for name, _ in found) == sorted(parents)
    for place, (name, depth) in enumerate(found):
        if depth:
            above = [other for other, deep in found[:place] if deep == depth - 1]
            assert above[-1] == parents[name]
        elif not _circular(parents, name):
            assert parents[name] not in parents


def _circular(parents: dict[str, str], name: str) -> bool:
    """Whether a damaged file says that a run is its own forefather."""
    seen: set[str] = set()
    while name in parents:
        if name in seen:
            return True
        seen.add(name)
        name = parents[name]
    return False
