"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC); the sender is the Task."""

from blinker import Namespace

_events = Namespace()

task_noted = _events.signal("tasks.task_noted")
"""A group took something on: noted by hand, or taken up from what a session agreed on."""

task_changed = _events.signal("tasks.task_changed")
"""Words, owner, organisation or date of a task changed."""

task_state_changed = _events.signal("tasks.task_state_changed")
"""A task is under way, done, dropped or open again: `task.state` says which."""

task_removed = _events.signal("tasks.task_removed")
"""A task was noted by mistake and is gone from every page. `removed_at` is set."""
