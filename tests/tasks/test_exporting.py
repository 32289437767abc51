"""What the tasks of a group and its handover sheet give when a group is handed on or taken out."""

from __future__ import annotations

from app.core.registries import actor_at
from app.tasks.models import TaskState
from app.tasks.rooms import open_tasks
from tests.conftest import START
from tests.make.exports import exported
from tests.make.people import make_member
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group, make_place


def test_every_task_leaves_with_its_group_but_those_removed(app, now):
    group, other, lead = make_group(), make_group(), make_member("Samira Example")
    make_coordinator(group, lead)
    make_place(group, lead)
    make_task(group, "Print the sheets", owner=lead)
    make_task(group, "Done long ago", state=TaskState.DONE, closed_at=START)
    make_task(group, "Removed", removed_at=START)
    make_task(other, "Somebody else's")
    found = exported(actor_at(lead.id, now), group, now)
    said = {row["What is to be done"]: (row["State"], row["Who does it"]) for row in found.rows("tasks")}
    assert said == {"Print the sheets": ("To do", "Samira Example"), "Done long ago": ("Done", "")}
    assert {row["state"] for row in found.group["tasks"]} == {"open", "done"}


def test_the_handover_sheet_tells_what_somebody_does_from_what_nobody_has(app, now):
    group, lead = make_group(), make_member("Samira Example")
    make_coordinator(group, lead)
    make_task(group, "Print the sheets", owner=lead)
    make_task(group, "Call the mayor")
    with app.test_request_context():
        room = open_tasks(actor_at(lead.id, now), group=group)
    free = room.index("Nobody has taken these yet")
    assert room.index("Print the sheets") < free < room.index("Call the mayor")
