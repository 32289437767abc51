"""Mails to read on a page, where nobody real lives: in a house of example data, whose mails go into files.

In any other house these addresses do not exist: mails are for their readers.
"""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, render_template, request

from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.languages import direction
from app.core.outbox import OutboxMail
from app.core.paging import fetch_page
from app.core.web import current_actor
from app.extensions import db
from app.mailings.queries import are_mails_readable
from app.mailings.routes.blueprint import blueprint


def _readable() -> sa.Select[OutboxMail]:
    """The mails the actor may read here: one's own; the secretariat all but what it may not know of."""
    actor = current_actor()
    if not actor.is_person or not are_mails_readable(current_app.extensions["maloca"].mail_url):
        raise NotFound
    mails = sa.select(OutboxMail).where(OutboxMail.rendered.is_not(None))
    if actor.is_secretariat:
        return mails.where(visible_to(actor, OutboxMail.audience))
    return mails.where(OutboxMail.person_id == actor.own_id)


def _read(mail: OutboxMail) -> EmailMessage:
    return email.message_from_bytes(mail.rendered or b"", policy=email.policy.default)


@blueprint.get("/mails/written")
def list_written() -> str:
    """Mails that were written, newest first."""
    page = fetch_page(
        _readable(),
        key=OutboxMail.created_at,
        row_id=OutboxMail.id,
        cursor=request.args.get("after", ""),
        newest_first=True,
        size=30,
    )
    lines = [(mail, _read(mail)["Subject"]) for mail in page.rows]
    return render_template("mailings/written.html", lines=lines, next_cursor=page.next_cursor)


@blueprint.get("/mails/written/<uuid:mail_id>")
def show_written(mail_id: UUID) -> str:
    """One of them, as it arrived; its links work."""
    mail = db.session.scalar(_readable().where(OutboxMail.id == mail_id))
    if mail is None:
        raise NotFound
    read = _read(mail)
    language = str(read["Content-Language"])
    return render_template(
        "mailings/written_one.html",
        mail=mail,
        subject=read["Subject"],
        text=read.get_content().replace("\r\n", "\n"),
        language=language,
        direction=direction(language),
    )
