"""A family: every picture that was bred, and whom it comes from; kept as a file of JSON lines.

Members are only ever added: going back and breeding on from an ancestor loses nobody. Not
responsible for breeding (`breeding`), nor for which family belongs to which model.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ganstudio.project.atomic import writing
from ganstudio.project.history import append_lines, read_lines
from ganstudio.project.point import LatentPoint

__all__ = ["Family", "Member"]


@dataclass(frozen=True, slots=True)
class Member:
    """One of a family.

    Attributes:
        point: Its place.
        parents: Numbers of those it comes from, who were there before it: none, one or two.
        generation: 0 for a founder, else one more than the younger parent's.
    """

    point: LatentPoint
    parents: tuple[int, ...]
    generation: int


class Family:
    """Members in the order in which they came.

    Args:
        path: Where they are kept; None keeps them only as long as the program runs.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.members: list[Member] = []
        self._numbers: dict[LatentPoint, int] = {}
        for line in read_lines(path) if path is not None else []:
            self._read(line)

    def number_of(self, point: LatentPoint) -> int | None:
        """Who lies at a place, if anybody does."""
        return self._numbers.get(point)

    def add(self, point: LatentPoint, parents: tuple[int, ...] = ()) -> int:
        """A new member, or the one who lies at this place already.

        Args:
            point: Its place.
            parents: Numbers of those it comes from.

        Returns:
            Its number.

        Raises:
            UserError: If it cannot be written; it belongs to the family all the same.
        """
        known = self._numbers.get(point)
        if known is not None:
            return known
        number = self._take(point, parents)
        if self._path is not None:
            with writing(self._path):
                self._path.parent.mkdir(parents=True, exist_ok=True)
            line = {"point": _small(point), "parents": list(parents)}
            append_lines(self._path, [line])
        return number

    def generations(self) -> list[list[int]]:
        """Numbers of the members, the oldest generation first."""
        rows: list[list[int]] = []
        for number, member in enumerate(self.members):
            while len(rows) <= member.generation:
                rows.append([])
            rows[member.generation].append(number)
        return rows

    def line_of(self, number: int) -> set[int]:
        """A member and everybody it comes from."""
        line: set[int] = set()
        more = [number]
        while more:
            one = more.pop()
            if one not in line:
                line.add(one)
                more += self.members[one].parents
        return line

    def _take(self, point: LatentPoint, parents: tuple[int, ...]) -> int:
        older = [self.members[parent].generation for parent in parents]
        self.members.append(Member(point, parents, max(older, default=-1) + 1))
        number = len(self.members) - 1
        self._numbers.setdefault(point, number)
        return number

    def _read(self, line: dict[str, object]) -> None:
        """A damaged line keeps its number, so that the others find their parents."""
        try:
            point = LatentPoint.model_validate(line.get("point"))
        except ValidationError:
            point = LatentPoint()
        parents = line.get("parents")
        known = range(len(self.members))
        numbers = parents if isinstance(parents, list) else []
        self._take(point, tuple(n for n in numbers if isinstance(n, int) and n in known)[:2])


def _small(point: LatentPoint) -> dict[str, object]:
    """A point as JSON, without what is as it always is."""
    return point.model_dump(mode="json", exclude_defaults=True)
