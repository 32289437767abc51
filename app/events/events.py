"""What events announce to the packages above."""

from blinker import signal

event_changed = signal("events.event-changed")
"""Sent inside the transaction after an event was written, changed, withdrawn or is about to be removed.

Sender: the `Event`. Arguments: `actor`, `now`. A change of its time is announced by its moment (`moment_changed`)."""
