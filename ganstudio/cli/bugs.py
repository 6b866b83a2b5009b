"""A bug of ours that ended what a command was doing elsewhere, with its report.

Not responsible for telling it (`main`).
"""

from __future__ import annotations

__all__ = ["BrokenError"]


class BrokenError(Exception):
    """Training broke.

    Args:
        report: What to send us.
        images: Its clock.
    """

    def __init__(self, report: str, images: int) -> None:
        super().__init__(report)
        self.report = report
        self.images = images
