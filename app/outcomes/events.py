"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC)."""

from blinker import Namespace

_events = Namespace()

outcome_noted = _events.signal("outcomes.outcome_noted")
"""A session agreed on a priority, an action or a commitment. Sender: the new Outcome, open."""

outcome_changed = _events.signal("outcomes.outcome_changed")
"""Words, kind, people or date of an outcome changed. Sender: the Outcome."""

outcome_closed = _events.signal("outcomes.outcome_closed")
"""An outcome is done or dropped: `outcome.state` says which. Sender: the Outcome."""

outcome_reopened = _events.signal("outcomes.outcome_reopened")
"""A closed outcome is open again. Sender: the Outcome."""

outcome_removed = _events.signal("outcomes.outcome_removed")
"""An outcome was noted by mistake and is gone from every page. Sender: the Outcome, with `removed_at` set."""

notes_saved = _events.signal("outcomes.notes_saved")
"""The notes of a session have a new edition in one language. Sender: the SessionNotes."""
