"""What the house holds about a person: handed out whole, joined, erased with the counts left true."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core import registries
from app.core.registries import actor_at
from app.extensions import db
from app.people import models
from app.people.devices import open_session
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Assistance,
    AuthSession,
    ErasureRequest,
    Gender,
    MailLink,
    MailPurpose,
    Need,
    PeopleImportLine,
    Person,
    PersonNeed,
    Role,
    RoleGrant,
)
from app.people.personal_data import erase_person, export_person, merge_person
from app.people.services import LastSecretary
from app.people.services.mail_links import send_link
from tests.make.people import (
    make_account,
    make_affiliation,
    make_import,
    make_organisation,
    make_person,
    make_region,
    make_role,
)

TABLES_ABOUT_PEOPLE = {
    mapper.class_
    for mapper in models.Person.registry.mappers
    if mapper.class_.__module__.startswith(models.__name__) and "person_id" in mapper.columns
}


@pytest.fixture
def person(app, now):
    """Somebody with a row in every table of people."""
    person = make_person(
        "Amina Exemple",
        languages=("fr", "wo"),
        name_latin="Amina",
        place="Dakar",
        country="SN",
        region_id=make_region("SSA").id,
        gender=Gender.WOMAN,
        preferred_language="wo",
        page_language="fr",
    )
    account = make_account(person, "amina@example.org", password_hash="$secret")
    open_session(person.id, device="Firefox", now=now)
    send_link(account, MailPurpose.RESET, now=now)
    make_affiliation(person, make_organisation())
    make_role(person, Role.COORDINATOR)
    helper = make_person("Helping Example")
    line = db.session.scalars(sa.select(PeopleImportLine).where(PeopleImportLine.import_id == make_import().id)).first()
    line.person_id = person.id
    db.session.add_all(
        [
            PersonNeed(person_id=person.id, need=Need.CAPTIONS),
            Assistance(person_id=person.id, helper_id=helper.id, agreed="by phone", from_at=now),
            ErasureRequest(person_id=person.id, asked_at=now),
        ]
    )
    db.session.flush()
    return person


def rows(model, person_id):
    return list(db.session.scalars(sa.select(model).where(model.person_id == person_id)))


def test_everything_about_a_person_is_handed_out_without_secrets(person):
    data = export_person(person.id)
    assert data["person"]["name"] == "Amina Exemple"
    assert data["person"]["country"] == "SN"
    assert data["languages"] == ["fr", "wo"]
    assert data["account"]["email"] == "amina@example.org"
    assert [len(data[part]) for part in ("devices", "mail_links", "affiliations", "roles")] == [1, 1, 1, 1]
    written = repr(data)
    assert "$secret" not in written
    assert "token" not in written
    assert registries.export_person(person.id)["people"] == data


def test_no_table_about_people_is_forgotten(person, now):
    assert {model for model in TABLES_ABOUT_PEOPLE if rows(model, person.id)} == TABLES_ABOUT_PEOPLE
    erase_person(person.id, now)
    left = {model for model in TABLES_ABOUT_PEOPLE if rows(model, person.id)}
    assert left == {Affiliation, RoleGrant, ErasureRequest}


def test_an_erased_person_is_a_shell_that_counts(person, now):
    region_id, affiliation = person.region_id, rows(Affiliation, person.id)[0]
    organisation_id = affiliation.organisation_id
    erase_person(person.id, now)
    db.session.expire_all()
    assert (person.name, person.name_latin, person.name_fold, person.place) == ("", "", "", "")
    assert (person.country, person.gender, person.preferred_language, person.zone) == (None, None, "", "")
    assert (person.erased_at, person.region_id) == (now, region_id)
    assert (affiliation.organisation_id, affiliation.until_on) == (organisation_id, now.date())
    assert [grant.ended_at for grant in rows(RoleGrant, person.id)] == [now]
    assert registries.contacts([person.id]) == {}


def test_affiliations_that_never_counted_go_and_those_that_ended_stay(person, now):
    make_affiliation(person, make_organisation(), state=AffiliationState.PENDING)
    make_affiliation(person, make_organisation(), until_on=date(2021, 1, 1))
    make_affiliation(person, make_organisation(), from_on=date(2027, 1, 1))
    erase_person(person.id, now)
    assert sorted(row.until_on for row in rows(Affiliation, person.id)) == [
        date(2021, 1, 1),
        now.date(),
        date(2027, 1, 1),
    ]


def test_the_last_of_the_secretariat_cannot_be_erased(person, now):
    make_role(person, Role.SECRETARIAT)
    with pytest.raises(LastSecretary):
        erase_person(person.id, now)
    other = make_person()
    make_account(other, password_hash="$")
    make_role(other, Role.SECRETARIAT)
    erase_person(person.id, now)
    assert not actor_at(person.id, now).is_secretariat


def test_merging_moves_what_only_the_other_had(person, now):
    kept = make_person("Kept Example")
    gone_id, languages = person.id, {row.language for row in person.languages}
    merge_person(kept.id, gone_id, now)
    db.session.expire_all()
    assert db.session.get_one(Account, kept.id).email == "amina@example.org"
    assert (kept.name, kept.place, kept.country, kept.gender) == ("Kept Example", "Dakar", "SN", Gender.WOMAN)
    assert {row.language for row in kept.languages} == languages
    assert [len(rows(model, kept.id)) for model in (Affiliation, RoleGrant, AuthSession, MailLink)] == [1, 1, 0, 0]
    shell = db.session.get_one(Person, gone_id)
    assert (shell.name, bool(shell.erased_at)) == ("", True)
    assert not any(rows(model, gone_id) for model in TABLES_ABOUT_PEOPLE)


def test_what_the_gone_one_decided_was_decided_by_the_kept_one(person, now):
    kept, other = make_person("Kept Example"), make_person("Other Example")
    affiliation = make_affiliation(other, make_organisation(), decided_by=person.id)
    grant = make_role(other, Role.COORDINATOR)
    grant.given_by = person.id
    db.session.flush()
    merge_person(kept.id, person.id, now)
    db.session.expire_all()
    assert (affiliation.decided_by, grant.given_by) == (kept.id, kept.id)


def test_merging_moves_needs_help_wishes_and_lines_without_doubling(person, now):
    kept, helper = make_person("Kept Example"), rows(Assistance, person.id)[0].helper
    db.session.add_all(
        [
            PersonNeed(person_id=kept.id, need=Need.CAPTIONS),
            PersonNeed(person_id=person.id, need=Need.COMPANION),
            Assistance(person_id=kept.id, helper_id=helper.id, from_at=now),
            Assistance(person_id=kept.id, helper_id=person.id, from_at=now),
            ErasureRequest(person_id=kept.id, asked_at=now),
        ]
    )
    db.session.flush()
    merge_person(kept.id, person.id, now)
    db.session.expire_all()
    assert {row.need for row in rows(PersonNeed, kept.id)} == {Need.CAPTIONS, Need.COMPANION}
    assert [row.helper_id for row in rows(Assistance, kept.id)] == [helper.id]
    assert [len(rows(model, kept.id)) for model in (ErasureRequest, PeopleImportLine)] == [1, 1]


def test_merging_keeps_what_the_kept_one_had(person, now):
    kept = make_person("Kept Example", languages=("es",), place="Lima")
    make_account(kept, "kept@example.org")
    organisation = rows(Affiliation, person.id)[0].organisation
    make_affiliation(kept, organisation, kind=AffiliationKind.ALLY)
    make_role(kept, Role.COORDINATOR)
    merge_person(kept.id, person.id, now)
    db.session.expire_all()
    assert db.session.get_one(Account, kept.id).email == "kept@example.org"
    assert (kept.place, [row.language for row in kept.languages]) == ("Lima", ["es"])
    assert [row.kind for row in rows(Affiliation, kept.id)] == [AffiliationKind.ALLY]
    assert len(rows(RoleGrant, kept.id)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1
