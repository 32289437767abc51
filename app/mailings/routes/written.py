"""Mails to read on a page: in a house of example data, whose mails go into files, those to invented addresses.

In any other house these pages do not exist: mails are for their readers.
"""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, render_template, request

from app.core.errors import NotFound
from app.core.languages import direction
from app.core.outbox import OutboxMail
from app.core.paging import fetch_page
from app.core.web import current_actor
from app.extensions import db
from app.mailings.readable import is_place_to_read, readable, real_since
from app.mailings.routes.blueprint import blueprint
from app.mailings.routes.log import hour_of
from app.moments.zones import reader_zone


def _readable() -> sa.Select[OutboxMail]:
    """The mails the reader of the page may read here; `NotFound` in any other house."""
    actor = current_actor()
    if not actor.is_person or not is_place_to_read(current_app.extensions["maloca"].mail_url):
        raise NotFound
    return readable(actor)


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
    return render_template(
        "mailings/written.html",
        lines=lines,
        next_cursor=page.next_cursor,
        real_since=real_since(),
        hour_of=hour_of,
        zone=reader_zone() or "",
    )


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
        hour_of=hour_of,
        subject=read["Subject"],
        text=read.get_content().replace("\r\n", "\n"),
        language=language,
        direction=direction(language),
    )
