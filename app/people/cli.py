"""`flask people invite`: how a production house without example people gets its first account. `flask load people`:
the same as the secretariat's page for files of people, for those who sit at the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import actors, clock
from app.core.errors import RuleBroken
from app.core.loading import load
from app.core.mail_url import transport_for
from app.core.transport import FileTransport
from app.extensions import db
from app.people import services
from app.people.imports.columns import FIELDS, check_columns, guess_columns
from app.people.imports.refusals import words_of
from app.people.imports.table import ENCODINGS, MAX_BYTES, Table, read_table
from app.people.imports.trial import Fate, try_lines
from app.people.jobs import load_lines
from app.people.links import address_of
from app.people.models import LineOutcome, MailPurpose, Role
from app.people.services import Wishes

people = AppGroup("people", help="People and their roles.")

GIVEN_BY_COMMAND = (Role.SECRETARIAT.value, Role.COORDINATOR.value)


@people.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice(GIVEN_BY_COMMAND), required=True, help="The role to give.")
def invite(email: str, role: str) -> None:
    """Invite EMAIL: a person with a role, and a mail with a link to choose name and password.

    Said again, it sends a new invitation and adds nothing twice. Without a mail server the link is printed too.
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
    if transport is None or isinstance(transport, FileTransport):
        link = address_of(MailPurpose.INVITE, invitation.link_id)
        return f"Invitation of {email} as {role}, works once, within 14 days: {link}"
    return f"The invitation of {email} as {role} is queued; the worker sends it."


@load.command("people")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would happen; add nobody.")
@click.option("--columns", default="", help="Which column says what, by heading or number: name=Nom,email=3.")
@click.option("--encoding", type=click.Choice(list(ENCODINGS)), help="Instead of the encoding that is guessed.")
@click.option("--add-organisations", is_flag=True, help="Add organisations that are not here yet.")
@click.option("--invite", "invites", is_flag=True, help="Mail an invitation to those with an e-mail address.")
def load_people(
    file: Path, *, dry_run: bool, columns: str, encoding: str | None, add_organisations: bool, invites: bool
) -> None:
    """Load people from the table FILE (CSV). Said again, it adds nobody twice.

    Good lines are kept and bad ones named with their reason. Exit code: 0 when every line was taken, 1 when some were
    refused, 2 when nothing could be read.
    """
    try:
        table = read_table(_bytes_of(file), encoding=encoding or "")
        chosen = check_columns(guess_columns(table.headings) | _named_columns(columns, table.headings), table.headings)
    except RuleBroken as broken:
        click.echo(str(broken.message), err=True)
        sys.exit(2)
    wishes = Wishes(adds_organisations=add_organisations, invites=invites)
    fates = _tried(table, chosen, wishes) if dry_run else _loaded(table, chosen, wishes)
    for line in _report(fates, dry_run=dry_run):
        click.echo(line)
    if any(fate.outcome is LineOutcome.REFUSED for fate in fates):
        sys.exit(1)


def _bytes_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _named_columns(written: str, headings: list[str]) -> dict[str, int]:
    """Read `--columns`: a place is a heading of the file or its number from 1; "" takes a column away."""
    named: dict[str, int] = {}
    for part in filter(None, map(str.strip, written.split(","))):
        field, _equals, place = (piece.strip() for piece in part.partition("="))
        if field not in FIELDS:
            raise click.BadParameter(f"{field!r} is none of {', '.join(FIELDS)}.", param_hint="--columns")
        if place and place not in headings and not (place.isdecimal() and 1 <= int(place) <= len(headings)):
            raise click.BadParameter(f"there is no column {place!r}.", param_hint="--columns")
        named[field] = -1 if not place else headings.index(place) if place in headings else int(place) - 1
    return named


def _tried(table: Table, columns: dict[str, int], wishes: Wishes) -> list[Fate]:
    headings = len(table.headings)
    return list(try_lines(table.lines, columns, headings=headings, adds_organisations=wishes.adds_organisations))


def _loaded(table: Table, columns: dict[str, int], wishes: Wishes) -> list[Fate]:
    headings = len(table.headings)
    return list(load_lines(actors.job("load people"), table.lines, columns, wishes, headings=headings, now=clock.now()))


def _report(fates: list[Fate], *, dry_run: bool) -> list[str]:
    counts = {outcome: sum(fate.outcome is outcome for fate in fates) for outcome in LineOutcome}
    head = (
        f"{'To add' if dry_run else 'Added'}: {counts[LineOutcome.ADDED]}. Known already: {counts[LineOutcome.KNOWN]}. "
        f"Refused: {counts[LineOutcome.REFUSED]}."
    )
    return [head, *(_refusal(fate) for fate in fates if fate.outcome is LineOutcome.REFUSED)]


def _refusal(fate: Fate) -> str:
    sentence, column = words_of(fate.reason)
    return f"Line {fate.number}, {column}: {sentence}" if column else f"Line {fate.number}: {sentence}"
