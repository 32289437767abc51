"""The page of an occurrence and what is done on it."""

from datetime import date, timedelta

import pytest
import time_machine

from app.advocacy import services
from app.advocacy.models import (
    CatalogueNote,
    ModeCode,
    NoteAbout,
    Occurrence,
    OccurrenceKind,
    ReviewedState,
    SpaceGoal,
    Step,
    StepCode,
)
from app.advocacy.services import Dated, Written, WrittenStep
from app.extensions import db
from app.moments.models import Certainty, Modality, Precision, Status
from app.moments.shown import shown
from app.moments.timing import Timing
from app.moments.zones import COOKIE
from tests.journeys.reader import Reader
from tests.make.advocacy import make_limit, make_mode, make_occurrence, make_space, make_step
from tests.make.people import sign_in

ZURICH = "Europe/Zurich"
MARCH = Dated(Timing.days(date(2027, 3, 8), date(2027, 3, 26), ZURICH), source="un.example/96")


@pytest.fixture
def read(app):
    """A maker of readers: `read()` is a visitor."""

    def make(person=None, zone=""):
        client = app.test_client()
        if person is not None:
            sign_in(client, person)
        if zone:
            client.set_cookie(COOKIE, zone)
        return Reader(client)

    return make


@pytest.fixture
def occurrence(cast) -> Occurrence:
    session = Written(OccurrenceKind.SESSION, 96)
    made = services.add_occurrence(cast.keeper, cast.space, session, MARCH, now=cast.now)
    db.session.commit()
    return made


@pytest.fixture
def base(occurrence) -> str:
    return f"/advocacy/occurrences/{occurrence.id}"


@pytest.fixture
def step(occurrence) -> Step:
    return db.session.scalars(db.select(Step).where(Step.occurrence_id == occurrence.id)).one()


@pytest.fixture
def steps(base, step) -> str:
    return f"{base}/steps/{step.id}"


GUARDED = ("edit", "move", "confirm", "cancel", "plan-again", "steps/new")
OF_STEP = ("confirm", "days", "take-back", "drop")
CLICKS = ("done", "reopen")


def test_only_who_keeps_dates_sees_the_ways_to_change_them(cast, read, base, steps):
    member = read(cast.member_person)
    for path in [*(f"{base}/{end}" for end in GUARDED), *(f"{steps}/{end}" for end in OF_STEP)]:
        assert member.client.get(path).status_code == 403, path
        assert read(cast.keeper_person).client.get(path).status_code == 200, path
        assert read().client.get(path).status_code == 303, path
    assert member.client.get(f"/advocacy/spaces/{cast.space.slug}/occurrences/new").status_code == 403
    assert member.client.get("/advocacy/recheck").status_code == 403
    page = member.open(base)
    assert page.find(id="desk") is None
    assert page.find("main").find("form", method="post") is None


def test_what_does_not_exist_is_not_found(cast, read, base, steps, occurrence):
    keeper = read(cast.keeper_person)
    nobody = "00000000-0000-4000-8000-000000000000"
    other = make_occurrence(cast.space, number=97)
    step = make_step(other, date(2027, 2, 1))
    db.session.commit()
    for path in (
        f"/advocacy/occurrences/{nobody}",
        f"/advocacy/occurrences/{nobody}.ics",
        f"/advocacy/occurrences/{nobody}/move",
        f"{base}/steps/{step.id}/confirm",
        "/advocacy/spaces/nowhere/occurrences/new",
    ):
        assert keeper.client.get(path).status_code == 404, path


def test_the_page_says_first_what_is_sure_and_what_closes_next(read, base):
    visitor = read(zone="Africa/Nairobi")
    visitor.open(base)
    assert "The date is confirmed. What closes next: Parallel reports, around Monday 8 February 2027 (in about" in (
        visitor.text
    )
    assert "By the rule: 28 days before it begins." in visitor.text
    assert visitor.page.find("h1").get_text(strip=True) == "CEX: Session 96"


def test_a_confirmed_deadline_stands_in_the_readers_hour_and_in_that_of_the_body(cast, read, base, step):
    timing = Timing.minutes(MARCH.timing.wall_start - timedelta(days=20, minutes=1), None, ZURICH)
    services.confirm_step(cast.keeper, step, timing=timing, source="Note", now=cast.now)
    db.session.commit()
    visitor = read(zone="Africa/Nairobi")
    visitor.open(base)
    assert "Tuesday 16 February 2027, 01:59 in Nairobi" in visitor.text
    assert "Monday 15 February, 23:59 in Zurich" in visitor.text


