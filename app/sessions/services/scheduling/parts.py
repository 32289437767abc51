"""What a gathering is made of beside its time: the link to the meeting, its languages, the lines of its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.core.addresses import is_web_address
from app.core.errors import RuleBroken
from app.extensions import db
from app.moments.models import Moment, Precision
from app.moments.timing import Timing, resolve
from app.sessions.hosts import words_of
from app.sessions.models import AgendaItem, Gathering, LanguageMode, SessionLanguage

LONGEST_LINK = 500
MOST_MINUTES = 24 * 60
"""A day: no line of an agenda begins later, however long it lasts."""


class BadLink(RuleBroken):
    """A join link that is no https address."""


class BadAgenda(RuleBroken):
    """An agenda line without words, or outside the hours."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """Minutes after the start, what, and who (free words)."""

    minutes: int
    title: str
    who: str = ""


Languages = Sequence[tuple[str, LanguageMode]]


def check_link(link: str) -> str:
    """Return a join link, trimmed; raises `BadLink` for what is no https address."""
    link = link.strip()
    if not link:
        return ""
    if not is_web_address(link, longest=LONGEST_LINK, schemes=("https",)):
        raise BadLink(
            _l("The link must begin with https:// and name a place to meet. Copy it whole."), field="join_link"
        )
    return link


def check_minutes(minutes: int, lasts: int) -> None:
    """Raise `BadAgenda` for a line outside so many minutes; 0: nobody knows how long it lasts."""
    if 0 <= minutes < min(lasts or MOST_MINUTES, MOST_MINUTES):
        return
    sentence = (
        _l("Each line of the agenda begins before the end, %(minutes)s minutes after the start.", minutes=lasts)
        if 0 < lasts <= MOST_MINUTES
        else _l("Write how many minutes after the start this begins: 0, 15, 90, and less than 1,440.")
    )
    raise BadAgenda(sentence, field="agenda")


def check_fits(gathering: Gathering, lasts: int) -> None:
    """Raise `BadAgenda` at the end when a line of the agenda would lie outside so many minutes; 0: not known."""
    for item in gathering.agenda:
        if lasts and item.minutes_after_start >= lasts:
            raise BadAgenda(
                words_of(gathering).agenda_too_long
                % {"title": item.title, "minutes": item.minutes_after_start, "lasts": lasts},
                field="end",
            )


def minutes_between(timing: Timing) -> int:
    """Return how many minutes lie between the hours of a timing; 0 where it has none."""
    starts_at, until = resolve(timing)
    return int((until - starts_at).total_seconds() // 60) if timing.precision is Precision.MINUTE else 0


def minutes_of(moment: Moment) -> int:
    """Return how many minutes a gathering lasts; 0 while its hour is open."""
    lasts = moment.until - moment.starts_at
    return int(lasts.total_seconds() // 60) if moment.precision is Precision.MINUTE else 0


def check_agenda(agenda: Sequence[AgendaLine], moment: Moment) -> list[AgendaLine]:
    """Return the lines in the order of their time; raises `BadAgenda`."""
    for line in agenda:
        if not line.title.strip():
            raise BadAgenda(_l("Write what happens in each line of the agenda, or empty the line."), field="agenda")
        check_minutes(line.minutes, minutes_of(moment))
    return sorted(agenda, key=lambda line: line.minutes)


def write_agenda(gathering: Gathering, agenda: Sequence[AgendaLine]) -> None:
    gathering.agenda.clear()
    db.session.flush()  # the old lines go first: positions are unique
    gathering.agenda.extend(
        AgendaItem(position=place, minutes_after_start=line.minutes, title=line.title.strip(), who=line.who.strip())
        for place, line in enumerate(agenda)
    )


def write_languages(gathering: Gathering, languages: Languages) -> None:
    """A language that is spoken needs no interpretation: said twice, the first counts, spoken before interpreted.
    Languages that were there keep their order: a form of boxes to tick does not know it."""
    order = {row.language: row.position for row in gathering.languages}
    known = sorted(languages, key=lambda pair: order.get(pair[0], len(order)))
    wanted: dict[str, LanguageMode] = {}
    for code, mode in sorted(known, key=lambda pair: pair[1] is not LanguageMode.SPOKEN):
        wanted.setdefault(code, mode)
    gathering.languages.clear()
    db.session.flush()
    gathering.languages.extend(
        SessionLanguage(language=code, mode=mode, position=place) for place, (code, mode) in enumerate(wanted.items())
    )
