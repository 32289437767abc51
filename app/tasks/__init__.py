"""What working groups have taken on: tasks with owner, date and state, noted by hand or born of a session's outcomes.

Table owned: `task`. Events sent: see `events`. Listens to `group_left` and `coordinator_ended`: open tasks go back to
the group. Fills rooms on the page of a group and what is read before leaving it; tells outcomes who took them up.
"""

from flask import Flask

from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.tasks import (
    cards,
    emails,
    exporting,
    personal_data,
    policy,
    receivers,
    rooms,
    searching,
    telling,
    waiting,
)
from app.tasks.models import TASK
from app.tasks.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    emails.register()
    receivers.register()
    rooms.fill()
    exporting.register()
    searching.register()
    core_waiting.register("tasks", waiting.waiting, order=60)
    registries.register(
        "tasks",
        describe={TASK: cards.describe_tasks},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted={telling.ASSIGNED: telling.still_wanted, telling.HANDED_BACK: telling.still_wanted},
    )
    app.register_blueprint(blueprint)
    navigation.light("workinggroups.list_groups", "tasks")