def test_goals_are_its_own_or_those_of_its_space_and_it_is_said_which(cast, read, base, occurrence):
    cast.space.goals = [SpaceGoal(goal=5)]
    db.session.commit()
    visitor = read()
    visitor.open(base)
    assert "What this one reviews is not known; these are the goals of the space." in visitor.text
    written = Written(
        OccurrenceKind.SESSION, 96, goals=frozenset({6, 11}), states=frozenset({"KE", "PE"}), themes={"en": "Land"}
    )
    services.change_occurrence(cast.keeper, occurrence, written, now=cast.now)
    db.session.commit()
    visitor.open(base)
    assert "these are the goals of the space" not in visitor.text
    assert "Sustainable cities" in visitor.text
    assert "Kenya" in visitor.text


def test_ways_to_take_part_say_what_they_need_and_how_long_a_text_may_be(cast, read, base):
    make_limit(make_mode(cast.space), 3300)
    two = make_mode(cast.space, ModeCode.WRITTEN_STATEMENT)
    make_limit(two, 1500)
    make_limit(two, 2000)
    db.session.commit()
    visitor = read()
    visitor.open(base)
    assert "at most 3300 words" in visitor.text
    assert "at most 1500 to 2000 words, depending on who sends it" in visitor.text


def test_a_file_for_calendars_says_what_is_only_expected(cast, read, base, occurrence):
    sure = WrittenStep(StepCode.REGISTRATION, Timing.days(date(2027, 1, 8), zone=ZURICH), Certainty.VERIFIED, "u")
    services.add_step(cast.keeper, occurrence, sure, now=cast.now)
    db.session.commit()
    file = read().client.get(f"{base}.ics")
    text = file.text.replace("\r\n ", "")
    assert file.content_type.startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 3
    assert "Expected around: Parallel reports" in text
    assert "SUMMARY;LANGUAGE=en:Deadline: Registration" in text
    assert "VALARM" not in text


def test_a_session_is_written_down_with_all_it_reviews(cast, read):
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/spaces/{cast.space.slug}/occurrences/new")
    keeper.send(
        has="by_year",
        number="97",
        label="Session in Nairobi",
        by_month="10",
        by_year="2027",
        certainty="typical",
        source="example.org/dates",
        city="Nairobi",
        country="KE",
        modality="hybrid",
        states="Pérou, kenya; EG".replace(";", "،"),
        theme="Land",
        goals=["6", "11"],
        is_goals_sure="y",
        is_states_sure="y",
    )
    made = db.session.scalars(db.select(Occurrence).where(Occurrence.number == 97)).one()
    assert keeper.path == f"/advocacy/occurrences/{made.id}"
    assert (made.moment.precision, made.moment.modality) == (Precision.MONTH, Modality.HYBRID)
    assert sorted(row.country for row in made.states) == ["EG", "KE", "PE"]
    assert {(row.certainty, row.source) for row in made.states} == {(Certainty.VERIFIED, "example.org/dates")}
    assert "The date is expected: nobody has confirmed it yet." in keeper.text
    assert "Confirm the date" in keeper.text


