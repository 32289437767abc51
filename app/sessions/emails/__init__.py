"""The mails of this package, a module per topic: one session, a series, a place in a track, an hour that changes.

Written at sending, in the recipient's language and at the recipient's hour. Never with the join link: with the page.
"""

from app.sessions import topics
from app.sessions.emails import hours, places, series, sessions


def register() -> None:
    """Tell the house who writes which mail."""
    for subject in (sessions, series, places, hours):
        subject.register()
    topics.register()
