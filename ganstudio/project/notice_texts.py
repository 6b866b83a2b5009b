"""What a person is told while training goes on, in one table: a code, what happened, what follows.

Not responsible for errors, which end something (`errors` has all texts), nor for showing anything.
"""

from __future__ import annotations

__all__ = ["NOTICE_TEXTS"]

#: code -> (what happened, what follows or what to do). Values stand in braces.
NOTICE_TEXTS: dict[str, tuple[str, str]] = {
    "notice-checkpoint-unreadable": (
        "The checkpoint at {clock} pictures could not be read: {reason}.",
        "Training goes on from {used} instead.",
    ),
    "notice-disk-filling": (
        "The disk is filling up, so older moments of this run make room.",
        "Free about {needed_mb} MB; otherwise training pauses before the disk is full.",
    ),
    "notice-disk-pause": (
        "The disk is nearly full, so training pauses at {clock} pictures seen.",
        "Everything up to {saved} is saved. Free about {needed_mb} MB, then go on.",
    ),
    "notice-memory": (
        "Training needs about {needed} of memory, and {free} are free.",
        "{advice} Else it goes on with fewer pictures at a time, slower.",
    ),
    "notice-no-fid": (
        "The weights of Inception cannot be used, so no FID is measured.",
        "{reason} {hint}",
    ),
    "notice-no-held-out": (
        "There are too few pictures to keep some aside, so augmentation cannot be steered by them.",
        "It follows a ramp instead.",
    ),
    "notice-not-bit-equal": (
        "This run began with {before} and goes on with {now}.",
        "It learns as well, but no longer the same to the last bit.",
    ),
    "notice-out-of-memory": (
        "The memory was full at {clock} pictures seen.",
        "Training goes on with {count} pictures at a time, a little slower.{norm}",
    ),
    "notice-rollback": (
        "The networks blew up at {clock} pictures seen.",
        "Went back to {used} and halved the learning rate.",
    ),
}