SEEN = {"certainty": "verified"}
NO_LAST_DAY = {"end_day": "", "end_month": "", "end_year": ""}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"by_year": ""}, "Say at least in which year."),
        ({"by_day": "30", "by_month": "2", "by_year": "2027"}, "This month has days from 1 to 28."),
        (
            {"by_day": "8", "by_month": "3", "by_year": "2027", "end_day": "1", "end_month": "3", "source": "u"} | SEEN,
            "The last day lies before the first",
        ),
        (
            {"by_year": "2027", "end_day": "1", "end_month": "3"},
            "Write the first day whole, or leave the last one empty.",
        ),
        (
            {"by_day": "8", "by_month": "3", "by_year": "2027", "end_month": "4"},
            "Write the last day whole, as the first one, or leave it empty.",
        ),
        ({"by_month": "3", "by_year": "2027", "end_year": "2027"}, "Choose the month of the last day"),
        ({"by_month": "3", "by_year": "2027", "end_day": "31", "end_month": "4"}, "This month has days from 1 to 30."),
        ({"by_month": "3", "by_year": "2027", "start": "10:00"}, "An hour belongs to one day."),
        ({"by_month": "3", "by_year": "2027", "is_window": "y"}, "Write the last day too"),
        ({"by_year": "2027"} | SEEN, "Say where this date stands"),
        ({"by_year": "2027", "source": "u"}, "Choose how sure this is."),
        ({"by_year": "2027", "certainty": "typical", "states": "Atlantis"}, "We do not know “Atlantis”."),
        ({"by_year": "2027", "certainty": "typical", "number": "96"}, "has one with number 96 already"),
        (
            {"by_day": "28", "by_month": "3", "by_year": "2027", "start": "02:30", "zone": ZURICH, "source": "u"}
            | SEEN,
            "02:30 does not exist in Zurich",
        ),
        (
            {"by_day": "28", "by_month": "3", "by_year": "2027", "start": "02:30", "zone": "", "source": "u"},
            "An hour needs a clock",
        ),
        ({"by_year": "2027", "certainty": "typical", "zone": "Nowhere/Else"}, "We do not know this place."),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost(cast, read, occurrence, typed, said):
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/spaces/{cast.space.slug}/occurrences/new")
    keeper.send(has="by_year", theme="Kept words", **typed)
    assert keeper.status == 422
    assert said in keeper.text
    assert keeper.page.find("input", id="theme")["value"] == "Kept words"


DAY = {"by_day": "8", "by_month": "3", "by_year": "2027", "zone": ZURICH, "source": "un.example"}


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"start": "15:00", "ends": "13:00"}, "This ends before it begins."),
        ({"start": "15:00", "ends": "15:00"}, "This ends before it begins."),
        ({"ends": "13:00"}, "Write the hour at which it begins too"),
    ],
)
def test_an_end_before_the_beginning_is_refused(cast, read, hours, said):
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/spaces/{cast.space.slug}/occurrences/new")
    keeper.send(has="source", **(DAY | SEEN | hours))
    assert keeper.status == 422
    assert said in keeper.text


def test_the_hours_of_a_session_stand_on_its_page_and_in_the_form_to_move_it(cast, read):
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/spaces/{cast.space.slug}/occurrences/new")
    keeper.send(has="source", start="13:00", ends="15:30", **SEEN, **DAY)
    occurrence = db.session.scalars(db.select(Occurrence)).one()
    assert [occurrence.moment.wall_start.hour, occurrence.moment.wall_end.hour] == [13, 15]
    assert "until 17:30 , in Nairobi" in keeper.text
    page = keeper.open(f"/advocacy/occurrences/{occurrence.id}/move")
    assert page.find(id="ends")["value"].startswith("15:30")
    keeper.send(
        has="reason", by_day="28", start="01:30", ends="02:30", source="un.example", reason="Another room", **SEEN
    )
    assert keeper.status == 422
    assert "02:30 does not exist" in keeper.page.find(id="ends").find_parent(class_="field").get_text()
    keeper.open(f"/advocacy/occurrences/{occurrence.id}/confirm")
    keeper.send(has="source", day="2027-03-08", source="un.example")
    assert (occurrence.moment.status, occurrence.moment.wall_end.minute) == (Status.CONFIRMED, 30)


def test_what_closes_has_one_hour(cast, read, base):
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/steps/new")
    keeper.send(has="source", code="registration", start="13:00", ends="15:00", **DAY)
    assert keeper.status == 422
    assert "What closes has one hour." in keeper.text


def test_some_day_between_two_is_said_so(cast, read):
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/spaces/{cast.space.slug}/occurrences/new")
    window = {"by_day": "15", "by_month": "1", "by_year": "2027", "end_day": "15", "end_month": "2", "is_window": "y"}
    keeper.send(has="by_year", number="98", certainty="typical", **window)
    assert "between 15 January and 15 February 2027" in keeper.text


def test_from_one_month_to_another_is_said_so_and_shown_again(cast, read):
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/spaces/{cast.space.slug}/occurrences/new")
    keeper.send(
        has="by_year", number="98", certainty="typical", by_month="12", by_year="2027", end_month="2", end_year="2028"
    )
    assert "between 1 December 2027 and 29 February 2028" in keeper.text
    page = keeper.open(f"{keeper.path}/move")
    assert [page.find(id=part)["value"] for part in ("end_day", "end_year")] == ["29", "2028"]
    assert page.select_one("#end_month option[selected]")["value"] == "2"


