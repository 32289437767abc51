"""Making the examples: once, in a house without persons, in one transaction that the caller commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.advocacy.catalogue import load_catalogue, shipped_catalogue
from app.core import actors
from app.examples import (
    accounts,
    advocacy,
    calendar,
    chantier,
    date_polls,
    desk,
    group_life,
    groups,
    historic,
    letters,
    lived,
    open_track,
    organisations,
    proposals,
    reminding,
    season,
    second_track,
    standing,
)
from app.examples.cast import ACCOUNTS, CORRESPONDENTS
from app.examples.password import find_password, read_or_make_password
from app.extensions import db
from app.people import passwords
from app.people.models import Account, Person
from app.sessions.programme import SHIPPED, load_programme, read_programme
from config import Settings

_LOCK = 71_092_026
"""Number of the advisory lock: of two first starts at once on PostgreSQL, one makes the examples."""


@dataclass(frozen=True, slots=True)
class ExampleSummary:
    """What stands in the house now. `emails` and `password` sign in; both are empty where the password is not known
    (example accounts there are none, or somebody changed it)."""

    is_made: bool
    emails: tuple[str, ...] = ()
    password: str = ""
    persons: int = 0


def make_examples(app_settings: Settings, now: datetime, *, with_mails: bool = False) -> ExampleSummary:
    """Load the programme and the advocacy catalogue, make the example people, two tracks with their season, and the
    attendance of the past.

    Does nothing in a house that holds any person, and then says how to sign in as the examples made before, if there
    are any. Commits nothing. `with_mails`: some of what people were told waits to leave, to be read. The password
    hashes and the files are made before the first row is written.
    """
    if _count_persons():
        return _standing(app_settings)
    db.session.rollback()  # nothing was written; hashes take long and no transaction may wait for them
    password = read_or_make_password(app_settings)
    hashes = {email: passwords.hash_password(password) for email in ACCOUNTS.values()}
    brought = season.lay_files_down()
    _one_at_a_time()
    if _count_persons():
        return _standing(app_settings)
    house = actors.job("make examples")
    load_programme(house, read_programme(SHIPPED), now=now)
    load_catalogue(house, shipped_catalogue(), now=now)
    unions = organisations.make_organisations(house, now=now)
    given = dict.fromkeys(CORRESPONDENTS.values(), hashes[ACCOUNTS["aissatou"]])  # a hash takes long
    cast = accounts.make_cast(house, unions, hashes | given, now=now)
    standing.make_standing(house, cast, unions, now=now)
    track, planned = open_track.make_track(house, cast, unions, now=now)
    second_track.make_second_track(house, track.phase, cast, now=now)
    season.make_season(house, track, planned, cast, unions, brought=brought, now=now)
    date_polls.ask_track(track, cast, now=now)
    desk.make_desk(planned[0], cast, unions, now=now)
    land, tenants = groups.make_groups(house, track, cast, now=now)
    group_life.make_life(land, planned[0], cast, unions, now=now)
    chantier.make_chantier(cast, unions, now=now)
    advocacy.make_advocacy(land, tenants, cast, unions, now=now)
    calendar.make_calendar(land, cast, now=now)
    proposals.make_proposals(cast, now=now)
    reminding.choose_plans(track, land, cast, now=now)
    historic.make_attendance(house, unions, now=now)
    if not with_mails:
        letters.tell_nobody()
    else:
        letters.keep_the_newest(now)
        lived.go_on(track, planned, cast, now=now)
        letters.keep_the_newest(now)
        lived.put_into_one(cast[lived.READS_ALL_IN_ONE])
    return ExampleSummary(is_made=True, emails=tuple(hashes), password=password, persons=_count_persons())


def _count_persons() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0


def _one_at_a_time() -> None:
    """Wait for another first start. SQLite needs nothing: its transaction took the write lock at the beginning."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def _standing(settings: Settings) -> ExampleSummary:
    """Describe a house with people: its example accounts whose password is still the one that was given out."""
    persons = _count_persons()
    rows = db.session.execute(
        sa.select(Account.email, Account.password_hash)
        .join(Person, Person.id == Account.person_id)
        .where(Account.email_norm.in_(ACCOUNTS.values()), Person.is_example)
    ).all()
    hash_of = dict(rows)
    password = find_password(settings)
    first = next((email for email in ACCOUNTS.values() if email in hash_of), None)
    if first is None or not password or not passwords.is_right(hash_of[first], password):
        return ExampleSummary(is_made=False, persons=persons)
    emails = tuple(email for email in ACCOUNTS.values() if email in hash_of)
    return ExampleSummary(is_made=False, emails=emails, password=password, persons=persons)
