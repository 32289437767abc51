"""For whom an hour is kind: the strip of a session, the beads of a track, the hour elsewhere, in words."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from app.core.registries import actor_at
from app.extensions import db
from app.moments.models import Precision, Status
from app.sessions import queries
from app.sessions.models import RamadanPlace
from app.sessions.showing.elsewhere import hours_elsewhere
from app.sessions.showing.strip import beads_of_sessions, strip_of
from tests.make.people import make_member
from tests.make.sessions import make_facilitator, make_membership, make_session

RAMADAN_DAY = datetime(2027, 2, 13, 17)


@contextmanager
def reading(app, zone="", language="en"):
    """A visitor who has picked a place."""
    with app.test_request_context(headers={"Cookie": f"maloca_zone={zone}"} if zone else {}), force_locale(language):
        yield


@pytest.fixture
def many(cast):
    """A team from Beirut to Mexico City, three people in Jakarta, and a second session."""
    for name, zone in (("Huda", "Asia/Beirut"), ("Lupe", "America/Mexico_City")):
        make_facilitator(cast.track, make_member(name, zone=zone), "MENA")
    for name in ("Sari", "Dewi", "Budi"):
        make_membership(cast.track, make_member(name, zone="Asia/Jakarta"))
    make_session(cast.track, "The next one", wall_start=datetime(2027, 2, 20, 17), number=2)
    return cast


def hard(turns, total):
    return f"in the whole track: hard\u00a0{turns}\u00a0of\u00a0{total}\u00a0times"


def strip(cast, person=None):
    actor = actor_at(person.id if person else cast.participant.id, datetime(2026, 11, 21, tzinfo=UTC))
    return strip_of(actor, cast.session, queries.list_sessions(actor, cast.track))


def test_places_stand_from_west_to_east_with_their_hours_and_words(app, now, many):
    with reading(app, "Africa/Douala"):
        seen = strip(many)
    assert [(row.place, row.hour, row.level, row.word) for row in seen.rows] == [
        ("Mexico City", "08:00", "care", "early"),
        ("Douala", "15:00", "kind", "kind"),
        ("Beirut", "16:00", "kind", "kind"),
        ("Nairobi", "17:00", "kind", "kind"),
        ("Jakarta", "21:00", "night", "at night"),
    ]
    assert not seen.has_sunset, "an early hour needs care too"
    assert [row.is_readers for row in seen.rows] == [False, True, False, False, False]
    assert (seen.place, seen.is_readers, seen.axis.minutes) == ("Douala", True, 1440)
    assert seen.sentences == [
        "Kind for 3 places of 5.",
        "Early in Mexico City.",
        "At night in Jakarta.",
        "It is a day of rest in all these places.",
        "Others live elsewhere. A place where fewer than three live is not shown.",
    ]


def test_the_sunset_of_ramadan_is_said_where_it_was_switched_on(app, now, many):
    db.session.add(RamadanPlace(track_id=many.track.id, zone="Asia/Beirut"))
    db.session.flush()
    with reading(app, "Africa/Douala"):
        seen = strip(many)
        beads = beads_of_sessions(many.track, [many.session])[many.session.id]
    row = next(row for row in seen.rows if row.place == "Beirut")
    assert (row.level, row.word) == ("care", "take care")
    assert row.notes == ["sunset 17:20", hard(2, 2)]
    assert "In Beirut the sun sets during the session, in Ramadan." in seen.sentences
    assert seen.has_sunset, "then the legend says what the word means"
    assert beads.levels == ["kind", "kind", "care", "care", "night"]
    assert beads.sentence == "kind for 2 places of 5, at night in Jakarta"


def test_each_place_shows_how_many_hard_turns_it_has(app, now, many):
    with reading(app, "Africa/Douala"):
        notes = {row.place: row.notes for row in strip(many).rows}
    assert notes == {
        "Mexico City": [hard(2, 2)],
        "Douala": ["your hour"],
        "Beirut": [],
        "Nairobi": [],
        "Jakarta": [hard(2, 2)],
    }


def test_a_clock_that_changes_between_two_sessions_is_noted_at_its_place(app, now, cast):
    make_facilitator(cast.track, make_member("Huda", zone="Asia/Beirut"), "MENA")
    cast.session.moment.wall_start = datetime(2027, 4, 3, 17)
    cast.session.moment.starts_at = datetime(2027, 4, 3, 14, tzinfo=UTC)
    cast.session.moment.until = datetime(2027, 4, 3, 16, tzinfo=UTC)
    make_session(cast.track, "Before", wall_start=datetime(2027, 3, 27, 17), number=2)
    with reading(app, "Africa/Douala"):
        notes = {row.place: row.notes for row in strip(cast).rows}
    assert notes["Beirut"] == ["16:00 on 27 March"]
    assert notes["Nairobi"] == []


def test_nobody_alone_is_told_by_a_place_or_a_number(app, now, many):
    make_membership(many.track, make_member("Alone", zone="Asia/Tokyo"))
    for number in range(5):
        make_membership(many.track, make_member(f"Somebody {number}", zone="Africa/Douala"))
    with reading(app, "Africa/Douala"):
        people = {row.place: row.people for row in strip(many).rows}
        told = {row.place: row.people for row in strip(many, many.facilitator).rows}
    assert "Tokyo" not in people
    assert (people["Douala"], people["Jakarta"]) == (5, None)
    assert (told["Douala"], told["Jakarta"], told["Beirut"]) == (5, 3, None)


def test_the_readers_own_place_is_always_there_for_the_reader(app, now, cast):
    with reading(app, "Pacific/Auckland"):
        rows = strip(cast).rows
    assert [(row.place, row.day, row.is_readers) for row in rows][-1] == ("Auckland", "", True)
    assert rows[0].day == "Saturday 13 February"
    with reading(app, "UTC"):
        utc = strip(cast)
    assert (utc.rows[-1].place, utc.rows[-1].drawing.far) == ("UTC", [])
    with reading(app):
        unknown = strip(cast)
    assert (unknown.place, unknown.is_readers) == ("Nairobi", False)


def test_a_session_without_an_hour_or_called_off_has_no_strip(app, now, cast):
    with reading(app, "Africa/Douala"):
        cast.session.moment.status = Status.CANCELLED
        assert strip(cast) is None
        cast.session.moment.status, cast.session.moment.precision = Status.PLANNED, Precision.DAY
        assert strip(cast) is None
        assert beads_of_sessions(cast.track, [cast.session]) == {}
        assert hours_elsewhere(cast.session, now) == []


@pytest.mark.parametrize(
    ("hour", "sentence"),
    [
        (12, "kind for all 3 places"),
        (20, "kind for 2 places of 3, late in Nairobi"),
        (8, "kind for 0 places of 3, at night in Dakar"),
        (10, "kind for 1 place of 3, early in Dakar and Douala"),
    ],
)
def test_beads_say_the_hardest_thing_alone(app, now, cast, hour, sentence):
    cast.participant.zone = ""
    make_facilitator(cast.track, make_member("Fatou", zone="Africa/Dakar"), "SSA")
    session = make_session(cast.track, "Another", wall_start=datetime(2027, 1, 12, hour), number=2)
    with reading(app):
        assert beads_of_sessions(cast.track, [session])[session.id].sentence == sentence


def test_ramadan_alone_is_said_in_the_beads(app, now, cast):
    make_facilitator(cast.track, make_member("Huda", zone="Asia/Beirut"), "MENA")
    db.session.add(RamadanPlace(track_id=cast.track.id, zone="Asia/Beirut"))
    db.session.flush()
    with reading(app):
        beads = beads_of_sessions(cast.track, [cast.session])[cast.session.id]
    assert beads.sentence == "kind for 2 places of 3; sunset in Ramadan: 1"


def test_one_place_is_nothing_to_compare(app, now, cast):
    cast.facilitator.zone = ""
    with reading(app):
        assert beads_of_sessions(cast.track, [cast.session]) == {}


def test_the_hour_elsewhere_leaves_out_the_readers_own(app, now, many):
    with reading(app, "Asia/Jakarta"):
        rows = hours_elsewhere(many.session, now)
    assert [(row.place, row.hour, row.level, row.word, row.day) for row in rows] == [
        ("Mexico City", "08:00", "care", "early", ""),
        ("Douala", "15:00", "kind", "kind", ""),
        ("Beirut", "16:00", "kind", "kind", ""),
        ("Nairobi", "17:00", "kind", "kind", ""),
    ]
    with reading(app, "Pacific/Auckland"):
        assert hours_elsewhere(many.session, now)[0].day == "Saturday 13 February"
        assert hours_elsewhere(many.session, datetime(2027, 3, 1, tzinfo=UTC)) == []


def test_a_track_of_many_sessions_asks_no_more_than_one_of_few(app, now, many, act, count_queries):
    asked = []
    for day in (3, 13):
        for number in range(day - 2, day):
            make_session(many.track, "One", wall_start=datetime(2027, 3, number, 17), number=number + 10)
        with reading(app, "Africa/Douala"):
            sessions = queries.list_sessions(act(many.participant), many.track)
            with count_queries() as statements:
                assert len(beads_of_sessions(many.track, sessions)) == len(sessions)
                strip_of(act(many.participant), many.session, sessions)
            asked.append(len(statements))
    assert asked[0] == asked[1]


def test_places_are_joined_as_each_language_joins_them(app, now, cast):
    make_facilitator(cast.track, make_member("Nour", zone="Africa/Cairo"), "MENA")
    cast.session.moment.starts_at = datetime(2027, 2, 13, 5, tzinfo=UTC)
    cast.session.moment.until = datetime(2027, 2, 13, 6, tzinfo=UTC)
    with reading(app, language="en"):
        assert "Early in Douala, Cairo and Nairobi." in strip(cast).sentences
    with reading(app, language="ar"):
        assert any("دوالا" in sentence for sentence in strip(cast).sentences)


def test_the_page_of_a_session_says_it_first_and_draws_it(cast, browse):
    page = browse(cast.participant)
    page.open(f"/sessions/{cast.session.id}")
    assert "For whom is the hour kind? Kind for all 3 places. It is a day of rest in all these places." in page.text
    assert [row.th.get_text() for row in page.page.select("table.sun tbody tr")] == ["Dakar", "Douala", "Nairobi"]
    assert page.page.select_one("table.sun tr.yours").th.get_text() == "Dakar"
    assert all(picture["aria-hidden"] == "true" for picture in page.page.select("svg.strip"))
    assert "Axis: your day in Dakar , from 0 to 24" in page.text
    samples = [[path["class"] for path in picture("path")] for picture in page.page.select(".legend .strip")]
    assert samples[:3] == [[["far-day"], ["day"]], [["far-dusk"], ["dusk"]], [["far-night"], ["night"]]]
    assert "Kind: it begins at 9 or later and ends by 20." in page.text


def test_paper_carries_neither_the_desk_nor_numbers_that_others_do_not_see(many, browse):
    for number in range(12):
        zone = ("Asia/Jakarta", "Africa/Douala")[number % 2]
        make_membership(many.track, make_member(f"Example {number}", zone=zone))
    page = browse(many.facilitator)
    page.open(f"/sessions/{many.session.id}")
    assert page.page.select("table.sun tbody .number")
    assert page.page.select("table.sun .number:not(.not-print)") == []
    counts = page.page.select(".lines--need li > span:nth-of-type(2) > span")
    assert counts
    assert all("not-print" in count.get("class", []) for count in counts)
    assert page.page.find("h2", string="Your desk").find_parent(class_="not-print")
    assert page.page.find("h2", string="Material").find_parent(class_="not-print")
    page = browse(many.participant)
    page.open(f"/sessions/{many.session.id}")
    assert page.page.select("table.sun .number:not(.not-print)")
    assert page.page.find("h2", string="Will you be there?").find_parent(class_="not-print")


def test_an_open_hour_draws_nothing_and_invites_who_leads_to_choose(cast, browse):
    cast.session.moment.precision = Precision.DAY
    for person, said in ((cast.participant, "The facilitators choose it."), (cast.facilitator, "Choose one, and see")):
        page = browse(person)
        page.open(f"/sessions/{cast.session.id}")
        assert said in page.text
        assert page.page.select("table.sun") == []


def test_the_warp_of_a_track_carries_its_beads(cast, browse):
    page = browse(cast.participant)
    page.open("/tracks/climate-justice")
    assert len(page.page.select(".warp .beads .glyph--kind")) == 3
    assert "kind for all 3 places" in page.text


def test_one_hour_is_looked_at_before_it_is_planned_or_moved(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/sessions/new")
    typed = {"day": "2027-03-06", "start": "07:00", "end": "09:00", "zone": "Africa/Nairobi"}
    page.send(has="zone", name_en="Roofs", button=("again", "y"), **typed)
    assert "Roofs Saturday 6 March 2027 kind for 0 places of 2, at night in Douala" in page.text
    assert (
        len(queries.list_sessions(actor_at(cast.facilitator.id, datetime(2026, 11, 21, tzinfo=UTC)), cast.track)) == 1
    )
    page.send(has="zone")
    assert "The session is planned. Everybody who joined the track is told." in page.text
    page.open(f"/sessions/{cast.session.id}/move")
    page.send(has="zone", button=("again", "y"), reason="Elections", **typed | {"start": "20:00", "end": "21:00"})
    assert "kind for 1 place of 2, late in Nairobi" in page.text
    assert "Nothing has moved yet." in page.text
    assert cast.session.moment.sequence == 0
