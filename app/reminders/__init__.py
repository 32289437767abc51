"""Reminders: nobody misses a date. When people are reminded of what is to come, who is, and who takes care of what
closes.

Tables owned: `reminder_own_plan`, `reminder_rule`, `reminder_plan`, `reminder_mark`, `deadline_care`. Listens to
whatever changes a date. Fills links on the desks of tracks and groups, rooms on the pages of spaces, of their sessions,
of engagements and of the settings of the house. Reads the packages below; nobody reads it (docs/decisions/0024).
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.mailings import planned as mailings_planned
from app.reminders import (
    acts,
    emails,
    heard,
    jobs,
    log,
    personal_data,
    policy,
    receivers,
    rooms,
    telling,
    telling_changes,
    telling_clocks,
    telling_moved,
    topics,
    waiting,
)
from app.reminders.routes import blueprint
from app.sessions import heard as sessions_heard


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    emails.register()
    acts.register()
    topics.register()
    receivers.register()
    rooms.fill()
    mailings_planned.register("reminders", log.planned, log.let_go)
    core_waiting.register("reminders", waiting.waiting, order=54)
    sessions_heard.register("reminders", heard.who_read_the_hour)
    core_jobs.register("reminders.remind", jobs.remind, every_seconds=20)
    core_jobs.register("reminders.look_again", jobs.look_again, every_seconds=6 * 3600)
    registries.register(
        "reminders",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted={
            **telling.STILL_WANTED,
            telling_changes.CHANGED: telling_changes.still_wanted,
            telling_clocks.CLOCKS: telling_clocks.still_wanted,
            telling_moved.EVENT_CHANGED: telling_moved.still_wanted,
            telling_moved.DAY_CHANGED: telling_moved.still_wanted,
        },
    )
    # the plan of the house stands at the foot beside its mails; others find those of their tracks and groups there
    navigation.add_to_foot(
        navigation.Entry(_l("Reminders"), "reminders.show_house", order=41, shown_to=lambda actor: actor.is_secretariat)
    )
    app.register_blueprint(blueprint)
