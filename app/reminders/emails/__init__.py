"""The mails of reminders, each written in its recipient's language when it leaves."""

from app.core import mails
from app.reminders import telling, telling_changes, telling_clocks, telling_moved
from app.reminders.emails.afterwards import write_closed, write_held
from app.reminders.emails.changes import write_changed, write_clocks, write_event_changed
from app.reminders.emails.dates import write_deadline, write_occurrence, write_unanswered
from app.reminders.emails.gatherings import write_event, write_gathering, write_joining
from app.reminders.emails.groups import write_agreed, write_day_changed, write_review, write_task


def register() -> None:
    mails.register(telling.GATHERING, write_gathering)
    mails.register(telling.EVENT_NEAR, write_event)
    mails.register(telling.JOINING, write_joining)
    mails.register(telling.TASK, write_task, is_own=True)
    mails.register(telling.AGREED, write_agreed, is_own=True)
    mails.register(telling.HELD, write_held)
    mails.register(telling.CLOSED, write_closed)
    mails.register(telling.REVIEW, write_review)
    mails.register(telling.DEADLINE, write_deadline)
    mails.register(telling.UNANSWERED, write_unanswered)
    mails.register(telling.OCCURRENCE, write_occurrence)
    mails.register(telling_changes.CHANGED, write_changed)
    mails.register(telling_clocks.CLOCKS, write_clocks)
    mails.register(telling_moved.EVENT_CHANGED, write_event_changed)
    mails.register(telling_moved.DAY_CHANGED, write_day_changed, is_own=True)
