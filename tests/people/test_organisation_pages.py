"""What organisations say of themselves, their other names, and who is named on their pages."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import VISITOR
from app.core.errors import NotAllowed, RuleBroken
from app.core.names import NameRow
from app.core.registries import actor_at
from app.extensions import db
from app.people import queries, services
from app.people.models import Appearance, OrganisationContact, OrganisationText, Role
from app.people.policy import appears_to
from app.people.services import LooksKnown, OrganisationFacts, TextChanged
from tests.conftest import START
from tests.make.people import (
    make_account,
    make_affiliation,
    make_member,
    make_organisation,
    make_other_name,
    make_person,
    make_role,
    make_secretary,
)

TODAY = START.date()


@pytest.fixture
def union(app, now):
    return make_organisation("Example Union")


@pytest.fixture
def speaker(union):
    person = make_member("Speaker Example", appearance=Appearance.NETWORK)
    make_role(person, Role.MANDATED, union.id)
    return person


def write(actor, union, body, *, read_at=None, now=START):
    return services.write_text(actor, union, language="fr", body=body, read_at=read_at, now=now)


def test_who_speaks_for_it_writes_its_text_and_others_do_not(union, speaker):
    actor = actor_at(speaker.id, START)
    row = write(actor, union, "Nous sommes là.")
    assert (row.body, row.changed_by) == ("Nous sommes là.", speaker.id)
    for other in (VISITOR, actor_at(make_member().id, START)):
        for act in (
            lambda who: write(who, union, "x"),
            lambda who: services.remove_text(who, union, language="fr", now=START),
            lambda who: services.write_contact(who, union, website="", email="", read_at=None, now=START),
            lambda who: services.add_other_name(who, union, text="EU", language="en", now=START),
            lambda who: services.remove_other_name(who, union, name_id=union.id, now=START),
        ):
            with pytest.raises(NotAllowed):
                act(other)
    services.remove_text(actor, union, language="fr", now=START)
    services.remove_text(actor, union, language="fr", now=START)
    assert db.session.scalars(sa.select(OrganisationText)).all() == []


def test_of_two_writers_the_second_is_told(union, speaker):
    actor, later = actor_at(speaker.id, START), START + timedelta(minutes=1)
    first = write(actor, union, "One")
    with pytest.raises(TextChanged):
        write(actor, union, "Two, never having seen one")
    read_at = first.changed_at
    write(actor, union, "Three", read_at=read_at, now=later)
    with pytest.raises(TextChanged):
        write(actor, union, "Four", read_at=read_at, now=later)
    for body in ("", "x" * 20_001):
        with pytest.raises(RuleBroken) as refused:
            write(actor, union, body, read_at=later, now=later)
        assert refused.value.field == "body"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("", ""), ("example.org", "https://example.org"), (" http://example.org/a ", "http://example.org/a")],
)
def test_a_website_is_kept(union, speaker, written, kept):
    actor = actor_at(speaker.id, START)
    row = services.write_contact(actor, union, website=written, email="us@example.org", read_at=None, now=START)
    assert (row.website, row.email) == (kept, "us@example.org")


@pytest.mark.parametrize("written", ["javascript:alert(1)", "https://", "nowhere", "https://a b.org", "http://[::1"])
def test_what_is_no_website_is_refused(union, speaker, written):
    with pytest.raises(RuleBroken) as refused:
        services.write_contact(actor_at(speaker.id, START), union, website=written, email="", read_at=None, now=START)
    assert refused.value.field == "website"
    assert db.session.scalars(sa.select(OrganisationContact)).all() == []


def test_other_names_are_kept_once_found_and_taken_away(union, speaker):
    actor = actor_at(speaker.id, START)
    for _ in range(2):
        services.add_other_name(actor, union, text=" Unión  Ejemplo ", language="es", now=START)
    (row,) = queries.other_names([union.id])[union.id]
    assert row.text == "Unión Ejemplo"
    (line,) = queries.list_organisations(VISITOR, "en", day=TODAY, name="union ejemplo").rows
    assert (line.organisation.id, [found.text for found in line.found_as]) == (union.id, ["Unión Ejemplo"])
    services.remove_other_name(actor, union, name_id=row.id, now=START)
    services.remove_other_name(actor, union, name_id=row.id, now=START)
    assert queries.other_names([union.id]) == {}
    own = db.session.scalars(sa.select(NameRow.id).where(NameRow.object_id == union.id)).one()
    services.remove_other_name(actor, union, name_id=own, now=START)
    assert db.session.get(NameRow, own) is not None


def test_names_without_words_with_links_or_too_many_are_refused(union, speaker):
    actor = actor_at(speaker.id, START)
    for wrong in ("", "www.example.org"):
        with pytest.raises(RuleBroken):
            services.add_other_name(actor, union, text=wrong, language="en", now=START)
    for number in range(40):
        make_other_name(union, f"Name {number}")
    with pytest.raises(RuleBroken):
        services.add_other_name(actor, union, text="One more", language="en", now=START)


def test_people_are_named_as_they_agreed(union):
    people = {}
    for appearance in Appearance:
        person = people[appearance] = make_person(f"{appearance} Example", appearance=appearance)
        make_account(person)
        make_affiliation(person, union)
        make_role(person, Role.MANDATED, union.id)
    network, secretary = actor_at(make_member().id, START), actor_at(make_secretary().id, START)
    for actor in (VISITOR, network, secretary, actor_at(people[Appearance.NOBODY].id, START)):
        expected = sorted(person.name for person in people.values() if appears_to(actor, person))
        assert queries.members(actor, union, TODAY) == expected
        assert queries.speakers(actor, union, TODAY) == expected
    assert queries.speakers(VISITOR, union, TODAY) == ["public Example"]


@pytest.mark.parametrize(("names", "acronym"), [({"en": "EXAMPLE  union"}, ""), ({"fr": "Other"}, "e.u."), ({}, "EU")])
def test_an_organisation_that_looks_known_is_asked_about(union, names, acronym):
    make_other_name(union, "E.U.")
    actor = actor_at(make_secretary().id, START)
    facts = OrganisationFacts(kind="other", names=names or {"en": "Another"}, acronym=acronym)
    with pytest.raises(LooksKnown) as refused:
        services.create_organisation(actor, facts=facts, is_another=False, now=START)
    assert refused.value.known == [union.id]
    assert services.create_organisation(actor, facts=facts, is_another=True, now=START).id != union.id


def test_the_form_shows_the_known_one_and_a_box_to_go_on(reader_of, union):
    db.session.commit()
    reader = reader_of(make_secretary())
    reader.open("/organisations/new")
    assert not reader.page.find(attrs={"name": "is_another"})
    reader.send(has="name_en", name_en="Example Union", level="local")
    assert reader.status == 422
    assert "Example Union" in reader.text
    reader.send(has="name_en", is_another="y")
    assert reader.status == 200
    assert "Local" in reader.text


def test_the_page_from_empty_to_read(reader_of, visitor, union, speaker, clock):
    reader = reader_of(speaker)
    base = f"/organisations/{union.id}"
    reader.open(f"{base}/page")
    reader.send(has="language", language="fr")
    assert reader.path == f"{base}/texts/fr"
    reader.send(has="body", body="**Nous** sommes là.", button=("preview", "1"))
    assert reader.page.find("strong", string="Nous")
    assert db.session.scalars(sa.select(OrganisationText)).all() == []
    reader.send(has="body")
    assert reader.path == base
    reader.open(f"{base}/page")
    reader.send(has="website", website="nowhere")
    assert reader.status == 422
    reader.send(has="website", website="example.org", email="us@example.org")
    assert reader.path == base
    visitor.open(base)
    assert visitor.page.find(class_="text")["lang"] == "fr"
    assert "us@example.org" in visitor.text
    assert "Speaker" not in visitor.text
    reader.open(f"{base}/names")
    reader.send(has="text", text="EU", language="")
    assert reader.status == 422
    reader.send(has="text", text="EU", language="en")
    assert "EU" in reader.text
    reader.send(action="/remove")
    assert queries.other_names([union.id]) == {}
    reader.open(f"{base}/texts/fr/remove")
    reader.send(action="/remove")
    reader.open(f"{base}/texts/fr/remove")
    assert reader.status == 404


def test_the_second_of_two_editors_keeps_both_texts(reader_of, union, speaker, clock):
    db.session.commit()
    first, second = reader_of(speaker), reader_of(make_secretary())
    path = f"/organisations/{union.id}/texts/fr"
    first.open(path)
    second.open(path)
    first.send(has="body", body="Le premier.")
    clock.shift(60)
    second.send(has="body", body="Le second.")
    assert second.status == 422
    assert "Le premier." in second.text
    assert second.page.find("textarea").get_text().strip() == "Le second."
    second.send(has="body")
    assert db.session.scalars(sa.select(OrganisationText.body)).all() == ["Le second."]


@pytest.mark.parametrize("path", ["page", "names", "texts/fr", "texts/fr/remove"])
def test_strangers_are_refused_the_desk(reader_of, union, path):
    reader = reader_of(make_member())
    reader.open(f"/organisations/{union.id}/{path}")
    assert reader.status == 403


def test_languages_that_are_none_are_not_there(reader_of, union, speaker):
    reader = reader_of(speaker)
    for language in ("klingonish", "FR"):
        reader.open(f"/organisations/{union.id}/texts/{language}")
        assert reader.status == 404
