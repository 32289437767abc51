"""What an organisation says of itself: a text per language, a website, a public address. Kept by who speaks for it.

Two people may write at once: a text is changed as it was read, or not at all, and both versions stand on the page then.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit, searching
from app.core.actors import Actor
from app.core.addresses import is_web_address
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.addresses import read_address
from app.people.models import Organisation, OrganisationContact, OrganisationText

LONGEST = 20_000
LONGEST_WEBSITE = 300


class TextChanged(RuleBroken):
    """Somebody else kept another text since this one was read."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Somebody else has changed this since you opened it. Theirs stands below: take from it what you "
                "want, then keep yours."
            )
        )


def write_text(
    actor: Actor, organisation: Organisation, *, language: str, body: str, read_at: datetime | None, now: datetime
) -> OrganisationText:
    """Keep an organisation's text in one language. `read_at` is when the text the writer saw was changed, None where
    there was none. Raises `TextChanged`, `RuleBroken` at `body`."""
    require(actor, "people.edit_organisation_page", organisation)
    body = body.strip()
    if not body:
        raise RuleBroken(_l("Write the text. To take it away, use the link below."), field="body")
    if len(body) > LONGEST:
        raise RuleBroken(_l("Use at most %(max)d characters.", max=LONGEST), field="body")
    values = {"body": body, "changed_at": now, "changed_by": actor.person_id}
    _write_as_read(OrganisationText, {"organisation_id": organisation.id, "language": language}, values, read_at)
    searching.changed("organisation", [organisation.id])
    facts = {"language": language}
    audit.record(actor, "people.organisation.text_written", "organisation", organisation.id, facts, now=now)
    return db.session.get_one(OrganisationText, (organisation.id, language), populate_existing=True)


def remove_text(actor: Actor, organisation: Organisation, *, language: str, now: datetime) -> None:
    """Take the text in one language away; one that is gone already stays gone."""
    require(actor, "people.edit_organisation_page", organisation)
    gone = sa.delete(OrganisationText).where(
        OrganisationText.organisation_id == organisation.id, OrganisationText.language == language
    )
    if change_rows(gone) == 1:
        searching.changed("organisation", [organisation.id])
        facts = {"language": language}
        audit.record(actor, "people.organisation.text_removed", "organisation", organisation.id, facts, now=now)


def write_contact(
    actor: Actor, organisation: Organisation, *, website: str, email: str, read_at: datetime | None, now: datetime
) -> OrganisationContact:
    """Keep how the public reaches an organisation; "" shows nothing. Raises `TextChanged`, `RuleBroken` at `website`
    or `email`."""
    require(actor, "people.edit_organisation_page", organisation)
    website, address = check_website(website), read_address(email).email if email else ""
    values = {"website": website, "email": address, "changed_at": now, "changed_by": actor.person_id}
    _write_as_read(OrganisationContact, {"organisation_id": organisation.id}, values, read_at)
    audit.record(actor, "people.organisation.contact_written", "organisation", organisation.id, now=now)
    return db.session.get_one(OrganisationContact, organisation.id, populate_existing=True)


def check_website(written: str) -> str:
    """Return the address of a website, with https where nothing is said; refuse what is none at `website`."""
    written = written.strip()
    if not written:
        return ""
    address = written if "://" in written else f"https://{written}"
    if not is_web_address(address, longest=LONGEST_WEBSITE):
        raise RuleBroken(_l("Write the address of a website, as https://www.example.org."), field="website")
    return address


def _write_as_read(model: Any, key: dict[str, Any], values: dict[str, Any], read_at: datetime | None) -> None:
    """Write a row that was not there, or change it as it was read: of two at once, one is refused."""
    if read_at is not None:
        as_read = sa.update(model).filter_by(**key).where(model.changed_at == read_at)
        if change_rows(as_read.values(values)) != 1:
            raise TextChanged
        return
    try:
        with db.session.begin_nested():
            db.session.execute(sa.insert(model).values(key | values))
    except IntegrityError:
        raise TextChanged from None
