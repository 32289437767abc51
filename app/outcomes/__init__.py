"""What sessions leave behind: notes, priorities, actions and commitments, and the sheet handed to those who follow on.

Tables owned: `session_notes`, `outcome`. Fills rooms on the pages of tracks and sessions.
"""

from flask import Flask

from app.outcomes import models

TABLES = (models.SessionNotes, models.Outcome)


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
