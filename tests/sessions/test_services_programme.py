from threading import Thread

import pytest
import sqlalchemy as sa

from app.core.actors import PUBLIC, job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.names import all_names
from app.core.naming import NeedsName, slug_of
from app.extensions import db
from app.moments.models import Moment
from app.people.services import UnknownPerson
from app.sessions import events, queries, services
from app.sessions.keys import track_key
from app.sessions.models import LearningSession, Phase, TextBlock, Track, TrackFacilitator
from app.sessions.queries.phases import all_texts
from app.sessions.services import facilitation
from app.sessions.services.facilitation import UnknownRegion
from app.sessions.services.phases import UnknownOwner, YearsOutOfOrder
from app.sessions.services.tracks import UnknownKind
from tests.make.people import make_account, make_organisation, make_person, make_region
from tests.make.sessions import make_facilitator, make_phase, make_session, make_track

HOUSE = job("test")


def a_phase(now, **overrides):
    values = {
        "names": {"en": "Climate action", "fr": "Action climat"},
        "owner_organisation_id": make_organisation().id,
        "year_from": 2026,
        "year_to": 2027,
        "region_ids": [make_region("LAC").id, make_region("SSA").id],
        "texts": {TextBlock.AIMS: {"en": "Learn.", "fr": ""}},
        "now": now,
    } | overrides
    return services.create_phase(HOUSE, **values)


def test_a_phase_is_set_up_with_names_aims_regions_and_an_address(app, now):
    phase = a_phase(now)
    assert phase.slug == "climate-action"
    assert [region.code for region in phase.regions] == ["LAC", "SSA"]
    assert {language: row.text for language, row in all_names("phase", phase.id).items()} == {
        "en": "Climate action",
        "fr": "Action climat",
    }
    assert all_texts(phase) == {TextBlock.AIMS: {"en": "Learn."}}
    assert db.session.scalar(sa.select(AuditLine.code).where(AuditLine.subject_id == phase.id))


def test_a_second_phase_of_the_same_name_gets_an_address_of_its_own(app, now):
    assert [a_phase(now).slug for _ in range(3)] == ["climate-action", "climate-action-2", "climate-action-3"]


def test_no_phase_takes_the_address_of_the_form_that_makes_phases(app, now):
    assert a_phase(now, names={"en": "New"}).slug == "new-2"


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        ({"ar": "العدالة المناخية"}, "fallback"),
        ({"fr": "Égalité & logement", "ar": "العدالة"}, "egalite-logement"),
        ({"es": "Justicia", "en": "Justice"}, "justice"),
        ({"en": "A" * 200}, "a" * 74),
        ({"en": "§§"}, "fallback"),
    ],
)
def test_an_address_follows_from_the_name_in_latin_letters(names, slug):
    assert slug_of(names, "fallback") == slug


def test_a_phase_needs_a_name_an_owner_and_years_in_order(app, now, unknown_id):
    with pytest.raises(NeedsName):
        a_phase(now, names={"en": " ", "fr": ""})
    with pytest.raises(YearsOutOfOrder):
        a_phase(now, year_to=2025)
    with pytest.raises(YearsOutOfOrder):
        a_phase(now, year_from=19, year_to=20)
    with pytest.raises(UnknownOwner):
        a_phase(now, owner_organisation_id=unknown_id)


def test_changing_a_phase_keeps_its_address(app, now):
    phase = a_phase(now)
    services.change_phase(
        HOUSE,
        phase,
        names={"en": "Another name", "fr": ""},
        owner_organisation_id=phase.owner_organisation_id,
        year_from=2026,
        year_to=2028,
        region_ids=[make_region("MENA").id],
        texts={TextBlock.AIMS: {"en": "", "es": "Aprender."}},
        now=now,
    )
    assert (phase.slug, phase.year_to, [region.code for region in phase.regions]) == ("climate-action", 2028, ["MENA"])
    assert list(all_names("phase", phase.id)) == ["en"]
    assert all_texts(phase) == {TextBlock.AIMS: {"es": "Aprender."}}


