"""Registering, signing in and out, and the links that are mailed: the use cases themselves."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import VISITOR, link_holder
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.names import names_of
from app.core.notices import Notice
from app.core.registries import actor_at
from app.extensions import db
from app.people import services
from app.people.devices import open_session
from app.people.limits import MOST_TOGETHER, TooManyNewcomers
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Appearance,
    AuthSession,
    Gender,
    MailLink,
    MailPurpose,
    Organisation,
    Person,
    Role,
)
from app.people.services import Belonging, Profile, Reading, StaleLink, WrongPassword, WrongSignIn
from tests.make.people import make_account, make_organisation, make_person, make_role, make_secretary

PROFILE = Profile(
    name="هدى مثال",
    name_latin="Huda Mithal",
    place="Beirut",
    country="LB",
    languages=("ar", "fr"),
    preferred_language="ar",
    gender=Gender.WOMAN,
)


def register(now, *, email="Huda@Example.org", belonging=None, kind=AffiliationKind.FRIEND, profile=PROFILE):
    return services.register(
        VISITOR,
        email=email,
        password_hash="$hash",
        profile=profile,
        reading=Reading(page_language="fr", zone="Asia/Beirut"),
        belonging=belonging or Belonging(),
        kind=kind,
        now=now,
    )


def links(purpose: MailPurpose) -> list[MailLink]:
    return list(
        db.session.scalars(sa.select(MailLink).where(MailLink.purpose == purpose).order_by(MailLink.created_at))
    )


def notices() -> list[str]:
    return sorted(db.session.scalars(sa.select(Notice.kind)))


def live_devices(person_id) -> int:
    counted = sa.select(sa.func.count()).where(AuthSession.person_id == person_id, AuthSession.revoked_at.is_(None))
    return db.session.scalar(counted)


def me(person, now):
    return actor_at(person.id, now)


def test_registering_makes_a_person_with_what_they_said(app, now):
    person = register(now)
    assert (person.name, person.name_latin, person.name_fold) == ("هدى مثال", "Huda Mithal", "هدى مثال huda mithal")
    assert (person.place, person.country, person.gender) == ("Beirut", "LB", Gender.WOMAN)
    assert (person.page_language, person.zone, person.preferred_language) == ("fr", "Asia/Beirut", "ar")
    assert [row.language for row in person.languages] == ["ar", "fr"]
    assert person.appearance is Appearance.NOBODY
    account = db.session.get_one(Account, person.id)
    assert (account.email, account.email_norm, account.verified_at) == ("Huda@example.org", "huda@example.org", None)


def test_the_affiliation_of_a_newcomer_waits_and_gives_no_keys(app, now):
    person = register(now)
    affiliation = db.session.scalars(sa.select(Affiliation)).one()
    assert (affiliation.state, affiliation.kind) == (AffiliationState.PENDING, AffiliationKind.FRIEND)
    assert (affiliation.from_on, affiliation.organisation_id) == (now.date(), None)
    assert me(person, now).keys == {"public"}


def test_registering_mails_a_link_and_tells_the_secretariat(app, now):
    make_secretary()
    register(now)
    assert notices() == ["people.affiliation_asked", "people.verify"]


def test_who_speaks_for_the_organisation_is_told_too(app, now):
    organisation = make_organisation()
    mandated = make_person()
    make_account(mandated)
    make_role(mandated, Role.MANDATED, organisation.id)
    register(now, belonging=Belonging(organisation_id=organisation.id))
    told = db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == "people.affiliation_asked"))
    assert list(told) == [mandated.id]


def test_the_region_of_the_organisation_is_taken_where_none_was_said(app, now):
    organisation = make_organisation(region="MENA")
    assert register(now, belonging=Belonging(organisation_id=organisation.id)).region_id == organisation.region_id


def test_another_organisation_is_written_down_and_not_listed(app, now):
    register(now, belonging=Belonging(organisation_name="  Union  Exemple ", language="fr"))
    organisation = db.session.scalars(sa.select(Organisation)).one()
    assert (organisation.is_listed, organisation.certainty) == (False, "unsure")
    name = names_of("organisation", [organisation.id], "fr")[organisation.id]
    assert (name.text, name.certainty) == ("Union Exemple", "unsure")


@pytest.mark.parametrize("is_listed", [True, False])
def test_an_organisation_that_is_known_by_this_name_is_taken(app, now, is_listed):
    known = make_organisation("Union Exémple", is_listed=is_listed)
    register(now, belonging=Belonging(organisation_name="union exemple"))
    assert db.session.scalars(sa.select(Affiliation)).one().organisation_id == known.id


def test_an_organisation_that_is_not_listed_cannot_be_chosen(app, now):
    hidden = make_organisation(is_listed=False)
    with pytest.raises(services.UnknownOrganisation):
        register(now, belonging=Belonging(organisation_id=hidden.id))


def test_a_known_address_makes_nothing_and_its_owner_is_told_once_an_hour(app, known, now):
    assert register(now, email="AMINA@example.org") is None
    assert register(now + timedelta(minutes=10), email="amina@example.org") is None
    assert notices() == ["people.already_registered"]
    register(now + timedelta(hours=1), email="amina@example.org")
    assert len(notices()) == 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1
    assert known.password_hash != "$hash"


def test_so_many_register_within_an_hour_and_one_more_is_refused(app, known, now):
    for number in range(MOST_TOGETHER - 1):
        make_account(make_person(), verified_at=None, password_hash="$hash", created_at=now)
        make_account(make_person(), f"invited{number}@example.org", verified_at=None, created_at=now)
    register(now, email="amina@example.org")
    for email in ("huda@example.org", "amina@example.org"):  # alike, whether it is known or not
        with pytest.raises(TooManyNewcomers):
            register(now, email=email)
    assert register(now + timedelta(hours=1), email="huda@example.org")


@pytest.mark.parametrize("email", ["huda@example.org", "amina@example.org"])
def test_an_address_counts_once_whether_it_had_an_account_or_not(app, known, now, email):
    for _number in range(MOST_TOGETHER - 2):
        make_account(make_person(), verified_at=None, password_hash="$hash", created_at=now)
    for minutes in (0, 10):
        register(now + timedelta(minutes=minutes), email=email)
    later = now + timedelta(minutes=20)
    assert register(later, email="one.more@example.org")
    with pytest.raises(TooManyNewcomers):
        register(later, email="one.too.many@example.org")


def test_who_confirms_makes_room_for_others(app, now):
    for _number in range(MOST_TOGETHER):
        account = make_account(make_person(), verified_at=None, password_hash="$hash", created_at=now)
    account.verified_at = now
    assert register(now)


def test_nothing_private_is_written_into_the_audit(app, now):
    register(now, belonging=Belonging(organisation_name="Secret Union"))
    written = " ".join(f"{line.code} {line.facts}" for line in db.session.scalars(sa.select(AuditLine)))
    assert "people.person.registered" in written
    assert not any(word in written for word in ("huda", "Huda", "example.org", "Secret", "hash"))


def test_signing_in_opens_a_device_and_forgets_failures(app, known, now):
    known.failures, known.failed_at = 4, now
    token = services.sign_in(VISITOR, person_id=known.person_id, device="Firefox, Android", now=now)
    device = db.session.scalars(sa.select(AuthSession)).one()
    assert (known.failures, known.failed_at, device.device) == (0, None, "Firefox, Android")
    assert token not in device.token_sha256


def test_signing_in_replaces_the_device_this_browser_was_and_keeps_a_fresh_hash(app, known, now):
    open_session(known.person_id, device="old", now=now)
    old = db.session.scalars(sa.select(AuthSession)).one()
    services.sign_in(VISITOR, person_id=known.person_id, device="", fresh_hash="$new", replaces=old.id, now=now)
    db.session.refresh(old)
    assert (old.revoked_at, known.password_hash, live_devices(known.person_id)) == (now, "$new", 1)


def test_nobody_is_signed_in_without_a_right_password(app, now):
    with pytest.raises(WrongSignIn):
        services.sign_in(VISITOR, person_id=None, device="", now=now)


def test_signing_out_ends_one_device_or_all(app, known, now):
    for number in range(3):
        open_session(known.person_id, device=str(number), now=now)
    first = db.session.scalars(sa.select(AuthSession).where(AuthSession.device == "0")).one()
    actor = me(known.person, now)
    assert services.sign_out(actor, known.person, auth_session_id=first.id, now=now) == 1
    assert services.sign_out(actor, known.person, auth_session_id=first.id, now=now) == 0
    assert live_devices(known.person_id) == 2
    assert services.sign_out_everywhere(actor, known.person, now=now) == 2
    assert live_devices(known.person_id) == 0


def test_nobody_signs_somebody_else_out(app, known, now):
    secretary = make_secretary()
    with pytest.raises(NotAllowed):
        services.sign_out_everywhere(me(secretary, now), known.person, now=now)


def test_a_confirmed_address_is_confirmed_once_and_its_link_spent(app, known, now):
    known.verified_at = None
    services.send_verification(me(known.person, now), known.person, now=now)
    link = links(MailPurpose.VERIFY)[0]
    open_session(known.person_id, device="the stranger's", now=now)
    sent = {"link_id": link.id, "password_hash": "$new", "device": "Firefox", "now": now}
    token = services.verify_email(link_holder(known.person_id), **sent)
    assert (known.verified_at, known.password_hash, bool(token)) == (now, "$new", True)
    alive = db.session.scalars(sa.select(AuthSession.device).where(AuthSession.revoked_at.is_(None)))
    assert list(alive) == ["Firefox"]
    with pytest.raises(StaleLink):
        services.verify_email(link_holder(known.person_id), **sent)


def test_a_device_that_is_signed_in_already_gets_no_second_token(app, known, now):
    known.verified_at = None
    services.send_verification(me(known.person, now), known.person, now=now)
    link = links(MailPurpose.VERIFY)[0]
    before = known.password_hash
    assert services.verify_email(link_holder(known.person_id), link_id=link.id, now=now) == ""
    assert known.password_hash == before
    assert live_devices(known.person_id) == 0


def test_a_confirmed_address_needs_no_further_mail(app, known, now):
    services.send_verification(me(known.person, now), known.person, now=now)
    assert links(MailPurpose.VERIFY) == []


def test_a_reset_signs_out_everywhere_and_clears_failures(app, known, now):
    open_session(known.person_id, device="somewhere", now=now)
    known.failures, known.failed_at, known.verified_at = 9, now, None
    services.ask_reset(VISITOR, email=" AMINA@example.org", now=now)
    link = links(MailPurpose.RESET)[0]
    services.reset_password(link_holder(known.person_id), link_id=link.id, password_hash="$new", device="here", now=now)
    assert (known.password_hash, known.failures, known.failed_at, known.verified_at) == ("$new", 0, None, now)
    alive = db.session.scalars(sa.select(AuthSession.device).where(AuthSession.revoked_at.is_(None)))
    assert list(alive) == ["here"]


def test_one_used_link_makes_the_others_of_its_purpose_stale(app, known, now):
    for _ in range(2):
        services.ask_reset(VISITOR, email="amina@example.org", now=now)
    first, second = links(MailPurpose.RESET)
    holder = link_holder(known.person_id)
    services.reset_password(holder, link_id=second.id, password_hash="$a", device="", now=now)
    with pytest.raises(StaleLink):
        services.reset_password(holder, link_id=first.id, password_hash="$b", device="", now=now)


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        (MailPurpose.RESET, timedelta(hours=3)),
        (MailPurpose.VERIFY, timedelta(days=7)),
        (MailPurpose.INVITE, timedelta(days=14)),
    ],
)
def test_a_link_opens_nothing_after_its_time(app, known, now, purpose, lasts):
    from app.people.services.mail_links import send_link, spend_link

    link = send_link(known, purpose, now=now)
    with pytest.raises(StaleLink):
        spend_link(purpose, link.id, now=now + lasts)
    assert spend_link(purpose, link.id, now=now + lasts - timedelta(seconds=1)) is known


def test_a_link_of_one_purpose_opens_no_other_door(app, known, now):
    services.ask_reset(VISITOR, email="amina@example.org", now=now)
    link = links(MailPurpose.RESET)[0]
    with pytest.raises(StaleLink):
        services.verify_email(link_holder(known.person_id), link_id=link.id, now=now)


def test_a_link_to_an_address_the_account_no_longer_has_is_stale(app, known, now):
    services.ask_reset(VISITOR, email="amina@example.org", now=now)
    known.email_norm = "other@example.org"
    db.session.flush()
    link = links(MailPurpose.RESET)[0]
    with pytest.raises(StaleLink):
        services.reset_password(link_holder(known.person_id), link_id=link.id, password_hash="$", device="", now=now)


def test_at_most_three_links_an_hour_are_mailed(app, known, now):
    for minutes in (0, 10, 20, 30, 40):
        services.ask_reset(VISITOR, email="amina@example.org", now=now + timedelta(minutes=minutes))
    assert len(links(MailPurpose.RESET)) == 3
    services.ask_reset(VISITOR, email="amina@example.org", now=now + timedelta(minutes=61))
    assert len(links(MailPurpose.RESET)) == 4


def test_an_unknown_address_gets_no_link_and_what_is_no_address_is_refused(app, now):
    services.ask_reset(VISITOR, email="nobody@example.org", now=now)
    assert (links(MailPurpose.RESET), notices()) == ([], [])
    with pytest.raises(RuleBroken):
        services.ask_reset(VISITOR, email="nobody", now=now)


def test_asking_for_a_new_password_runs_the_same_statements_for_everybody(app, known, now, count_queries):
    make_account(make_person("Invited"), "invited@example.org", verified_at=None)
    db.session.commit()
    ran = []
    for email in ("amina@example.org", "invited@example.org", "nobody@example.org"):
        with count_queries() as statements:
            services.ask_reset(VISITOR, email=email, now=now)
            db.session.commit()
        ran.append(sorted(statement.split(" WHERE ")[0] for statement in statements))
    assert ran[0] == ran[1] == ran[2]
    assert sum("INSERT" in statement for statement in ran[2]) >= 4
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 2
    for _ in range(3):
        with count_queries() as statements:
            services.ask_reset(VISITOR, email="amina@example.org", now=now)
    assert sum("INSERT" in statement for statement in statements) == sum("INSERT" in line for line in ran[2])
    assert len(links(MailPurpose.RESET)) == 3


def test_who_was_invited_and_forgot_gets_the_invitation_again(app, now):
    account = make_account(make_person("Invited"), "invited@example.org", verified_at=None)
    services.ask_reset(VISITOR, email="invited@example.org", now=now)
    assert [link.person_id for link in links(MailPurpose.INVITE)] == [account.person_id]
    assert links(MailPurpose.RESET) == []


def test_who_came_by_a_link_and_never_had_a_password_chooses_one(app, now):
    make_account(make_person("By link"), "link@example.org")
    services.ask_reset(VISITOR, email="link@example.org", now=now)
    assert (len(links(MailPurpose.RESET)), links(MailPurpose.INVITE)) == (1, [])


def test_an_invitation_is_answered_with_name_password_language_and_zone(app, now):
    account = make_account(make_person("invited"), "invited@example.org", verified_at=None)
    services.ask_reset(VISITOR, email="invited@example.org", now=now)
    link = links(MailPurpose.INVITE)[0]
    token = services.accept_invitation(
        link_holder(account.person_id),
        link_id=link.id,
        name="Njeri Example",
        password_hash="$new",
        reading=Reading(page_language="en", zone="Africa/Nairobi"),
        device="",
        now=now,
    )
    person = account.person
    assert (person.name, person.name_fold, person.zone) == ("Njeri Example", "njeri example", "Africa/Nairobi")
    assert (account.password_hash, account.verified_at, bool(token)) == ("$new", now, True)


def test_a_changed_password_signs_the_other_devices_out(app, known, now):
    for name in ("this one", "another"):
        open_session(known.person_id, device=name, now=now)
    this = db.session.scalars(sa.select(AuthSession).where(AuthSession.device == "this one")).one()
    actor = me(known.person, now)
    with pytest.raises(WrongPassword):
        services.change_password(actor, known.person, is_present_right=False, password_hash="$", keep=this.id, now=now)
    services.change_password(actor, known.person, is_present_right=True, password_hash="$new", keep=this.id, now=now)
    assert known.password_hash == "$new"
    assert list(db.session.scalars(sa.select(AuthSession.device).where(AuthSession.revoked_at.is_(None)))) == [
        "this one"
    ]


def test_a_profile_is_changed_by_its_person_and_consent_is_dated(app, known, now):
    changed = Profile(name="Amina", languages=("wo", "fr"), preferred_language="wo", appearance=Appearance.NETWORK)
    services.change_profile(me(known.person, now), known.person, changed, now=now)
    person = known.person
    assert (person.name, person.preferred_language, person.appearance_at) == ("Amina", "wo", now)
    again = Profile(name="Amina", languages=("fr", "ar"), preferred_language="fr", appearance=Appearance.NETWORK)
    services.change_profile(me(person, now), person, again, now=now + timedelta(days=1))
    db.session.expire_all()
    assert [(row.language, row.position) for row in person.languages] == [("fr", 0), ("ar", 1)]
    assert person.appearance_at == now
    codes = list(db.session.scalars(sa.select(AuditLine.code)))
    assert codes.count("people.person.consent_changed") == 1


def test_nobody_writes_somebody_elses_profile(app, known, now):
    with pytest.raises(NotAllowed):
        services.change_profile(me(make_secretary(), now), known.person, PROFILE, now=now)


def test_colours_that_do_not_exist_follow_the_device(app, known, now):
    person = services.change_reading(
        me(known.person, now), known.person, page_language="fr", zone="Africa/Dakar", scheme="pink", now=now
    )
    assert (person.page_language, person.zone, person.scheme) == ("fr", "Africa/Dakar", "")


def test_a_walk_in_has_no_account_no_affiliation_and_the_region_of_the_organisation(app, now):
    organisation = make_organisation(region="SSA", country="SN")
    facilitator = make_person()
    person = services.add_walk_in(
        me(facilitator, now),
        name=" Fatou  Exemple ",
        language="wo",
        organisation_id=organisation.id,
        place="Dakar",
        now=now,
    )
    assert (person.name, person.place, person.country) == ("Fatou Exemple", "Dakar", "SN")
    assert (person.region_id, person.preferred_language) == (organisation.region_id, "wo")
    assert [row.language for row in person.languages] == ["wo"]
    assert db.session.get(Account, person.id) is None
    assert db.session.scalars(sa.select(Affiliation).where(Affiliation.person_id == person.id)).all() == []


def test_a_walk_in_may_say_little_but_a_name(app, now):
    actor = me(make_person(), now)
    person = services.add_walk_in(actor, name="Fatou", language="", organisation_id=None, place="", now=now)
    assert (person.languages, person.region_id) == ([], None)
    with pytest.raises(RuleBroken) as refused:
        services.add_walk_in(actor, name=" ", language="", organisation_id=None, place="", now=now)
    assert refused.value.field == "name"
