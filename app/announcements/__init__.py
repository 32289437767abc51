"""What facilitators say to everybody of a track: announcements through the outbox, and text to paste into messengers.

Table owned: `announcement`. Fills rooms on the pages of tracks and sessions.
"""

from flask import Flask

from app.announcements import models

TABLES = (models.Announcement,)


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