def a_track(now, phase=None, **overrides):
    values = {"names": {"en": "Water"}, "now": now} | overrides
    return services.create_track(HOUSE, phase or make_phase(), **values)


def test_a_new_track_is_a_draft_that_those_who_take_part_see(app, now):
    phase = make_phase()
    track, second = a_track(now, phase), a_track(now, phase)
    assert track.audience == track_key(track.id)
    assert track.published_at is None
    assert not track.is_open
    assert track.eligible == ["member", "friend", "ally"]
    assert (track.position, second.position) == (0, 1)
    assert (track.slug, second.slug) == ("water", "water-2")


def test_r_03_eligibility_is_a_choice_among_the_affiliations(app, now):
    assert a_track(now, eligible=["ally", "member"]).eligible == ["member", "ally"]
    for wrong in ([], ["guest"], ["member", "guest"]):
        with pytest.raises(UnknownKind):
            a_track(now, eligible=wrong)


def test_changing_a_track_keeps_address_and_participants(cast, now):
    services.change_track(
        HOUSE,
        cast.track,
        names={"en": "Climate and justice"},
        texts={TextBlock.PURPOSE: {"en": "To learn."}},
        eligible=["member"],
        is_open=False,
        now=now,
    )
    assert (cast.track.slug, cast.track.eligible, cast.track.is_open) == ("climate-justice", ["member"], False)
    assert queries.count_members([cast.track.id]) == {cast.track.id: 1}
    with pytest.raises(NeedsName):
        services.change_track(HOUSE, cast.track, names={"en": ""}, eligible=["member"], is_open=True, now=now)


def test_publishing_opens_the_track_and_all_its_sessions_and_taking_back_closes_them(app, now):
    track = a_track(now)
    sessions = [make_session(track) for _ in range(2)]
    heard = []

    def hear(sender, **more):
        heard.append(sender)

    with events.track_published.connected_to(hear), events.track_unpublished.connected_to(hear):
        services.publish_track(HOUSE, track, now=now)
        services.publish_track(HOUSE, track, now=now)
        assert {track.audience, *(session.moment.audience for session in sessions)} == {PUBLIC}
        services.unpublish_track(HOUSE, track, now=now)
        services.unpublish_track(HOUSE, track, now=now)
    assert {track.audience, *(session.moment.audience for session in sessions)} == {track_key(track.id)}
    assert heard == [track, track]


def test_r_05_publishing_warns_of_regions_without_a_facilitator_and_is_allowed(app, now):
    track = a_track(now, make_phase(regions=("LAC", "SSA", "MENA")))
    for region in ("LAC", "LAC", "SSA", "SSA"):
        make_facilitator(track, make_person(), region)
    assert [region.code for region in services.publish_track(HOUSE, track, now=now)] == ["MENA"]
    assert track.audience == PUBLIC
    make_facilitator(track, make_person(), "MENA")
    assert services.publish_track(HOUSE, track, now=now) == []


def test_a_facilitator_who_stands_for_no_region_covers_none(app, now):
    track = a_track(now, make_phase(regions=("LAC",)))
    make_facilitator(track, make_person(), "LAC").region_id = None
    assert len(queries.regions_without_facilitator(track)) == 1


def test_appointing_twice_is_one_appointment_with_the_last_region(app, now):
    track, person = make_track(), make_person()
    heard = []

    def hear(sender, **more):
        heard.append(sender)

    with events.facilitator_appointed.connected_to(hear):
        first = services.appoint_facilitator(
            HOUSE, track, person_id=person.id, region_id=make_region("LAC").id, now=now
        )
        again = services.appoint_facilitator(
            HOUSE, track, person_id=person.id, region_id=make_region("SSA").id, now=now
        )
    assert first.id == again.id
    assert again.region_id == make_region("SSA").id
    assert heard == [first]


