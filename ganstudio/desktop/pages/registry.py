"""Which pages there are, in the order of the rail, and how each is made at its first visit.

Not responsible for showing them. A page's module is imported when it is made, so that a window
shows before plots and the like are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import Page
from ganstudio.desktop.translate import marked

__all__ = ["PAGES", "RAIL", "PageInfo", "rail_key"]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page of the rail: its word, icon, and what it says while it has nothing to show."""

    word: str
    icon: str
    dim_tip: str
    make: Callable[[Desk], Page]


def _make_pictures(desk: Desk) -> Page:
    from ganstudio.desktop.pages.pictures import PicturesPage

    return PicturesPage(desk)


def _make_first_run(desk: Desk) -> Page:
    from ganstudio.desktop.pages.first_run import FirstRunPage

    return FirstRunPage(desk)


def _make_train(desk: Desk) -> Page:
    from ganstudio.desktop.pages.train import TrainPage

    return TrainPage(desk)


def _make_judge(desk: Desk) -> Page:
    from ganstudio.desktop.pages.judge import JudgePage

    return JudgePage(desk)


def _make_explore(desk: Desk) -> Page:
    from ganstudio.desktop.pages.explore import ExplorePage

    return ExplorePage(desk)


PAGES: Mapping[str, PageInfo] = MappingProxyType(
    {
        "first-run": PageInfo(marked("Commands", "Pictures"), "pictures", "", _make_first_run),
        "pictures": PageInfo(marked("Commands", "Pictures"), "pictures", "", _make_pictures),
        "train": PageInfo(
            marked("Commands", "Train"),
            "train",
            marked("Commands", "Choose some pictures first."),
            _make_train,
        ),
        "judge": PageInfo(
            marked("Commands", "Judge"),
            "judge",
            marked("Commands", "Train a little first."),
            _make_judge,
        ),
        "explore": PageInfo(
            marked("Commands", "Explore"),
            "explore",
            "",  # there is always something: a generator that came with the program
            _make_explore,
        ),
    }
)

#: The pages that have a row in the rail, from top to bottom.
RAIL = ("pictures", "train", "judge", "explore")


def rail_key(page: str) -> str:
    """The row of the rail that is lit while a page is shown."""
    return "pictures" if page == "first-run" else page
