"""What advocacy announces about its dates, inside the transaction. What reminds people hangs on these.

Every change of a date also sends `moments.moment-changed`; these say what it means.
"""

from blinker import signal

occurrence_moved = signal("advocacy.occurrence-moved")
"""An occurrence got another date, or none for now (it is postponed).

Sender: the `Occurrence`. Arguments: `change` (its `MomentChange`, with old and new values), `followed` (a `Followed`:
steps that moved along, each with its own change, and those that stayed), `actor`, `now`."""

occurrence_cancelled = signal("advocacy.occurrence-cancelled")
"""An occurrence does not take place; its undone steps are called off. Arguments as of `occurrence_moved`."""

step_confirmed = signal("advocacy.step-confirmed")
"""Somebody confirmed the date of a step. Sender: the `Step`. Arguments: `change` (None where the same date is confirmed
again), `actor`, `now`."""

step_moved = signal("advocacy.step-moved")
"""A step got another estimated date, by its anchor, its rule or by hand. Sender: the `Step`. Arguments: `change`,
`actor`, `now`."""

step_done = signal("advocacy.step-done")
"""A step is done or has passed: nobody need be reminded of it. Sender: the `Step`. Arguments: `actor`, `now`."""

step_dropped = signal("advocacy.step-dropped")
"""A step does not apply to its occurrence. Sender: the `Step`. Arguments: `change`, `actor`, `now`."""

deadlines_changed = signal("advocacy.deadlines-changed")
"""Steps of an occurrence were made, added, moved, called off or opened again, whatever the reason. What was bound to
one of them may look whether another is meant now. Sender: the `Occurrence`. Arguments: `actor`, `now`."""
