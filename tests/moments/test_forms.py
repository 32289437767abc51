from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.core.forms import Form
from app.moments.forms import TimingFields
from app.moments.timing import EndsBeforeStart, HourOccursTwice, resolve
from tests.make.moments import hours, make_moment, wall


class WhenForm(TimingFields, Form):
    class Meta:
        csrf = False


GIVEN = {"day": "2027-02-13", "start": "17:00", "end": "19:00", "zone": "Africa/Nairobi"}

Fill = Callable[..., WhenForm]


@pytest.fixture
def fill(app: Flask) -> Any:
    with app.test_request_context(method="POST"):
        yield lambda **changed: _filled(GIVEN | changed)


def _filled(values: dict[str, str]) -> WhenForm:
    from werkzeug.datastructures import MultiDict

    return WhenForm(MultiDict(values | {"submission_id": "7d9ad0f8-4f0a-4d5b-8b46-7a3e8f1c2b3d"}))


def test_day_hours_and_place_become_a_timing(fill: Fill) -> None:
    form = fill()
    assert form.validate()
    assert form.timing() == hours("2027-02-13 17:00", "2027-02-13 19:00")


def test_an_end_before_the_start_is_meant_for_the_next_day(fill: Fill) -> None:
    form = fill(start="23:00", end="01:00")
    assert form.validate()
    assert form.timing().wall_end == wall("2027-02-14 01:00")


def test_an_end_at_the_start_is_refused(fill: Fill) -> None:
    form = fill(end="17:00")
    assert form.validate()
    with pytest.raises(EndsBeforeStart):
        resolve(form.timing())


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day", "", "Choose a day."),
        ("day", "13/02/2027", "Write the day as year, month and day: 2027-02-13."),
        ("day", "2027-02-30", "Write the day as year, month and day: 2027-02-13."),
        ("day", "0001-01-01", "Choose a year between 1900 and 2200."),
        ("start", "", "Say at which hour it begins."),
        ("start", "5 pm", "Write the hour from 00:00 to 23:59: 17:30."),
        ("end", "24:00", "Write the hour from 00:00 to 23:59: 17:30."),
        ("zone", "", "Choose a place."),
        ("zone", "Mars/Olympus", "We do not know this place. Choose one from the list."),
    ],
)
def test_each_field_says_what_is_wrong_and_keeps_what_was_typed(fill: Fill, field: str, typed: str, said: str) -> None:
    form = fill(**{field: typed})
    assert not form.validate()
    assert form[field].errors == [said]
    assert field == "zone" or typed in form[field]()


def test_places_are_grouped_and_an_old_zone_name_stays_choosable(fill: Fill) -> None:
    form = fill(zone="America/Buenos_Aires")
    assert form.validate()
    markup = form.zone()
    assert '<optgroup label="Africa">' in markup
    assert '<option selected value="America/Buenos_Aires">Buenos Aires</option>' in markup


def test_a_form_without_a_place_asks_for_one_first(fill: Fill) -> None:
    assert '<option selected value="">Choose a place</option>' in fill(zone="").zone()


def test_an_hour_that_occurs_twice_asks_which_and_names_both(fill: Fill) -> None:
    form = fill(day="2026-10-25", start="02:30", end="04:00", zone="Europe/Zurich")
    assert form.validate()
    assert not form.asks_occurrence
    with pytest.raises(HourOccursTwice) as asked:
        resolve(form.timing())
    form.refuse(asked.value)
    assert form.asks_occurrence
    assert form.status == 422
    markup = form.occurrence()
    assert "The first (UTC+2)" in markup
    assert "The second (UTC+1)" in markup


@pytest.mark.parametrize(("said", "is_second"), [("first", False), ("second", True)])
def test_the_answer_is_taken(fill: Fill, said: str, is_second: bool) -> None:
    form = fill(day="2026-10-25", start="02:30", end="04:00", zone="Europe/Zurich", occurrence=said)
    assert form.validate()
    assert form.timing().is_second_start is is_second
    resolve(form.timing())


def test_other_refusals_hang_on_their_own_field(fill: Fill) -> None:
    form = fill()
    form.validate()
    form.refuse(EndsBeforeStart("no", field="end"))
    assert form.end.errors == ["no"]
    assert not form.asks_occurrence


def test_a_form_shows_the_time_a_moment_has(fill: Fill) -> None:
    form = fill()
    form.fill_from(make_moment(hours("2026-10-25 02:30", "2026-10-25 04:00", "Europe/Zurich", is_second_start=True)))
    assert (str(form.day.data), f"{form.start.data:%H:%M}", f"{form.end.data:%H:%M}") == (
        "2026-10-25",
        "02:30",
        "04:00",
    )
    assert (form.zone.data, form.occurrence.data) == ("Europe/Zurich", "second")


def test_asking_for_the_timing_of_an_unchecked_form_is_a_mistake_of_the_caller(fill: Fill) -> None:
    with pytest.raises(TypeError, match="day"):
        fill(day="").timing()
