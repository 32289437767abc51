from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.core.languages import fold
from app.extensions import db
from app.moments.models import Certainty, Precision, Status
from app.people.models import AffiliationState, Appearance
from app.sessions import queries
from app.sessions.keys import track_key
from app.sessions.models import Phase, ProgrammeText, TextBlock, Track, TrackMembership
from tests.make.moments import wall
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_region
from tests.make.sessions import (
    make_attendance,
    make_facilitator,
    make_membership,
    make_phase,
    make_session,
    make_track,
)


@pytest.fixture
def draft(cast):
    track = make_track("Hidden track", slug="hidden", phase=cast.track.phase, published_at=None)
    track.audience = track_key(track.id)
    return track


def test_a_visitor_sees_the_tracks_by_phase_and_no_draft(cast, draft, browse):
    page = browse()
    page.open("/tracks/")
    assert page.status == 200
    assert "Climate justice" in page.text
    assert "1 session · next 13 February · open to join" in page.text
    assert "No session planned yet" in page.text
    assert "Hidden track" not in page.text
    assert "Phases of the programme" not in page.text


def test_a_track_that_is_over_says_the_year(cast, browse):
    make_session(cast.other_track, wall_start=wall("2022-02-05 17:00"))
    page = browse()
    page.open("/tracks/")
    assert "1 session · held 2022" in page.text


def test_tracks_being_prepared_are_said_so(app, browse):
    page = browse()
    page.open("/tracks/")
    assert "No track is open yet." in page.text


def test_a_draft_is_404_for_whoever_is_outside(cast, draft, browse):
    for person in (None, cast.member, cast.facilitator):
        page = browse(person)
        page.open("/tracks/hidden")
        assert page.status == 404
        page.open("/tracks/unknown")
        assert page.status == 404
    page = browse(cast.secretary)
    page.open("/tracks/hidden")
    assert page.status == 200
    assert "This track is a draft." in page.text


def test_the_page_of_a_track_shows_its_warp(cast, browse, clock):
    make_attendance(cast.session, cast.participant)
    make_session(cast.track, "First", wall_start=wall("2027-02-06 17:00"), number=11)
    make_session(cast.track, "Gone", wall_start=wall("2027-02-20 17:00"), number=12, status=Status.CANCELLED)
    make_session(cast.track, "Later", wall_start=wall("2027-02-27 17:00"), number=13)
    loose = make_session(cast.track, "Loose", wall_start=wall("2027-03-06 17:00"), number=14, status=Status.PLANNED)
    loose.moment.certainty = Certainty.ESTIMATED
    make_session(cast.track, "Off", wall_start=wall("2027-03-13 17:00"), number=15, status=Status.POSTPONED)
    page = browse(cast.member)
    page.open("/tracks/climate-justice")
    assert "13 February 2027" in page.page.select_one(".warp").get_text()  # while it is 2026
    clock.move_to(datetime(2027, 2, 14, tzinfo=UTC), tick=False)
    for person in (cast.member, cast.secretary):
        page = browse(person)
        page.open("/tracks/climate-justice")
        states = [item["class"][0] for item in page.page.select(".warp > li")]
        assert states == ["held", "held", "cancelled", "next-one", "expected", "postponed"]
        signs = [item.get_text(strip=True) for item in page.page.select(".warp-sign")]
        assert signs == ["1", "2", "", "3", "4", ""]
        struck = [" ".join(item.get_text(" ", strip=True).split()) for item in page.page.select(".warp s")]
        assert struck[0].endswith("20 February")
        assert len(struck) == 4
        for said in ("Next · in 13 days · Confirmed", "Expected: not confirmed yet", "Postponed", "Cancelled"):
            assert said in page.text
    assert "Held · 1 person" in page.text


