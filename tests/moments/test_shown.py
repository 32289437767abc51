"""How times are shown (LOOK "Hour", "Dates"): stories A1 and A7, dates in words, languages, history."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask, render_template_string

from app.core.actors import Actor, ActorKind
from app.moments.models import Certainty, Modality, Moment, Status
from app.moments.queries import list_changes
from app.moments.services import change_moment
from app.moments.shown import hours_of, shown
from app.moments.timing import Timing
from app.moments.zone_data import recompute
from app.moments.zones import COOKIE
from tests.make.moments import HOUSE, hours, make_moment

Show = Callable[..., str]

SERIES = [hours(f"2027-{day} 17:00", f"2027-{day} 19:00") for day in ("04-24", "05-01")]


@pytest.fixture
def show(app: Flask) -> Show:
    """Render one macro call of `moments/time.html` for a visitor: `show("hour_line(m)", zone=…, language=…, m=…)`."""

    def render(call: str, *, zone: str = "", language: str = "en", **values: object) -> str:
        headers = {"Cookie": f"{COOKIE}={zone}"} if zone else {}
        name = call.split("(", maxsplit=1)[0]
        template = "{% from 'moments/time.html' import " + name + " with context %}{{ " + call + " }}"

        def page() -> str:
            with app.test_request_context(f"/tracks/heat?lang={language}", headers=headers):
                return render_template_string(template, **values)

        return contextvars.Context().run(page)

    return render


def read(markup: str) -> str:
    """Return what a reader reads: no tags, single blanks."""
    return " ".join(re.sub(r"<[^>]+>", "", markup.replace("</span>", " ")).split())


@pytest.mark.parametrize(
    ("zone", "place", "first", "second"),
    [
        ("America/Mexico_City", "Mexico City", "08:00", "08:00"),
        ("Africa/Dakar", "Dakar", "14:00", "14:00"),
        ("Africa/Casablanca", "Casablanca", "14:00", "14:00"),
        ("Europe/Zurich", "Zurich", "16:00", "16:00"),
        ("Asia/Beirut", "Beirut", "17:00", "17:00"),
        ("Africa/Cairo", "Cairo", "16:00", "17:00"),
    ],
)
def test_every_reader_sees_their_own_hour_of_both_sessions(
    show: Show, zone: str, place: str, first: str, second: str
) -> None:
    """Story A1: Egypt's clocks change on 30 April 2027."""
    moments = [make_moment(timing) for timing in SERIES]
    for moment, hour, day in zip(
        moments, (first, second), ("Saturday 24 April 2027", "Saturday 1 May 2027"), strict=True
    ):
        line = read(show("hour_line(m)", zone=zone, m=moment))
        assert line.startswith(f"{day}, {hour}–")
        assert f"in {place}" in line
        assert "17:00 in Nairobi" in line
        assert "14:00 UTC" in line
    differing = hours_of(moments, zone)
    assert (moments[1].id in differing) == (place == "Cairo")
    assert moments[0].id not in differing


def test_the_reader_whose_hour_differs_is_told_both(show: Show) -> None:
    moments = [make_moment(timing) for timing in SERIES]
    note = read(show("hour_differs(hours_of(moments, 'Africa/Cairo')[moments[1].id])", moments=moments))
    assert note == (
        "In Cairo your hour differs: 16:00 on Saturday 24 April, 17:00 on Saturday 1 May, "
        "because clocks change between the two."
    )


def test_no_reader_is_told_that_a_session_at_another_hour_is_at_another_hour(app: Flask) -> None:
    moments = [make_moment(SERIES[0]), make_moment(hours("2027-05-01 18:00", "2027-05-01 19:00"))]
    assert hours_of(moments, "Africa/Dakar") == {}
    elsewhere = [make_moment(SERIES[0]), make_moment(hours("2027-05-01 17:00", zone="Africa/Dakar"))]
    assert hours_of(elsewhere, "Africa/Cairo") == {}
    assert hours_of([make_moment(Timing.days(date(2027, 5, 1)))], "Africa/Cairo") == {}


