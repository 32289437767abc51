"""Proposals: anybody proposes a meeting for the agenda, without an account; a person publishes it, as it is or
corrected, or says why not (`docs/decisions/0029`).

Table owned: `event_proposal`. Sends no events: what comes of a proposal is an event of `app/events`. Nobody sees a
proposal before the link mailed to its address was opened, and only who answers it before it is published.
"""

from flask import Flask

from app.core import jobs as core_jobs
from app.core import registries
from app.core import waiting as core_waiting
from app.proposals import emails, jobs, personal_data, policy, rooms, routes, telling, waiting


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    emails.register()
    rooms.fill()
    core_waiting.register("proposals", waiting.waiting, order=46)
    registries.register(
        "proposals",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        forget_address=personal_data.forget_address,
        holdings=personal_data.HOLDINGS,
        still_wanted=telling.STILL_WANTED,
    )
    core_jobs.register("proposals.forget", jobs.forget, every_seconds=3600)
    app.register_blueprint(routes.blueprint)
