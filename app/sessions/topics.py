"""Topics of mails about sessions and places in tracks, and what this package says in them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core.notices import Topic, register_topic
from app.sessions import telling

SESSIONS = Topic(
    "sessions",
    _l("Sessions and meetings"),
    _l("Of your tracks and groups: new, moved, cancelled, at another hour for you."),
)
PLACES = Topic(
    "places", _l("Your places"), _l("In tracks and groups: answers to what you asked for, and who named you.")
)


def register() -> None:
    register_topic(SESSIONS.holding(*telling.sessions.KINDS, *telling.series.KINDS, *telling.hours.KINDS))
    places = telling.places
    register_topic(
        PLACES.holding(places.PLACE_GIVEN, places.WAITING, places.REFUSED, places.NAMED, urgent=[places.MOVED_UP])
    )