def test_without_a_zone_nobody_s_hour_differs(app: Flask) -> None:
    assert hours_of([make_moment(timing) for timing in SERIES]) == {}


def test_the_block_says_the_reader_s_hour_then_the_session_s_then_utc(show: Show) -> None:
    moment = make_moment()
    block = show("hour_block(m)", zone="Africa/Douala", m=moment)
    assert read(block) == (
        "Saturday 13 February 2027 15:00 until 17:00, in Douala 17:00 in Nairobi, the clock that counts 14:00 UTC"
    )
    assert 'datetime="2027-02-13T14:00Z"' in block
    assert '<bdi dir="ltr">15:00</bdi>' in block
    assert '<bdi dir="ltr">14:00 UTC</bdi>' in block
    assert "hour--thread" in block
    assert "hour--thread" not in show("hour_block(m, thread=False)", zone="Africa/Douala", m=moment)


def test_without_a_zone_of_the_reader_the_session_s_own_hour_comes_first(show: Show) -> None:
    assert read(show("hour_block(m)", m=make_moment())) == (
        "Saturday 13 February 2027 17:00 until 19:00, in Nairobi 14:00 UTC"
    )
    assert read(show("hour_line(m)", m=make_moment())) == (
        "Saturday 13 February 2027, 17:00–19:00 in Nairobi 14:00 UTC"
    )


def test_a_reader_in_the_session_s_own_zone_sees_it_once(show: Show) -> None:
    line = read(show("hour_line(m)", zone="Africa/Nairobi", m=make_moment()))
    assert line == "Saturday 13 February 2027, 17:00–19:00 in Nairobi 14:00 UTC"


def test_an_hour_points_at_universal_time(show: Show) -> None:
    line = show("hour_line(m)", zone="Africa/Douala", m=make_moment())
    assert 'datetime="2027-02-13T14:00Z" title="14:00–16:00 UTC, Saturday 13 February 2027"' in line


def test_another_day_elsewhere_is_said(show: Show) -> None:
    """20:00 in Mexico City is the next day in Nairobi and in UTC."""
    moment = make_moment(hours("2027-02-13 20:00", "2027-02-13 22:00", "America/Mexico_City"))
    assert read(show("hour_line(m)", m=moment)) == (
        "Saturday 13 February 2027, 20:00–22:00 in Mexico City Sunday 14 February, 02:00 UTC"
    )
    line = read(show("hour_line(m)", zone="Africa/Nairobi", m=moment))
    assert line == (
        "Sunday 14 February 2027, 05:00–07:00 in Nairobi Saturday 13 February, 20:00 in Mexico City · 02:00 UTC"
    )


def test_an_end_after_midnight_says_its_day(show: Show) -> None:
    moment = make_moment(hours("2027-02-13 23:00", "2027-02-14 01:00"))
    assert "until 01:00 on Sunday 14 February, in Nairobi" in read(show("hour_block(m)", m=moment))
    said = "Saturday 13 February 2027, 23:00 to 01:00 on Sunday 14 February, in Nairobi"
    assert read(show("hour_line(m)", m=moment)).startswith(said)
    assert read(show("date_words(m)", m=moment)) == said


def test_a_deadline_has_one_hour(show: Show) -> None:
    moment = make_moment(hours("2022-07-08 18:00", zone="Europe/Zurich", is_deadline=True))
    assert read(show("hour_block(m)", zone="America/Mexico_City", m=moment)) == (
        "Friday 8 July 2022 11:00 in Mexico City 18:00 in Zurich, the clock that counts 16:00 UTC"
    )


