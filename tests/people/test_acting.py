"""In whose name somebody acts: for an organisation while the mandate holds, for a person they help, never beyond."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import registries
from app.core.actors import VISITOR
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.registries import actor_at, lent
from app.extensions import db
from app.people import policy, services
from app.people.models import Affiliation, AuthSession, Person, Role, RoleGrant
from app.people.services import NotHelped, NotYourMandate
from tests.conftest import START
from tests.make.people import (
    make_account,
    make_affiliation,
    make_assistance,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
)
from tests.make.sessions import make_facilitator, make_membership, make_track

TODAY, DAY = START.date(), timedelta(days=1)


@pytest.fixture
def union(app, now):
    return make_organisation("Example Union")


@pytest.fixture
def speaker(union):
    person = make_member("Speaker Example")
    make_role(person, Role.MANDATED, union.id)
    return person


@pytest.fixture
def assisted(speaker):
    """Somebody without an account whom the speaker helps."""
    person = make_person("Awa Example", languages=("wo",))
    make_affiliation(person, make_organisation("Awa's Union"))
    make_assistance(person, speaker)
    db.session.commit()
    return person


def device_of(person: Person) -> AuthSession:
    return db.session.scalars(sa.select(AuthSession).where(AuthSession.person_id == person.id)).one()


def standing(reader) -> str:
    line = reader.page.find(class_="standing")
    return " ".join(line.get_text(" ", strip=True).split()) if line else ""


def last_audit() -> AuditLine:
    return db.session.scalars(sa.select(AuditLine).order_by(AuditLine.at.desc(), AuditLine.id)).first()


def test_signing_in_starts_as_oneself_and_the_choice_shows_on_every_page(reader_of, speaker, union):
    reader = reader_of(speaker)
    reader.open("/organisations/")
    assert standing(reader) == ""
    reader.open("/acting")
    reader.send(has="acting", acting=f"organisation:{union.id}")
    assert standing(reader) == "You act for Example Union Change"
    assert "You act for Example Union on this device." in reader.text
    for path in ("/organisations/", "/account", "/acting", "/tracks/", "/nowhere"):
        reader.open(path)
        assert standing(reader).startswith("You act for Example Union"), path
    reader.open("/acting")
    reader.send(has="acting", acting="oneself")
    assert standing(reader) == ""


def test_another_device_acts_for_itself(reader_of, speaker, union):
    first, second = reader_of(speaker), reader_of(speaker)
    first.open("/acting")
    first.send(has="acting", acting=f"organisation:{union.id}")
    second.open("/account")
    assert standing(second) == ""


def test_what_is_done_for_an_organisation_is_kept_with_it(reader_of, speaker, union):
    reader = reader_of(speaker)
    reader.open("/acting")
    reader.send(has="acting", acting=f"organisation:{union.id}")
    reader.open("/account/reading")
    reader.send(has="scheme", scheme="dark")
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "people.person.reading_changed")).one()
    assert (line.actor_id, line.for_organisation_id, line.helper_id) == (speaker.id, union.id, None)


def test_a_mandate_that_ended_leaves_one_to_oneself(reader_of, speaker, union, clock):
    reader = reader_of(speaker)
    reader.open("/acting")
    reader.send(has="acting", acting=f"organisation:{union.id}")
    grant = db.session.scalars(sa.select(RoleGrant)).one()
    grant.until_on = TODAY
    db.session.commit()
    reader.open("/organisations/")
    assert standing(reader).startswith("You act for")
    clock.shift(DAY)
    reader.open("/organisations/")
    assert standing(reader) == ""
    reader.open("/acting")
    assert not reader.page.find(attrs={"value": f"organisation:{union.id}"})


def test_nobody_acts_for_an_organisation_they_do_not_speak_for(reader_of, speaker):
    other, reader = make_organisation(), reader_of(speaker)
    reader.open("/acting")
    for chosen in (f"organisation:{other.id}", f"person:{make_person().id}", "person:nobody"):
        reader.send(has="acting", acting=chosen)
        assert reader.status == 422
        assert reader.page.find(class_="error")
    assert device_of(speaker).acting_for_organisation_id is None


def test_the_services_refuse_the_same(app, now, speaker, union, assisted):
    actor, elsewhere = actor_at(speaker.id, now), make_organisation()
    with pytest.raises(NotYourMandate):
        services.act_for_organisation(actor, auth_session_id=speaker.id, organisation_id=elsewhere.id, now=now)
    with pytest.raises(NotHelped):
        services.write_for(actor, auth_session_id=speaker.id, person_id=make_person().id, now=now)
    for act in (
        lambda who: services.act_as_oneself(who, auth_session_id=speaker.id, now=now),
        lambda who: services.act_for_organisation(who, auth_session_id=speaker.id, organisation_id=union.id, now=now),
        lambda who: services.write_for(who, auth_session_id=speaker.id, person_id=assisted.id, now=now),
    ):
        for who in (VISITOR, lent(actor_at(assisted.id, now), speaker.id)):
            with pytest.raises(NotAllowed):
                act(who)


def test_somebody_elses_device_is_not_turned(reader_of, now, speaker, union):
    other = make_member()
    reader_of(other)
    services.act_for_organisation(
        actor_at(speaker.id, now), auth_session_id=device_of(other).id, organisation_id=union.id, now=now
    )
    db.session.commit()
    assert device_of(other).acting_for_organisation_id is None


def write_for(reader, person):
    reader.open("/acting")
    reader.send(has="acting", acting=f"person:{person.id}")


def test_a_helper_writes_as_the_person_visibly_and_the_hand_is_kept(reader_of, speaker, assisted, now):
    track = make_track("Land", slug="land")
    db.session.commit()
    reader = reader_of(speaker)
    write_for(reader, assisted)
    assert standing(reader) == "You write for Awa Example Stop"
    reader.open(f"/tracks/{track.slug}")
    assert standing(reader) == "You write for Awa Example Stop"
    reader.send(action="/acting/stop")
    assert standing(reader) == ""


def test_a_helper_has_the_keys_of_the_person_without_any_power(app, now, speaker, union, assisted):
    track = make_track("Land", slug="land")
    make_membership(track, assisted)
    make_facilitator(track, assisted)
    make_role(assisted, Role.MANDATED, union.id)
    make_role(assisted, Role.SECRETARIAT)
    make_account(assisted)  # even if the person had powers
    actor = lent(actor_at(assisted.id, now), speaker.id)
    assert actor.keys == {"public", "network", "affiliation:member", f"track:{track.id}"}
    assert (actor.person_id, actor.helper_id, actor.acting_for) == (assisted.id, speaker.id, None)
    assert not policy.can_edit_own(actor, assisted)
    assert not policy.can_help(actor)
    assert policy.can_say_needs(actor, assisted)


def test_a_key_that_nobody_has_named_is_a_power(app, now):
    actor = replace(
        actor_at(make_person().id, now),
        keys=frozenset({"public", "case:1", "coordinators:1", "secretariat", "coordinator"}),
    )
    assert lent(actor, make_person().id).keys == {"public"}


CLOSED = ("/account", "/account/profile", "/account/password", "/people/", "/people/roles", "/people/invite")


def test_rooms_about_oneself_and_of_power_are_closed_with_the_way_out(reader_of, app, speaker, assisted):
    make_role(speaker, Role.SECRETARIAT)
    db.session.commit()
    reader = reader_of(speaker)
    write_for(reader, assisted)
    for path in CLOSED:
        reader.open(path)
        assert reader.status == 403, path
        assert "about your own account" in reader.text
    still_open = {"people.list_organisations", "people.show_organisation"}
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("people.") or rule.arguments or "GET" not in rule.methods:
            continue
        if rule.endpoint in still_open | {"people.choose_acting", "people.register_assisted", "people.sign_in"}:
            continue
        assert reader.client.get(rule.rule).status_code == 403, rule
    reader.open("/organisations/")
    menu = reader.page.find(class_="person-panel")
    assert [link["href"] for link in menu.find_all("a")] == ["/acting"]
    assert menu.find("form", action="/acting/stop")
    reader.open("/account")
    reader.send(action="/acting/stop")
    reader.open("/account")
    assert reader.status == 200
    assert reader.page.find(class_="person-panel").find("a", href="/account")


def test_the_page_says_what_each_choice_changes_and_the_next_one_names_it(reader_of, speaker, assisted):
    reader = reader_of(speaker)
    reader.open("/acting")
    assert "You join tracks and say that you were there for it" in reader.text
    assert "What you join, write and say counts as theirs." in reader.text
    reader.send(has="acting", acting=f"person:{assisted.id}")
    assert "You write for Awa Example on this device." in reader.text


def test_the_page_of_somebody_without_e_mail_speaks_of_them(reader_of, speaker):
    reader = reader_of(speaker)
    reader.open("/assisted/new")
    for words in ("Their organisation", "No organisation: they take part alone", "How do they belong to the network?"):
        assert words in reader.text
    for words in ("Your organisation", "I take part alone", "How do you belong"):
        assert words not in reader.text
    reader.send(has="agreed", name="Awa", organisation="other", kind="friend", languages=["wo"], agreed="yes")
    assert "Write the name of their organisation" in reader.text


def test_signing_out_works_while_writing_for_somebody(reader_of, speaker, assisted):
    reader = reader_of(speaker)
    write_for(reader, assisted)
    reader.send(action="/sign-out")
    assert device_of(speaker).revoked_at is not None


@pytest.mark.parametrize("end", ["assistance", "affiliation", "erased", "account"])
def test_the_help_ends_at_the_next_request(reader_of, speaker, assisted, now, end):
    reader = reader_of(speaker)
    write_for(reader, assisted)
    if end == "assistance":
        row = db.session.scalars(sa.select(policy.Assistance)).one()
        services.end_assistance(actor_at(speaker.id, now), row, now=now)
    elif end == "affiliation":
        row = db.session.scalars(sa.select(Affiliation).where(Affiliation.person_id == speaker.id)).one()
        row.until_on = TODAY - DAY
    elif end == "erased":
        registries.erase_person(assisted.id, now)
    else:
        make_account(assisted)
    db.session.commit()
    reader.open("/account")
    assert (reader.status, standing(reader)) == (200, "")


def test_an_invitation_that_waits_does_not_end_the_help(reader_of, speaker, assisted):
    make_account(assisted, verified_at=None)
    db.session.commit()
    reader = reader_of(speaker)
    write_for(reader, assisted)
    assert standing(reader).startswith("You write for")


def test_a_page_made_in_one_name_is_not_sent_in_another(reader_of, speaker, assisted, union):
    first, second = reader_of(speaker), reader_of(speaker)
    second.client.set_cookie("maloca_person", first.client.get_cookie("maloca_person").value)
    first.open("/account/reading")
    write_for(second, assisted)
    first.send(has="scheme", scheme="dark")
    assert first.status == 403  # the room itself is closed meanwhile
    second.open("/acting")
    second.send(has="acting", acting=f"organisation:{union.id}")
    first.open("/account/reading")
    second.open("/acting")
    second.send(has="acting", acting="oneself")
    first.send(has="scheme", scheme="dark")
    assert first.status == 422
    assert "another name now" in first.text
    first.send(has="scheme", scheme="dark")
    assert first.status == 200
    db.session.refresh(speaker)
    assert speaker.scheme == "dark"


def test_a_form_without_a_name_is_ones_own(reader_of, speaker, assisted):
    reader = reader_of(speaker)
    write_for(reader, assisted)
    track = make_track("Land", slug="land")
    db.session.commit()
    answer = reader.client.post(f"/tracks/{track.slug}/leave", data={"submission_id": str(assisted.id)})
    assert answer.status_code in (302, 303, 400, 403, 404, 422)


def test_acting_adds_one_question_at_most(reader_of, speaker, union, assisted, count_queries):
    reader = reader_of(speaker)

    def asked() -> int:
        reader.open("/organisations/")
        with count_queries() as statements:
            reader.open("/organisations/")
        return len(statements)

    alone = asked()
    reader.open("/acting")
    reader.send(has="acting", acting=f"organisation:{union.id}")
    assert asked() <= alone + 1
    write_for(reader, assisted)
    assert asked() <= alone + 1


def test_the_secretariat_appears_without_its_powers_for_the_assisted(reader_of, now):
    secretary, person = make_secretary(), make_person("Awa Example")
    make_assistance(person, secretary)
    db.session.commit()
    reader = reader_of(secretary)
    reader.open("/")
    assert "People" in reader.page.find("header").get_text()
    write_for(reader, person)
    assert "People" not in [a.get_text(strip=True) for a in reader.page.find("header").find_all("a")]
