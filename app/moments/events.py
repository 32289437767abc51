"""What moments announce to the packages above."""

from blinker import signal

moment_changed = signal("moments.moment-changed")
"""Sent inside the transaction after a moment took new values.

Sender: the `Moment`. Arguments: `change` (the `MomentChange` with old and new values), `actor`, `now`. Sent by
`change_moment` and, for each moment that new zone data moved, by `recompute`.
"""