def test_a1_every_row_names_the_readers_hour_the_sessions_and_utc(cast, browse, clock):
    clock.move_to(datetime(2027, 4, 1, tzinfo=UTC), tick=False)
    track = make_track("Weekly", slug="weekly")
    for number, day in enumerate(("2027-04-24 17:00", "2027-05-01 17:00"), start=1):
        make_session(track, f"Session {number}", wall_start=wall(day), number=number)
    hours = {
        "America/Mexico_City": ("08:00", "08:00", "Mexico City"),
        "Africa/Dakar": ("14:00", "14:00", "Dakar"),
        "Africa/Casablanca": ("14:00", "14:00", "Casablanca"),
        "Europe/Zurich": ("16:00", "16:00", "Zurich"),
        "Asia/Beirut": ("17:00", "17:00", "Beirut"),
        "Africa/Cairo": ("16:00", "17:00", "Cairo"),
    }
    for zone, (first, second, place) in hours.items():
        reader = make_person(zone=zone)
        page = browse(reader)
        page.open("/tracks/weekly")
        rows = [" ".join(item.get_text(" ", strip=True).split()) for item in page.page.select(".warp-when")]
        assert len(rows) == 2
        for row, hour in zip(rows, (first, second), strict=True):
            assert hour in row
            assert f"in {place}" in row
            assert "17:00 in Nairobi" in row
            assert "14:00 UTC" in row
        assert ("your hour differs" in page.text) is (zone == "Africa/Cairo")


def test_of_a_day_that_is_over_the_hour_is_not_called_open(cast, browse):
    for day, number in (("2022-02-05", 11), ("2027-02-20", 12)):
        moment = make_session(cast.track, wall_start=wall(f"{day} 00:00"), number=number).moment
        moment.precision, moment.wall_end = Precision.DAY, moment.wall_start
    page = browse()
    page.open("/tracks/climate-justice")
    rows = [item.get_text(" ", strip=True) for item in page.page.select(".warp-when b")]
    assert rows == ["17:00", "hour open"]
    assert "hour not stated" in page.page.select_one(".warp-when .note").get_text()


def test_empty_rooms_give_those_who_lead_the_next_step(cast, browse):
    track = make_track("Bare", slug="bare", phase=cast.track.phase, is_open=False)
    page = browse(cast.secretary)
    page.open("/tracks/bare")
    for step in (
        "Plan the first one.",
        "Nobody leads this track yet.",
        "People can join once the track is open to new participants.",
    ):
        assert step in page.text
    track.is_open = True
    page.open("/tracks/bare")
    assert "Pass on the address of this page" in page.text
    page = browse(cast.member)
    page.open("/tracks/bare")
    assert "Nobody has joined yet. Be the first." in page.text
    assert "Whoever joins is told of the first one." in page.text
    empty = make_phase()
    page.open(f"/phases/{empty.slug}")
    assert "Come back soon" in page.text
    page = browse(cast.secretary)
    page.open(f"/phases/{empty.slug}")
    assert "This phase has no track yet." in page.text


def test_a_visitor_without_a_place_reads_the_sessions_own_hour(cast, browse):
    page = browse()
    page.open("/tracks/climate-justice")
    assert "in Nairobi · 14:00 UTC" in page.text
    assert "Show hours in my place" in page.text
    assert "Sign in to join" in page.text


def test_a4_a_missing_region_is_said_to_those_who_lead_until_it_is_covered(cast, browse):
    make_facilitator(cast.track, make_person(), "LAC")
    warning = "One region of the phase has no facilitator."
    for person, seen in ((cast.facilitator, True), (cast.secretary, True), (cast.participant, False), (None, False)):
        page = browse(person)
        page.open("/tracks/climate-justice")
        assert (warning in page.text) is seen
    make_facilitator(cast.track, make_person(), "MENA")
    page = browse(cast.secretary)
    page.open("/tracks/climate-justice")
    assert warning not in page.text


def test_facilitators_are_named_as_far_as_they_agreed(cast, browse):
    cast.facilitator.languages = []
    cast.facilitator.preferred_language = "fr"
    page = browse(cast.member)
    page.open("/tracks/climate-justice")
    assert "A facilitator" in page.text
    assert "Amina" not in page.text
    assert "Douala" not in page.text
    inside = browse(cast.participant)
    inside.open("/tracks/climate-justice")
    assert "Amina Exemple Douala · fr" in inside.text
    cast.facilitator.appearance = Appearance.PUBLIC
    visitor = browse()
    visitor.open("/tracks/climate-justice")
    assert "Amina Exemple" in visitor.text


