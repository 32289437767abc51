"""Private calendar links for tests."""

from __future__ import annotations

from typing import Any

from app.agenda.models import CalendarLink, Reach
from app.agenda.secrets import hash_of
from app.extensions import db
from app.people.models import Person
from tests.conftest import START


def make_link(person: Person, secret: str = "a-secret-for-tests", **overrides: Any) -> CalendarLink:
    """A link for a phone that shows what its person takes part in."""
    values = {
        "person_id": person.id,
        "token_sha256": hash_of(secret),
        "name": "Phone",
        "reach": Reach.MINE,
        "made_at": START,
    } | overrides
    link = CalendarLink(**values)
    db.session.add(link)
    db.session.flush()
    return link
