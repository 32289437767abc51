"""How mails say an hour: on the recipient's clock first, then at its own place and in universal time."""

from __future__ import annotations

from flask_babel import gettext as _

from app.core.context import page_language
from app.core.languages import direction
from app.moments.endings import end_shown
from app.moments.models import Certainty, Moment, Status
from app.moments.shown import Shown
from app.moments.timing import Timing, settle
from app.moments.words import hour_of_utc
from app.moments.zones import reader_zone


def time_words(time: Shown) -> str:
    """Return the hour for the recipient first, then the moment's own and UTC."""
    if not time.has_hour:
        return time.words
    utc = hour_of_utc(time.utc.start, page_language())
    if time.second is None:
        # I18N: an hour in a mail: "Saturday 13 February 2027, 17:00–19:00 in Nairobi (14:00 UTC)"
        return str(_("%(time)s (%(utc)s UTC)", time=time.words, utc=utc))
    # I18N: an hour in a mail, with the hour at the session's own place and in universal time
    return str(
        _(
            "%(time)s (%(hour)s in %(place)s, %(utc)s UTC)",
            time=time.words,
            hour=time.second.start,
            place=time.second.place,
            utc=utc,
        )
    )


def unsure_words(moment: Moment) -> str:
    """Return that a date is not certain, "" of one that is."""
    return str(_("This date is planned and not confirmed yet.")) if moment.status is Status.PLANNED else ""


def until_words(moment: Moment, zone: str | None = None) -> str:
    """Return until when something is open, for the recipient first, then on the clocks of its own place and in UTC."""
    return time_words(end_shown(moment, zone))


def until_day(moment: Moment) -> str:
    """Return the day on which something closes, on the recipient's clock."""
    return end_shown(moment).first.day


def shown_typed(timing: Timing) -> Shown:
    """Return when something shall be that somebody typed and that is no moment yet, for the recipient."""
    settled, starts_at, until = settle(timing)
    return Shown(settled, starts_at, until, Certainty.VERIFIED, page_language(), reader_zone())


def dated_line(title: str, time: Shown) -> str:
    """Return one line of a list in a mail: what it is, and when."""
    # I18N: a line of a mail: the title of a session or a meeting, and its hour
    return str(_("%(title)s: %(time)s", title=_isolated(title), time=time_words(time)))


def _isolated(words: str) -> str:
    """Wrap a name that begins a line of a mail in a script from right to left: its own letters must not turn the line
    round, and there is no markup that could say so."""
    return f"\u2068{words}\u2069" if direction(page_language()) == "rtl" else words
