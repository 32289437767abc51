"""What the form of a copy proposes as a name, and what is said of another day of the week."""

from datetime import date

import pytest

from app.sessions.showing.copies import names_for_years, names_of_copy, remark_on_weekday


def test_a_copy_is_told_from_its_original_by_its_name(app):
    with app.test_request_context():
        assert names_of_copy({"en": "Roofs", "es": "Techos"})["en"] == "Roofs (copy)"


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Season 2024–2026", "Season 2027–2029"),
        ("2024/26", "2027/29"),
        ("From 2024 on", "From 2027 on"),
        ("Room 20240", "Room 20240 (copy)"),
        ("Season", "Season (copy)"),
    ],
)
def test_years_in_a_name_become_the_new_ones(app, name, proposed):
    with app.test_request_context():
        assert names_for_years({"en": name}, (2024, 2026), (2027, 2029)) == {"en": proposed}


def test_another_day_of_the_week_is_remarked(app):
    with app.test_request_context():
        assert remark_on_weekday(date(2027, 2, 13), date(2028, 2, 14)) == (
            "Mind the day of the week: the first session is on Monday, not on Saturday."
        )
        assert remark_on_weekday(date(2027, 2, 13), date(2028, 2, 12)) == ""
        assert remark_on_weekday(None, date(2028, 2, 12)) == ""
