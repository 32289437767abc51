from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from app.core.notices import Notice
from app.extensions import db
from app.moments.models import Certainty, Modality, Precision, Status
from app.people.models import Appearance
from app.sessions import queries
from app.sessions.keys import track_key
from app.sessions.models import AgendaItem, LanguageMode, LearningSession, SessionLanguage
from tests.make.moments import wall
from tests.make.people import make_organisation, make_person
from tests.make.sessions import make_attendance, make_membership, make_session, make_track

STARTS = datetime(2027, 2, 13, 14, tzinfo=UTC)
LINK = "https://meet.example.org/room"


@pytest.fixture
def address(cast):
    return f"/sessions/{cast.session.id}"


@pytest.fixture
def hidden(cast):
    """A session of a draft."""
    track = make_track("Hidden", slug="hidden", phase=cast.track.phase, published_at=None)
    track.audience = track_key(track.id)
    return make_session(track)


def fill(session):
    session.join_link = LINK
    session.languages = [
        SessionLanguage(language="es", mode=LanguageMode.SPOKEN, position=0),
        SessionLanguage(language="fr", mode=LanguageMode.INTERPRETED, position=1),
    ]
    session.agenda = [
        AgendaItem(position=0, minutes_after_start=0, title="Opening", who="Amina"),
        AgendaItem(position=1, minutes_after_start=15, title="Stories", who=""),
    ]


def test_a_session_shows_the_readers_hour_languages_and_agenda(cast, address, browse):
    fill(cast.session)
    page = browse(cast.participant)
    page.open(address)
    assert page.status == 200
    for said in (
        "session 1 of 1",
        "Saturday 13 February 2027 14:00",
        "until 16:00 , in Dakar",
        "Confirmed",
        "es Español spoken",
        "fr Français interpreted",
        "2 hours, on the clocks of Dakar",
        "14:00 Opening Amina",
        "14:15 Stories",
        "You take part in this track.",
        "Add to my calendar",
    ):
        assert said in page.text


def test_interpretation_needed_stands_beside_what_covers_it(cast, address, browse):
    fill(cast.session)
    for code, many in (("es", 7), ("fr", 6), ("ar", 5), ("pt", 2)):
        for _ in range(many):
            make_membership(cast.track, make_person(preferred_language=code))
    page = browse()
    page.open(address)
    needs = [" ".join(item.get_text(" ", strip=True).split()) for item in page.page.select(".lines--need li")]
    assert needs[0] == "es Español 7 people spoken in the session"
    assert needs[1] == "fr Français 7 people interpreted"
    assert needs[2:] == [
        "ar العربية a few people nobody interprets yet",
        "pt Português a few people nobody interprets yet",
    ]
    leader = browse(cast.facilitator)
    leader.open(address)
    assert "ar العربية 5 people nobody interprets yet" in leader.text


def test_before_languages_are_named_one_sentence_says_so(cast, address, browse):
    for _ in range(5):
        make_membership(cast.track, make_person(preferred_language="ar"))
    page = browse()
    page.open(address)
    assert "nobody interprets yet" not in page.text
    assert page.text.count("Nobody has said yet which languages are spoken") == 1


def test_a_session_that_is_over_promises_nothing(cast, browse):
    session = make_session(cast.track, wall_start=wall("2026-11-14 17:00"), number=7)
    for _ in range(5):
        make_membership(cast.track, make_person(preferred_language="ar"))
    page = browse(cast.member)
    page.open(f"/sessions/{session.id}")
    assert "session 1 of 2" in page.text
    assert "Held" in page.text
    for promised in ("nobody interprets yet", "Add to my calendar"):
        assert promised not in page.text


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_a_session_that_is_called_off_is_struck_and_invites_nobody(cast, browse, status):
    session = make_session(cast.track, wall_start=wall("2027-02-06 17:00"), number=7, status=status)
    page = browse(cast.member)
    page.open(f"/sessions/{session.id}")
    assert "Saturday 6 February 2027" in page.page.select_one("del.called-off").get_text()
    for invitation in ("Add to my calendar", "Join this track", "Write a reflection", "session 1 of"):
        assert invitation not in page.text
    page.open(f"/sessions/{cast.session.id}")
    assert "session 1 of 1" in page.text


