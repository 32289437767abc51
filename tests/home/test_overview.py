"""The overview: what waits for whom, from every package, and nothing that is not theirs to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from app.core import heartbeat, waiting
from app.core.actors import VISITOR
from app.core.outbox import MailState, OutboxMail
from app.extensions import db
from app.moments.models import Modality, Status
from app.people.models import AffiliationState, Role
from app.reflections.models import AbuseReport, Ground, Withholding
from app.sessions.keys import track_key
from app.sessions.models import LanguageMode, SessionLanguage
from tests.conftest import START
from tests.make.house import make_contact_message
from tests.make.people import (
    make_account,
    make_affiliation,
    make_erasure_request,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
    sign_in,
)
from tests.make.reflections import make_participant, make_reflection, make_translation
from tests.make.sessions import (
    make_application,
    make_attendance,
    make_facilitator,
    make_phase,
    make_session,
    make_track,
)

TOMORROW = datetime(2026, 11, 22, 17)
LAST_WEEK = datetime(2026, 11, 14, 17)


def lines_of(client, person, path: str = "/overview") -> dict[str, str]:
    """Sentence (with what it is about) → where its link leads."""
    page = BeautifulSoup(sign_in(client, person).get(path).text, "html5lib")
    rows = [row for row in page.select("main .lines > li") if row.span and row.find("a", recursive=False)]
    return {
        " ".join(row.span.get_text(" ", strip=True).split()): row.find("a", recursive=False)["href"] for row in rows
    }


def make_led_track(person, name: str = "Land", **overrides):
    track = make_track(name, **({"is_open": False} | overrides))
    for region in ("LAC", "SSA", "MENA"):
        make_facilitator(track, person if region == "LAC" else make_person(), region)
    return track


def make_whole_session(track, **overrides):
    """A session that lacks nothing."""
    session = make_session(track, **({"join_link": "https://meet.example.org/x"} | overrides))
    db.session.add(SessionLanguage(gathering_id=session.id, language="fr", mode=LanguageMode.SPOKEN, position=0))
    db.session.flush()
    return session


def make_failed_mail(**overrides) -> OutboxMail:
    values = {
        "dedupe_key": str(uuid4()),
        "kind": "people.invited",
        "recipient": "gone@example.org",
        "language": "en",
        "not_before": START,
        "state": MailState.FAILED,
        "message_id": f"<{uuid4()}@maloca>",
        "created_at": START - timedelta(days=1),
    } | overrides
    mail = OutboxMail(**values)
    db.session.add(mail)
    db.session.flush()
    return mail


def test_whom_nothing_waits_for_is_told_so_and_has_no_room_on_the_front(client, now):
    person = make_member()
    assert lines_of(client, person) == {}
    assert "Nobody waits for you" in client.get("/overview").text
    assert "Waits for you" not in client.get("/").text


def test_a_visitor_has_nothing_to_do(app, now):
    assert waiting.lines(VISITOR, START) == []


def test_the_secretariat_reads_who_waits_to_be_confirmed_and_to_be_deleted(client, now):
    make_affiliation(make_person(), make_organisation(), state=AffiliationState.PENDING)
    make_erasure_request(make_person())
    secretary = make_secretary()
    make_erasure_request(secretary)
    assert lines_of(client, secretary) == {
        "1 person waits for their affiliation to be confirmed.": "/people/?show=pending",
        "1 person asks that their data be deleted.": "/people/erasures",
    }
    assert client.get("/people/?show=pending").status_code == 200


def test_who_speaks_for_an_organisation_reads_who_asks_to_belong_to_it(client, now):
    ours, theirs = make_organisation("Ours"), make_organisation("Theirs")
    speaker = make_person()
    make_account(speaker)
    make_role(speaker, Role.MANDATED, ours.id)
    make_affiliation(speaker, ours, state=AffiliationState.PENDING)  # one's own is not one's own to confirm
    make_affiliation(make_person(), ours, state=AffiliationState.PENDING)
    make_affiliation(make_person(), ours, state=AffiliationState.PENDING)
    make_affiliation(make_person(), theirs, state=AffiliationState.PENDING)
    assert lines_of(client, speaker) == {
        "2 people wait for their affiliation to be confirmed. Ours": f"/organisations/{ours.id}#pending"
    }


def test_messages_wait_for_whom_they_came_to(client, now):
    make_contact_message()
    make_contact_message(answered_at=START)
    assert lines_of(client, make_secretary()) == {"1 message to the house is not answered yet.": "/house/messages"}
    assert lines_of(client, make_member()) == {}


def test_reports_and_appeals_wait_for_those_who_lead_the_track(client, now):
    leader = make_member()
    track = make_led_track(leader)
    make_whole_session(track)
    reported, held = make_reflection(track), make_reflection(track, withheld_at=START)
    reporter = make_participant(track)
    db.session.add_all(
        [
            AbuseReport(reflection_id=reported.id, reporter_id=reporter.id, words="A name", reported_at=START),
            Withholding(
                reflection_id=held.id, ground=Ground.CARE, reason="A name", by_id=leader.id, at=START,
                appeal="It is my own.", appealed_at=START,
            ),
        ]
    )  # fmt: skip
    db.session.flush()
    assert lines_of(client, leader) == {
        "An author asks that a text be shown to its readers again. Land": f"/reflections/{held.id}/release",
        "1 text is reported to you. Land": f"/tracks/{track.slug}/inbox?view=reported",
    }
    assert all(client.get(href).status_code == 200 for href in lines_of(client, leader).values())
    assert lines_of(client, make_facilitator_of_another_track()) == {}


def make_facilitator_of_another_track():
    person = make_member()
    make_whole_session(make_led_track(person, "Other"))
    return person


def test_who_hid_a_text_does_not_read_that_its_author_appeals(client, now):
    leader = make_member()
    track = make_led_track(leader)
    make_whole_session(track)
    hidden = make_reflection(track, withheld_at=START)
    db.session.add(
        Withholding(
            reflection_id=hidden.id, ground=Ground.ABUSE, reason="A name", by_id=leader.id, at=START,
            appeal="It is my own.", appealed_at=START,
        )
    )  # fmt: skip
    db.session.flush()
    assert lines_of(client, leader) == {}
    assert "An author asks that a text be shown to its readers again. Land" in lines_of(client, make_secretary())


def test_an_appeal_waits_for_the_other_secretaries_however_many_there_are(client, now):
    first, second = make_secretary("First"), make_secretary("Second")
    track = make_led_track(make_member())
    make_whole_session(track)
    for by, author in ((first, make_participant(track)), (second, make_participant(track))):
        hidden = make_reflection(track, author, withheld_at=START)
        db.session.add(
            Withholding(
                reflection_id=hidden.id, ground=Ground.ABUSE, reason="A name", by_id=by.id, at=START,
                appeal="It is my own.", appealed_at=START,
            )
        )  # fmt: skip
    db.session.flush()
    for secretary in (first, second):
        lines = [line for line in lines_of(client, secretary) if line.startswith("An author asks")]
        assert len(lines) == 1


def test_translations_left_behind_are_counted(client, now):
    leader = make_member()
    track = make_led_track(leader)
    make_whole_session(track)
    reflection = make_reflection(track, None, "before", "after", audience=track_key(track.id))
    make_translation(reflection, of_version=1)
    make_translation(reflection, language="es")
    assert lines_of(client, leader) == {
        "1 translation still follows an older version of its original.": "/reflections/translations"
    }


def test_applications_wait_for_those_who_lead_the_track(client, now):
    leader = make_member()
    track = make_led_track(leader)
    make_whole_session(track)
    make_application(track, make_person())
    make_application(track, make_person())
    assert lines_of(client, leader) == {"2 applications wait for an answer. Land": f"/tracks/{track.slug}/applications"}


def test_a_session_that_begins_soon_says_what_it_lacks(client, now):
    leader = make_member()
    track = make_led_track(leader)
    soon = make_session(track, wall_start=TOMORROW)
    make_session(track, "Later", wall_start=datetime(2027, 2, 1, 17))
    assert lines_of(client, leader) == {
        "In which languages is the session of Sunday 22 November held? Nobody has said it yet. Land": (
            f"/sessions/{soon.id}/edit"
        ),
        "The session of Sunday 22 November has no link to its meeting yet. Land": f"/sessions/{soon.id}/edit",
    }
    soon.moment.modality = Modality.ON_SITE
    db.session.flush()
    assert len(lines_of(client, leader)) == 1


def test_a_sheet_that_nobody_filled_is_remembered_for_two_weeks(client, now):
    leader = make_member()
    track = make_led_track(leader)
    held = make_session(track, wall_start=LAST_WEEK)
    make_session(track, wall_start=datetime(2026, 10, 1, 17))
    make_session(track, wall_start=LAST_WEEK, status=Status.CANCELLED)
    assert lines_of(client, leader) == {
        "Nobody is marked as here yet at the session of Saturday 14 November. Land": f"/sessions/{held.id}/attendance"
    }
    make_attendance(held, make_person())
    assert lines_of(client, leader) == {}


@pytest.mark.parametrize(("is_open", "held", "waits"), [(True, True, True), (False, True, False), (False, False, True)])
def test_a_track_without_a_next_session_asks_for_one_as_long_as_people_expect_it(client, now, is_open, held, waits):
    leader = make_member()
    track = make_led_track(leader, is_open=is_open)
    if held:
        make_session(track, wall_start=datetime(2026, 10, 1, 17))
    expected = {"No next session is planned. Land": f"/tracks/{track.slug}/sessions/new"} if waits else {}
    assert lines_of(client, leader) == expected


def test_a_team_without_a_region_waits_for_whoever_appoints(client, now):
    leader = make_member()
    track = make_track("Land", is_open=False)
    make_facilitator(track, leader, "LAC")
    make_whole_session(track)
    wanted = "Nobody in the team comes from 2 regions of the phase: Region SSA and Region MENA. Land"
    assert lines_of(client, make_secretary()) == {wanted: f"/tracks/{track.slug}/facilitators"}
    assert lines_of(client, leader) == {}


def test_tracks_of_phases_that_are_over_and_drafts_ask_for_nothing(client, now):
    leader = make_member()
    make_led_track(leader, phase=make_phase(year_from=2021, year_to=2022))
    make_led_track(leader, published_at=None, audience="secretariat")
    assert lines_of(client, leader) == {}


def test_mails_that_did_not_arrive_lead_to_the_people_they_were_for(client, now):
    person = make_person("Rosa Ejemplo")
    make_failed_mail(person_id=person.id, last_error="550 no such user")
    make_failed_mail(recipient="nobody@example.org")
    make_failed_mail(created_at=datetime(2026, 9, 1, tzinfo=UTC))
    make_failed_mail(state=MailState.SENT)
    wanted = {"2 mails of the last 30 days did not arrive.": "/mails/log?state=failed"}
    assert lines_of(client, make_secretary()) == wanted
    page = BeautifulSoup(client.get("/mails/log?state=failed").text, "html5lib").main
    assert page.find("a", string="Rosa Ejemplo")["href"] == f"/people/{person.id}"
    assert "550 no such user" in page.get_text()
    assert len(page.select(".lines > li")) == 3, "older ones too"
    assert sign_in(client, make_member()).get("/mails/log").status_code == 403


def test_the_front_shows_the_first_lines_and_how_many_more_there_are(client, now):
    leader = make_member()
    for number in range(8):
        make_led_track(leader, f"Track {number}")
    front = lines_of(client, leader, "/")
    assert len([sentence for sentence in front if sentence.startswith("No next session")]) == 5
    assert "And 3 more" in client.get("/").text
    assert len(lines_of(client, leader)) == 8


def test_what_waits_stands_before_the_session_of_others_and_after_the_own_one(client, now):
    leader, secretary = make_member(), make_secretary()
    track = make_led_track(leader)
    make_session(track, wall_start=TOMORROW)
    make_application(track, make_person())

    def rooms(person) -> list[str]:
        page = BeautifulSoup(sign_in(client, person).get("/").text, "html5lib")
        return [head.get_text(strip=True) for head in page.select("main h2")][:2]

    assert rooms(secretary) == ["Waits for you", "Next open session"]
    assert rooms(leader) == ["Your next session", "Waits for you"]


def test_answers_stand_before_care(client, now):
    leader = make_member()
    track = make_led_track(leader)
    make_session(track, wall_start=TOMORROW)
    make_application(track, make_person())
    assert next(iter(lines_of(client, leader, "/"))).startswith("1 application")


def test_the_overview_asks_as_many_questions_for_many_tracks_as_for_few(client, now, count_queries):
    secretary, phase = make_secretary(), make_phase()

    def fill(number: int) -> None:
        for _ in range(number):
            track = make_track(phase=phase)
            make_session(track, wall_start=LAST_WEEK)
            make_session(track, wall_start=TOMORROW)
            make_application(track, make_person())
            reflection = make_reflection(track, withheld_at=START)
            db.session.add(
                Withholding(
                    reflection_id=reflection.id, ground=Ground.CARE, reason="A name", at=START,
                    appeal="Mine.", appealed_at=START,
                )
            )  # fmt: skip
        db.session.flush()

    sign_in(client, secretary)
    fill(3)
    client.get("/overview")
    with count_queries() as few:
        client.get("/overview")
    fill(25)
    with count_queries() as many:
        client.get("/overview")
    assert len(many) == len(few)


def test_mails_that_do_not_leave_wait_for_the_secretariat(app, clock, now):
    secretary = make_secretary()
    client = app.test_client()
    assert lines_of(client, secretary) == {}, "in a house without a worker nothing is due"
    heartbeat.beat(uuid4(), version="1", now=now)
    db.session.commit()
    assert lines_of(client, secretary) == {}
    clock.shift(timedelta(minutes=6))
    (sentence,) = lines_of(client, secretary)
    assert sentence.startswith("The worker was not seen for some minutes")
    db.session.add(
        OutboxMail(
            dedupe_key="k",
            kind="people.invited",
            recipient="amina@example.org",
            language="en",
            not_before=now,
            state=MailState.PENDING,
            message_id="<k@maloca>",
            created_at=now,
        )
    )
    db.session.commit()
    clock.shift(timedelta(minutes=15))
    assert lines_of(client, secretary) == {"1 mail should have left and waits.": "/mails/log?state=leaving"}
    assert lines_of(app.test_client(), make_member()) == {}
