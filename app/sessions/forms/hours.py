"""Day and hours of a session, which may still be open, and questions about what is rarely meant."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from wtforms import BooleanField, HiddenField
from wtforms.validators import StopValidation

from app.core.forms import ActionForm
from app.core.worded_forms import accepts
from app.moments.forms import HourField, TimingFields
from app.moments.kindness import Kindness, hour_there
from app.moments.models import Moment, Precision
from app.moments.sun import coordinates_of
from app.moments.timing import Timing, resolve

HOUR_FIELDS = ("day", "is_over", "is_hour_open", "start", "end", "is_long", "occurrence", "zone")
"""In the order of the page."""

LONG = timedelta(hours=6)
"""What lasts longer is often a slip: 3:00 instead of 15:00."""


class UnlessHourIsOpen:
    """Asks for an hour, unless the form says that nobody knows it yet."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not any(str(value).strip() for value in field.raw_data or ()):
            field.errors = []
            raise StopValidation() if form.is_hour_open.data else StopValidation(self.message)


class ConfirmForm(ActionForm):
    """The button that makes a time certain; `seen` carries the time whose night was looked at."""

    seen = HiddenField()


class HourMayBeOpen(TimingFields):
    """Day, hours and place of a session whose hour may still be open: expected, with the day alone.

    A day that is past and a time that is long are asked about: `is_over` and `is_long` are shown and ticked then.
    `now` and `followed_from`, the places whose night counts, are given by the route before it checks the form.
    """

    page_order: tuple[str, ...] = HOUR_FIELDS
    now: datetime
    instants: tuple[datetime, datetime] | None = None
    followed_from: Collection[str] = ()

    is_over = BooleanField(_l("It has already taken place"))
    is_long = BooleanField(_l("It really lasts this long"))
    is_hour_open = BooleanField(_l("The hour is still open: only the day is expected"))
    start = HourField(_l("Begins at"), validators=[UnlessHourIsOpen(_l("Say at which hour it begins."))])
    end = HourField(_l("Ends at"), validators=[UnlessHourIsOpen(_l("Say at which hour it ends."))])

    def timing(self) -> Timing:
        """Return what was typed; a day alone where the hour is open."""
        if not self.is_hour_open.data:
            return super().timing()
        day = self.day.data
        assert isinstance(day, date)  # noqa: S101 - the form was checked
        return Timing.days(day, zone=str(self.zone.data))

    def validate(self, extra_validators: Any = None) -> bool:
        if any(str(value).strip() for field in (self.start, self.end) for value in field.raw_data or ()):
            self.is_hour_open.data = False  # who types an hour knows it, whatever was ticked before
        is_good = bool(super().validate(extra_validators))  # type: ignore[misc] # the form this stands before
        parts = (self.day, self.start, self.end, self.zone, self.occurrence)
        if any(part.errors for part in parts) or not accepts(self, self._settle):
            return False
        return self._is_meant() and is_good

    def _settle(self) -> None:
        self.instants = resolve(self.timing())

    def _is_meant(self) -> bool:
        """Ask about what is rarely meant: a day that is past, a session of half a day."""
        assert self.instants is not None  # noqa: S101 - just settled
        starts_at, until = self.instants
        if until < self.now and not self.is_over.data:
            self.day.errors = [_l("This day is past. Choose another one, or tick “It has already taken place”.")]
        if not self.is_hour_open.data and until - starts_at > LONG and not self.is_long.data:
            hours = round((until - starts_at).total_seconds() / 3600)
            sentence = lazy_ngettext(
                "This lasts about %(num)s hour. Choose an earlier end, or tick “It really lasts this long”.",
                "This lasts about %(num)s hours. Choose an earlier end, or tick “It really lasts this long”.",
                hours,
            )
            self.end.errors = [sentence]
        return not (self.day.errors or self.end.errors)

    @property
    def minutes_chosen(self) -> int:
        """How many minutes it lasts; 0 while that is not known."""
        if self.instants is None or self.is_hour_open.data:
            return 0
        return int((self.instants[1] - self.instants[0]).total_seconds() // 60)

    @property
    def falls_in_night(self) -> bool:
        """Whether the hour is night for somebody, or at its own place, and still to come: of others nobody is told."""
        if self.instants is None or self.is_hour_open.data or self.instants[1] < self.now:
            return False
        own = str(self.zone.data)
        places = {*self.followed_from, *([own] if coordinates_of(own) else [])}
        return any(hour_there(place, *self.instants).kindness is Kindness.NIGHT for place in places)

    @property
    def asks_whether_over(self) -> bool:
        return bool(self.is_over.data or (self.instants and self.day.errors))

    @property
    def asks_whether_long(self) -> bool:
        return bool(self.is_long.data or (self.instants and self.end.errors))

    def fill_from(self, moment: Moment) -> None:
        super().fill_from(moment)
        if moment.precision is not Precision.MINUTE:
            self.is_hour_open.data = True
            self.start.data = self.end.data = None