def test_each_name_of_the_agenda_keeps_its_own_direction(cast, address, browse):
    cast.session.agenda = [AgendaItem(position=0, minutes_after_start=0, title="Opening", who="هدى، Amina, Rosa")]
    page = browse()
    page.open(address)
    names = [bdi.get_text() for bdi in page.page.select(".lines--hours .quiet bdi")]
    assert names == ["هدى", "Amina", "Rosa"]


def test_the_join_link_is_shown_to_participants_from_24_hours_before(cast, address, browse, clock):
    fill(cast.session)
    early = browse(cast.participant)
    early.open(address)
    assert LINK not in early.text
    assert "The link to the meeting appears here on Friday 12 February at 14:00, for participants." in early.text
    clock.move_to(STARTS - timedelta(hours=3), tick=False)
    for person, sees in (
        (cast.participant, True),
        (cast.facilitator, True),
        (cast.member, False),
        (cast.other_facilitator, False),
        (cast.secretary, False),
        (None, False),
    ):
        page = browse(person)
        page.open(address)
        assert (LINK in str(page.page)) is sees
        assert ("Join the track to see it." in page.text) is not sees
    clock.move_to(STARTS + timedelta(hours=3), tick=False)
    page = browse(cast.participant)
    page.open(address)
    assert LINK not in str(page.page)
    assert "Held" in page.text


@pytest.mark.parametrize("who", ["participant", "facilitator"])
def test_who_takes_part_reads_that_the_link_is_not_written_yet(cast, address, browse, clock, who):
    clock.move_to(STARTS - timedelta(hours=1), tick=False)
    page = browse(getattr(cast, who))
    page.open(address)
    assert "The facilitators have not written the link to the meeting yet." in page.text
    assert "Join the track to see it." not in page.text
    stranger = browse(cast.member)
    stranger.open(address)
    assert "Join the track to see it." in stranger.text


def test_an_expected_session_says_that_its_hour_is_open(cast, browse):
    session = make_session(cast.track, number=5, status=Status.PLANNED)
    moment = session.moment
    moment.precision, moment.certainty = Precision.DAY, Certainty.ESTIMATED
    moment.wall_start = moment.wall_end = wall("2027-02-13 00:00")
    session.agenda = [AgendaItem(position=0, minutes_after_start=15, title="Opening", who="")]
    page = browse(cast.facilitator)
    page.open(f"/sessions/{session.id}")
    assert "around Saturday 13 February 2027" in page.text
    assert "after 15 minutes Opening" in page.text
    assert "appears here 24 hours before the session" in page.text
    assert "Choose the hour" in page.text


def test_unknown_and_unseen_sessions_are_404_alike(cast, hidden, browse, unknown_id):
    for person in (None, cast.member, cast.facilitator):
        page = browse(person)
        for ident in (unknown_id, hidden.id):
            for part in ("", ".ics", "/edit", "/move", "/cancel", "/attendance", "/attendance/walk-in"):
                page.open(f"/sessions/{ident}{part}")
                assert page.status == 404 or page.path == "/sign-in"
            if person:
                assert page.client.post(f"/sessions/{ident}/confirm").status_code == 404
    page = browse()
    page.open("/sessions/not-a-session")
    assert page.status == 404


@pytest.mark.parametrize("room", ["sessions", "events"])
def test_a_visitor_who_finds_no_such_thing_signs_in_first_whether_there_is_one_or_not(
    cast, hidden, client, unknown_id, room
):
    for ident in (unknown_id, hidden.id):
        answer = client.get(f"/{room}/{ident}?lang=fr")
        assert answer.status_code == 303
        assert parse_qs(urlsplit(answer.location).query) == {"next": [f"/{room}/{ident}?lang=fr"], "lang": ["fr"]}
    assert client.get(f"/sessions/{cast.session.id}").status_code == 200


