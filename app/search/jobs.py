"""The worker fills the index: of an older house after its upgrade, of a kind that is new, by newer rules of reading.
Once everything is written it asks one question per kind and goes."""

from __future__ import annotations

from datetime import datetime

from app.core import searching
from app.extensions import db
from app.search import services


def fill(now: datetime) -> int:
    """Write what is missing in the index, page after page, each in a transaction of its own. Any number of workers may
    run: they take turns, and each goes on where the other stopped."""
    written = 0
    for searchable in searching.kinds().values():
        while number := services.fill_next_page(searchable, now=now):
            db.session.commit()
            written += number
        db.session.commit()
    return written
