"""Reflections: what participants write, in their own languages, with translations beside the original (R-01).

Tables owned: `reflection`, `reflection_version`, `reflection_translation`. Events: see `events`. Fills the rooms of
voices on the pages of tracks, of sessions, and on the front page.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.reflections import policy, registrations, rooms
from app.reflections.routes import blueprint


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    policy.register()
    registrations.register()
    rooms.fill()
    navigation.add_to_roof(
        navigation.Entry(_l("Reflections"), "reflections.list_reflections", order=50, sections=("reflections",))
    )
