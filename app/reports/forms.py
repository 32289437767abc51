"""The query of a participation report, read as a form so that a mistyped day comes back with the way out."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import Optional, ValidationError


class DayField(DateField):
    """A day as year-month-day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write the day as year, month and day, for example 2022-02-05.")) from None


def in_order(form: Any, field: DayField) -> None:
    """A validator: the last day of a period does not lie before its first."""
    first: date | None = form.from_on.data
    if first is not None and field.data is not None and field.data < first:
        raise ValidationError(_l("The last day lies before the first one. Change one of the two."))


class ParticipationForm(FlaskForm):
    """Nothing here is sent to change anything: no token, no submission id. What slugs mean is the query's matter."""

    class Meta:
        csrf = False

    phase = SelectField(_l("Phase"), validate_choice=False, default="")
    track = SelectField(_l("Track"), validate_choice=False, default="")
    session = HiddenField(default="")
    from_on = DayField(_l("From"), name="from", validators=[Optional()])
    to_on = DayField(_l("Until"), name="to", validators=[Optional(), in_order])

    def offer(self, phases: list[tuple[str, Any]], tracks: list[tuple[str, Any]]) -> None:
        """Fill both lists: slugs and names; the empty choice narrows nothing."""
        self.phase.choices = [("", _l("Every phase")), *phases]
        self.track.choices = [("", _l("Every track")), *tracks]

    @property
    def first_error(self) -> Any:
        return next((error for errors in self.errors.values() for error in errors), "")
