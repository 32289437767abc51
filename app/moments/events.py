"""What moments announce to the packages above."""

from blinker import signal

moment_created = signal("moments.moment-created")
"""Sent inside the transaction after a thing got its time for the first time. The thing itself may not be written yet.

Sender: the `Moment`. Arguments: `actor`, `now`. Sent by `create_moment`.
"""

moment_changed = signal("moments.moment-changed")
"""Sent inside the transaction after a moment took new values.

Sender: the `Moment`. Arguments: `change` (the `MomentChange` with old and new values), `actor`, `now`. Sent by
`change_moment` and, for each moment that new zone data moved, by `recompute`.
"""
