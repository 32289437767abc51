"""A gathering as people meet in it: how long it lasts, its agenda in the reader's hour, when its link appears."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.lists import listed
from app.moments import words
from app.moments.local import in_zone
from app.moments.models import NOT_TAKING_PLACE, Precision
from app.moments.zones import reader_zone
from app.sessions import policy
from app.sessions.hosts import words_of
from app.sessions.models import Gathering

COMMAS = re.compile(r"(\s*[,;،؛、]\s*)")
"""What stands between the names that somebody wrote in one line."""


@dataclass(frozen=True, slots=True)
class AgendaShown:
    """One line: the hour on the reader's clock ("" while the session has none), what, and who: names and the commas
    between them in turn, so that each name keeps its own direction."""

    hour: str
    minutes: int
    title: str
    who: list[str]


def _zone(gathering: Gathering) -> str | None:
    return reader_zone() or gathering.moment.zone


def _hour_of(gathering: Gathering, minutes: int) -> str:
    """Return the hour of a line; "" for one so far away that no calendar has its day."""
    try:
        return words.hour(in_zone(gathering.moment.starts_at + timedelta(minutes=minutes), _zone(gathering)))
    except OverflowError:
        return ""


def agenda_of(gathering: Gathering) -> list[AgendaShown]:
    has_hour = gathering.moment.precision is Precision.MINUTE
    return [
        AgendaShown(
            hour=_hour_of(gathering, item.minutes_after_start) if has_hour else "",
            minutes=item.minutes_after_start,
            title=item.title,
            who=COMMAS.split(item.who),
        )
        for item in gathering.agenda
    ]


def lasts(gathering: Gathering) -> str:
    """Return "2 hours", "1 hour and 30 minutes", or "" while no end is known."""
    moment = gathering.moment
    if moment.precision is not Precision.MINUTE or moment.wall_end is None:
        return ""
    hours, minutes = divmod(int((moment.until - moment.starts_at).total_seconds()) // 60, 60)
    # I18N: how long a session or a meeting lasts
    said = [ngettext("%(num)s hour", "%(num)s hours", hours)] if hours else []
    if minutes:
        # I18N: how long a session lasts, after the hours
        said.append(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    return listed(said, page_language())


def link_opens(actor: Actor, gathering: Gathering, now: datetime) -> str:
    """Return the sentence that says when the link to the meeting appears; "" once it is there, or will never be. Who
    takes part and finds none although its hour has come reads that it is not written yet."""
    moment = gathering.moment
    if moment.status in NOT_TAKING_PLACE or policy.is_over(gathering, now):
        return ""
    if moment.precision is not Precision.MINUTE:
        return str(words_of(gathering).link_before)
    at = moment.starts_at - policy.LINK_SHOWN_BEFORE
    if at <= now and policy.takes_part_in(actor, gathering):
        return "" if gathering.join_link else str(words_of(gathering).link_missing)
    if at <= now:
        return str(words_of(gathering).link_for_members)
    local = in_zone(at, _zone(gathering))
    values = {"day": words.day_of_year(local, page_language()), "hour": words.hour(local)}
    return str(words_of(gathering).link_at % values)
