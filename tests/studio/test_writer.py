"""What waits to be written, seen from the outside."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ganstudio.studio.writer import Writer


def test_asked_for_once_more_while_it_is_written_it_still_comes_to_rest():
    begun, go_on = threading.Event(), threading.Event()
    written: list[int] = []

    def write(path: Path, state: int) -> None:
        begun.set()
        assert go_on.wait(10)
        written.append(state)

    with ThreadPoolExecutor(1) as pool:
        writer = Writer(lambda: pool, write, lambda error: None)
        writer.put(Path("favourites.json"), 1)
        assert begun.wait(10)
        writer.try_again()
        go_on.set()
        writer.flush(10)
        assert writer.settled
        assert written == [1]
        writer.put(Path("favourites.json"), 2)
        writer.flush(10)
        assert written == [1, 2]
