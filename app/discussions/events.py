"""What happens in topics, told inside the transaction. Sender: the post. All carry `actor` and `now`."""

from blinker import Namespace

_signals = Namespace()

post_written = _signals.signal("discussions.post-written", doc="A topic was opened, or somebody wrote in one.")
post_edited = _signals.signal("discussions.post-edited", doc="Its author wrote a new version, or another title.")
post_withdrawn = _signals.signal("discussions.post-withdrawn", doc="Hidden from everybody but its author.")
post_brought_back = _signals.signal("discussions.post-brought-back", doc="Shown again to the people of the group.")
post_erased = _signals.signal("discussions.post-erased", doc="Words, title, translations and name are gone for good.")
post_withheld = _signals.signal("discussions.post-withheld", doc="Taken out of sight by whoever runs the group.")
post_released = _signals.signal("discussions.post-released", doc="Shown again by whoever runs the group.")

CHANGES = (
    post_written,
    post_edited,
    post_withdrawn,
    post_brought_back,
    post_erased,
    post_withheld,
    post_released,
)
"""After each of these, what can be found of the post is another."""
