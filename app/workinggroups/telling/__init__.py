"""Who is told what, a module per topic: one notice per person and fact, written in the transaction of the fact.

The words stand in `emails`, in a module of the same name.
"""

from app.workinggroups.telling import invitations, meetings, places

STILL_WANTED = {kind: topic.still_wanted for topic in (invitations, meetings, places) for kind in topic.KINDS}
"""Who is asked at the last moment before a mail leaves whether what it says is still so."""


def connect() -> None:
    """Let events of this package tell people."""
    places.connect()
