"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC); the sender is the Engagement."""

from blinker import Namespace

_events = Namespace()

engagement_planned = _events.signal("engagements.planned")
"""One or several groups plan something towards a space, or begin to watch one."""

engagement_changed = _events.signal("engagements.changed")
"""Its words, its space, occurrence or mode, its groups or who may read it changed."""

engagement_state_changed = _events.signal("engagements.state_changed")
"""It is in the making, handed in, ended, given up, or taken up again: `engagement.state` says which."""

signatories_changed = _events.signal("engagements.signatories_changed")
"""An organisation was asked, answered, leads now or was taken off."""

texts_changed = _events.signal("engagements.texts_changed")
"""A text was begun for it or brought to it."""
