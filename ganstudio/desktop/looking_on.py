"""Why this window only looks on: in words, who trains or holds the project elsewhere.

Not responsible for finding out (`studio.following`).
"""

from __future__ import annotations

import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from ganstudio.project.locks import Holder

__all__ = ["held_by", "time_of", "trained_by", "where_and_when"]


def say(text: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("LookingOn", text)


def where_and_when(holder: Holder, now: datetime.datetime | None = None) -> str:
    """On which computer, and since when: "on quiet-pine since 14:02".

    Args:
        holder: Who trains, or holds the project.
        now: For tests.
    """
    where = say("on this computer") if holder.here else say("on {host}")
    since = time_of(holder.since, now or datetime.datetime.now().astimezone())
    text = say("{where} since {time}") if since else "{where}"
    return text.format(where=where.format(host=holder.host.split(".")[0]), time=since)


def trained_by(holder: Holder) -> str:
    """Why Start waits for the end of a training elsewhere."""
    text = say("Another GAN Studio has been training this run {where}. It can be followed here.")
    return text.format(where=where_and_when(holder))


def held_by(holder: Holder | None) -> str:
    """Why a project can only be looked at; None: nobody holds it, but it is write-protected."""
    if holder is None:
        return say("This project cannot be written to, so it can only be looked at here.")
    text = say("Another GAN Studio has had this project open {where}. It can be looked at here.")
    return text.format(where=where_and_when(holder))


def time_of(since: str, now: datetime.datetime) -> str:
    """The time of day; with the day where it was another one. Empty if nobody can say.

    Args:
        since: In ISO 8601 with a time zone.
        now: What "today" is measured by.
    """
    try:
        moment = datetime.datetime.fromisoformat(since).astimezone(now.tzinfo)
    except ValueError:
        return ""
    time = f"{moment:%H:%M}"
    if moment.date() == now.date():
        return time
    day = QLocale().monthName(moment.month, QLocale.FormatType.ShortFormat)
    return say("{day} {month}, {time}").format(day=moment.day, month=day, time=time)
