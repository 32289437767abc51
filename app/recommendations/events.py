"""What this package announces, inside the transaction of the fact. Carries `actor` and `now` (aware UTC)."""

from blinker import Namespace

_signals = Namespace()

recommendation_changed = _signals.signal("recommendations.recommendation_changed")
"""A recommendation was noted, changed, looked at or removed. Sender: the Recommendation."""
