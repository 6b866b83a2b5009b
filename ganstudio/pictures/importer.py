"""Bringing pictures into a project: find, decode, count, and say what was left out and why.

Nothing here writes the project's list of pictures: a new list is returned. What is written is the
cache, so a cancelled import leaves the project as it was, with some work already done.
Not responsible for threads: the caller brings an executor (not the one it runs in itself).
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ganstudio.pictures.cache import PictureCache, Pixels
from ganstudio.pictures.entries import (
    AWAY,
    DUPLICATE,
    TOO_SMALL,
    Problem,
    entry_after,
    problems_of,
    with_duplicates_marked,
)
from ganstudio.pictures.framing import checked_framing
from ganstudio.pictures.places import Place, open_source, places_of
from ganstudio.pictures.sources import PictureRef, Scan, Source, SourceAwayError
from ganstudio.pictures.work import Job, decode_all
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import (
    LEFT_OUT_BY_HAND,
    FramingSettings,
    PictureEntry,
    PictureList,
)
from ganstudio.project.tasks import Task

__all__ = ["ImportReport", "import_pictures", "refresh_pictures"]

_log = logging.getLogger(__name__)

#: Decoded rows are written when they are about so many bytes.
_BATCH_BYTES = 8_000_000
#: Reasons that say nothing against decoding a picture (again).
_DECODABLE = frozenset({None, LEFT_OUT_BY_HAND, DUPLICATE, AWAY})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import found.

    Attributes:
        pictures: The new list; the caller writes it.
        total: How many pictures are in the list, usable or not.
        usable: How many of them training would see.
        added: How many more can be used than before.
        duplicates: How many are the same, byte for byte, as one that is counted.
        passed_over: How many files are no pictures and do not claim to be.
        problems: What was left out and why, without duplicates and what was left out by hand.
    """

    pictures: PictureList
    total: int
    usable: int
    added: int
    duplicates: int
    passed_over: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Candidate:
    """A picture of the new list: as it was known before, and where to read it."""

    entry: PictureEntry
    source: Source | None
    ref: PictureRef | None


def import_pictures(
    project: Project,
    what: Sequence[str | Path],
    executor: Executor,
    task: Task,
    framing: FramingSettings | None = None,
) -> ImportReport:
    """Add folders, ZIPs, single files and bundled sets to a project's pictures.

    A source that is known already is looked through anew: new files come in, vanished ones go.

    Args:
        project: Whose list is continued.
        what: Paths and names of bundled sets, as dropped or typed.
        executor: Decodes; not the one this function runs in.
        task: Shows progress in pictures, and cancels.
        framing: For all pictures of the project; None keeps what it has.

    Raises:
        Cancelled: If the task was cancelled; the project is as before.
        UserError: If there is nothing usable in `what`, or the cache cannot be written.
    """
    before = project.pictures()
    places = places_of(what, project.path)
    after = before.model_copy(update={"framing": checked_framing(framing or before.framing)})
    with ExitStack() as opened:
        after, scans = _scan_places(project, after, places, opened, task)
        candidates = _known_candidates(project, after, set(scans), opened)
        refused: list[PictureEntry] = []
        for index, (source, scan) in scans.items():
            candidates += _found_candidates(index, source, scan, before)
            refused += [
                PictureEntry(source=index, name=name, left_out=code) for name, code in scan.refused
            ]
        entries = _decoded(project, before.framing, after.framing, candidates, executor, task)
    after = _listed(after, [*entries, *refused])
    _refuse_nothing_usable(after, scans, what)
    return _report(before, after, sum(scan.passed_over for _, scan in scans.values()))


def refresh_pictures(
    project: Project,
    executor: Executor,
    task: Task,
    framing: FramingSettings | None = None,
) -> ImportReport:
    """Bring the known pictures to another framing, or make a lost cache whole again.

    Nothing is looked for. A picture that is neither in the cache nor reachable is left out with
    "picture-away" until its source is back.

    Raises:
        Cancelled: If the task was cancelled; the project is as before.
        UserError: If the cache cannot be written.
    """
    before = project.pictures()
    after = before.model_copy(update={"framing": checked_framing(framing or before.framing)})
    with ExitStack() as opened:
        candidates = _known_candidates(project, after, set(), opened)
        entries = _decoded(project, before.framing, after.framing, candidates, executor, task)
    return _report(before, _listed(after, entries), 0)


def _scan_places(
    project: Project, pictures: PictureList, places: Iterable[Place], opened: ExitStack, task: Task
) -> tuple[PictureList, dict[int, tuple[Source, Scan]]]:
    """Look through new sources and add them to the list of sources."""
    sources = list(pictures.sources)
    scans: dict[int, tuple[Source, Scan]] = {}
    for place in places:
        if place.entry not in sources:
            sources.append(place.entry)
        index = sources.index(place.entry)
        names = [*_names_of(pictures, index), *place.names] if place.names else ()
        try:
            source = opened.enter_context(open_source(place.entry, project.path, names))
        except SourceAwayError as error:
            raise UserError("no-such-source", path=error) from error
        scans[index] = (source, source.scan(task.check))
    return pictures.model_copy(update={"sources": tuple(sources)}), scans


def _known_candidates(
    project: Project, pictures: PictureList, without: set[int], opened: ExitStack
) -> list[_Candidate]:
    """The pictures of the list, each with its source where that can be reached."""
    sources: dict[int, Source] = {}
    for index, entry in enumerate(pictures.sources):
        if index in without:
            continue
        try:
            source = open_source(entry, project.path, _names_of(pictures, index))
            sources[index] = opened.enter_context(source)
        except (SourceAwayError, UserError) as error:
            _log.info("source %s cannot be reached: %s", entry.location, error)
    return [
        _Candidate(entry, sources.get(entry.source), None)
        for entry in pictures.pictures
        if entry.source not in without
    ]


