"""Materials of tracks and sessions: links and files, checked for what they are, each in its language.

Table owned: `material`. Fills rooms on the pages of tracks and sessions.
"""

from flask import Flask

from app.materials import models

TABLES = (models.Material,)


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