def test_a_reader_in_utc_sees_it_named_once(show: Show) -> None:
    moment = make_moment()
    assert read(show("hour_line(m)", zone="UTC", m=moment)) == (
        "Saturday 13 February 2027, 14:00–16:00 UTC 17:00 in Nairobi"
    )
    in_utc = make_moment(hours("2027-02-13 17:00", zone="UTC"))
    assert read(show("hour_line(m)", m=in_utc)) == "Saturday 13 February 2027, 17:00 UTC"
    assert "in UTC" not in read(show("hour_block(m)", m=in_utc))


DATES = [
    (Timing.days(date(2026, 11, 9), date(2026, 11, 20)), "9–20 November 2026", "9–20 novembre 2026", "2026-11-09"),
    (Timing.month(2027, 3), "in March 2027", None, "2027-03"),
    (Timing.year_only(2027), "2027, days not known", None, "2027"),
    (
        Timing.window(date(2027, 1, 15), date(2027, 2, 15)),
        "between 15 January and 15 February 2027",
        None,
        "2027-01-15",
    ),
    (
        Timing.window(date(2026, 12, 15), date(2027, 2, 15)),
        "between 15 December 2026 and 15 February 2027",
        None,
        "2026-12-15",
    ),
    (Timing.until_day(date(2024, 9, 27)), "until 27 September 2024", None, "2024-09-27"),
    (Timing.from_day(date(2021, 10, 31)), "from 31 October 2021", None, "2021-10-31"),
    (Timing.days(date(2024, 9, 27)), "Friday 27 September 2024", "vendredi 27 septembre 2024", "2024-09-27"),
    (
        Timing.days(date(2026, 11, 30), date(2026, 12, 1)),
        "30 November\u2009–\u20091 December 2026",
        "30 novembre\u2009–\u20091er décembre 2026",
        "2026-11-30",
    ),
]


@pytest.mark.parametrize(("timing", "en", "fr", "machine"), DATES)
def test_dates_without_hour_are_said_in_words(
    show: Show, timing: Timing, en: str, fr: str | None, machine: str
) -> None:
    moment = make_moment(timing)
    markup = show("date_words(m)", m=moment)
    assert markup.replace("–\u2060", "–") == f'<time datetime="{machine}">{en}</time>'
    assert show("hour_line(m)", m=moment) == markup
    if fr is not None:
        assert fr in show("date_words(m)", language="fr", m=moment).replace("–\u2060", "–")


def test_a_line_does_not_end_between_the_two_ends_of_a_span(show: Show) -> None:
    assert "17:00–\u206019:00" in show("date_words(m)", m=make_moment())


def test_a_date_without_hour_is_never_shown_with_one(show: Show) -> None:
    block = read(show("hour_block(m)", zone="Asia/Beirut", m=make_moment(Timing.days(date(2023, 9, 11)))))
    assert block == "Monday 11 September 2023 hour not stated"


def test_only_a_single_day_lacks_an_hour(show: Show) -> None:
    assert "hour not stated" not in show("hour_block(m)", m=make_moment(Timing.month(2027, 3)))
    assert "hour not stated" not in show("hour_block(m)", m=make_moment(DATES[0][0]))


def test_hours_without_markup_stay_whole_in_arabic(app: Flask) -> None:
    over_midnight = make_moment(hours("2027-02-13 23:00", "2027-02-14 01:00"))
    assert "\u206601:00\u2069" in shown(over_midnight, language="ar").words


def test_an_estimated_day_is_around_that_day(show: Show) -> None:
    moment = make_moment(Timing.days(date(2023, 9, 11)), status=Status.PLANNED, certainty=Certainty.ESTIMATED)
    assert read(show("date_words(m)", m=moment)) == "around Monday 11 September 2023"
    assert read(show("state_of(m)", m=moment)) == "Expected"


