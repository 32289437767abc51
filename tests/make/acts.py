"""Links of mails, as a reader finds them: in the words of a mail that left the house."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import force_locale

from app.core import acts, mails, outbox, registries
from app.core.notices import Notice
from app.extensions import db
from app.people.models import Person
from app.sessions.acts import COMING, about_start
from app.sessions.models import Gathering

LINK = re.compile(r"https?://[^/\s]+(/act/\S+)")


def act_path(
    kind: str, choice: str, subject_id: UUID, reader: Person, *, person: Person | None = None, about: str = ""
) -> str:
    """The path of a link as a mail to `reader` has it."""
    contact = registries.contacts([reader.id])[reader.id]
    parameters = {"person": str(reader.id)}
    address = acts.link(
        kind, choice, subject_id, parameters, contact, person_id=person.id if person else None, about=about
    )
    found = LINK.match(address)
    assert found, address
    return found[1]


def coming_path(choice: str, gathering: Gathering, reader: Person, *, person: Person | None = None) -> str:
    """The path of "I come" or "I cannot come", to the start that stands now."""
    return act_path(COMING, choice, gathering.id, reader, person=person, about=about_start(gathering))


def words_of_notice(kind: str, person: Person) -> mails.Words | None:
    """What the newest notice of a kind says to a person, in their language."""
    wanted = sa.select(Notice).where(Notice.kind == kind, Notice.person_id == person.id)
    notice = db.session.scalars(wanted.order_by(Notice.created_at.desc())).first()
    assert notice is not None, f"{person.name} is not told of {kind}"
    contact = registries.contacts([person.id])[person.id]
    with force_locale(contact.language):
        return mails.write(kind, notice.parameters, contact)


def without_links(text: str) -> str:
    """The words of a mail with its links as they stand where it is only looked at: the same each time."""
    return re.sub(r"/act/\S+", "/act/…", text)


def links_in(text: str) -> list[str]:
    """The links in the words of a mail, in their order."""
    return LINK.findall(text)


def post_all(now: datetime) -> None:
    """Let every mail that waits be written and leave."""
    while outbox.address_notices(now):
        pass
    while outbox.deliver_due(now):
        pass


def read_mail(kind: str, person: Person) -> str:
    """The text of the mail that left for a person and tells the newest notice of a kind."""
    wanted = (
        sa.select(outbox.OutboxMail)
        .join(Notice, Notice.mail_id == outbox.OutboxMail.id)
        .where(Notice.kind == kind, Notice.person_id == person.id)
    )
    mail = db.session.scalars(wanted.order_by(Notice.created_at.desc())).first()
    assert mail is not None, f"no mail of {kind} for {person.name}"
    assert mail.rendered is not None, (mail.state, mail.last_error)
    message = email.message_from_bytes(mail.rendered, policy=email.policy.default)
    return str(message.get_content()).replace("\r\n", "\n")
