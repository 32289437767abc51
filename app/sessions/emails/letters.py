"""How the mails of this package say an hour and a reason."""

from __future__ import annotations

from flask_babel import gettext as _

from app.core.context import page_language
from app.core.languages import direction
from app.moments.shown import Shown


def time_words(time: Shown) -> str:
    """Return the hour for the recipient first, then the session's own and UTC."""
    if not time.has_hour:
        return time.words
    if time.second is None:
        # I18N: an hour in a mail: "Saturday 13 February 2027, 17:00–19:00 in Nairobi (14:00 UTC)"
        return str(_("%(time)s (%(utc)s UTC)", time=time.words, utc=time.utc.start))
    # I18N: an hour in a mail, with the hour at the session's own place and in universal time
    return str(
        _(
            "%(time)s (%(hour)s in %(place)s, %(utc)s UTC)",
            time=time.words,
            hour=time.second.start,
            place=time.second.place,
            utc=time.utc.start,
        )
    )


def isolated(words: str) -> str:
    """Wrap a name that begins a line of a mail in a script from right to left: its own letters must not turn the line
    round, and there is no markup that could say so."""
    return f"\u2068{words}\u2069" if direction(page_language()) == "rtl" else words


def because(reason: str) -> str:
    # I18N: in a mail; the reason is written by a facilitator, in whatever language
    return _("Why: %(reason)s", reason=reason) if reason else ""