def _found_candidates(
    index: int, source: Source, scan: Scan, before: PictureList
) -> list[_Candidate]:
    """What a look through a source found, each with what was known about it."""
    known = {entry.name: entry for entry in before.pictures if entry.source == index}
    return [
        _Candidate(known.get(ref.name, PictureEntry(source=index, name=ref.name)), source, ref)
        for ref in scan.refs
    ]


def _names_of(pictures: PictureList, index: int) -> list[str]:
    return [entry.name for entry in pictures.pictures if entry.source == index]


def _decoded(
    project: Project,
    known_framing: FramingSettings,
    framing: FramingSettings,
    candidates: Sequence[_Candidate],
    executor: Executor,
    task: Task,
) -> list[PictureEntry]:
    """The entries of all candidates, after everything that has to be decoded was decoded."""
    cache = PictureCache(project.cache_path, framing)
    cached = cache.positions([candidate.entry.hash for candidate in candidates]) >= 0
    entries = [candidate.entry for candidate in candidates]
    todo: list[tuple[int, Job]] = []
    for place, candidate in enumerate(candidates):
        entry = candidate.entry
        if not _has_to_be_decoded(candidate, bool(cached[place]), known_framing != framing):
            if entry.left_out == AWAY:  # its row outlived its source
                entries[place] = entry.model_copy(update={"left_out": None})
            continue
        ref = candidate.ref or (candidate.source.find(entry.name) if candidate.source else None)
        if candidate.source is None or ref is None:
            if entry.left_out != LEFT_OUT_BY_HAND:
                entries[place] = entry.model_copy(update={"left_out": AWAY, "values": {}})
            continue
        todo.append((place, Job(candidate.source, ref)))
    _check_disk(project, len(todo) * cache.row_bytes)
    done = len(candidates) - len(todo)
    _decode_into(cache, entries, todo, framing, executor, task, done)
    return entries


def _has_to_be_decoded(candidate: _Candidate, cached: bool, reframed: bool) -> bool:
    """Whether a picture has to be read: it is new, it changed, or its row is missing."""
    entry, ref = candidate.entry, candidate.ref
    if ref is not None:
        if not (entry.hash or entry.left_out):
            return True
        if (entry.bytes, entry.mtime_ns) != (ref.bytes, ref.mtime_ns):
            return True
    if entry.left_out in _DECODABLE:
        return not cached
    # A damaged picture stays as it is until somebody looks through its source again.
    return ref is not None or (reframed and entry.left_out == TOO_SMALL)


def _decode_into(
    cache: PictureCache,
    entries: list[PictureEntry],
    todo: Sequence[tuple[int, Job]],
    framing: FramingSettings,
    executor: Executor,
    task: Task,
    done: int,
) -> None:
    """Decode, fill the cache and replace the entries that were decoded."""
    total = done + len(todo)
    hashes: list[str] = []
    rows: list[Pixels] = []
    task.report(done, total)
    try:
        results = decode_all([job for _, job in todo], framing, executor, task)
        for (place, job), result in zip(todo, results, strict=True):
            entries[place] = entry_after(entries[place], job.ref, result)
            if result.pixels is not None:
                hashes.append(result.hash)
                rows.append(result.pixels)
            if len(rows) * cache.row_bytes >= _BATCH_BYTES:
                cache.append(hashes, rows)
                hashes, rows = [], []
            done += 1
            task.report(done, total)
    finally:
        cache.append(hashes, rows)


def _check_disk(project: Project, needed: int) -> None:
    free = shutil.disk_usage(project.path).free
    if needed > free:
        needed_mb = max(1, round((needed - free) / 1_000_000))
        raise UserError("disk-full", path=project.cache_path, needed_mb=needed_mb)


def _listed(pictures: PictureList, entries: Sequence[PictureEntry]) -> PictureList:
    ordered = sorted(entries, key=lambda entry: (entry.source, entry.name))
    marked = with_duplicates_marked(ordered)
    return pictures.model_copy(update={"pictures": tuple(marked)})


def _refuse_nothing_usable(
    pictures: PictureList, scans: dict[int, tuple[Source, Scan]], what: Sequence[str | Path]
) -> None:
    """Stop an import that brought nothing.

    Raises:
        UserError: "no-pictures-here", "no-picture-files", "only-picture-unusable" or
            "no-usable-picture".
    """
    found = [entry for entry in pictures.pictures if entry.source in scans]
    if any(entry.left_out in _DECODABLE for entry in found):
        return
    path = ", ".join(str(item) for item in what)
    passed_over = sum(scan.passed_over for _, scan in scans.values())
    if not found and not passed_over:
        raise UserError("no-pictures-here", path=path)
    if not found:
        raise UserError("no-picture-files", path=path, count=passed_over)
    first = next((p.sentence for p in problems_of(pictures) if p.source in scans), "")
    if len(found) == 1:
        raise UserError("only-picture-unusable", path=path, why=first.rstrip("."))
    small = sum(entry.left_out == TOO_SMALL for entry in found)
    raise UserError(
        "no-usable-picture",
        path=path,
        total=len(found),
        small=small,
        other=len(found) - small,
        first=first,
    )


def _report(before: PictureList, after: PictureList, passed_over: int) -> ImportReport:
    return ImportReport(
        pictures=after,
        total=len(after.pictures),
        usable=after.usable_count,
        added=max(0, after.usable_count - before.usable_count),
        duplicates=sum(entry.left_out == DUPLICATE for entry in after.pictures),
        passed_over=passed_over,
        problems=problems_of(after),
    )
