"""What the forms of the programme make of what people type."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.moments.models import Precision
from app.moments.timing import Timing
from app.people.forms import to_uuid
from app.sessions.forms import JoinForm, MoveForm, change_form, phase_form, plan_form, track_form
from app.sessions.models import LanguageMode
from tests.conftest import START
from tests.make.moments import make_moment

AT = {"day": "2027-02-13", "start": "17:00", "end": "19:00", "zone": "Africa/Nairobi"}


@pytest.fixture
def send(app: Flask):
    """`send(make, **typed)`: the form as sent, and whether its shape was accepted."""

    def sending(make, **typed):
        typed = {"name_en": "A name", "eligible": "member"} | typed
        data = MultiDict(
            [(name, v) for name, value in typed.items() for v in (value if isinstance(value, list) else [value])]
        )
        data["submission_id"] = "7d9ad0f8-4f0a-4d5b-8b46-7a3e8f1c2b3d"
        with app.test_request_context("/", method="POST", data=data):
            form = make()
            form.now = START
            del form.csrf_token
            return form, form.validate()

    return sending


def test_names_and_texts_come_in_every_language_of_the_pages(send):
    form, ok = send(track_form, name_en=" Water  for all ", name_ar="الماء", purpose_en="To learn.\r\nTogether.")
    assert ok
    assert form.names() == {"en": "Water for all", "ar": "الماء", "es": "", "fr": "", "pt": ""}
    assert next(iter(form.names())) == "en"
    assert form.texts()["purpose"]["en"] == "To learn.\nTogether."


def test_the_readers_language_and_groups_with_mistakes_stand_open(send):
    form, ok = send(track_form, name_es="x" * 401, name_pt="Água")
    assert not ok
    assert [group.code for group in form.by_language() if group.is_open] == ["en", "es"]


@pytest.mark.parametrize(("year", "ok"), [("2027", True), ("next", False), ("", False)])
def test_a_phase_needs_years_in_digits_and_an_owner(send, year, ok):
    form, accepted = send(phase_form, owner="00000000-0000-4000-8000-000000000000", year_from="2026", year_to=year)
    assert accepted is ok
    assert bool(form.year_to.errors) is not ok
    assert send(phase_form, owner="somebody", year_from="2026", year_to="2027")[0].owner.errors


def test_a_time_has_day_hours_and_place(send):
    form, ok = send(plan_form, name_en="x", modality="online", **AT)
    assert ok
    assert form.timing().precision is Precision.MINUTE


def test_an_hour_that_is_typed_wins_over_the_tick_that_it_is_open(send):
    form, ok = send(plan_form, name_en="x", modality="online", **AT | {"is_hour_open": "y"})
    assert (ok, form.timing().precision, form.is_hour_open.data) == (True, Precision.MINUTE, False)
    form, ok = send(plan_form, name_en="x", modality="online", **AT | {"end": "", "is_hour_open": "y"})
    assert (ok, list(form.errors)) == (False, ["end"])


def test_an_open_hour_needs_the_day_alone(send):
    form, ok = send(plan_form, name_en="x", modality="online", **AT | {"start": "", "end": "", "is_hour_open": "y"})
    assert ok
    assert form.timing() == Timing.days(date(2027, 2, 13), zone="Africa/Nairobi")
    form, ok = send(plan_form, name_en="x", modality="online", **AT | {"start": "", "end": ""})
    assert not ok
    assert form.start.errors == ["Say at which hour it begins."]
    assert not send(plan_form, name_en="x", modality="online", **AT | {"start": "25:99"})[1]


def test_an_expected_session_shows_its_day_and_no_hour(app):
    with app.test_request_context("/"):
        form = MoveForm()
        form.fill_from(make_moment(Timing.days(date(2027, 2, 27), zone="Africa/Nairobi")))
    assert (form.day.data, form.start.data, form.is_hour_open.data) == (date(2027, 2, 27), None, True)


def test_languages_are_written_as_names_or_codes_with_commas(send):
    form, ok = send(change_form, modality="online", spoken="Español, wo", interpreted="arabe; English ، Português")
    assert ok
    assert form.languages_said() == [
        ("es", LanguageMode.SPOKEN),
        ("wo", LanguageMode.SPOKEN),
        ("ar", LanguageMode.INTERPRETED),
        ("en", LanguageMode.INTERPRETED),
        ("pt", LanguageMode.INTERPRETED),
    ]
    form, ok = send(change_form, modality="online", spoken="Elvish, French")
    assert not ok
    assert "Write their names" in str(form.spoken.errors[0])


def row(number, minutes="", title="", who=""):
    return {
        f"agenda-{number}-minutes": minutes,
        f"agenda-{number}-title": title,
        f"agenda-{number}-who": who,
    }


def test_empty_rows_of_the_agenda_are_none(send):
    form, ok = send(
        change_form, modality="online", **row(0, "0", "Opening", "Amina"), **row(1), **row(2, "15", " Three  stories ")
    )
    assert ok
    assert [(line.minutes, line.title, line.who) for line in form.agenda_lines()] == [
        (0, "Opening", "Amina"),
        (15, "Three stories", ""),
    ]


@pytest.mark.parametrize("half", [row(0, "15"), row(0, "", "Opening"), row(0, "soon", "Opening"), row(0, who="Amina")])
def test_half_a_row_of_the_agenda_is_asked_about(send, half):
    form, ok = send(change_form, modality="online", **half)
    assert not ok
    assert form.agenda.errors


def test_all_mistakes_are_told_in_one_round(send):
    wrong = AT | {"name_en": "", "spoken": "Elvish", "join_link": "http://plain.example.org"}
    form, ok = send(plan_form, modality="online", **wrong, **row(0, "500", "Late"), **row(1, "15", "Round"))
    assert not ok
    assert set(form.errors) == {"name_en", "spoken", "join_link", "agenda"}
    assert [field.id for field in form.agenda.mistaken] == ["agenda-0-minutes"]
    assert set(send(plan_form)[0].errors) >= {"day", "start", "end", "zone"}
    assert send(plan_form, name_en="")[0].errors["name_en"]
    assert set(send(track_form, name_en="", eligible="")[0].errors) == {"name_en", "eligible"}
    assert "year_to" in send(phase_form, year_from="2028", year_to="2026")[0].errors


def test_minutes_of_the_agenda_are_bounded_also_while_the_hour_is_open(send):
    typed = AT | {"start": "", "end": "", "is_hour_open": "y"}
    assert send(plan_form, modality="online", **typed, **row(0, "500", "Late"))[1]
    assert send(plan_form, modality="online", **typed, **row(0, "1439", "Late"))[1]
    for minutes in ("-1", "1440", "3000000000", "5000000000", str(10**20), "9" * 5000):
        for make in (plan_form, change_form):
            form, ok = send(make, modality="online", **typed, **row(0, minutes, "Late"))
            assert not ok
            assert [field.id for field in form.agenda.mistaken] == ["agenda-0-minutes"]


def test_too_many_rows_of_the_agenda_are_refused_and_none_is_lost(send):
    rows = {name: value for number in range(42) for name, value in row(number, str(number), "Part").items()}
    form, ok = send(change_form, modality="online", **rows)
    assert not ok
    assert form.agenda.errors == ["Keep at most 40 lines in the agenda, and empty the others."]
    assert len(form.agenda_lines()) == 42
    rows |= row(40) | row(41)
    assert send(change_form, modality="online", **rows)[1]
    assert send(change_form, modality="online", **row(900, "5", "Far"))[0].agenda_lines()[0].title == "Far"
    assert send(change_form, modality="online", **row("²", "5", "Odd"), **row("9" * 5000, "5", "Odd"))[1]
    many = {name: value for number in range(201) for name, value in row(number).items()}
    assert not send(change_form, modality="online", **many)[1]


def test_a_day_that_is_past_and_a_time_that_is_long_are_asked_about(send):
    slip = AT | {"day": "2020-01-01", "start": "15:00", "end": "03:00"}
    form, ok = send(plan_form, modality="online", **slip)
    assert not ok
    assert "This day is past." in str(form.day.errors[0])
    assert "This lasts about 12 hours." in str(form.end.errors[0])
    assert form.asks_whether_over
    assert form.asks_whether_long
    assert send(plan_form, modality="online", **slip, is_over="y", is_long="y")[1]
    assert send(plan_form, modality="online", **AT | {"start": "09:00", "end": "15:00"})[1]


def test_other_agenda_lines_are_another_wish(app, send):
    """The digest tells a second click from a second wish."""
    digests = set()
    for title in ("Opening", "Round", "Round"):
        data = {"submission_id": "x", "csrf_token": title, **row(0, "0", title)}
        with app.test_request_context("/", method="POST", data=data):
            digests.add(change_form().digest())
    assert len(digests) == 2


def test_an_organisation_is_an_id_or_alone(send):
    ident = "7d9ad0f8-4f0a-4d5b-8b46-7a3e8f1c2b3d"
    assert str(send(JoinForm, organisation=ident)[0].organisation_id) == ident
    alone, _ok = send(JoinForm, organisation="alone")
    assert (alone.organisation_id, alone.is_alone) == (None, True)
    nothing, ok = send(JoinForm)
    assert ok
    assert (nothing.organisation_id, nothing.is_alone) == (None, False)
    assert to_uuid("x") is None


def agenda_of(form):
    return [(line.minutes, line.title) for line in form.agenda_lines()]


@pytest.mark.parametrize(("written", "minutes"), [("17:20", 20), ("17h20", 20), ("20", 20), ("18.05", 65)])
def test_a_line_of_the_agenda_begins_at_an_hour_or_after_so_many_minutes(send, written, minutes):
    form, ok = send(plan_form, name_en="x", modality="online", **AT, **row(0, written, "Opening"))
    assert ok, form.errors
    assert agenda_of(form) == [(minutes, "Opening")]


def test_an_hour_past_midnight_is_the_next_days(send):
    late = AT | {"start": "23:00", "end": "01:00"}
    form, ok = send(plan_form, name_en="x", modality="online", **late, **row(0, "00:15", "Songs"))
    assert (ok, form.errors) == (False, {})  # in the night it is looked at first
    assert agenda_of(form) == [(75, "Songs")]


def test_an_hour_outside_the_session_is_refused_in_its_row(send):
    form, ok = send(plan_form, name_en="x", modality="online", **AT, **row(0, "16:30", "Before"))
    assert not ok
    assert [field.id for field in form.agenda.mistaken] == ["agenda-0-minutes"]
    form, ok = send(change_form, modality="online", name_en="x", begins="nonsense", **row(0, "16:30", "Before"))
    assert not ok
    assert form.agenda.mistaken[0].errors == ["The hour of this session is open: write the minutes after its start."]


def test_languages_are_ticked_or_written_and_the_same_one_counts_once(send):
    form, ok = send(change_form, modality="online", name_en="x", spoken_in="es", spoken="Spanish, Wolof")
    assert ok
    assert form.languages_said() == [("es", LanguageMode.SPOKEN), ("wo", LanguageMode.SPOKEN)]
