"""`flask people invite`: how a production house without example people gets its first account."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import actors, clock
from app.core.errors import RuleBroken
from app.core.transport import FileTransport, transport_for
from app.extensions import db
from app.people import services
from app.people.links import address_of
from app.people.models import MailPurpose, Role

people = AppGroup("people", help="People and their roles.")

GIVEN_BY_COMMAND = (Role.SECRETARIAT.value, Role.COORDINATOR.value)


@people.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice(GIVEN_BY_COMMAND), required=True, help="The role to give.")
def invite(email: str, role: str) -> None:
    """Invite EMAIL: a person with a role, and a mail with a link to choose name and password.

    Said again, it sends a new invitation and adds nothing twice. Where mails go to files, the link is printed too.
    """
    try:
        invitation = services.invite(actors.job("people.invite"), email=email, role=Role(role), now=clock.now())
    except RuleBroken:
        click.echo(f"{email!r} is not an e-mail address.", err=True)
        sys.exit(2)
    db.session.commit()
    click.echo(_line(email, role, invitation))


def _line(email: str, role: str, invitation: services.Invitation) -> str:
    if invitation.is_known:
        return f"{email} has an account with a password already; the role {role} is theirs. Nothing was sent."
    if invitation.link_id is None:
        return f"{email} got three invitations within this hour. Wait before you send another."
    transport = transport_for(current_app.extensions["maloca"])
    if isinstance(transport, FileTransport):
        link = address_of(MailPurpose.INVITE, invitation.link_id)
        return f"Invitation of {email} as {role}, works once, within 14 days: {link}"
    return f"The invitation of {email} as {role} is queued; the worker sends it."
