"""The mails about groups: one function per message, in the recipient's language."""

from app.workinggroups.emails import places


def register() -> None:
    """Tell the house which mails this package writes."""
    places.register()
