"""The catalogue of advocacy spaces fits the table of moments: every occurrence and every deadline of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from flask import Flask

from app.extensions import db
from app.moments.models import Certainty, Moment, Precision, Status
from app.moments.shown import shown
from app.moments.timing import Timing
from tests.make.moments import make_moment

CATALOGUE = Path(__file__).parent.parent / "data" / "advocacy_catalogue.yaml"

STATUSES = {
    "held": (Status.HELD, None),
    "shortened": (Status.HELD, None),  # what became of it is said in words
    "scheduled_just_ended": (Status.CONFIRMED, None),
    "announced": (Status.PLANNED, None),
    "cancelled": (Status.CANCELLED, None),
    "estimated_window": (Status.PLANNED, Certainty.ESTIMATED),
}


def timing_of(entry: dict[str, Any], zone: str | None) -> Timing:
    """Return the timing of an occurrence in any of the forms the catalogue has."""
    match entry:
        case {"start": first, "end": last}:
            return Timing.days(first, last, zone)
        case {"start": first}:
            return Timing.from_day(first, zone)
        case {"end": last}:
            return Timing.until_day(last, zone)
        case {"month": month}:
            return Timing.month(*(int(part) for part in month.split("-")), zone)
        case {"year": year}:
            return Timing.year_only(year, zone)
        case {"window": window}:
            return Timing.window(window["from"], window["to"], zone)
        case {"deadline": day}:
            return Timing.days(day, zone=zone)
    raise AssertionError(f"no date in {entry}")


def deadline_of(entry: dict[str, Any], zone: str | None) -> Timing:
    if "time" not in entry:
        return Timing.days(entry["date"], zone=zone)
    start = datetime.combine(entry["date"], datetime.strptime(entry["time"], "%H:%M").time())  # noqa: DTZ007 - a wall clock
    return Timing.minutes(start, None, entry["tz"], is_deadline=True)


@pytest.fixture
def entries() -> list[tuple[dict[str, Any], dict[str, Any], str | None]]:
    """(space, occurrence, zone) for every known occurrence."""
    spaces = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["spaces"]
    return [
        (space, occurrence, occurrence.get("tz", space["tz"]))
        for space in spaces
        for occurrence in space.get("known_occurrences", [])
    ]


def keep(entry: dict[str, Any], timing: Timing) -> Moment:
    status, certainty = STATUSES[entry["status"]]
    return make_moment(timing, status=status, certainty=certainty or Certainty(entry["certainty"]))


def words_of(moments: list[Moment]) -> list[str]:
    db.session.expire_all()
    return [shown(moment, language="en").words for moment in moments]


def test_all_sixty_occurrences_fit_the_table(app: Flask, entries: list[Any]) -> None:
    moments = [keep(occurrence, timing_of(occurrence, zone)) for _space, occurrence, zone in entries]
    assert len(moments) == 60
    db.session.expire_all()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Moment)) == 60
    assert Counter(moment.precision for moment in moments) == {
        Precision.DAY: 47,
        Precision.MONTH: 10,
        Precision.YEAR: 2,
        Precision.WINDOW: 1,
    }
    assert Counter(moment.status for moment in moments) == {
        Status.HELD: 51,
        Status.PLANNED: 7,
        Status.CANCELLED: 1,
        Status.CONFIRMED: 1,
    }
    assert Counter(moment.certainty for moment in moments) == {
        Certainty.VERIFIED: 52,
        Certainty.TYPICAL: 4,
        Certainty.ESTIMATED: 4,
    }
    assert all(moment.starts_at <= moment.until for moment in moments)


def test_all_twenty_two_deadlines_fit_too_with_and_without_hour(app: Flask, entries: list[Any]) -> None:
    deadlines = [
        (deadline, deadline_of(deadline, zone))
        for _space, occurrence, zone in entries
        for deadline in occurrence.get("deadlines", [])
    ]
    moments = [make_moment(timing, certainty=Certainty(entry["certainty"])) for entry, timing in deadlines]
    assert len(moments) == 22
    assert Counter(moment.precision for moment in moments) == {Precision.DAY: 20, Precision.MINUTE: 2}
    for (entry, _timing), moment in zip(deadlines, moments, strict=True):
        if "utc" in entry:
            assert moment.starts_at == datetime.fromisoformat(entry["utc"])
        else:
            assert moment.wall_start is not None
            assert moment.wall_start.date() == entry["date"]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("41st session", "7–18 November 2022"),
        ("42nd session", "23 January\u2009–\u20093 February 2023"),
        ("54th session", "between 15 January and 15 February 2027"),
        ("76th session", "until 27 September 2024"),
        ("COP26 Glasgow", "from 31 October 2021"),
        ("COP29 Baku", "in November 2024"),
        ("COP32 Addis Ababa", "2027, days not known"),
        ("CSW64", "Monday 9 March 2020"),
        ("Cities report - author nominations", "Friday 20 September 2024"),
        ("COP31 Antalya", "9–20 November 2026"),
    ],
)
def test_every_form_of_date_is_read_back_in_words(app: Flask, entries: list[Any], label: str, said: str) -> None:
    occurrence, zone = next((occurrence, zone) for _s, occurrence, zone in entries if occurrence["label"] == label)
    assert words_of([keep(occurrence, timing_of(occurrence, zone))]) == [said]


def test_a_deadline_with_hour_is_read_at_the_seat_and_elsewhere(app: Flask, entries: list[Any]) -> None:
    """Story A7: 18:00 in Zurich is 11:00 in Mexico City, 16:00 in Dakar, 19:00 in Nairobi."""
    call = next(d for _s, o, _z in entries for d in o.get("deadlines", []) if d.get("time") == "18:00")
    moment = make_moment(deadline_of(call, None))
    assert shown(moment, language="en").words == "Friday 8 July 2022, 18:00 in Zurich"
    for zone, hour in (("America/Mexico_City", "11:00"), ("Africa/Dakar", "16:00"), ("Africa/Nairobi", "19:00")):
        assert shown(moment, zone).first.start == hour
        assert shown(moment, zone, "en").first.day == "Friday 8 July 2022"


def test_a_conference_is_current_until_its_last_hour_at_its_place(app: Flask, entries: list[Any]) -> None:
    occurrence, zone = next((o, z) for _s, o, z in entries if o["label"] == "COP31 Antalya")
    moment = keep(occurrence, timing_of(occurrence, zone))
    assert moment.until > datetime(2026, 11, 20, 20, 59, tzinfo=UTC)
    assert moment.until < datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
    assert occurrence["end"] == date(2026, 11, 20)
