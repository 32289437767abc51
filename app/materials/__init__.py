"""Materials of tracks and sessions: links and files, checked for what they are, each in its language.

Table owned: `material`. Fills rooms on the pages of tracks and sessions; follows when one of these is copied.
"""

from flask import Flask

from app.materials import copying, policy, rooms
from app.materials.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    app.register_blueprint(blueprint)
    policy.register()
    rooms.fill()
    copying.follow()
