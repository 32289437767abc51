"""Date polls: which of these hours suits you? Asked of those who take part in a track or a group, each hour read on
one's own clock; the one that is chosen becomes a session or a meeting (`docs/decisions/0029`).

Tables owned: `date_poll`, `date_poll_note`, `date_poll_option`, `date_poll_answer`. Sends no events: what comes of a
poll is a gathering, which has its own. Fills rooms on the pages of tracks and groups. Read `circles` for what differs
between the two, `hours` for what an hour is.
"""

from flask import Flask

from app.core import jobs as core_jobs
from app.core import registries
from app.core import waiting as core_waiting
from app.datepolls import (
    acts,
    cards,
    emails,
    exporting,
    jobs,
    personal_data,
    policy,
    receivers,
    rooms,
    telling,
    waiting,
)
from app.datepolls.routes import blueprint
from app.moments import endings
from app.workinggroups import exports


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    emails.register()
    acts.register()
    rooms.fill()
    endings.register_windows("date_poll")
    receivers.listen()
    exports.register(exporting.ROOM, order=46)
    core_waiting.register("datepolls", waiting.waiting, order=26)
    registries.register(
        "datepolls",
        describe={"date_poll": cards.describe_date_polls},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted=telling.STILL_WANTED,
    )
    core_jobs.register("datepolls.remind_silent", jobs.remind_silent, every_seconds=900)
    app.register_blueprint(blueprint)
