"""Private links: made by their person, shown once, revoked for good."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.agenda import personal_data, services
from app.agenda.emails import MADE
from app.agenda.models import CalendarLink, Reach
from app.agenda.routes.links import SHOWN_ONCE
from app.agenda.secrets import hash_of
from app.agenda.services import MOST_LINKS, TooManyLinks, Unproven
from app.core.actors import VISITOR, link_holder
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.registries import actor_at, lent
from app.core.topics import topic_of
from app.extensions import db
from app.people.links import token_of
from app.people.models import Account, MailPurpose
from app.people.passwords import hash_password
from app.people.services import invite, reset_password, sign_in_by_link, verify_email
from app.people.services.mail_links import send_link
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.acts import words_of_notice
from tests.make.agenda import make_link
from tests.make.people import make_account, make_member, make_person, make_secretary, sign_in


@pytest.fixture
def person(app, now):
    found = make_member()
    db.session.commit()
    return found


@pytest.fixture
def reader(app, person):
    return Reader(sign_in(app.test_client(), person))


def made(reader: Reader, name: str = "Phone") -> str:
    """Make a link on the page and return its address."""
    reader.open("/account/calendar")
    reader.send(has="reach", name=name)
    return reader.page.find(id="new-address")["value"]


def test_the_address_is_shown_once_and_opens_the_feed(reader, client):
    address = made(reader)
    assert address.endswith(".ics")
    assert client.get(address.partition("//")[2].partition("/")[2].join(("/", ""))).status_code == 200
    assert reader.open("/account/calendar").find(id="new-address") is None
    assert "Phone" in reader.text


def test_only_the_hash_of_a_secret_is_kept(reader):
    secret = made(reader).rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) >= 43  # 256 bits
    link = db.session.scalars(sa.select(CalendarLink)).one()
    assert link.token_sha256 == hash_of(secret)
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.subject_kind == "calendar_link"))
    assert all(secret not in str(line.facts) for line in lines)


def test_a_revoked_link_is_not_there_and_everything_else_is_as_it_was(reader, client, person):
    phone, laptop = made(reader, "Phone"), made(reader, "Laptop")
    paths = ["/agenda/" + address.rsplit("/", 1)[1] for address in (phone, laptop)]
    link = db.session.scalars(sa.select(CalendarLink).where(CalendarLink.name == "Phone")).one()
    reader.open("/account/calendar")
    reader.send(action=f"/{link.id}/revoke")
    assert "Your account and your other links are as they were." in reader.page.get_text()
    assert [client.get(path).status_code for path in paths] == [404, 200]
    assert reader.open("/account") is not None
    assert reader.status == 200


def test_sent_twice_it_makes_one_link(reader, app, person):
    reader.open("/account/calendar")
    values = Reader._defaults(reader.form(has="reach"))
    values["name"] = "Phone"
    for _ in range(2):
        assert reader.client.post("/account/calendar", data=values).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count(CalendarLink.id))) == 1


def test_the_address_is_shown_though_the_first_answer_was_lost(reader, client, clock):
    reader.open("/account/calendar")
    values = Reader._defaults(reader.form(has="reach"))
    values["name"] = "Phone"
    reader.client.post("/account/calendar", data=values)
    with reader.client.session_transaction() as kept:
        del kept[SHOWN_ONCE]  # the cookie that came with the answer nobody got
    reader.client.post("/account/calendar", data=values)
    address = reader.open("/account/calendar").find(id="new-address")["value"]
    assert client.get("/agenda/" + address.rsplit("/", 1)[1]).status_code == 200
    clock.shift(timedelta(minutes=10))
    reader.client.post("/account/calendar", data=values)
    assert reader.open("/account/calendar").find(id="new-address") is None


def test_its_person_is_told_of_a_link_that_was_made_and_not_of_the_address(reader, person):
    secret = made(reader).rsplit("/", 1)[1].removesuffix(".ics")
    told = words_of_notice(MADE, person)
    assert told is not None
    assert "a link “Phone” was made" in told.text
    assert "/account/calendar" in told.text
    assert secret not in told.text
    assert not topic_of(MADE).is_optional
    db.session.scalars(sa.select(CalendarLink)).one().revoked_at = START
    assert words_of_notice(MADE, person) is None


def test_a_link_needs_a_name(reader):
    reader.open("/account/calendar")
    reader.send(has="reach", name=" ")
    assert reader.status == 422
    assert "Give it a name" in reader.text


def test_somebody_elses_link_is_not_there(reader):
    link = make_link(make_member())
    db.session.commit()
    reader.open("/account/calendar")
    values = Reader._defaults(reader.form(has="reach"))
    for link_id in (link.id, uuid4()):
        assert reader.client.post(f"/account/calendar/{link_id}/revoke", data=values).status_code == 404
    assert db.session.get(CalendarLink, link.id).revoked_at is None


def test_a_visitor_is_led_to_sign_in(client):
    assert client.get("/account/calendar").location.startswith("/sign-in")


def test_nobody_makes_a_link_for_somebody_else(app, person, now):
    helped = lent(actor_at(person.id, now), make_member().id)
    for actor in (VISITOR, helped):
        with pytest.raises(NotAllowed):
            services.make_link(actor, name="Phone", reach=Reach.MINE, secret="s", now=now)
    other = make_link(make_member())
    with pytest.raises(NotAllowed):
        services.revoke_link(actor_at(person.id, now), other, now=now)


def test_there_is_an_end_to_links(app, person, now):
    for n in range(MOST_LINKS):
        make_link(person, f"secret-{n}")
    with pytest.raises(TooManyLinks):
        services.make_link(actor_at(person.id, now), name="One more", reach=Reach.ALL, secret="s", now=now)


def test_whose_address_nobody_has_confirmed_makes_no_link(app, person, reader, now):
    account = db.session.get_one(Account, person.id)
    account.verified_at = None
    db.session.commit()
    reader.open("/account/calendar")
    reader.send(has="reach", name="Phone")
    assert reader.status == 422
    assert "Confirm your e-mail address first" in reader.text
    with pytest.raises(Unproven):
        services.make_link(actor_at(person.id, now), name="Phone", reach=Reach.MINE, secret="s", now=now)
    account.verified_at = now
    assert services.make_link(actor_at(person.id, now), name="Phone", reach=Reach.MINE, secret="s", now=now)


class TestPersonalData:
    def test_a_person_takes_their_links_along_without_the_secrets(self, app, person):
        make_link(person, "secret")
        (row,) = personal_data.export_person(person.id)["calendar_links"]
        assert row["name"] == "Phone"
        assert hash_of("secret") not in str(row)

    def test_links_follow_a_person_who_is_joined_with_another(self, app, person, now, client):
        kept = make_member()
        link = make_link(person, "secret")
        personal_data.merge_person(kept.id, person.id, now)
        db.session.refresh(link)
        assert link.person_id == kept.id

    def test_erasing_a_person_ends_their_links(self, app, person, now, client):
        make_link(person, "secret")
        personal_data.erase_person(person.id, now)
        db.session.commit()
        assert client.get("/agenda/secret.ics").status_code == 404


@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize("way", ["reset", "change"])
def test_whoever_sets_a_new_password_may_end_their_links_with_it(app, person, reader, ticked, way):
    account = db.session.get_one(Account, person.id)
    account.password_hash = hash_password("a quiet green morning")
    other = make_link(make_member(), "of-somebody-else")
    own = make_link(person)
    sent = {"password": "another green morning"} | ({"revokes_links": "y"} if ticked else {})
    if way == "reset":
        link = send_link(account, MailPurpose.RESET, now=START)
        db.session.commit()
        with app.test_request_context():
            path = f"/reset/{token_of(MailPurpose.RESET, link.id)}"
        visitor = Reader(app.test_client())
        visitor.open(path)
        visitor.send(has="password", **sent)
        assert visitor.path == "/account"
    else:
        db.session.commit()
        reader.open("/account/password")
        reader.send(has="present", present="a quiet green morning", **sent)
        assert reader.path == "/account"
    db.session.expire_all()
    assert (own.revoked_at is not None, other.revoked_at) == (ticked, None)


@pytest.mark.parametrize("way", [MailPurpose.VERIFY, MailPurpose.SIGN_IN, MailPurpose.RESET])
def test_a_link_of_a_stranger_ends_when_the_mailbox_takes_the_account(app, now, client, way):
    account = make_account(make_person(), verified_at=None, password_hash="$of a stranger")
    make_link(account.person, "of-a-stranger")
    link = send_link(account, way, now=now)
    said = {"link_id": link.id, "device": "", "now": now}
    take = {MailPurpose.VERIFY: verify_email, MailPurpose.SIGN_IN: sign_in_by_link, MailPurpose.RESET: reset_password}
    if way is not MailPurpose.SIGN_IN:
        said["password_hash"] = "$of the owner"
    take[way](link_holder(account.person_id), **said)
    db.session.commit()
    assert client.get("/agenda/of-a-stranger.ics").status_code == 404


def test_a_link_of_a_stranger_ends_when_the_secretariat_invites_the_address(app, now, client):
    account = make_account(make_person(), "amina@example.org", verified_at=None, password_hash="$of a stranger")
    make_link(account.person, "of-a-stranger")
    invite(actor_at(make_secretary().id, now), email="amina@example.org", now=now)
    db.session.commit()
    assert client.get("/agenda/of-a-stranger.ics").status_code == 404


def test_a_link_goes_on_where_its_person_signs_in_by_a_mailed_link(app, now, client):
    account = make_account(make_person(), password_hash="$")
    make_link(account.person, "of-its-person")
    link = send_link(account, MailPurpose.SIGN_IN, now=now)
    sign_in_by_link(link_holder(account.person_id), link_id=link.id, device="", now=now)
    db.session.commit()
    assert client.get("/agenda/of-its-person.ics").status_code == 200