def test_texts_stand_in_the_language_they_are_in(cast, browse):
    for block, language, body in (
        (TextBlock.PURPOSE, "es", "Aprender *juntas*"),
        (TextBlock.PEDAGOGY, "en", "Stories <script>alert(1)</script>"),
    ):
        db.session.add(ProgrammeText(track_id=cast.track.id, block=block, language=language, body=body))
    page = browse()
    page.open("/tracks/climate-justice")
    assert page.page.select_one(".lead [lang=es] em").get_text() == "juntas"
    assert "The pedagogic approach" in page.text
    assert "alert" not in str(page.page.select("main script"))


def test_joining_by_the_button_and_leaving_by_its_own_page(cast, browse):
    page = browse(cast.member)
    page.open("/tracks/climate-justice")
    assert "Open to Members, Friends and Allies. Joining does not enrol you in any working group." in page.text
    page.send(action="/join")
    assert page.status == 200
    assert "You take part in this track now." in page.text
    page.open("/tracks/climate-justice/leave")
    assert "Leave this track?" in page.text
    assert page.page.select_one("main .button--danger").get_text(strip=True) == "Leave the track"
    page.send(action="/leave")
    assert page.path == "/tracks/climate-justice"
    assert "You have left this track." in page.text
    page.send(action="/join")
    assert "You take part in this track." in page.text
    page.open("/tracks/climate-justice/leave")


def test_who_takes_part_finds_the_next_steps_at_the_top(cast, browse):
    steps = {f"/sessions/{cast.session.id}.ics", f"/tracks/{cast.track.slug}/reflections/new"}
    for person, seen in ((cast.participant, steps), (cast.friend, set())):
        page = browse(person)
        page.open(f"/tracks/{cast.track.slug}")
        assert {link["href"] for link in page.page.select(".head .actions a")} == seen


def test_the_same_form_sent_twice_is_one_place(cast, browse):
    page = browse(cast.member)
    page.open("/tracks/climate-justice")
    again = page._defaults(page.form(action="/join"))
    for _ in range(2):
        answer = page.client.post("/tracks/climate-justice/join", data=again)
        assert answer.status_code == 303
    count = sa.select(sa.func.count()).where(TrackMembership.person_id == cast.member.id)
    assert db.session.scalar(count) == 1


def test_a2_a_friend_joins_and_nobody_without_affiliation(cast, browse):
    page = browse(cast.friend)
    page.open("/tracks/climate-justice")
    page.send(action="/join")
    assert "You take part in this track now." in page.text
    pending = make_person()
    make_affiliation(pending, make_organisation(), state=AffiliationState.PENDING)
    page = browse(pending)
    page.open("/tracks/climate-justice")
    assert "Your affiliation is waiting to be confirmed" in page.text
    assert "Join this track" not in page.text
    outsider = browse(cast.outsider)
    outsider.open("/tracks/climate-justice")
    assert "You have no current affiliation" in outsider.text


def test_a_wish_that_a_rule_refuses_comes_back_with_the_rule(cast, browse):
    page = browse(cast.member)
    page.open("/tracks/climate-justice")
    values = page._defaults(page.form(action="/join"))
    cast.track.is_open = False
    answer = page.client.post("/tracks/climate-justice/join", data=values)
    assert answer.status_code == 422
    assert "takes no new participants" in answer.text


def test_somebody_of_two_organisations_chooses_one(cast, browse):
    union = make_organisation("Second Union")
    make_affiliation(cast.member, union)
    page = browse(cast.member)
    page.open("/tracks/climate-justice")
    page.send(action="/join")
    assert page.status == 422
    assert "Choose the one for which you join." in page.text
    page.send(action="/join", organisation=str(union.id))
    assert queries.find_membership(cast.track, cast.member.id).organisation_id == union.id


def test_joining_needs_a_sign_in_a_visible_track_and_a_token(cast, draft, browse):
    visitor = browse()
    answer = visitor.client.post("/tracks/climate-justice/join")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    page = browse(cast.member)
    assert page.client.post("/tracks/hidden/join").status_code == 404
    assert page.client.get("/tracks/hidden/leave").status_code == 404
    assert page.client.post("/tracks/climate-justice/join").status_code == 422
    assert page.client.get("/tracks/hidden/join").status_code == 404


