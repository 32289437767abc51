"""The words of date polls: what one says of an hour, where a poll is, who will read an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_pgettext

from app.core.context import page_language
from app.core.languages import chain
from app.core.names import Name
from app.datepolls.models import DatePoll, Says

SAYS: dict[str, Any] = {
    # I18N: what somebody says of an hour that is offered: it suits them
    Says.YES: lazy_pgettext("hour", "Yes"),
    # I18N: what somebody says of an hour that is offered: it does not suit them well, but they would come
    Says.IF_NEED: lazy_pgettext("hour", "If need be"),
    # I18N: what somebody says of an hour that is offered: it does not suit them
    Says.NO: lazy_pgettext("hour", "No"),
}

# I18N: state of a date poll: answers are taken
OPEN = lazy_pgettext("date poll", "Open")
# I18N: state of a date poll: its closing has passed, and nobody has chosen an hour
CLOSED = lazy_pgettext("date poll", "Closed, no hour chosen yet")
# I18N: state of a date poll: one of its hours was taken
CHOSEN = lazy_pgettext("date poll", "Hour chosen")
# I18N: state of a date poll: it was given up
LAID_DOWN = lazy_pgettext("date poll", "Laid down")


def state_of(poll: DatePoll, now: datetime) -> tuple[Any, str]:
    """Return the word for where a date poll is, and the tone of its badge."""
    if poll.is_laid_down:
        return LAID_DOWN, "cancelled"
    if poll.is_chosen:
        return CHOSEN, "held"
    return (OPEN, "confirmed") if poll.is_open(now) else (CLOSED, "expected")


def who_reads(poll: DatePoll) -> str:
    """Return in one sentence who reads an answer: said before anybody gives one."""
    if poll.group is not None:
        return str(_("Everybody inside the group reads who said what, at once."))
    return str(_("Those who lead the track read who said what, at once; the others read numbers."))


def note_of(poll: DatePoll) -> Name | None:
    """Return what one should know before answering, in the nearest language there is."""
    bodies = {note.language: note.body for note in poll.notes}
    language = chain(page_language(), set(bodies))
    return Name(bodies[language], language, is_fallback=language != page_language()) if language else None
