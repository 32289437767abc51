"""A season, as its four people live it: applications open, a hundred join, three sessions in three zones over a clock
change, attendance in three figures, reflections in five languages, one withdrawn, and the sheet that is handed over.

Everything goes through the pages; only the people stand there beforehand.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.reflections.models import Reflection
from app.sessions.models import Application, ApplicationState, LearningSession, TrackMembership
from tests.make.people import make_member, make_secretary
from tests.make.sessions import make_facilitator, make_phase, make_track

TEAM = (
    ("Amina Exemple", "Africa/Douala", "SSA"),
    ("Huda Example", "Asia/Beirut", "MENA"),
    ("Rosa Ejemplo", "America/Argentina/Buenos_Aires", "LAC"),
    ("Joana Exemplo", "America/Recife", "LAC"),
)
ZONES = ("Africa/Dakar", "Africa/Cairo", "America/Mexico_City", "Europe/Zurich", "Asia/Beirut")
SESSIONS = (
    # day, hour and place; clocks change in Zurich and Beirut on 28 March 2027, in Cairo on 30 April
    ("Whose land?", "2027-03-20", "17:00", "19:00", "Africa/Nairobi"),
    ("Who decides?", "2027-03-27", "09:00", "11:00", "America/Mexico_City"),
    ("What now?", "2027-04-03", "18:00", "20:00", "Europe/Zurich"),
)
VOICES = (
    ("wo", "Su nawet agsee, ndox mi dafay dugg ci kër gi."),
    ("ar", "الماء يدخل البيت كلما أمطرت."),
    ("es", "El agua entra en la casa."),
    ("fr", "L’eau entre dans la maison."),
    ("pt", "A água entra na casa."),
)


@pytest.fixture
def house(app, clock, now):
    """The track of a phase with its team, the secretariat, and a hundred Members of five zones."""
    phase = make_phase(regions=("LAC", "SSA", "MENA"))
    track = make_track("Land rights", slug="land-rights", phase=phase)
    team = [make_member(name, zone=zone) for name, zone, _region in TEAM]
    for person, (_name, _zone, region) in zip(team, TEAM, strict=True):
        make_facilitator(track, person, region)
    languages = [code for code, _words in VOICES]
    members = [
        make_member(f"Member {number:03} Example", zone=ZONES[number % 5], languages=(languages[number % 5],))
        for number in range(100)
    ]
    secretary = make_secretary()
    db.session.commit()
    return SimpleNamespace(track=track, team=team, members=members, secretary=secretary)


def count(model, *conditions) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0


def taking_part() -> int:
    return count(TrackMembership, TrackMembership.left_at.is_(None))


def waiting() -> int:
    return count(Application, Application.state == ApplicationState.WAITING)


def at(clock, *instant) -> None:
    clock.move_to(datetime(*instant, tzinfo=UTC))


def test_a_season_of_co_learning(house, clock, reader):
    facilitator = reader(house.team[0])
    _open_applications(facilitator)
    _join(house, clock, reader)
    sessions = _plan(facilitator)
    _every_reader_sees_their_hour(house, reader)
    at(clock, 2027, 3, 20, 15)
    facilitator = reader(house.team[0])  # four months later everybody signs in again
    _attend(house, reader, facilitator, sessions[0])
    _reflect(house, reader)
    _hand_over(facilitator, sessions[0])


def _open_applications(facilitator) -> None:
    facilitator.open("/tracks/land-rights/intake")
    facilitator.send(
        has="capacity", capacity="90", day="2026-11-23", start="09:00", last_day="2026-12-20", end="23:59",
        zone="Africa/Douala",
    )  # fmt: skip
    assert facilitator.status == 200
    facilitator.open("/tracks/land-rights/intake/questions/new")
    facilitator.send(has="name_en", name_en="What happens to land where you live?", kind="text")
    assert facilitator.status == 200, facilitator.text


def _join(house, clock, reader) -> None:
    early = reader(house.members[0])
    early.open("/tracks/land-rights/join")
    assert taking_part() == 0
    assert "23 November" in early.text
    at(clock, 2026, 11, 24, 12)
    for person in house.members:
        clock.shift(60)
        member = reader(person)
        member.open("/tracks/land-rights/join")
        [question] = [area["name"] for area in member.form(has="spoken").find_all("textarea")]
        member.send(has="spoken", needs=["low_bandwidth"], **{question: "They sell it above our heads."})
        assert member.status == 200, member.text
    assert (taking_part(), waiting()) == (90, 10)
    last, first = reader(house.members[99]), reader(house.members[0])
    last.open("/tracks/land-rights")
    assert "You are number 10 on the waiting list." in last.text
    first.open("/tracks/land-rights/leave")
    first.send(action="/leave")
    assert (taking_part(), waiting()) == (90, 9)


def _plan(facilitator) -> list[LearningSession]:
    for title, day, start, end, zone in SESSIONS:
        facilitator.open("/tracks/land-rights/sessions/new")
        facilitator.send(has="day", name_en=title, day=day, start=start, end=end, zone=zone, is_confirmed="y")
        assert facilitator.status == 200, facilitator.text
    return list(db.session.scalars(sa.select(LearningSession).order_by(LearningSession.number)))


def _every_reader_sees_their_hour(house, reader) -> None:
    zurich = reader(house.members[3])
    zurich.open("/tracks/land-rights")
    for hour in ("15:00", "16:00", "18:00"):  # Nairobi 17:00, Mexico City 09:00 (UTC-6), Zurich in summer time
        assert hour in zurich.text
    for page in (zurich, reader(house.members[2])):
        page.open("/tracks/land-rights")
        assert "Nairobi" in page.text


def _attend(house, reader, facilitator, session) -> None:
    sheet = f"/sessions/{session.id}/attendance"
    facilitator.open(sheet)
    here = [box["value"] for box in facilitator.page.find_all("input", attrs={"name": "here"})][:12]
    facilitator.send(has="here", here=here)
    assert facilitator.status == 200, facilitator.text
    claiming = [person for person in house.members[1:90] if str(person.id) not in here][:6]
    for person in claiming:
        member = reader(person)
        member.open(f"/sessions/{session.id}")
        member.send(action="/presence")
        assert member.status == 200, member.text
    facilitator.open(f"/sessions/{session.id}/head-counts")
    facilitator.send(has="people", people="25", place="Community hall")
    assert facilitator.status == 200, facilitator.text


def _reflect(house, reader) -> None:
    authors = [reader(person) for person in house.members[10:15]]
    for author, (language, words) in zip(authors, VOICES, strict=True):
        author.open("/tracks/land-rights/reflections/new")
        author.send(has="body", body=words, language=language, audience="track")
        assert author.path.startswith("/reflections/"), author.text
    other = authors[3]
    other.open("/reflections/?track=land-rights")
    arabic = other.page.find(lang="ar", dir="rtl")
    assert "الماء يدخل البيت" in arabic.get_text()
    authors[4].open(f"{authors[4].path}/withdraw")
    authors[4].send(action="/withdraw")
    other.open("/reflections")
    assert "A água entra na casa." not in other.text
    assert count(Reflection) == 5


def _hand_over(facilitator, session) -> None:
    facilitator.open(f"/sessions/{session.id}/outcomes/new")
    facilitator.send(has="words", kind="commitment", words="Ask the city for the land register", language="en",
                     who="Example Tenants’ Union")  # fmt: skip
    assert facilitator.status == 200, facilitator.text
    facilitator.open("/tracks/land-rights/handover")
    row = facilitator.page.find("th", string=None, attrs={"scope": "row"}).find_parent("tr")
    figures = [cell.get_text(strip=True) for cell in row.find_all("td", class_="number")]
    assert figures == ["12", "6", "25"]
    assert "Ask the city for the land register" in facilitator.text
    assert "enrols nobody" in facilitator.text
