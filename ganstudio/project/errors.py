"""What can go wrong for a person: a code, one plain sentence, one thing to do.

Not responsible for the sentences (`file_texts`, `picture_texts`, `training_texts`,
`notice_texts`), nor for showing them: `cli` prints them, `desktop` draws them, translating by code.
"""

from __future__ import annotations

from ganstudio.project.file_texts import FILE_TEXTS
from ganstudio.project.notice_texts import NOTICE_TEXTS
from ganstudio.project.picture_texts import PICTURE_TEXTS
from ganstudio.project.training_texts import TRAINING_TEXTS

__all__ = ["TEXTS", "Cancelled", "UserError", "sentence_and_hint"]

#: code -> (what happened, what to do). Values stand in braces.
TEXTS = FILE_TEXTS | PICTURE_TEXTS | TRAINING_TEXTS | NOTICE_TEXTS


class UserError(Exception):
    """Something a person caused or can mend.

    Args:
        code: A key of `TEXTS`.
        **values: What the sentence names (files, numbers, moments).

    Raises:
        KeyError: If the code stands in no table or a value is missing: that is a bug of ours.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values = values
        self.sentence, self.hint = sentence_and_hint(code, values)
        super().__init__(f"{self.sentence} {self.hint}".strip())


class Cancelled(Exception):
    """A person pressed Cancel; what was finished before stays."""


def sentence_and_hint(code: str, values: dict[str, object]) -> tuple[str, str]:
    """The English sentence and hint for a code, with its values filled in."""
    sentence, hint = TEXTS[code]
    return sentence.format(**values), hint.format(**values)