def test_what_it_is_can_be_changed_without_its_date(cast, read, base, occurrence):
    services.change_occurrence(
        cast.keeper, occurrence, Written(OccurrenceKind.SESSION, 96, label={"fr": "Session des exemples"}), now=cast.now
    )
    db.session.commit()
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/edit")
    assert keeper.page.find("input", attrs={"name": "by_year"}) is None
    keeper.send(has="theme", label="Session of examples", states="Kenya")
    assert keeper.path == base
    db.session.expire_all()
    assert occurrence.label == {"fr": "Session des exemples", "en": "Session of examples"}
    assert occurrence.moment.wall_start.date() == date(2027, 3, 8)
    keeper.open(f"{base}/edit")
    assert keeper.page.find("input", id="states")["value"] == "Kenya"


def test_a_date_that_is_expected_is_confirmed(cast, read):
    made = make_occurrence(cast.space, timing=Timing.month(2027, 10, ZURICH), certainty=Certainty.TYPICAL, number=97)
    db.session.commit()
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/occurrences/{made.id}/confirm")
    keeper.send(has="source", day="2027-10-18", end="2027-10-29", start="10:00", source="u")
    assert "An hour belongs to one day." in keeper.text
    keeper.send(has="source", start="")
    assert "The date is confirmed." in keeper.text
    db.session.expire_all()
    assert made.moment.status is Status.CONFIRMED
    keeper.open(f"/advocacy/occurrences/{made.id}/confirm")
    assert keeper.page.find("input", id="end")["value"] == "2027-10-29"


def test_it_is_cancelled_and_set_back(cast, read, base, occurrence, step):
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/cancel")
    keeper.send(has="reason")
    assert "Write why" in keeper.text
    keeper.send(has="reason", reason="No money")
    assert "It does not take place." in keeper.text
    assert "What closes next" not in keeper.text
    db.session.expire_all()
    assert step.moment.status is Status.CANCELLED
    keeper.open(f"{base}/plan-again")
    keeper.send(has="reason", reason="Money came")
    assert "The date is confirmed." in keeper.text
    db.session.expire_all()
    assert step.moment.status is Status.PLANNED


def test_a_move_says_why_and_whether_anything_stayed(cast, read, base, step):
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/move")
    assert keeper.page.find("input", id="by_day")["value"] == "8"
    assert not keeper.page.select("input[name=certainty][checked]"), "that of the old date is not that of the new one"
    keeper.send(has="what", by_month="5", **NO_LAST_DAY, **SEEN, source="u")
    assert "Write why" in keeper.text
    keeper.send(has="what", reason="No money")
    assert "the dates that are expected have moved with it" in keeper.text
    assert "before: 8–26 March 2027" in keeper.text


def test_what_is_put_off_has_dates_that_were(cast, read, base, occurrence, step):
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/move")
    keeper.send(has="what", what="unknown", reason="No hall")
    assert "waits until it has a new one" in keeper.text
    assert "have moved with it" not in keeper.text
    was = shown(step.moment).words
    assert f"before: {was}" in keeper.page.find(id=f"step-{step.id}").get_text()
    keeper.open(f"/advocacy/spaces/{occurrence.space.slug}")
    assert f"before: {was}" in keeper.page.find(id="dates").get_text()
    assert "No date to come is known." in keeper.page.find("p", class_="lead").get_text()


def test_what_does_not_take_place_asks_nobody_to_prepare_for_it(cast, read, base):
    made = make_occurrence(cast.space, timing=Timing.year_only(2028, ZURICH), certainty=Certainty.TYPICAL, number=98)
    db.session.commit()
    keeper = read(cast.keeper_person)
    keeper.open(f"/advocacy/occurrences/{made.id}")
    assert keeper.page.find(id="steps") is not None
    keeper.open(f"/advocacy/occurrences/{made.id}/cancel")
    keeper.send(has="reason", reason="No host")
    assert keeper.page.find(id="steps") is None
    assert "Plan an engagement" not in keeper.text


def test_held_is_said_once_it_has_begun(cast, read, base, occurrence):
    keeper = read(cast.keeper_person)
    keeper.open(base)
    assert "It has taken place" not in keeper.text
    with time_machine.travel(cast.now + timedelta(days=200), tick=False):
        keeper = read(cast.keeper_person)
        keeper.open(base)
        keeper.send(action="/held")
        assert "It has taken place." in keeper.text
    db.session.expire_all()
    assert occurrence.moment.status is Status.HELD


