"""Topics of mails about the work of groups, for this package and the rooms above it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core.notices import Topic, register_topic
from app.people.topics import ACCOUNT, INVITATIONS
from app.sessions.topics import PLACES, SESSIONS
from app.workinggroups import telling
from app.workinggroups.telling import meetings

DECISIONS = Topic("decisions", _l("Decisions and polls"), _l("What is asked, until when, and what came out."))
TEXTS = Topic(
    "texts", _l("Topics and texts of your groups"), _l("What others write where you wrote, or on texts you keep.")
)


def register() -> None:
    register_topic(INVITATIONS.holding(telling.invitations.INVITED))
    places = telling.places
    register_topic(PLACES.holding(places.OBSERVES, places.REFUSED, places.APPOINTED, places.ENDED))
    register_topic(ACCOUNT.holding(places.HANDED_OVER))  # it may have been somebody else's hand
    register_topic(SESSIONS.holding(meetings.CALLED_OFF))
