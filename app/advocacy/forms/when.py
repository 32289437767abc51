"""When something is, as exactly as the body says it: days, a month, a year, some time between two days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.advocacy.forms.last_day import LastDayFields
from app.advocacy.forms.seats import SeatField
from app.advocacy.services.standing_by import LONGEST_REASON, LONGEST_SOURCE
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line
from app.moments.forms import DayField, HourField
from app.moments.models import Certainty, Moment, Precision
from app.moments.timing import Timing
from app.outcomes.forms import FIRST_YEAR, LAST_YEAR, PartOfDate

LONGEST = 5 * 366
"""Days that something may last: more is a slip in the year, and would stand in the calendar for decades."""

# I18N: label of a field: where a date was read
SOURCE = _l("Where is it written?")


class HourFields(Form):
    """At which hour, until which, by whose clock. An end without a beginning says nothing, and one before it is a slip;
    what lasts over midnight has a beginning alone."""

    start = HourField(_l("At"), validators=[Optional()])
    ends = HourField(_l("Ends at"), validators=[Optional()])
    zone = SeatField(_l("Place whose clock counts"))

    def validate_ends(self, field: HourField) -> None:
        if field.data is None:
            return
        if self.start.data is None:
            raise ValidationError(_l("Write the hour at which it begins too, or leave the end empty."))
        if field.data <= self.start.data:
            raise ValidationError(_l("This ends before it begins. Choose a later hour, or leave the end empty."))

    def hours_on(self, day: date) -> Timing | None:
        """Return the hours of a day; None where none was typed. Of an hour that occurs twice the earlier one counts."""
        if self.start.data is None or not self.zone.data:
            return None
        end = datetime.combine(day, self.ends.data) if self.ends.data is not None else None
        return Timing.minutes(datetime.combine(day, self.start.data), end, str(self.zone.data), is_deadline=True)

    def fill_hours(self, moment: Moment) -> None:
        """Show the hours a moment has now, if it has any."""
        if moment.precision is Precision.MINUTE:
            self.start.data = moment.wall_start.time() if moment.wall_start is not None else None
            self.ends.data = moment.wall_end.time() if moment.wall_end is not None else None

    def refuse(self, error: RuleBroken) -> None:
        """Hang what is wrong with the hour of the end on its own field: `end` is the last day."""
        if error.field == "end" and self.ends.data is not None:
            error.field = "ends"
        elif error.field == "end" and "end" not in self:
            error.field = "end_day"
        super().refuse(error)


class WhenFields(HourFields, LastDayFields):
    """The first day as exactly as it is known, the last one, an hour, whose clock counts; how sure that is and where it
    was read. A year alone is enough."""

    is_window = BooleanField(_l("One day between these two, nobody knows which"))
    # I18N: label of a choice: seen published, usual practice, or to be checked
    certainty = RadioField(_l("How sure is this date?"), default="", validate_choice=False)
    source = StringField(SOURCE, filters=[clean_line], validators=[Length(max=LONGEST_SOURCE)])

    page_order: tuple[str, ...] = (
        "by_day",
        "by_month",
        "by_year",
        "end_day",
        "end_month",
        "end_year",
        "is_window",
        "start",
        "ends",
        "zone",
        "certainty",
        "source",
    )
    asks_date = True
    """Whether a date has to be said."""

    def offer_dates(self, zone: str | None) -> None:
        """Fill the lists; the clock is that of the body unless another was chosen."""
        self.offer_months()
        if not self.is_submitted() and not self.zone.data:
            self.zone.data = zone
        self.certainty.choices = [
            SelectChoice(Certainty.VERIFIED.value, _("I have seen it published")),
            SelectChoice(Certainty.TYPICAL.value, _("It is usual at this time")),
            SelectChoice(Certainty.UNSURE.value, _("Not sure: to be checked")),
        ]

    def validate_certainty(self, field: RadioField) -> None:
        """Nothing is chosen beforehand: the surest answer must not be the one of whoever did not look."""
        if self.asks_date and field.data not in {value for value, *_rest in field.iter_choices()}:
            raise ValidationError(_l("Choose how sure this is."))

    def validate_by_year(self, field: PartOfDate) -> None:
        super().validate_by_year(field)
        if self.asks_date and field.data is None and not field.errors:
            raise ValidationError(_l("Say at least in which year."))

    def validate_end_month(self, field: SelectField) -> None:
        """Both ends are days, or both are months."""
        super().validate_end_month(field)
        last, begins = self.last_day(), self._begins()
        if last is None:
            return
        if begins is None or (self._first() is None and not self.last_is_month):
            raise ValidationError(_l("Write the first day whole, or leave the last one empty."))
        if self._first() is not None and self.last_is_month:
            raise ValidationError(_l("Write the last day whole, as the first one, or leave it empty."))
        if (last - begins).days > LONGEST:
            raise ValidationError(_l("This lasts longer than five years. Look at the year of the last day."))

    def validate_is_window(self, field: BooleanField) -> None:
        if field.data and self.last_day() is None:
            raise ValidationError(_l("Write the last day too: between which two days?"))

    def validate_start(self, field: HourField) -> None:
        if field.data is None:
            return
        if self._first() is None or self.last_day() is not None:
            raise ValidationError(_l("An hour belongs to one day. Write that day, or leave the hour empty."))
        if not self.zone.data:
            raise ValidationError(_l("An hour needs a clock: choose the place below."))

    def _first(self) -> date | None:
        """The first day, where it was written whole and exists."""
        year, month, day = self.by_year.data, self._month, self.by_day.data
        if not (isinstance(year, int) and month and isinstance(day, int)):
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def _begins(self) -> date | None:
        """The first day, or that of the month where the month alone was written."""
        year, month = self.by_year.data, self._month
        if self.by_day.data is None and isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR and month:
            return date(year, month, 1)
        return self._first()

    def when(self) -> Timing | None:
        """Return what was said, as exactly as it was said; call it after `validate()`."""
        first, last, zone = self._first(), self.last_day(), self.zone.data or None
        if first is None and last is not None and (begins := self._begins()) is not None:
            return Timing.window(begins, last, zone)
        if first is None:
            said = self.due()
            return None if said is None else Timing(said.precision, said.wall_start, said.wall_end, zone)
        if (hours := self.hours_on(first)) is not None:
            return hours
        if self.is_window.data and last is not None:
            return Timing.window(first, last, zone)
        return Timing.days(first, last, zone)

    def sureness(self) -> Certainty:
        """Return how sure the date was said to be."""
        return Certainty(self.certainty.data)

    def fill_when(self, moment: Moment) -> None:
        """Show the date a moment has now; how sure another one is, nobody has said yet."""
        self.fill_due(moment)
        is_whole = moment.precision in (Precision.DAY, Precision.WINDOW, Precision.MINUTE)
        day: Any = self.by_day
        day.data = moment.wall_start.day if is_whole and moment.wall_start is not None else None
        self.fill_hours(moment)
        has_last_day = moment.precision in (Precision.DAY, Precision.WINDOW)
        if has_last_day and moment.wall_end is not None and moment.wall_end != moment.wall_start:
            self.fill_last(moment.wall_end.date())
        self.is_window.data = moment.precision is Precision.WINDOW
        self.zone.data = moment.zone


class SeenFields(HourFields):
    """A day that was seen published, with or without its hour, by whose clock, and where it stands (R-08)."""

    day = DayField(_l("Day"), validators=[InputRequired(_l("Choose a day."))])
    source = StringField(
        SOURCE,
        filters=[clean_line],
        validators=[
            InputRequired(_l("Say where this date stands: the address of the page, or the letter and its day.")),
            Length(max=LONGEST_SOURCE),
        ],
    )

    def validate_start(self, field: HourField) -> None:
        if field.data is not None and not self.zone.data:
            raise ValidationError(_l("An hour needs a clock: choose the place below."))

    def seen(self) -> Timing:
        """Return what was typed; call it after `validate()`."""
        day = self.day.data
        if not isinstance(day, date):
            raise TypeError("day is asked for before the form was checked")
        return self.hours_on(day) or Timing.days(day, zone=self.zone.data or None)


class ReasonForm(Form):
    """Why a date changes: everybody who plans by it reads it."""

    reason = StringField(_l("Why?"), filters=[clean_line], validators=[Length(max=LONGEST_REASON)])
