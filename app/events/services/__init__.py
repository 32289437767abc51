"""The use cases that write: events written by hand, and those that come with a calendar."""

from app.events.services.imported import Brought, bring_event, change_imported, remove_imported, withdraw_event
from app.events.services.writing import (
    INSIDE,
    Planned,
    audience_of,
    cancel_event,
    change_event,
    confirm_event,
    remove_event,
    write_event,
)

__all__ = [
    "INSIDE",
    "Brought",
    "Planned",
    "audience_of",
    "bring_event",
    "cancel_event",
    "change_event",
    "change_imported",
    "confirm_event",
    "remove_event",
    "remove_imported",
    "withdraw_event",
    "write_event",
]
