"""The mails about groups: one function per message, in the recipient's language."""

from app.workinggroups import topics
from app.workinggroups.emails import invitations, meetings, places


def register() -> None:
    """Tell the house which mails this package writes."""
    for subject in (invitations, meetings, places):
        subject.register()
    topics.register()
