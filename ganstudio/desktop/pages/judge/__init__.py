"""The Judge page: can anybody still tell?

Not responsible for judging: `studio.judging` does.
"""

from ganstudio.desktop.pages.judge.page import JudgePage

__all__ = ["JudgePage"]