def test_what_comes_too_late_is_said_on_the_page(cast, read, base, steps, step):
    keeper = read(cast.keeper_person)
    keeper.open(base)
    services.drop_step(cast.secretary, step, reason="None this year", now=cast.now)
    db.session.commit()
    keeper.send(action="/done")
    assert keeper.status == 422
    assert "This step is called off. Open it again first." in keeper.text


# steps


def test_a_step_is_done_and_opened_again(cast, read, base, step):
    keeper = read(cast.keeper_person)
    keeper.open(base)
    keeper.send(action="/done")
    assert "Done" in keeper.page.find(id=f"step-{step.id}").get_text()
    keeper.send(action="/reopen")
    assert "Expected" in keeper.page.find(id=f"step-{step.id}").get_text()


def test_a_step_is_dropped(cast, read, base, steps):
    keeper = read(cast.keeper_person)
    keeper.open(f"{steps}/drop")
    keeper.send(has="reason", reason="None this year")
    assert keeper.path == base
    assert "Cancelled" in keeper.text
    assert "Open again" in keeper.text


def test_a_step_is_counted_otherwise(cast, read, steps, step):
    keeper = read(cast.keeper_person)
    keeper.open(f"{steps}/days")
    assert keeper.page.find("input", id="days")["value"] == "28"
    keeper.send(has="days", days="", reason="so")
    assert "Write how many days" in keeper.text
    keeper.send(has="days", days="-3")
    assert "without a sign" in keeper.text
    keeper.send(has="days", days="21", reason="The note says three weeks")
    assert "Counted otherwise for this one: 21 days before it begins." in keeper.text
    keeper.open(f"{steps}/days")
    keeper.send(has="days", by_rule="y", reason="A slip")
    assert "By the rule: 28 days before it begins." in keeper.text
    keeper.open(f"{steps}/days")
    keeper.send(has="days", days="3", side="after", reason="so")
    db.session.expire_all()
    assert step.days == 3


def test_a_confirmation_is_taken_back(cast, read, steps, step):
    services.confirm_step(
        cast.keeper, step, timing=Timing.days(date(2027, 2, 12), zone=ZURICH), source="u", now=cast.now
    )
    db.session.commit()
    keeper = read(cast.keeper_person)
    keeper.open(f"{steps}/take-back")
    keeper.send(has="reason", reason="That was another year")
    assert "around Monday 8 February 2027" in keeper.text


def test_a_deadline_after_the_beginning_is_taken_and_pointed_out(cast, read, base, step):
    services.confirm_step(
        cast.keeper, step, timing=Timing.days(date(2027, 3, 12), zone=ZURICH), source="u", now=cast.now
    )
    db.session.commit()
    visitor = read()
    visitor.open(base)
    assert "This closes after the beginning, though it is usually before." in visitor.text


def test_a_step_is_added_by_hand(cast, read, base):
    mode = make_mode(cast.space, ModeCode.ORAL_STATEMENT)
    db.session.commit()
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/steps/new")
    keeper.send(
        has="code", code="oral_statement_request", mode=str(mode.id), by_month="2", by_year="2027", certainty="typical",
        label="List of speakers",
    )  # fmt: skip
    assert keeper.path == base
    assert "List of speakers" in keeper.text
    assert "in February 2027" in keeper.text
    keeper.open(f"{base}/steps/new")
    keeper.send(has="code", code="registration", by_month="2", by_year="2027", source="u", **SEEN)
    assert "A month or a year is no sure date." in keeper.text


def note_on(thing, kind: str, text: str, certainty: Certainty) -> None:
    space = thing.space if isinstance(thing, Occurrence) else thing.occurrence.space
    db.session.add(
        CatalogueNote(
            space_id=space.id, object_kind=kind, object_id=thing.id, about=NoteAbout.DATES, texts={"en": text},
            certainty=certainty,
        )
    )  # fmt: skip


def test_what_the_catalogue_says_in_words_about_a_session_and_its_steps_is_read_there(read, base, occurrence, step):
    note_on(occurrence, "occurrence", "These days have not been seen.", Certainty.UNSURE)
    note_on(step, "step", "Announced as the expected day.", Certainty.TYPICAL)
    db.session.commit()
    visitor = read()
    visitor.open(base)
    words = visitor.text
    assert "Worth knowing These days have not been seen. To be checked" in words
    assert "Announced as the expected day. Usual practice" in words


