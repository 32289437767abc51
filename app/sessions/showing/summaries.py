"""One line about a track: "1 of 4 held · next 13 February"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.context import page_language
from app.moments import words
from app.moments.local import in_zone, local_day
from app.moments.models import Precision
from app.moments.shown import shown
from app.moments.zones import reader_zone
from app.sessions.models import LearningSession
from app.sessions.queries import TrackSummary

SAME_SEASON = timedelta(days=200)


def lines_of(summaries: Mapping[UUID, TrackSummary], now: datetime) -> dict[UUID, str]:
    """Return the line of each track."""
    return {track_id: summary_line(summary, now) for track_id, summary in summaries.items()}


def summary_line(summary: TrackSummary, now: datetime) -> str:
    if not summary.total and summary.last_year < now.year:
        # I18N: about a track of past years whose sessions nobody has written down here
        return str(_("Its sessions are not listed here"))
    if not summary.total:
        return str(_("No session planned yet"))
    if summary.is_over:
        return _over(summary)
    # I18N: how far a track has come; %(held)s of %(num)s sessions have taken place
    progress = (
        ngettext(
            "%(held)s of %(num)s session held", "%(held)s of %(num)s sessions held", summary.total, held=summary.held
        )
        if summary.held
        else ngettext("%(num)s session", "%(num)s sessions", summary.total)
    )
    coming = summary.next_session
    if coming is None:
        return str(progress)
    # I18N: after how far a track has come: the day of its next session
    upcoming = _("next %(day)s", day=_day(coming, now))
    return f"{progress}\u00a0· {upcoming}"


def _over(summary: TrackSummary) -> str:
    years = [local_day(s.moment).year for s in (summary.first_session, summary.last_session) if s is not None]
    sessions = ngettext("%(num)s session", "%(num)s sessions", summary.total)
    when = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    # I18N: after the number of sessions of a track that is over: the year
    held = _("held %(year)s", year=when)
    return f"{sessions}\u00a0· {held}"


def _day(session: LearningSession, now: datetime) -> str:
    moment, language = session.moment, page_language()
    if moment.precision in (Precision.MONTH, Precision.YEAR, Precision.WINDOW):
        return shown(moment).words
    has_hour = moment.precision is Precision.MINUTE
    day = in_zone(moment.starts_at, reader_zone() or moment.zone).date() if has_hour else local_day(moment)
    is_near = abs(moment.starts_at - now) < SAME_SEASON
    return words.date_without_year(day, language) if is_near else words.date_of(day, language)
