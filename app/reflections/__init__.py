"""Reflections: what participants write in their tracks, in their own languages: a kind of original (R-01).

Tables owned: `reflection`, `reflection_quote`, `reflection_voice`, `reflection_draft`, `consent_request`,
`abuse_report`, `withholding`. Events: see `events`. Fills the rooms of voices on the pages of tracks, of sessions, and
on the front page, and what waits for an author.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import jobs as core_jobs
from app.core import navigation
from app.core import waiting as core_waiting
from app.reflections import jobs, kind, policy, registrations, rooms, searching, waiting
from app.reflections.routes import blueprint
from app.reflections.services import voice


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    kind.register()
    policy.register()
    registrations.register()
    rooms.fill()
    voice.follow()
    searching.register()
    core_waiting.register("reflections", waiting.waiting, order=30)
    core_jobs.register("reflections.drop_old_drafts", jobs.drop_old_drafts, every_seconds=86_400)
    navigation.add_to_foot(navigation.Entry(_l("Reflections"), "reflections.list_reflections", order=15))
    for section in ("reflections", "originals"):
        navigation.light("sessions.list_tracks", section)