def test_a_state_that_nobody_has_seen_on_a_list_says_so(read, base, occurrence):
    occurrence.states.append(ReviewedState(country="KE", certainty=Certainty.VERIFIED))
    occurrence.states.append(ReviewedState(country="PE", certainty=Certainty.UNSURE))
    db.session.commit()
    visitor = read()
    visitor.open(base)
    assert "Kenya, Peru To be checked" in visitor.text
    visitor.open("/advocacy/?list=sessions&year=2027")
    assert "States under review: Kenya, Peru (to be checked)" in visitor.text


def test_a_way_to_take_part_is_as_sure_as_the_least_sure_part_of_it(cast, read, base):
    mode = make_mode(cast.space)
    make_limit(mode, 1500).certainty = Certainty.UNSURE
    db.session.commit()
    visitor = read()
    visitor.open(base)
    assert "at most 1500 words To be checked" in visitor.text


def test_the_page_asks_as_often_for_many_steps_as_for_few(cast, read, base, occurrence, count_queries):
    mode = make_mode(cast.space)
    make_step(occurrence, date(2026, 12, 1), mode=mode)
    db.session.commit()
    visitor = read()
    visitor.open(base)
    with count_queries() as few:
        visitor.open(base)
    for day in range(1, 20):
        make_step(occurrence, date(2027, 1, day), mode=mode)
    db.session.commit()
    with count_queries() as many:
        visitor.open(base)
    assert len(many) == len(few)


def test_the_seats_of_the_spaces_stand_above_the_places_of_the_world(cast, read, base):
    field = read(cast.keeper_person).open(f"{base}/move?lang=fr").select_one("select[name=zone]")
    named = [option.get_text() for option in field.select("option")]
    assert named.index("Genève") < named.index("Nairobi (Kenya)")
    assert "Zurich, Genève (Suisse)" in named
    chosen = [option.get_text() for option in field.select("option[selected]")]
    assert chosen == ["Genève"], "of the two names of one clock the seat is the chosen one"


def test_who_cancels_without_a_source_is_named_and_the_source_of_the_date_does_not_stand_for_it(read, cast, base):
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/cancel")
    keeper.send(has="source", reason="Somebody told me")
    keeper.open(base)
    assert "Said by Huda Example on Saturday 21 November 2026, without a source" in keeper.text
    assert "un.example/96" not in keeper.text
    visitor = read()
    visitor.open(base)
    assert "Said by somebody of this house on Saturday 21 November 2026, without a source" in visitor.text
    keeper.open(f"{base}/plan-again")
    keeper.send(has="reason", reason="A slip")
    assert "Seen in its source: un.example/96" in keeper.text


def test_what_is_put_off_names_where_that_was_read(read, cast, base):
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/move")
    keeper.send(has="what", what="unknown", reason="No money", source="letter of 20 November")
    assert "Seen in its source: letter of 20 November · noted on" in keeper.text
    assert "un.example/96" not in keeper.text


def test_a_date_that_is_only_usual_does_not_borrow_the_source_of_the_one_before(read, cast, base):
    keeper = read(cast.keeper_person)
    keeper.open(f"{base}/move")
    keeper.send(
        has="what",
        by_day="",
        by_month="5",
        by_year="2027",
        **NO_LAST_DAY,
        certainty="typical",
        source="",
        reason="No money",
    )
    assert "Usual practice, not seen in a source" in keeper.text
    assert "Seen in its source: un.example/96" not in keeper.text
    assert "source of the earlier date: un.example/96" in keeper.text


def test_whoever_keeps_dates_adds_the_next_session_from_the_calendar(read, cast):
    keeper = read(cast.keeper_person)
    keeper.open("/advocacy/")
    assert keeper.page.select_one("#undated a[href='/advocacy/spaces/example-committee/occurrences/new']")


def test_a_call_without_a_deadline_says_that_nobody_is_reminded_of_it(cast, read):
    call = make_occurrence(cast.space, date(2027, 7, 8), kind=OccurrenceKind.CALL)
    session = make_occurrence(make_space("Another committee"), date(2027, 7, 8))
    db.session.commit()
    said = "Nobody is reminded of a call before its deadline stands here"
    for occurrence, is_said in ((call, True), (session, False)):
        page = read(cast.keeper_person)
        page.open(f"/advocacy/occurrences/{occurrence.id}")
        assert "No deadline is known here yet." in page.text
        assert (said in page.text) == is_said
