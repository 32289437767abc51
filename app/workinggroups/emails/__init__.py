"""The mails about groups: one function per message, in the recipient's language."""

from app.workinggroups.emails import standing


def register() -> None:
    """Tell the house which mails this package writes."""
    standing.register()