@pytest.mark.parametrize("language", ["fr", "es", "pt", "ar", "en-XB"])
def test_hours_are_on_the_24_hour_clock_with_western_digits_in_every_language(show: Show, language: str) -> None:
    line = show("hour_line(m)", zone="Asia/Beirut", language=language, m=make_moment())
    direction = "rtl" if language in ("ar", "en-XB") else "ltr"
    span = {"ar": "من 16:00 إلى 18:00", "en-XB": "[16:00–18:00 ~~~]"}.get(language, "16:00–18:00")
    assert f'<bdi dir="{direction}"><b>{span}</b></bdi>' in line
    assert '<bdi dir="ltr">14:00 UTC</bdi>' in line
    assert "2027" in line


def test_a_cancelled_date_is_struck_and_named(show: Show) -> None:
    markup = show("state_of(m)", m=make_moment(status=Status.CANCELLED))
    assert "Cancelled" in markup
    assert "<s>" in markup
    assert "Saturday 13 February 2027" in markup


def change(moment: Moment, now: datetime, **given: object) -> None:
    change_moment(Actor(ActorKind.PERSON, uuid4()), moment, now=now + timedelta(hours=1), **given)  # type: ignore[arg-type]


def test_the_history_says_from_when_to_when_by_whom_and_why(show: Show, now: datetime) -> None:
    moment = make_moment()
    change(moment, now, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), reason="The <hall> was taken.")
    changes = list_changes(moment)
    markup = show("history(changes, names)", changes=changes, names={changes[0].actor_id: "Njeri Example"})
    assert read(markup) == (
        "Saturday 21 November 2026, Njeri Example Moved from Saturday 13 February 2027, 17:00–19:00 in Nairobi "
        "to Saturday 20 February 2027, 17:00–19:00 in Nairobi The &lt;hall&gt; was taken."
    )
    assert "15:00–17:00 in Douala" in read(show("history(changes)", zone="Africa/Douala", changes=changes))


def test_the_history_names_status_certainty_and_modality(show: Show, now: datetime) -> None:
    moment = make_moment()
    for given in (
        {"status": Status.POSTPONED},
        {"certainty": Certainty.UNSURE},
        {"modality": Modality.HYBRID},
        {"modality": Modality.ONLINE},
        {"modality": Modality.ON_SITE},
    ):
        change(moment, now, **given)
    text = read(show("history(changes)", changes=list_changes(moment)))
    for said in ("Postponed", "the date is to be checked", "on site and online", "online", "on site"):
        assert said in text
    assert "Moved" not in text


def test_every_certainty_has_words(show: Show) -> None:
    said = {read(show("certainty_words(c)", c=certainty.value)) for certainty in Certainty}
    assert len(said) == 4
    assert "" not in said


def test_the_history_explains_a_change_of_the_clocks_by_law(show: Show, now: datetime) -> None:
    moment = make_moment(hours("2027-01-16 18:00", "2027-01-16 20:00", "Africa/Casablanca"))
    moment.starts_at -= timedelta(hours=1)
    moment.until -= timedelta(hours=1)
    recompute(HOUSE, now=now, apply=True)
    text = read(show("history(changes)", zone="Africa/Dakar", changes=list_changes(moment)))
    assert "from Saturday 16 January 2027, 17:00–19:00 in Dakar to Saturday 16 January 2027, 18:00–20:00" in text
    assert "The clocks of this place changed by law (zone data " in text


def test_nothing_happened_shows_nothing(show: Show) -> None:
    assert show("history(changes)", changes=[]) == ""


def test_a_reader_without_a_place_is_offered_to_choose_one(show: Show) -> None:
    assert "/zones?next=/tracks/heat" in show("choose_place()")
    assert show("choose_place()", zone="Africa/Cairo") == ""


def test_a_mail_gives_zone_and_language_itself(app: Flask) -> None:
    assert shown(make_moment(), "Asia/Beirut", "ar").first.day == "السبت، 13 شباط\u2060/\u2060فبراير 2027"
    assert shown(make_moment(), "Asia/Beirut", "en").words == "Saturday 13 February 2027, 16:00–18:00 in Beirut"
