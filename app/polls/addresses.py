"""Where polls live, below their group. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from app.polls.models import Poll


def poll_path(poll: Poll) -> str:
    return f"/groups/{poll.group.slug}/polls/{poll.id}"
