"""Decisions by consent: one organisation, one voice (R-23). From proposal to record.

Tables owned: `decision`, `proposal`, `decision_window`, `decision_roll`, `decision_statement`,
`decision_voice`, `decision_proxy`. Events sent: see `events`. Fills a room on the page of a group. Read `counting` for
the rule itself, `models.Stage` for the way of a proposal.
"""

from flask import Flask

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.decisions import (
    acts,
    cards,
    emails,
    exporting,
    jobs,
    kind,
    personal_data,
    policy,
    receivers,
    rooms,
    searching,
    telling,
    waiting,
)
from app.decisions.routes import blueprint
from app.moments import endings


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    kind.register()
    emails.register()
    acts.register()
    searching.register()
    receivers.register()
    rooms.fill()
    endings.register_windows("decision")
    exporting.register()
    core_waiting.register("decisions", waiting.waiting, order=25)
    registries.register(
        "decisions",
        describe={"decision": cards.describe_decisions},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted=telling.STILL_WANTED,
    )
    core_jobs.register("decisions.remind_silent", jobs.remind_silent, every_seconds=900)
    core_jobs.register("decisions.close_ended", jobs.close_ended, every_seconds=300)
    app.register_blueprint(blueprint)
    navigation.light("workinggroups.list_groups", "decisions")
