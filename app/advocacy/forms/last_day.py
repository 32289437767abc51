"""The last day of a date in parts, as its first one is written: a month will do where nobody knows the day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.outcomes.forms import FIRST_YEAR, LAST_YEAR, DueFields, PartOfDate


class LastDayFields(DueFields):
    """The first day by the fields of `DueFields`, the last one by three more. A last day without a year is in that of
    the first."""

    end_day = PartOfDate(_l("Day"))
    end_month = SelectField(_l("Month"), default="", validate_choice=True)
    end_year = PartOfDate(_l("Year"))

    def offer_months(self) -> None:
        super().offer_months()
        self.end_month.choices = list(self.by_month.choices)

    def validate_end_day(self, field: PartOfDate) -> None:
        year, month = self._last_year, self._last_month
        if field.data is None or month is None or year is None:
            return
        last = monthrange(year, month)[1]
        if not 1 <= field.data <= last:
            raise ValidationError(_l("This month has days from 1 to %(last)s.", last=last))

    def validate_end_month(self, field: SelectField) -> None:
        is_said = self.end_day.data is not None or self.end_year.data is not None
        if is_said and not field.data and not field.errors:
            raise ValidationError(_l("Choose the month of the last day, or leave all of it empty."))

    def validate_end_year(self, field: PartOfDate) -> None:
        if field.data is not None and not FIRST_YEAR <= field.data <= LAST_YEAR:
            raise ValidationError(_l("Write the year with four digits, for instance 2027."))

    @property
    def _last_month(self) -> int | None:
        return next((number for number in range(1, 13) if self.end_month.data == str(number)), None)

    @property
    def _last_year(self) -> int | None:
        year = self.end_year.data if self.end_year.data is not None else self.by_year.data
        return year if isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR else None

    @property
    def last_is_month(self) -> bool:
        """Whether of the last day the month alone was said."""
        return self._last_month is not None and self.end_day.data is None

    def last_day(self) -> date | None:
        """Return the last day, that of its month where the month alone was said; None where there is none."""
        year, month, day = self._last_year, self._last_month, self.end_day.data
        if year is None or month is None:
            return None
        of_month = monthrange(year, month)[1]
        if day is None:
            return date(year, month, of_month)
        return date(year, month, day) if isinstance(day, int) and 1 <= day <= of_month else None

    def fill_last(self, day: date) -> None:
        """Show the last day that is there now."""
        parts: list[tuple[Any, Any]] = [
            (self.end_day, day.day), (self.end_month, str(day.month)), (self.end_year, day.year),
        ]  # fmt: skip
        for field, value in parts:
            field.data = value
