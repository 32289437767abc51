"""What this package announces, inside the transaction of the fact. All carry `actor` and `now` (aware UTC)."""

from blinker import Namespace

_signals = Namespace()

text_changed = _signals.signal("drafting.text_changed")
"""A joint text was begun, has a new version, other facts or another state. Sender: the JointText."""

comment_changed = _signals.signal("drafting.comment_changed")
"""A comment was written, answered, withdrawn, brought back or erased. Sender: the Comment."""
