"""Hours in mails: those of whom the mail goes to first, whoever's request it is written in, then those of the place."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask_babel import force_locale

from app.core import mails
from app.core.registries import Contact, contacts
from app.moments.endings import Closing, end_in_words, timing_until
from app.moments.mailed import until_words
from app.moments.shown import shown
from app.moments.zones import COOKIE, reader_zone
from app.reminders.emails.when import when
from tests.conftest import START
from tests.make.moments import hours, make_moment
from tests.make.people import make_account, make_person

KIND = "moments.trial"


@pytest.fixture
def moment(app):
    timing = timing_until(Closing(datetime(2026, 12, 9, 12), "Africa/Cairo"), START)
    return make_moment(timing=timing)


@pytest.fixture
def written(app, monkeypatch):
    """Write a mail about a moment inside a request from Amsterdam."""

    def write(moment, zone: str, say) -> str:
        monkeypatch.setitem(mails._writers, KIND, lambda _parameters, _contact: mails.letter("", say(moment)))
        headers = {"Cookie": f"{COOKIE}=Europe/Amsterdam"}
        with app.test_request_context(headers=headers), force_locale("en"):
            assert reader_zone() == "Europe/Amsterdam"
            words = mails.write(KIND, {}, Contact("x@example.org", "en", "", zone))
            assert reader_zone() == "Europe/Amsterdam"
        assert words is not None
        return words.text

    return write


def test_a_mail_says_until_when_on_its_readers_clock_then_on_that_of_the_place(moment, written):
    said = "Wednesday 9 December 2026, 10:00 in Dakar (12:00 in Cairo, 10:00 UTC)"
    assert written(moment, "Africa/Dakar", until_words) == said


@pytest.mark.parametrize(
    ("closes", "reader", "said"),
    [
        (
            ((9, 23), "Europe/Zurich"),
            "Africa/Cairo",
            "Thursday 10 December 2026, 00:00 in Cairo (Wednesday 9 December, 23:00 in Zurich, 22:00 UTC)",
        ),
        (
            ((9, 0), "Europe/Zurich"),
            "Africa/Cairo",
            "Wednesday 9 December 2026, 01:00 in Cairo (00:00 in Zurich, Tuesday 8 December, 23:00 UTC)",
        ),
        (((9, 1), "Africa/Cairo"), "", "Wednesday 9 December 2026, 01:00 in Cairo (Tuesday 8 December, 23:00 UTC)"),
    ],
)
def test_an_hour_that_is_on_another_day_there_says_which_day(app, written, closes, reader, said):
    """Whoever goes by the clock of the body must not be a day late."""
    timing = timing_until(Closing(datetime(2026, 12, *closes[0]), closes[1]), START)
    assert written(make_moment(timing=timing), reader, until_words) == said


def test_a_writer_that_forgets_the_zone_says_the_readers_hour_all_the_same(moment, written):
    assert written(moment, "Africa/Dakar", end_in_words) == "Wednesday 9 December 2026, 10:00 in Dakar"
    assert written(moment, "Africa/Dakar", lambda moment: shown(moment).words).endswith(", in Dakar")


@pytest.mark.parametrize("zone", ["", "Mars/Olympus"])
def test_without_a_zone_of_the_reader_the_place_stands_first_and_never_that_of_a_request(moment, written, zone):
    assert written(moment, zone, until_words) == "Wednesday 9 December 2026, 12:00 in Cairo (10:00 UTC)"


def test_whoever_is_written_to_brings_their_zone(app):
    person = make_person(zone="Africa/Dakar")
    make_account(person=person)
    assert contacts([person.id])[person.id].zone == "Africa/Dakar"


def test_a_mail_counts_from_the_instant_at_which_it_is_sent_and_a_page_from_now(app, now):
    begins = make_moment(timing=hours("2027-02-13 17:00", "2027-02-13 18:00"))
    with app.test_request_context(), force_locale("en"):
        with mails.written_at(begins.starts_at - timedelta(hours=1)):
            assert when(shown(begins)).startswith("In 1 hour, ")
        with mails.written_at(begins.starts_at - timedelta(hours=20)):
            assert when(shown(begins)).startswith("Tomorrow ")
        assert when(shown(begins)).startswith("Saturday 13 February")
        assert mails.now() == now


@pytest.mark.parametrize("zone", ["Africa/Dakar", "Africa/Cairo"])
def test_utc_follows_its_hour_in_arabic_too_where_lines_run_the_other_way(moment, zone):
    with force_locale("ar"):
        said = until_words(moment, zone)
    assert said.endswith("\u200e10:00\u00a0UTC)"), "a mark makes the hour one with the word"
