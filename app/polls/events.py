"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC). Sender: the Poll. Nothing is
said of single answers."""

from blinker import Namespace

_events = Namespace()

poll_started = _events.signal("polls.poll_started")
"""A question was put to those who take part in a group."""

poll_closed = _events.signal("polls.poll_closed")
"""The house closed a poll whose time was over; the result is there to read."""

poll_laid_down = _events.signal("polls.poll_laid_down")
"""A poll was given up before its close, and its answers thrown away."""
