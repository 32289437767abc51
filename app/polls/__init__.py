"""Advisory polls: a question to whoever takes part in a group, answered in one tap, hidden from everybody until it
closes. Advice, never a decision (`docs/decisions/0018`).

Tables owned: `poll`, `poll_wording`, `poll_option`, `poll_answer`, `poll_choice`, `poll_reason`. Events sent: see
`events`. Offers the slot `polls.poll` on the page of a poll; fills a room on the page of a group. Read
`queries.results` for what may be seen and when, `counting` for the figures.
"""

from flask import Flask

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.moments import endings
from app.polls import (
    cards,
    emails,
    exporting,
    jobs,
    personal_data,
    policy,
    receivers,
    rooms,
    searching,
    telling,
    waiting,
)
from app.polls.routes import blueprint
from app.workinggroups import exports


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    emails.register()
    searching.register()
    rooms.fill()
    endings.register_windows("poll")
    receivers.listen()
    exports.register(exporting.ROOM, order=45)
    core_waiting.register("polls", waiting.waiting, order=27)
    registries.register(
        "polls",
        describe={"poll": cards.describe_polls},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted=telling.STILL_WANTED,
    )
    core_jobs.register("polls.remind_silent", jobs.remind_silent, every_seconds=900)
    core_jobs.register("polls.close_ended", jobs.close_ended, every_seconds=60)
    app.register_blueprint(blueprint)
    navigation.light("workinggroups.list_groups", "polls")
