"""Calendars of others come in: a group or an organisation names the address of one, or brings a file, looks at what is
in it, and its events stand in the common agenda (R-30).

Tables owned: `calendar_feed`, `calendar_entry`. `reading` makes events of bytes and knows no database; `services` keep
them; a job reads what is due again. See docs/decisions/0026-calendars-of-others.md.
"""

from flask import Flask

from app.calendars import jobs, personal_data, policy, rooms
from app.calendars.routes import blueprint
from app.core import jobs as core_jobs
from app.core import registries


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    rooms.fill()
    core_jobs.register("calendars.read_due", jobs.read_due, every_seconds=60, reaches_out=True)
    core_jobs.register("calendars.forget_tried", jobs.forget_tried, every_seconds=3600)
    registries.register(
        "calendars",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    app.register_blueprint(blueprint)
