"""What people can stop getting of reminders. A date that is only expected is no deadline: no topic is called so."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core import notices
from app.core.notices import Topic
from app.reminders import telling, telling_changes, telling_clocks, telling_moved

NEAR = Topic(
    "reminders",
    # I18N: what one can stop getting by mail
    _l("Reminders of sessions and meetings"),
    _l("Before they begin, as the track or the group has chosen, and when a government changes your hour"),
)
DATES = Topic(
    "advocacy_dates",
    # I18N: what one can stop getting by mail: dates of bodies of the United Nations and the like
    _l("Dates of advocacy"),
    _l("What closes soon, and what was moved or confirmed, in the spaces your groups follow or work towards"),
)
OWN = Topic(
    "own_dates",
    # I18N: what one can stop getting by mail
    _l("Reminders of tasks and decisions"),
    _l("What you have taken on, and what your group wanted to look at again"),
)


def register() -> None:
    notices.register_topic(
        NEAR.holding(
            telling.GATHERING,
            telling.EVENT_NEAR,
            telling.JOINING,
            telling.HELD,
            telling_moved.EVENT_CHANGED,
            urgent=[telling_clocks.CLOCKS],
        )
    )
    notices.register_topic(
        DATES.holding(
            telling.DEADLINE, telling.CLOSED, telling.OCCURRENCE, telling_changes.CHANGED, urgent=[telling.UNANSWERED]
        )
    )
    notices.register_topic(OWN.holding(telling.TASK, telling.AGREED, telling.REVIEW, telling_moved.DAY_CHANGED))
