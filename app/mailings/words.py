"""When what can wait comes, in the words of the page's language."""

from __future__ import annotations

from babel.dates import get_day_names

from app.core.context import page_language
from app.core.languages import comma, locale_of
from app.mailings.models import Pace
from app.mailings.rhythm import Rhythm


def weekday_names() -> list[str]:
    """Return the days of the week from Monday on."""
    names = get_day_names("wide", "stand-alone", locale=locale_of(page_language()))
    return [names[day] for day in range(7)]


def digest_words(rhythm: Rhythm) -> str:
    """Return the hour at which the mail of the day comes, "08:00", and of one a week its day too: "Friday, 09:00"."""
    hour = hour_words(rhythm.digest_hour)
    if rhythm.pace is not Pace.WEEKLY:
        return hour
    return f"{weekday_names()[rhythm.weekday]}{comma(page_language())}{hour}"


def hour_words(hour: int) -> str:
    return f"{hour:02d}:00"