def test_leaving_what_one_is_not_in_says_so(cast, browse):
    page = browse(cast.member)
    page.open("/tracks/climate-justice/leave")
    assert "You are not in this track" in page.text


def test_leaving_a_draft_leads_to_the_list(cast, draft, browse):
    make_membership(draft, cast.participant)
    page = browse(cast.participant)
    page.open("/tracks/hidden/leave")
    page.send(action="/leave")
    assert page.path == "/tracks/"


def test_the_secretariat_sets_up_a_phase_and_a_track_and_publishes_it(cast, browse):
    owner = make_organisation("Coalition")
    region = make_region("EUR")
    page = browse(cast.secretary)
    page.open("/phases/")
    page.open("/phases/new")
    page.send(has="owner", owner=str(owner.id), year_from="2026", year_to="nope", name_en="Heat")
    assert page.status == 422
    assert "Write a year with four digits" in page.text
    page.send(has="owner", year_to="2028", regions=[str(region.id)], name_fr="Chaleur", aims_en="To learn")
    assert (page.status, page.path) == (200, "/phases/heat")
    phase = db.session.scalars(sa.select(Phase).where(Phase.slug == "heat")).one()
    assert (phase.owner_organisation_id, [row.code for row in phase.regions]) == (owner.id, ["EUR"])
    page.open("/phases/heat/edit")
    assert page.form(has="owner").find(attrs={"name": "aims_en"}).get_text(strip=True) == "To learn"
    page.send(has="owner", year_to="2029")
    page.open("/phases/heat/tracks/new")
    assert page.page.select_one("[name=is_open]").has_attr("checked")
    page.send(has="is_open", eligible=["member", "ally"])
    assert page.status == 422
    page.send(has="is_open", name_en="Roofs", is_open="y", purpose_en="Roofs for all", eligible=["member", "ally"])
    assert page.path == "/tracks/roofs"
    assert "This track is a draft." in page.text
    page.open("/tracks/roofs/edit")
    page.send(has="is_open", name_es="Techos", is_open=None)
    track = db.session.scalars(sa.select(Track).where(Track.slug == "roofs")).one()
    assert (track.eligible, track.is_open, track.audience) == (["member", "ally"], False, track_key(track.id))
    page.send(action="/publish")
    assert "1 region of the phase has no facilitator yet." in page.text
    assert db.session.get_one(Track, track.id).audience == "public"
    page.send(action="/unpublish")
    assert "The track is a draft again" in page.text


def test_a_phase_is_public_with_its_tracks(cast, draft, browse):
    db.session.add(ProgrammeText(phase_id=cast.track.phase_id, block=TextBlock.AIMS, language="en", body="* learn"))
    page = browse()
    page.open(f"/phases/{cast.track.phase.slug}")
    assert page.status == 200
    assert "Climate justice" in page.text
    assert "Hidden track" not in page.text
    assert "Add a track" not in page.text
    page.open("/phases/")
    assert "Example phase" in page.text
    page.open("/phases/unknown")
    assert page.status == 404
    make_phase("Empty", slug="empty")
    page.open("/phases/empty")
    assert "No track is open yet." in page.text


def test_setting_up_the_programme_is_forbidden_to_others(cast, browse):
    slug = cast.track.phase.slug
    addresses = ("/phases/new", f"/phases/{slug}/edit", f"/phases/{slug}/tracks/new", "/tracks/climate-justice/edit")
    for person in (cast.facilitator, cast.member):
        page = browse(person)
        for address in (*addresses, "/tracks/climate-justice/facilitators"):
            page.open(address)
            assert page.status == 403
        page.open("/tracks/climate-justice")
        values = page._defaults(page.page.select_one("header form"))
        for act in ("publish", "unpublish"):
            assert page.client.post(f"/tracks/climate-justice/{act}", data=values).status_code == 403
    assert db.session.get_one(Track, cast.track.id).published_at is not None


