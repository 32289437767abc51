"""Attendance as people meet it: one's own word on the page of a session, screens counted, a meeting's list brought."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.languages import fold
from app.extensions import db
from app.people.models import Account, Person
from app.sessions import queries
from app.sessions.keys import track_key
from app.sessions.models import AttendanceClaim, HeadCount, MeetingList, TrackMembership
from tests.conftest import START
from tests.make.people import make_affiliation, make_member, make_organisation, make_person
from tests.make.sessions import (
    make_attendance,
    make_claim,
    make_head_count,
    make_meeting_list,
    make_membership,
    make_session,
    make_track,
)

STARTS, ENDS = datetime(2027, 2, 13, 14, tzinfo=UTC), datetime(2027, 2, 13, 16, tzinfo=UTC)


@pytest.fixture
def address(cast, clock):
    """The session, half an hour after its start."""
    clock.move_to(STARTS + timedelta(minutes=30), tick=False)
    return f"/sessions/{cast.session.id}"


def figures(cast):
    return queries.figures_of([cast.session.id])[cast.session.id]


# ---------- one's own word


def test_a_participant_says_so_and_takes_it_back(cast, address, browse):
    page = browse(cast.participant)
    page.open(address)
    page.send(action="/presence")
    assert page.path == address
    assert "Kept: you say that you were there." in page.text
    assert "You say that you were there, for" in page.text
    assert figures(cast).say_so == 1
    page.send(action="/presence/take-back")
    assert "Taken back" in page.text
    assert "I was there" in page.text
    assert figures(cast).say_so == 0


def test_whoever_has_several_organisations_chooses_and_the_one_joined_for_is_chosen(cast, address, browse):
    joined, other = make_organisation("Joined Union"), make_organisation("Other Union")
    queries.find_membership(cast.track, cast.participant.id).organisation_id = joined.id
    make_affiliation(cast.participant, other)
    page = browse(cast.participant)
    page.open(address)
    chosen = page.form(action="/presence").find("option", selected=True)
    assert chosen["value"] == str(joined.id)
    page.send(action="/presence", organisation=str(other.id))
    assert "You say that you were there, for Other Union" in page.text
    page.send(action="/presence/take-back")
    page.send(action="/presence", organisation="alone")
    assert queries.find_claim(cast.session, cast.participant.id).for_organisation_id is None


def test_outside_the_window_the_page_says_when_in_the_readers_hours(cast, address, browse, clock):
    page = browse(cast.participant)
    page.open(address)
    form = page.form(action="/presence")
    clock.move_to(ENDS + timedelta(hours=49), tick=False)
    values = {field["name"]: field["value"] for field in form.find_all("input", attrs={"name": True})}
    answer = page.client.post(f"{address}/presence", data=values)
    assert answer.status_code == 422
    assert "Ask a facilitator of the track to mark you." in answer.text
    page = browse(cast.participant)
    page.open(address)
    assert "You could say so until Monday 15 February, 16:00 in Dakar." in page.text
    clock.move_to(STARTS - timedelta(hours=1), tick=False)
    page = browse(cast.participant)
    page.open(address)
    assert "From Saturday 13 February, 13:30 in Dakar, you can say here that you were there." in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AttendanceClaim)) == 0


def test_whoever_is_marked_reads_it_and_others_are_asked_nothing(cast, address, browse):
    make_attendance(cast.session, cast.participant)
    page = browse(cast.participant)
    page.open(address)
    assert "A facilitator marked you as present." in page.text
    for person in (None, cast.member):
        page = browse(person)
        page.open(address)
        assert "Your presence" not in page.text
    assert page.client.post(f"{address}/presence").status_code == 403


def test_what_is_not_seen_is_not_there(cast, browse, clock):
    hidden = make_track("Hidden", slug="hidden", phase=cast.track.phase, published_at=None)
    hidden.audience = track_key(hidden.id)
    session = make_session(hidden)
    row, staged = make_head_count(session), make_meeting_list(session)
    page = browse(cast.participant)
    for part in (
        "head-counts", f"head-counts/{row.id}", f"head-counts/{row.id}/remove",
        "attendance/said", "attendance/list", f"attendance/list/{staged.id}",
    ):  # fmt: skip
        page.open(f"/sessions/{session.id}/{part}")
        assert page.status == 404, part
    for part in ("presence", "presence/take-back", f"attendance/list/{staged.id}/drop"):
        assert page.client.post(f"/sessions/{session.id}/{part}").status_code == 404, part


# ---------- the sheet


def test_the_sheet_says_who_says_so_and_marks_them_after_asking(cast, address, browse):
    other = make_person("Awa Exemple")
    make_membership(cast.track, other)
    make_claim(cast.session, cast.participant)
    make_head_count(cast.session, cast.participant, 30)
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance")
    assert "Fatou Exemple says they were there" in page.text.replace(" · ", " ")
    assert (
        "0 marked of 2, saved 1 says they were there, not marked: 1 30 behind somebody else’s screen"
        in page.text.replace(", not saved yet", "").replace(" of 2 of 2", " of 2").replace("saved of 2 1", "saved 1")
    )
    assert "Mark the 1 person who says so" in page.text
    page.open(f"{address}/attendance/said")
    make_claim(cast.session, other)
    page.send(has="shown")
    assert "Saved. 1 person marked." in page.text
    assert figures(cast).marked == 1
    page.open(f"{address}/attendance/said")
    assert "Awa Exemple" in page.text
    assert "Fatou" not in page.text
    page.send(has="shown")
    page.open(f"{address}/attendance/said")
    assert "Everybody who says so is marked." in page.text


def test_marking_everybody_shown_asks_first_and_says_the_way_back(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance")
    button = page.page.select_one("details:not([open]) button[form=sheet][name=all]")
    assert button.get_text() == "Mark 1 person and save"
    page.send(has="shown", button=("all", "1"))
    assert "Saved. 1 person marked. To undo it, take the ticks away and save." in page.text
    assert "Mark everybody shown" not in page.text


def test_where_nobody_said_anything_nobody_is_called_marked(cast, address, browse):
    page = browse(cast.facilitator)
    page.open(f"{address}/attendance/said")
    assert "Nobody has said so yet." in page.text
    assert "Everybody who says so is marked." not in page.text


# ---------- people behind screens


def test_a_participant_counts_who_sat_beside_them(cast, address, browse):
    page = browse(cast.participant)
    page.open(f"{address}/head-counts")
    assert "Without you and without anybody who has an account" in page.text
    page.send(has="people", people="12", place="Salle communale")
    assert "Kept: 12 people behind this screen." in page.text
    assert "Salle communale" in page.text
    assert "Fatou Exemple" in page.text
    row = db.session.scalars(sa.select(HeadCount)).one()
    page.open(f"{address}/head-counts/{row.id}")
    page.send(has="people", people="14")
    assert figures(cast).behind_screens == 14
    page.open(f"{address}/head-counts/{row.id}/remove")
    assert "14 people would stand in no figure any more." in page.text
    page.send(action="/remove")
    assert "The count is removed." in page.text
    assert figures(cast).behind_screens == 0
    page.open(f"{address}/head-counts/{row.id}")
    assert page.status == 404


@pytest.mark.parametrize("written", ["", "twelve", "0", "501", "12,5", "-3", "1e3", "9" * 40, "½", "²"])
def test_an_odd_number_comes_back_with_the_way_out(cast, address, browse, written):
    page = browse(cast.participant)
    page.open(f"{address}/head-counts")
    page.send(has="people", people=written, place="Pikine")
    assert page.status == 422
    assert "Write a whole number from 1 to 500." in page.text or "Write how many people there were." in page.text
    assert page.form(has="people").find(attrs={"name": "place"})["value"] == "Pikine"
    assert figures(cast).behind_screens == 0


def test_digits_of_another_script_are_a_number_too(cast, address, browse):
    page = browse(cast.participant)
    page.open(f"{address}/head-counts")
    page.send(has="people", people="٣٠")
    assert figures(cast).behind_screens == 30


def test_others_counts_are_read_and_not_changed_and_strangers_read_none(cast, address, browse, clock):
    row = make_head_count(cast.session, cast.facilitator)
    page = browse(cast.participant)
    page.open(f"{address}/head-counts")
    assert "Example hall" in page.text
    assert "Correct" not in page.text
    for part in ("", "/remove"):
        page.open(f"{address}/head-counts/{row.id}{part}")
        assert page.status == 403
    page = browse(cast.member)
    for part in ("", f"/{row.id}", f"/{row.id}/remove"):
        page.open(f"{address}/head-counts{part}")
        assert page.status == 403
        assert page.client.post(f"{address}/head-counts{part}").status_code == 403
    clock.move_to(ENDS + timedelta(days=3), tick=False)
    page = browse(cast.participant)
    page.open(f"{address}/head-counts")
    assert "Nothing can be counted now." in page.text


# ---------- the list of a meeting


def bring(page, address, data=None, text=""):
    """Send the form with a file. The body is written here: the client would leave a large one open."""
    page.open(f"{address}/attendance/list")
    form = page.form(has="pasted")
    values = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")} | {"pasted": text}
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in values.items()]
    if data is not None:
        parts.append(b'name="file"; filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n' + data)
    body = b"".join(b"--edge\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    answer = page.client.post(
        f"{address}/attendance/list",
        input_stream=io.BytesIO(body),
        content_length=len(body),
        content_type="multipart/form-data; boundary=edge",
        follow_redirects=True,
    )
    return page._show(answer)


LIST = (
    "Name (Original Name),User Email,Duration (Minutes)\n"
    "Fatou Exemple (Host),,60\nFatou Exemple,,5\nRosa,,50\nAwa Exemple,awa@example.org,40\niPhone,,3\n,,9\n"
)


@pytest.fixture
def rosa(cast):
    person = make_person("Rosa Ejemplo")
    make_membership(cast.track, person)
    return person


def test_a_list_is_read_looked_through_and_saved_at_once(cast, rosa, address, browse):
    page = browse(cast.facilitator)
    bring(page, address, LIST.encode("utf-16"))
    preview = page.path
    assert "7 lines read. Nothing is saved yet" in page.text
    assert "1 recognised" in page.text
    assert "lines 2, 3 · 65 minutes" in page.text
    assert "awa@example.org" not in str(page.page)
    assert "2 lines name nobody" in page.text
    boxes = {box["value"] for box in page.page.select("input[name=here][checked]")}
    assert boxes == {str(cast.participant.id)}
    defaults = {box["name"]: box["value"] for box in page.page.select("input[type=radio][checked]")}
    assert defaults == {"who-4": "out", "who-5": "new", "who-6": "out"}
    page.send(has="name-5", **{"who-4": str(rosa.id), "name-5": "Awa Exemple Diop"})
    assert page.path == f"{address}/attendance"
    assert "Saved. 3 people marked." in page.text
    assert "Awa Exemple Diop" in page.text
    page.open(preview)
    assert page.status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MeetingList)) == 0


def test_bringing_the_same_list_again_adds_nobody(cast, rosa, address, browse):
    page = browse(cast.facilitator)
    for _ in range(2):
        bring(page, address, text=LIST)
        page.send(has="name-4")
    assert "Saved. Nothing was different." in page.text
    assert db.session.scalar(sa.select(sa.func.count()).where(Person.name == "Awa Exemple")) == 1


def test_a_refused_name_comes_back_with_everything_chosen(cast, rosa, address, browse):
    page = browse(cast.facilitator)
    bring(page, address, text=LIST)
    page.send(has="name-5", **{"who-4": str(rosa.id), "who-6": "new", "name-6": "https://example.org", "here": None})
    assert page.status == 422
    assert "Line 6: Write a name here, without a link to a website." in page.text
    chosen = {box["name"]: box["value"] for box in page.page.select("input[type=radio][checked]")}
    assert chosen == {"who-4": str(rosa.id), "who-5": "new", "who-6": "new"}
    assert page.page.select("input[name=here][checked]") == []
    assert figures(cast).marked == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04xl/workbook", "This is a workbook of a spreadsheet program"),
        (b"\x89PNG\r\n", "This is a picture"),
        (b"%PDF-1.4", "This is a PDF"),
        (b"Name,Minutes\n", "No line of it names a person"),
        (b"x" * 1_000_001, "This is larger than 1 MB"),
        (b"Rosa\n" * 2001, "These are more than 2,000 lines"),
        (None, "Nothing is written in it"),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_kept(cast, address, browse, data, sentence):
    page = browse(cast.facilitator)
    bring(page, address, data)
    assert page.status == 422
    assert sentence in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MeetingList)) == 0


def test_a_file_and_pasted_lines_are_one_too_many(cast, address, browse):
    page = browse(cast.facilitator)
    bring(page, address, b"Rosa", "Rosa Ejemplo")
    assert page.status == 422
    assert "Choose a file or paste the lines, not both." in page.text
    assert "Rosa Ejemplo" in page.page.find("textarea").get_text()


def test_a_waiting_list_is_offered_again_and_can_be_thrown_away(cast, address, browse):
    page = browse(cast.facilitator)
    bring(page, address, text=LIST)
    preview = page.path
    page.open(f"{address}/attendance")
    assert "Go on with the list of the meeting" in page.text
    page.open(f"{address}/attendance/list")
    assert "A list is waiting that you have not finished." in page.text
    page.open(preview)
    page.send(action="/drop")
    assert "The list is thrown away." in page.text
    assert figures(cast).marked == 0
    page.open(preview)
    assert page.status == 404


def test_a_list_is_nothing_for_participants(cast, address, browse):
    staged = make_meeting_list(cast.session)
    page = browse(cast.participant)
    for part in ("", f"/{staged.id}"):
        page.open(f"{address}/attendance/list{part}")
        assert page.status == 403
        assert page.client.post(f"{address}/attendance/list{part}").status_code == 403
    assert page.client.post(f"{address}/attendance/list/{staged.id}/drop").status_code == 403


def test_too_early_a_list_is_refused(cast, address, browse, clock):
    clock.move_to(STARTS - timedelta(days=1), tick=False)
    page = browse(cast.facilitator)
    bring(page, address, text="Rosa Ejemplo")
    assert page.status == 422
    assert "Attendance opens 30 minutes before the session begins." in page.text


# ---------- many people, few questions


def test_ten_people_and_a_thousand_ask_as_many_questions(cast, address, browse, count_queries):
    staged = make_meeting_list(cast.session, "Example Person few-0", "Example few-1", "Somebody Else", "iPhone")
    page = browse(cast.facilitator)
    asked = [
        f"{address}/attendance", f"{address}/attendance/said", f"{address}/attendance/list/{staged.id}",
        f"{address}/head-counts",
    ]  # fmt: skip

    def counts():
        found = []
        for path in asked:
            page.open(path)
            with count_queries() as statements:
                page.open(path)
            assert page.status == 200
            found.append(len(statements))
        return found

    fill(cast, "few", 10)
    few = counts()
    fill(cast, "many", 990)
    staged.lines = [
        {"number": n, "name": f"Example Person many-{n}", "email": f"many-{n}@example.org", "minutes": n}
        for n in range(1, 990)
    ]
    assert counts() == few


def fill(cast, mark, number):
    counter = make_member()
    make_membership(cast.track, counter)
    for n in range(number):
        person, name, email = uuid4(), f"Example Person {mark}-{n}", f"{mark}-{n}@example.org"
        db.session.add(Person(id=person, name=name, name_fold=fold(name), created_at=START))
        db.session.flush()
        db.session.add_all(
            [
                Account(person_id=person, email=email, email_norm=email, verified_at=START, created_at=START),
                TrackMembership(track_id=cast.track.id, person_id=person, joined_at=START),
                AttendanceClaim(
                    gathering_id=cast.session.id, person_id=person, claimed_on=START.date(), claimed_at=START
                ),
            ]
        )
    for n in range(min(number, 100)):
        make_head_count(cast.session, counter, 1 + n % 9)
    db.session.commit()
