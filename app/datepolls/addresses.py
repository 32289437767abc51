"""Where date polls live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from app.datepolls.models import DatePoll


def date_poll_path(poll: DatePoll) -> str:
    return f"/date-polls/{poll.id}"