def test_the_calendar_file_is_as_public_as_the_session_and_holds_no_link(cast, address, browse, clock):
    fill(cast.session)
    clock.move_to(STARTS - timedelta(hours=3), tick=False)
    page = browse(cast.participant)
    answer = page.client.get(f"{address}.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    text = answer.text.replace("\r\n ", "")
    assert f"UID:{cast.session.moment.uid}" in text
    assert "Climate justice: Who pays for the heat?" in text
    assert f"URL:http://127.0.0.1:8000{address}" in text
    assert "meet.example.org" not in text
    assert browse().client.get(f"{address}.ics").status_code == 200


PLAN = {
    "name_en": "Loss and damage",
    "name_fr": "Pertes et dommages",
    "day": "2027-03-06",
    "start": "17:00",
    "end": "19:00",
    "zone": "Africa/Nairobi",
    "spoken": "Español",
    "interpreted": "français, Wolof",
    "modality": "hybrid",
    "join_link": LINK,
    "agenda-0-minutes": "0",
    "agenda-0-title": "Opening",
    "agenda-2-minutes": "30",
    "agenda-2-title": "Groups",
    "agenda-2-who": "all",
}


def newest():
    return db.session.scalars(sa.select(LearningSession).order_by(LearningSession.number.desc())).first()


def test_a_facilitator_plans_a_session_and_members_are_told(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/sessions/new")
    assert page.form(has="zone").find("option", selected=True)["value"] == "Africa/Douala"
    page.send(has="zone", **PLAN, is_confirmed="y")
    session = newest()
    assert (page.status, page.path) == (200, f"/sessions/{session.id}")
    assert "The session is planned. Everybody who joined the track is told." in page.text
    assert (session.moment.status, session.moment.modality) == (Status.CONFIRMED, Modality.HYBRID)
    assert session.moment.starts_at == datetime(2027, 3, 6, 14, tzinfo=UTC)
    assert [row.language for row in session.languages] == ["es", "fr", "wo"]
    assert [(row.minutes_after_start, row.title, row.who) for row in session.agenda] == [
        (0, "Opening", ""),
        (30, "Groups", "all"),
    ]
    assert session.join_link == LINK
    assert db.session.scalar(sa.select(Notice.person_id)) == cast.participant.id


def test_an_expected_session_is_planned_with_its_day_alone(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/sessions/new")
    page.send(has="zone", name_en="Later", day="2027-04-03", is_hour_open="y", is_confirmed="y")
    moment = newest().moment
    assert (moment.precision, moment.certainty, moment.status) == (
        Precision.DAY,
        Certainty.ESTIMATED,
        Status.PLANNED,
    )
    assert "around Saturday 3 April 2027" in page.text


def test_a_session_of_the_past_is_planned_only_on_purpose_and_told_to_nobody(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/sessions/new")
    assert "It has already taken place" not in page.text
    page.send(has="zone", **PLAN | {"day": "2020-01-01"})
    assert page.status == 422
    assert "This day is past." in page.text
    page.send(has="zone", is_over="y")
    assert "The session is planned. It is already over: nobody is told." in page.text
    assert db.session.scalar(sa.select(Notice.person_id)) is None


def test_what_is_refused_comes_back_filled_in(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/sessions/new")
    page.send(has="zone", **PLAN | {"name_en": "", "name_fr": "", "join_link": "http://plain.example.org"})
    assert page.status == 422
    assert "Write a name in at least one language" in page.text
    assert "The link must begin with https://" in page.text
    page.send(has="zone", name_en="Title", start="", spoken="Elvish")
    assert page.status == 422
    assert "Say at which hour it begins." in page.text
    assert "We do not know one of these languages." in page.text
    page.send(has="zone", start="17:00", spoken="Español")
    assert "The link must begin with https://" in page.text
    page.send(has="zone", join_link="", **{"agenda-0-minutes": "500"})
    link = page.page.select_one("#mistakes a")
    assert (link["href"], link.get_text()) == (
        "#agenda-0-minutes",
        "Each line of the agenda begins before the end, 120 minutes after the start.",
    )
    assert len(page.page.select(".field--error")) == 1
    page.send(has="zone", **{"agenda-0-minutes": "0", "agenda-1-title": "When?"})
    assert "Say when this begins: at 17:20, or so many minutes after the start." in page.text
    assert page.form(has="zone").find(attrs={"name": "agenda-2-title"})["value"] == "Groups"
    page.send(has="zone", **{"agenda-1-title": ""})
    assert page.status == 200


def test_an_hour_that_occurs_twice_is_asked_about(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/sessions/new")
    twice = {"day": "2027-10-31", "start": "02:30", "end": "04:30", "zone": "Europe/Zurich"}
    page.send(has="zone", **PLAN | twice)
    assert page.status == 422
    page.send(has="occurrence", occurrence="second")
    assert (page.status, "Nothing is planned yet." in page.text) == (200, True)
    page.send(has="occurrence")
    assert newest().moment.starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_editing_keeps_the_time_and_what_was_not_touched(cast, address, browse):
    fill(cast.session)
    page = browse(cast.facilitator)
    page.open(f"{address}/edit")
    form = page.form(has="spoken")
    assert [box["value"] for box in form.find_all(attrs={"name": "spoken_in"}, checked=True)] == ["es"]
    assert [form.find(attrs={"name": f"agenda-{row}-minutes"})["value"] for row in (0, 1)] == ["17:00", "17:15"]
    assert form.find(attrs={"name": "agenda-1-title"})["value"] == "Stories"
    page.send(has="spoken", name_fr="Qui paie ?", **{"agenda-0-minutes": "", "agenda-0-title": "", "agenda-0-who": ""})
    assert page.path == address
    session = db.session.get_one(LearningSession, cast.session.id)
    assert [row.title for row in session.agenda] == ["Stories"]
    assert [row.language for row in session.languages] == ["es", "fr"]
    assert (session.join_link, session.moment.sequence) == (LINK, 1)
    page.open(f"{address}/edit")
    page.send(has="spoken", name_en="", name_fr="")
    assert page.status == 422


def test_of_two_tabs_the_second_sees_what_the_first_saved_before_it_saves(cast, address, browse):
    fill(cast.session)
    first, second = browse(cast.facilitator), browse(cast.secretary)
    first.open(f"{address}/edit")
    second.open(f"{address}/edit")
    first.send(has="spoken", name_en="Roofs", spoken_in=None, spoken="Wolof", **{"agenda-1-title": "Songs"})
    assert first.path == address
    second.send(has="spoken", name_en="Walls", interpreted_in=None)
    assert second.status == 422
    for said in (
        "Somebody changed this session since you opened this page.",
        "Title (English) There now Roofs You wrote Walls",
        "Languages spoken There now Wolof You wrote Spanish",
        "Languages interpreted into There now French You wrote Nothing",
        "17:15 · Songs You wrote 17:00 · Opening · Amina 17:15 · Stories",
    ):
        assert said in second.text
    assert "How do people meet? There now" not in second.text
    assert second.form(has="spoken").find(attrs={"name": "name_en"})["value"] == "Walls"
    second.send(has="spoken")
    assert second.path == address
    assert "Walls" in second.text


def test_a_mistake_does_not_hide_that_somebody_saved_meanwhile(cast, address, browse):
    first, second = browse(cast.facilitator), browse(cast.secretary)
    first.open(f"{address}/edit")
    second.open(f"{address}/edit")
    first.send(has="spoken", name_en="Roofs")
    second.send(has="spoken", name_en="", spoken="Elvish")
    assert second.status == 422
    assert "Title (English) There now Roofs You wrote Nothing" in second.text
    second.send(has="spoken", name_en="Walls", spoken="", filled_from="")
    assert second.path == address


def test_moving_to_less_time_than_the_agenda_takes_is_refused_at_the_end(cast, address, browse):
    fill(cast.session)
    page = browse(cast.facilitator)
    page.open(f"{address}/move")
    page.send(has="reason", day="2027-02-20", start="17:00", end="17:10")
    assert page.status == 422
    assert "“Stories” 15 minutes after the start" in page.page.find(id="end-error").get_text()
    assert "Write why" in page.text


def test_moving_says_from_when_to_when_by_whom_and_why(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/move")
    assert page.form(has="reason").find(attrs={"name": "day"})["value"] == "2027-02-13"
    page.send(has="reason", day="2027-02-20")
    assert page.status == 422
    assert "Write why: everybody who joined is told." in page.text
    page.send(has="reason", day="2027-02-20", reason="Elections")
    assert page.path == address
    outside = browse(cast.member)
    outside.open(address)
    assert (
        "Moved from Saturday 13 February 2027, 17:00–19:00 in Nairobi "
        "to Saturday 20 February 2027, 17:00–19:00 in Nairobi" in outside.text
    )
    assert "Elections" in outside.text
    assert (
        "before: Saturday 13 February 2027, 17:00–19:00 in Nairobi" in outside.page.select_one("header.head").get_text()
    )
    assert ", a facilitator" in outside.text
    inside = browse(cast.participant)
    inside.open(address)
    assert ", Amina Exemple" in inside.text
    assert db.session.scalar(sa.select(Notice.kind)) == "sessions.session_moved"


def test_what_is_moved_to_a_day_that_is_over_says_who_is_told(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/move")
    page.send(has="reason", day="2026-02-20", reason="Held already")
    page.send(has="reason", is_over="y")
    assert "which is already over. Everybody who was told of the old one is told." in page.text


def test_what_moved_and_came_back_says_no_other_date(cast, address, browse):
    page = browse(cast.facilitator)
    for day in ("2027-02-20", "2027-02-13"):
        page.open(f"{address}/move")
        page.send(has="reason", day=day, reason="Elections")
    page.open(address)
    assert "before:" not in page.page.select_one("header.head").get_text()
    assert page.page.select(".history li")


def test_pressing_confirm_again_on_the_page_before_the_night_was_asked_about_says_that_it_is_confirmed(
    cast, address, browse
):
    page = browse(cast.facilitator)
    cast.session.moment.status = Status.PLANNED
    page.open(f"{address}/move")
    page.send(has="reason", start="02:00", end="04:00", reason="Elections")
    page.send(has="reason")
    page.open(address)
    first = {field["name"]: field["value"] for field in page.form(action="/confirm").select("input[value]")}
    page.send(action="/confirm")
    assert "Confirm it all the same" in page.text
    page.send(action="/confirm")
    assert "The session is confirmed." in page.text
    page.open(address)
    again = page.client.post(f"{address}/confirm", data=first, follow_redirects=True)
    assert (again.status_code, "The session is confirmed." in again.text) == (200, True)


def test_what_the_secretariat_changes_is_said_so(cast, address, browse):
    page = browse(cast.secretary)
    page.open(f"{address}/move")
    page.send(has="reason", day="2027-02-20", reason="Elections")
    visitor = browse()
    visitor.open(address)
    assert ", the secretariat" in visitor.text


def test_an_hour_in_the_night_of_its_people_is_asked_about_before_they_are_told(cast, address, browse):
    page, before = browse(cast.facilitator), cast.session.moment.starts_at
    page.open(f"{address}/move")
    page.send(has="reason", start="02:00", end="04:00", reason="Elections")
    assert "At night in Douala and Nairobi." in page.text
    assert "Nothing has moved yet." in page.text
    assert db.session.get_one(LearningSession, cast.session.id).moment.starts_at == before
    page.send(has="reason")  # the words are still there
    assert "Everybody who joined the track is told. At night in Douala and Nairobi." in page.text
    page.open(f"{address}/cancel")
    page.send(has="reason", reason="No interpreters")
    page.send(action="/reopen")
    page.send(action="/confirm")
    assert "not confirmed yet. At night in Douala and Nairobi. Confirm it all the same" in page.text
    assert len(page.page.select('form[action$="/confirm"]')) == 1
    assert db.session.get_one(LearningSession, cast.session.id).moment.status is Status.PLANNED
    page.send(action="/confirm")
    assert "The session is confirmed. At night in Douala and Nairobi." in page.text


def test_who_confirms_on_an_older_page_reads_what_became_of_the_night_session_since(cast, address, browse):
    page, older = browse(cast.facilitator), browse(cast.secretary)
    page.open(f"{address}/move")
    page.send(has="reason", start="02:00", end="04:00", reason="Elections")
    page.send(has="reason")
    page.open(f"{address}/cancel")
    page.send(has="reason", reason="No interpreters")
    page.send(action="/reopen")
    older.open(address)
    page.send(action="/confirm")
    page.send(action="/confirm")
    older.send(action="/confirm")
    assert "The session is confirmed. At night in Douala and Nairobi." in older.text
    page.open(f"{address}/cancel")
    page.send(has="reason", reason="No interpreters")
    page.send(action="/reopen")
    older.open(address)
    page.open(f"{address}/cancel")
    page.send(has="reason", reason="No interpreters")
    older.send(action="/confirm")
    assert "This session is called off." in older.text
    assert "not confirmed yet" not in older.text


def test_a_session_that_is_planned_in_the_night_is_looked_at_first(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"/tracks/{cast.session.track.slug}/sessions/new")
    said = {"name_en": "By the moon", "day": "2027-02-20", "start": "02:00", "end": "04:00"}
    page.send(has="start", **said)
    assert "At night in Douala" in page.text
    assert "Nothing is planned yet." in page.text
    page.send(has="start", start="14:00", end="15:00")
    assert "The session is planned. Everybody who joined the track is told." in page.text


def test_cancelling_has_a_page_of_its_own_and_can_be_taken_back(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/cancel")
    page.send(has="reason")
    assert page.status == 422
    page.send(has="reason", reason="No interpreters")
    assert "The session is cancelled. Everybody who joined the track is told." in page.text
    assert "Cancelled" in page.text
    assert "No interpreters" in page.text
    page.send(action="/reopen")
    assert "The session is planned again." in page.text
    page.send(action="/confirm")
    assert "The session is confirmed." in page.text
    assert db.session.get_one(LearningSession, cast.session.id).moment.status is Status.CONFIRMED


def test_a_button_that_a_rule_refuses_says_why(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/cancel")
    page.send(has="reason", reason="x")
    values = page._defaults(page.form(action="/reopen"))
    answer = page.client.post(f"{address}/confirm", data=values)
    assert answer.status_code == 422
    assert "This session is called off." in answer.text


def test_a4_members_and_facilitators_of_other_tracks_are_forbidden(cast, address, browse):
    for person in (cast.participant, cast.other_facilitator, cast.member):
        page = browse(person)
        for part in ("/edit", "/move", "/cancel", "/attendance", "/attendance/walk-in"):
            page.open(f"{address}{part}")
            assert page.status == 403
        page.open("/tracks/climate-justice/sessions/new")
        assert page.status == 403
        for part in ("/confirm", "/reopen", "/edit", "/move", "/cancel", "/attendance", "/attendance/walk-in"):
            assert page.client.post(f"{address}{part}").status_code == 403
        page.open(address)
        assert "Your desk" not in page.text


@pytest.fixture
def sheet(cast, clock):
    """Six participants of two regions, half an hour into the session; the first is marked."""
    clock.move_to(STARTS + timedelta(minutes=30), tick=False)
    people = []
    for number in range(6):
        union = make_organisation(region="LAC" if number < 3 else "SSA")
        person = make_person(f"Person {number}", preferred_language="es", place="Recife")
        make_membership(cast.track, person, union)
        people.append(person)
    make_attendance(cast.session, people[0])
    return people


def ticked(page):
    return {box["value"] for box in page.page.select("input[name=here]") if box.has_attr("checked")}


def test_the_sheet_shows_everybody_with_counts(cast, sheet, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance")
    assert "All 7 Not marked 6 By region" in page.text
    assert ticked(page) == {str(sheet[0].id)}
    assert "1 marked of 7, saved" in page.text
    assert "Who pays for the heat? Saturday 13 February 2027" in " ".join(page.text.split())
    page.open(f"{address}/attendance?view=open")
    assert len(page.page.select(".attendance li")) == 6
    page.open(f"{address}/attendance?view=region")
    assert [h.get_text() for h in page.page.select("h2.attendance-heading")] == [
        "Region LAC",
        "Region SSA",
        "Region not known",
    ]
    page.open(f"{address}/attendance?view=nonsense")
    assert page.status == 200


def test_saving_marks_and_unmarks_and_says_how_many(cast, sheet, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance")
    page.send(has="shown", here=[str(sheet[1].id), str(sheet[2].id)])
    assert "Saved. 2 people marked. 1 mark taken back." in page.text
    assert ticked(page) == {str(sheet[1].id), str(sheet[2].id)}
    page.send(has="shown")
    assert "Saved. Nothing was different." in page.text


def test_marking_all_shown_touches_the_filtered_view_alone(cast, sheet, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance?view=open")
    assert page.form(has="shown").find(attrs={"name": "was"}) is None
    page.send(has="shown", button=("all", "1"))
    assert "6 people marked." in page.text
    assert "Everybody is marked." in page.text
    assert queries.count_attendance([cast.session.id])[cast.session.id][0] == 7


def test_two_sheets_open_at_once_keep_both(cast, sheet, address, browse):
    first, second = browse(cast.facilitator), browse(cast.secretary)
    for page in (first, second):
        page.open(f"{address}/attendance")
    first.send(has="shown", here=[str(sheet[0].id), str(sheet[1].id)])
    second.send(has="shown", here=[str(sheet[0].id), str(sheet[2].id)])
    assert ticked(second) == {str(sheet[number].id) for number in range(3)}


def test_too_early_the_sheet_says_when_it_opens_and_saves_nothing(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance")
    assert "Attendance is not open yet." in page.text
    page.send(has="shown", here=[str(cast.participant.id)])
    assert page.status == 422
    assert "Attendance opens 30 minutes before the session begins." in page.text
    assert ticked(page) == {str(cast.participant.id)}
    assert queries.count_attendance([cast.session.id]) == {}


def test_an_empty_track_has_an_empty_sheet(cast, browse, clock):
    session = make_session(cast.other_track)
    clock.move_to(STARTS, tick=False)
    page = browse(cast.other_facilitator)
    page.open(f"/sessions/{session.id}/attendance")
    assert "Nobody has joined this track yet." in page.text


def test_somebody_walks_in_and_somebody_known_is_recognised(cast, sheet, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance/walk-in")
    page.send(has="language", name="Awa Exemple", language="Wolof")
    assert page.path == f"{address}/attendance"
    assert "Marked as here." in page.text
    assert "Awa Exemple" in page.text
    page.open(f"{address}/attendance/walk-in")
    page.send(has="language", name="")
    assert page.status == 422
    page.send(has="language", name="person 5")
    assert page.status == 422
    assert "Is it one of these people?" in page.text
    page.send(has="person", person=str(sheet[5].id))
    assert str(sheet[5].id) in ticked(page)


def test_a_walk_in_unmarked_by_mistake_stays_on_the_list(cast, sheet, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance/walk-in")
    page.send(has="language", name="Awa Exemple")
    page.send(has="shown", here=[])
    assert "Saved. 2 marks taken back." in page.text
    assert "Awa Exemple" in page.text
    assert ticked(page) == set()


def test_an_erased_person_who_was_there_is_a_participant(cast, sheet, address, browse):
    sheet[0].name, sheet[0].erased_at = "", STARTS
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance")
    assert "A participant" in page.text


def test_the_walk_in_shows_nobody_who_does_not_appear(cast, sheet, address, browse):
    hidden = make_person("Person 9 Hidden", appearance=Appearance.NOBODY)
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance/walk-in")
    page.send(has="language", name="Person")
    assert "Person 5" in page.text
    assert "Hidden" not in page.text
    assert str(hidden.id) not in str(page.page)


def test_a_session_of_another_day_is_said_with_its_day(cast, browse):
    make_session(cast.track, "Past", wall_start=wall("2022-02-05 17:00"), number=9)
    page = browse(cast.member)
    page.open("/tracks/climate-justice")
    assert "Saturday 5 February 2022" in page.text
