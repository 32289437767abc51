"""A session as plain text to paste into a messenger: name, day, everybody's hour, languages, the address of its page.

Made for groups in which people ask "which hour for me?". It holds what the public page says and nothing else: never
the link to the meeting.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.addresses import absolute
from app.core.languages import comma, direction, name_in, own_name
from app.core.names import names_of
from app.moments.models import Status
from app.moments.shown import UTC_NAME, Hours, Shown, shown
from app.sessions.addresses import session_path
from app.sessions.models import LanguageMode, LearningSession
from app.sessions.queries.zones import list_zones

LETTERS_IN_A_ROW = 30


@dataclass(frozen=True, slots=True)
class MessengerText:
    """The text of one language, with how that language is called and written."""

    language: str
    own_name: str
    direction: str
    text: str

    @property
    def rows(self) -> int:
        """How many rows it takes on a small phone."""
        return 1 + sum(-(-max(len(line), 1) // LETTERS_IN_A_ROW) for line in self.text.split("\n"))


def texts_of(session: LearningSession, languages: list[str]) -> list[MessengerText]:
    """Return the text of a session in each of these page languages."""
    zones = list_zones(session.track)
    return [MessengerText(code, own_name(code), direction(code), _text(session, code, zones)) for code in languages]


def _text(session: LearningSession, language: str, zones: list[str]) -> str:
    with force_locale(language):
        track = names_of("track", [session.track_id], language)[session.track_id].text
        title = names_of("session", [session.id], language)[session.id].text
        parts = [
            f"*{title}*",
            track,
            *_state(session),
            *_times(shown(session.moment, session.moment.zone or UTC_NAME, language), zones),
            *_languages(session, language),
            # I18N: last line of a text for messengers; an address follows
            _("Everything about it: %(address)s", address=_address(session)),
        ]
    return "\n".join(parts)


def _state(session: LearningSession) -> list[str]:
    if session.moment.status is Status.CANCELLED:
        # I18N: line of a text for messengers about a session that is called off
        return [_("Cancelled: it does not take place.")]
    if session.moment.status is Status.POSTPONED:
        # I18N: line of a text for messengers about a session whose new date is not known
        return [_("Postponed: the new date will be told.")]
    return []


def _times(time: Shown, zones: list[str]) -> list[str]:
    if not time.has_hour:
        return [time.words]
    own = time.first
    lines = [own.day, _hour(own)]
    seen = {(own.start, own.day)}
    for zone in [*zones, UTC_NAME]:
        hours = time.hours_in(zone)
        if (hours.start, hours.day) in seen and zone != UTC_NAME:
            continue
        seen.add((hours.start, hours.day))
        lines.append(_hour(hours) if hours.day == own.day else f"{_hour(hours)} ({hours.day_of_year})")
    return lines


def _hour(hours: Hours) -> str:
    # I18N: line of a text for messengers: an hour and whose clock it is on, for instance "17:00–19:00 Nairobi"
    return str(_("%(hours)s %(place)s", hours=hours.span, place=hours.place))


def _languages(session: LearningSession, language: str) -> list[str]:
    lines = []
    for mode in LanguageMode:
        names = comma(language).join(name_in(row.language, language) for row in session.languages if row.mode is mode)
        if names and mode is LanguageMode.SPOKEN:
            # I18N: line of a text for messengers: the languages spoken in a session
            lines.append(_("Spoken: %(languages)s", languages=names))
        elif names:
            # I18N: line of a text for messengers: the languages a session is interpreted into
            lines.append(_("Interpreted into: %(languages)s", languages=names))
    return lines


def _address(session: LearningSession) -> str:
    return absolute(session_path(session.id))
