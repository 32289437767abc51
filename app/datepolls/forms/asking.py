"""Asking which hour suits: the first sending shows each hour on everybody's clock, the second one asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.errors import RuleBroken
from app.core.worded_forms import WordsForm, accepts, make_words_form
from app.datepolls.hours import Hour, hour_at
from app.datepolls.services import LENGTHS, MOST, BadHour, Plan, check_hours
from app.datepolls.services.asking import Wall
from app.moments.forms import OCCURRENCES, ClosingFields, DayField, HourField, ZoneField, name_both, which_hour
from app.moments.repeating import Settled
from app.moments.timing import HourOccursTwice
from app.moments.zones import reader_zone
from app.sessions.forms.dates import LooksFirst

NUMBERS = range(1, MOST + 1)


class Block(StrEnum):
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one hour, to stand together."""

    number: int
    day: Any
    hour: Any
    which: Any

    @property
    def is_empty(self) -> bool:
        return not (self.day.data or self.hour.data or self.day.errors or self.hour.errors)


class AskForm(LooksFirst, ClosingFields, WordsForm):
    """`now` is given by the route before it checks the form."""

    now: datetime
    typed: tuple[tuple[Row, Wall, Hour], ...] = ()
    after_words = (
        "zone", "lasts",
        *(f"{name}_{number}" for number in NUMBERS for name in ("day", "hour", "which")),
        "day", "hour",
    )  # fmt: skip

    zone = ZoneField(
        _l("Place whose clock counts"), validators=[InputRequired(_l("Choose a place."))], default=reader_zone
    )
    lasts = SelectField(
        _l("How long does it last?"),
        choices=[
            SelectChoice(str(minutes), lazy_ngettext("%(num)s minute", "%(num)s minutes", minutes))
            for minutes in LENGTHS
        ],
        default="90",
        validate_choice=False,
    )

    def rows(self) -> list[Row]:
        return [
            Row(number, self[f"day_{number}"], self[f"hour_{number}"], self[f"which_{number}"]) for number in NUMBERS
        ]

    @property
    def minutes(self) -> int:
        written = str(self.lasts.data or "")
        return int(written) if written in {str(minutes) for minutes in LENGTHS} else LENGTHS[0]

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        if self.zone.errors or not self._read_rows() or not accepts(self, self._check_hours):
            return False
        in_time = sorted((hour for _row, _wall, hour in self.typed), key=lambda hour: hour.starts_at)
        return is_good and self.look((Settled(hour.timing, hour.starts_at, hour.until), None, None) for hour in in_time)

    def _read_rows(self) -> bool:
        self.typed = tuple(read for row in self.rows() if (read := self._read(row)) is not None)
        return not any(field.errors for row in self.rows() for field in (row.day, row.hour, row.which))

    def _read(self, row: Row) -> tuple[Row, Wall, Hour] | None:
        """Return what one row says; an empty one is none, half of one is asked about."""
        if row.is_empty or row.day.errors or row.hour.errors:
            return None
        if not isinstance(row.day.data, date):
            row.day.errors = [_l("Choose a day.")]
        elif not isinstance(row.hour.data, time):
            row.hour.errors = [_l("Say at which hour it begins.")]
        else:
            wall = Wall(datetime.combine(row.day.data, row.hour.data), OCCURRENCES.get(row.which.data))
            return self._settle(row, wall)
        return None

    def _settle(self, row: Row, wall: Wall) -> tuple[Row, Wall, Hour] | None:
        zone = str(self.zone.data)
        try:
            return row, wall, hour_at(wall.start, zone, self.minutes, is_second=wall.is_second)
        except HourOccursTwice as error:
            name_both(row.which, error, zone)
            row.which.errors = [error.message]
        except RuleBroken as error:  # an hour that does not exist
            row.hour.errors = [error.message]
        return None

    def _check_hours(self) -> None:
        check_hours([hour for _row, _wall, hour in self.typed], self.now)

    def refuse(self, error: RuleBroken) -> None:
        """Hang what is wrong with an hour on the row it was typed in."""
        fields = self._fields
        if isinstance(error, BadHour):
            fields[f"hour_{self.typed[error.place][0].number}"].errors = [error.message]
        elif error.field == "hours":
            fields["day_1"].errors = [error.message]
        elif error.field == "start":  # of the closing: those of the rows were met before
            fields["hour"].errors = [error.message]
        else:
            super().refuse(error)

    def plan(self) -> Plan:
        """Return what was typed; call it after `validate()`."""
        in_time = sorted(self.typed, key=lambda read: read[2].starts_at)
        return Plan(
            names=self.names(),
            walls=[wall for _row, wall, _hour in in_time],
            zone=str(self.zone.data),
            lasts=self.minutes,
            closing=self.closing(),
            notes=self.texts()[Block.NOTE],
        )


def ask_form() -> Any:
    """Return the form of a new date poll, with its words in every language of the pages."""
    fields: dict[str, Any] = {}
    for number in NUMBERS:
        # I18N: label of a field: the day of one of several hours that are offered, by its number
        fields[f"day_{number}"] = DayField(_l("Day of hour %(number)s", number=number), validators=[Optional()])
        # I18N: label of a field: when one of several hours that are offered begins, by its number
        fields[f"hour_{number}"] = HourField(_l("Start of hour %(number)s", number=number), validators=[Optional()])
        fields[f"which_{number}"] = which_hour()
    with_rows = type("AskForm", (AskForm,), fields)
    return make_words_form(with_rows, _l("Title"), {Block.NOTE: _l("What one should know before answering")})()