def test_who_is_appointed_exists_and_stands_for_a_region_of_the_house(app, now, unknown_id):
    track, erased = make_track(), make_person(erased_at=now)
    for nobody in (unknown_id, erased.id):
        with pytest.raises(UnknownPerson):
            services.appoint_facilitator(HOUSE, track, person_id=nobody, region_id=None, now=now)
    with pytest.raises(UnknownRegion):
        services.appoint_facilitator(HOUSE, track, person_id=make_person().id, region_id=unknown_id, now=now)


def test_nobody_leads_a_track_by_an_address_that_nobody_confirmed(app, now):
    track, person = make_track(), make_person()
    make_account(person, verified_at=None)
    with pytest.raises(RuleBroken) as refused:
        services.appoint_facilitator(HOUSE, track, person_id=person.id, region_id=None, now=now)
    assert refused.value.field == "person"
    assert queries.list_facilitators(track) == []


def test_ending_a_service_takes_the_power_and_may_be_followed_by_another(app, now):
    track, person = make_track(), make_person()
    row = make_facilitator(track, person)
    services.end_facilitator(HOUSE, row, track=track, now=now)
    services.end_facilitator(HOUSE, row, track=track, now=now)
    assert queries.list_facilitators(track) == []
    services.appoint_facilitator(HOUSE, track, person_id=person.id, region_id=None, now=now)
    assert len(queries.list_facilitators(track)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TrackFacilitator)) == 2
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditLine.code == "sessions.facilitator.ended")) == 1


def test_nobody_but_the_secretariat_runs_the_programme(cast, act, now):
    for person in (cast.facilitator, cast.participant, cast.outsider):
        actor = act(person)
        with pytest.raises(NotAllowed):
            services.create_track(actor, cast.track.phase, names={"en": "Mine"}, now=now)
        with pytest.raises(NotAllowed):
            services.publish_track(actor, cast.track, now=now)
        with pytest.raises(NotAllowed):
            services.unpublish_track(actor, cast.track, now=now)
        with pytest.raises(NotAllowed):
            services.appoint_facilitator(actor, cast.track, person_id=person.id, region_id=None, now=now)
        with pytest.raises(NotAllowed):
            services.change_track(actor, cast.track, names={"en": "x"}, eligible=["member"], is_open=True, now=now)
    with pytest.raises(NotAllowed):
        services.create_phase(
            act(cast.member),
            names={"en": "Mine"},
            owner_organisation_id=cast.track.phase.owner_organisation_id,
            year_from=2026,
            year_to=2027,
            now=now,
        )


def test_phases_that_are_made_at_once_get_two_addresses(own_app, now):
    with own_app.app_context():
        owner = make_organisation()
        db.session.commit()
        owner_id = owner.id

    def make() -> None:
        with own_app.app_context():
            services.create_phase(
                HOUSE, names={"en": "Twin"}, owner_organisation_id=owner_id, year_from=2026, year_to=2027, now=now
            )
            db.session.commit()

    threads = [Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with own_app.app_context():
        slugs = set(db.session.scalars(sa.select(Phase.slug)))
        assert slugs == {"twin", "twin-2", "twin-3", "twin-4"}


def test_the_tables_of_a_draft_and_of_its_sessions_agree(app, now):
    track = a_track(now)
    session = make_session(track)
    moment = db.session.get_one(Moment, db.session.get_one(LearningSession, session.id).moment_id)
    assert moment.audience == db.session.get_one(Track, track.id).audience


def test_an_appointment_made_a_moment_ago_is_the_answer(app, now, monkeypatch):
    track, person = make_track(), make_person()
    row = make_facilitator(track, person)
    real, asked = facilitation._find_open, []

    def not_yet(*given):
        asked.append(given)
        return None if len(asked) == 1 else real(*given)

    monkeypatch.setattr(facilitation, "_find_open", not_yet)
    again = services.appoint_facilitator(HOUSE, track, person_id=person.id, region_id=None, now=now)
    assert again.id == row.id
