"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC)."""

from blinker import Namespace

_events = Namespace()

links_revoked = _events.signal("people.links_revoked")
"""A person who sets a new password wants no private address to go on opening either: somebody may have copied one, or
made one, while they were in. So it is where the mailbox takes an account from whoever registered its address. Sender:
the Person. Sent by `services.accounts` and `services.mail_links`."""
