"""The use cases that write: bringing a calendar in, keeping what it says, pausing, removing, fetching again."""

from app.calendars.services.bringing import (
    Brought,
    bring_calendar,
    choose_zone,
    forget_tried,
    pause_calendar,
    remove_calendar,
    replace_calendar,
    resume_calendar,
    take_in,
)
from app.calendars.services.fetching import claim_feed, note_failure, note_fetched
from app.calendars.services.keeping import BATCH, Kept, keep_reading, list_gone, theirs_of
from app.calendars.services.reporting import report_of

__all__ = [
    "BATCH",
    "Brought",
    "Kept",
    "bring_calendar",
    "choose_zone",
    "claim_feed",
    "forget_tried",
    "keep_reading",
    "list_gone",
    "note_failure",
    "note_fetched",
    "pause_calendar",
    "remove_calendar",
    "replace_calendar",
    "report_of",
    "resume_calendar",
    "take_in",
    "theirs_of",
]
