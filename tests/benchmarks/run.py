"""The one command that prints the table of all benchmarks.

    python tests/benchmarks/run.py [--smoke] [--only NAME]...

Each benchmark is a module beside this one with `run(smoke) -> rows`; a row is (what, found,
wanted), all words. With --smoke every benchmark takes seconds and proves only that it runs.
Figures count on an otherwise idle machine, at the second start. Nothing fails for being slow: the
table is there to be read. A benchmark that breaks ends the table with its traceback. What takes
hours runs in full only where it is named.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import time

#: In the order of the story: start, bring in, train, look, judge.
BENCHMARKS = (
    "start_up",
    "window",
    "window_training",
    "time_machine",
    "exploring",
    "finding",
    "import_speed",
    "training_speed",
    "memory",
    "scoring",
    "first_story_quality",
    "closeness",
    "modes",
    "real_data",
    "peers",
    "small_data",
    "beginnings",
    "doctor",
)
#: These take hours; every finished entry of theirs is kept in `results`.
LONG = BENCHMARKS[BENCHMARKS.index("modes") :]

Row = tuple[str, str, str]


def main() -> None:
    """Run the benchmarks one after the other and print a table."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/run.py", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="seconds each: do they run?")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="just this one")
    options = parser.parse_args()
    cores = os.cpu_count()
    print(f"{platform.platform()}, {cores} cores, Python {platform.python_version()}")
    print(f"\n{'':<52} {'found':>14} {'wanted':>14}")
    for name in options.only or BENCHMARKS:
        if name in LONG and not (options.only or options.smoke):
            print(f"{name} (hours: --only {name})")
            continue
        began = time.monotonic()
        rows: list[Row] = importlib.import_module(name).run(options.smoke)
        print(f"{name} ({time.monotonic() - began:.0f} s)")
        for what, found, wanted in rows:
            print(f"  {what:<50} {found:>14} {wanted:>14}", flush=True)


if __name__ == "__main__":
    main()
