"""How mails say an hour: on the recipient's clock first, then at its own place and in universal time."""

from __future__ import annotations

from flask_babel import gettext as _

from app.core.context import page_language
from app.core.languages import direction
from app.core.types import Facts
from app.moments.endings import end_shown, old_end_shown
from app.moments.local import in_zone
from app.moments.models import Certainty, Moment, Status
from app.moments.shown import Hours, Shown
from app.moments.timing import Timing, settle
from app.moments.words import hour_of_utc
from app.moments.zones import reader_zone


def time_words(time: Shown) -> str:
    """Return the hour for the recipient first, then the moment's own and UTC; where it is another day there, which."""
    if not time.has_hour:
        return time.words
    own, utc = time.second, time.utc
    utc_words = _on_its_day(utc, own or time.first, hour_of_utc(utc.start, page_language()))
    if own is None:
        # I18N: an hour in a mail: "Saturday 13 February 2027, 17:00–19:00 in Nairobi (14:00 UTC)"
        return _in_one_line(_("%(time)s (%(utc)s UTC)", time=time.words, utc=utc_words))
    # I18N: an hour in a mail, with the hour at the session's own place and in universal time
    return _in_one_line(
        _(
            "%(time)s (%(hour)s in %(place)s, %(utc)s UTC)",
            time=time.words,
            hour=_on_its_day(own, time.first, own.start),
            place=own.place,
            utc=utc_words,
        )
    )


def _on_its_day(there: Hours, before: Hours, hour: str) -> str:
    """Return the hour at another place, with its day unless it is the one that was just said."""
    return hour if there.day == before.day else str(_("%(day)s, %(hour)s", day=there.day_of_year, hour=hour))


def _in_one_line(words: str) -> str:
    """Keep the word UTC in the line of its hour where a line runs from right to left, and would put the word before."""
    return words.replace(" UTC)", "\u00a0UTC)") if direction(page_language()) == "rtl" else words


def unsure_words(moment: Moment) -> str:
    """Return that a date is not certain, "" of one that is."""
    return str(_("This date is planned and not confirmed yet.")) if moment.status is Status.PLANNED else ""


def until_words(moment: Moment, zone: str | None = None) -> str:
    """Return until when something is open, for the recipient first, then on the clocks of its own place and in UTC."""
    return time_words(end_shown(moment, zone))


def until_day(moment: Moment) -> str:
    """Return the day on which something closes that closes at an hour, on the recipient's clock."""
    return end_shown(moment).first.day


def until_subject(moment: Moment, title: str) -> str:
    """Return the subject of a mail that asks: until which day, and what."""
    # I18N: subject of a mail: until when one can answer, then what
    return str(_("Until %(day)s: %(title)s", day=until_day(moment), title=title))


def moved_end_subject(moment: Moment, old: Facts, title: str) -> str:
    """Return the subject of a mail about another end: until when it is now, and what. `old` are the facts of the old
    end (`asked.end_before`)."""
    now = end_shown(moment).first
    if now.day != old_end_shown(old).first.day:
        # I18N: subject of a mail: until which day something is answered, which was another day before
        return str(_("Now until %(day)s: %(title)s", day=now.day, title=title))
    # I18N: subject of a mail: until when something is answered, which was another hour of this day before
    return str(_("Now until %(hour)s on %(day)s: %(title)s", hour=now.start, day=now.day, title=title))


def before_words(old: Facts, zone: str | None = None) -> str:
    """Return until when something was open before its end moved, from the facts of the old end (`asked.end_before`).
    Where other rules of clocks held, it is said on the recipient's clock alone: its own place has kept its hour."""
    shown = old_end_shown(old, zone)
    is_by_these_rules = shown.timing.wall_start == in_zone(shown.until, shown.timing.zone).replace(tzinfo=None, fold=0)
    # I18N: in a mail about a date that changed: what it was
    return str(_("Before: %(date)s", date=time_words(shown) if is_by_these_rules else shown.words))


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
