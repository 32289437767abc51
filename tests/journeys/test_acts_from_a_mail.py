"""A member acts from a mail: the written mail is read as it left the house, its link is followed in a browser in which
nobody is signed in, and what is confirmed there is done, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.acts import SpentAct
from app.core.acts.emails import DONE
from app.extensions import db
from app.people.models import Person
from app.sessions.models import AttendanceIntention
from app.workinggroups.models import GroupMembership
from app.workinggroups.telling.invitations import INVITED
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.acts import links_in, post_all, read_mail
from tests.make.people import make_member, make_secretary
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.workinggroups import make_group

NEW_DAY = {"day": "2027-03-06", "start": "17:00", "end": "19:00", "zone": "Africa/Nairobi"}


@pytest.fixture
def aissatou(app, now) -> Person:
    """A member who reads French, in Dakar."""
    return make_member("Aïssatou Exemple", zone="Africa/Dakar", page_language="fr")


def count(table: type) -> int:
    db.session.expire_all()
    return db.session.scalar(sa.select(sa.func.count()).select_from(table))


def opened_by_the_provider(reader: Callable[..., Reader], paths: list[str]) -> None:
    """Providers of mail look at every link before its reader does, and more than once."""
    scanner = reader().client
    for path in paths * 2:
        for method in ("HEAD", "GET", "OPTIONS"):
            assert scanner.open(path, method=method).status_code == 200


def test_a_session_moves_and_a_member_says_from_the_mail_that_she_cannot_come(reader, aissatou, clock):
    track = make_track("Land rights", slug="land-rights")
    session, facilitator = make_session(track, "Who holds the land?"), make_member("Rosa Example")
    make_facilitator(track, facilitator)
    make_membership(track, aissatou)
    db.session.commit()
    leading = reader(facilitator)
    leading.open(f"/sessions/{session.id}/move")
    leading.send(has="start", reason="Elections", **NEW_DAY)
    assert leading.status == 200, leading.text
    post_all(START)
    tomorrow = START + timedelta(days=1, hours=3)
    clock.move_to(tomorrow)  # what can wait comes in one mail a day
    post_all(tomorrow)

    mail = read_mail("sessions.session_moved", aissatou)
    come, cannot = links_in(mail)
    opened_by_the_provider(reader, [come, cannot])
    assert count(AttendanceIntention) == count(SpentAct) == 0

    phone = Reader(reader().client)
    page = phone.open(cannot)
    assert page.html["lang"] == "fr"
    assert "14:00" in phone.text  # hers, in Dakar
    phone.send(has="submission_id")
    assert phone.status == 200
    assert [row.comes for row in db.session.scalars(sa.select(AttendanceIntention))] == [False]

    # she thinks again, with the other link of the same mail; each works once
    phone.open(come)
    phone.send(has="submission_id")
    phone.open(cannot)
    assert not phone.page.select("main form")
    assert [row.comes for row in db.session.scalars(sa.select(AttendanceIntention))] == [True]
    assert count(SpentAct) == 2

    leading.open(f"/sessions/{session.id}")
    assert "1" in leading.text


def test_an_invitation_is_accepted_from_the_mail_and_confirmed_by_another(reader, aissatou, now):
    group = make_group("Land group", slug="land-group")
    db.session.commit()
    secretary = reader(make_secretary())
    secretary.open(f"/groups/{group.slug}/invitations")
    secretary.send(has="person", person=aissatou.name)
    if secretary.page.find(attrs={"name": "chosen"}):
        secretary.send(has="chosen", person=aissatou.name, chosen=str(aissatou.id))
    post_all(now)
    mail = read_mail(INVITED, aissatou)
    assert "Coordinate and learn." in mail
    accept, decline = links_in(mail)
    opened_by_the_provider(reader, [accept, decline])
    assert count(GroupMembership) == 0

    phone = Reader(reader().client)
    phone.open(f"{accept}?lang=en")
    phone.send(has="acknowledge")
    assert (phone.status, count(GroupMembership)) == (422, 0)
    phone.send(has="acknowledge", acknowledge="y")
    assert "The invitation into “Land group” is accepted." in phone.text
    assert count(GroupMembership) == 1

    post_all(now)
    assert "Land group" in read_mail(DONE, aissatou)