def test_appointing_by_address_by_name_and_by_choice(cast, browse):
    lac = make_region("LAC")
    rosa = make_person("Luz Ejemplo Uno", name_fold=fold("Luz Ejemplo Uno"))
    make_account(rosa, "rosa@example.org")
    twin = make_person("Luz Ejemplo Dos", name_fold=fold("Luz Ejemplo Dos"), place="Quito", region_id=lac.id)
    make_affiliation(twin, make_organisation("Union of Roofs"))
    page = browse(cast.secretary)
    page.open("/tracks/climate-justice/facilitators")
    page.send(has="person", person="nobody at all")
    assert page.status == 422
    assert "Nobody here is known by this." in page.text
    page.send(has="person", person="x" * 50_000)
    assert page.status == 422
    page.send(has="person", person="rosa@example.org", region="")
    assert page.status == 422
    assert "Choose the region this person stands for" in page.text
    page.send(has="person", region="none")
    assert "Luz Ejemplo Uno leads this track now." in page.text
    assert "no account" not in page.text
    page.send(has="person", person="ejemplo dos")
    assert page.status == 422
    assert "Choose the person you mean" in page.text
    assert "Luz Ejemplo Dos · Quito · Union of Roofs" in page.text
    assert page.form(has="chosen").select_one("[name=region] option[selected]")["value"] == str(lac.id)
    page.send(has="chosen", chosen=str(twin.id))
    assert "Luz Ejemplo Dos leads this track now. This person has no account yet" in page.text
    team = {row.person_id: row for row in queries.list_facilitators(cast.track)}
    assert set(team) == {cast.facilitator.id, rosa.id, twin.id}
    assert (team[rosa.id].region_id, team[twin.id].region_id) == (None, lac.id)


def test_removing_somebody_from_the_team_is_asked_on_a_page_of_its_own(cast, browse, unknown_id):
    row = queries.list_facilitators(cast.track)[0]
    address = f"/tracks/climate-justice/facilitators/{row.id}/end"
    page = browse(cast.secretary)
    page.open("/tracks/climate-justice/facilitators")
    assert page.page.select_one(f'a[href="{address}"]')
    page.open(address)
    assert "Remove Amina Exemple from the team?" in page.text
    assert len(queries.list_facilitators(cast.track)) == 1
    values = page._defaults(page.page.select_one("form:has(.button--danger)"))
    stranger = f"/tracks/climate-justice/facilitators/{unknown_id}/end"
    assert page.client.post(stranger, data=values).status_code == 404
    other = browse(cast.member)
    assert other.client.get(address).status_code == 403
    assert other.client.post(address).status_code == 403
    assert page.client.post(address, data=values).status_code == 303
    page.open("/tracks/climate-justice/facilitators")
    assert "Amina Exemple no longer leads this track." in page.text
    assert page.client.get(address).status_code == 404


def test_publishing_says_whether_people_can_join(cast, draft, browse):
    page = browse(cast.secretary)
    for is_open, said in ((True, "People can join it now."), (False, "It takes no new participants.")):
        draft.is_open, draft.published_at = is_open, None
        db.session.flush()
        page.open("/tracks/hidden")
        page.send(action="/publish")
        assert said in page.text
        assert page.page.select_one('.message a[href="/tracks/hidden/edit"]')
    visitor = browse()
    visitor.open("/tracks/hidden")
    assert "takes no new participants" in visitor.text
    assert "Open to Members" not in visitor.text


def test_the_page_of_a_track_with_many_people_costs_as_many_queries_as_with_few(cast, browse, count_queries):
    page = browse(cast.member)

    def read():
        with count_queries() as statements:
            page.open("/tracks/climate-justice")
        return len(statements)

    union = make_organisation()
    for _ in range(6):
        make_membership(cast.track, make_person(preferred_language="fr"), union)
    read()
    few = read()
    for _ in range(60):
        make_membership(cast.track, make_person(preferred_language="fr"), union)
    assert read() == few


def test_a_track_of_past_years_without_sessions_promises_none(cast, browse):
    phase = make_phase("Long ago", year_from=2021, year_to=2022)
    track = make_track("Land rights", phase=phase, slug="long-ago", is_open=False)
    page = browse()
    page.open(f"/tracks/{track.slug}")
    assert "The sessions of this track are not listed here." in page.text
    assert "No session is planned yet." not in page.text
    page.open("/tracks/")
    assert "Its sessions are not listed here" in page.text
