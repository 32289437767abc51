"""Fields to say when something is, shared by every form that does: `TimingFields` beside `Form`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField, TimeField
from wtforms.fields import SelectChoice
from wtforms.fields.choices import Choice
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line
from app.moments import words
from app.moments.endings import Closing
from app.moments.local import in_zone, known_zones
from app.moments.models import Moment
from app.moments.timing import HourOccursTwice, Timing
from app.moments.zones import place_of, reader_zone, zone_choices


class DayField(DateField):
    """A day, typed or picked; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write the day as year, month and day: 2027-02-13.")) from None
        if self.data is not None and not 1900 <= self.data.year <= 2200:
            raise ValueError(_l("Choose a year between 1900 and 2200."))


class HourField(TimeField):
    """An hour of the day; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write the hour from 00:00 to 23:59: 17:30.")) from None


def places(_form: Any, field: SelectField) -> list[SelectChoice]:
    """Return the places by their part of the world; first an invitation, or a zone outside the list that is kept."""
    choices = [
        SelectChoice(zone, label, optgroup=area)
        for area, places in zone_choices(page_language()).items()
        for zone, label in places.items()
    ]
    chosen = field.data or ""
    if not chosen:
        choices.insert(0, SelectChoice("", _l("Choose a place")))
    elif chosen in known_zones() and all(choice.value != chosen for choice in choices):
        choices.insert(0, SelectChoice(chosen, place_of(chosen)))
    return choices


class ZoneField(SelectField):
    """A place of the world whose clocks count, by name; a zone outside the list is kept where it was chosen before. Of
    places that go by one zone the first is the one that looks chosen."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        options.setdefault("choices", places)
        super().__init__(label, validators, **options)

    def iter_groups(self) -> Iterator[tuple[str | None, list[Choice]]]:
        found = False
        for area, choices in super().iter_groups():
            shown = []
            for choice in choices:
                shown.append(choice._replace(selected=choice.selected and not found))
                found = found or choice.selected
            yield area, shown

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in known_zones():
            raise ValidationError(_l("We do not know this place. Choose one from the list."))


def _two_hours(first: Any, second: Any) -> list[SelectChoice]:
    return [
        SelectChoice("", _l("Choose one of the two")),
        SelectChoice("first", first),
        SelectChoice("second", second),
    ]


OCCURRENCES = {"first": False, "second": True}


def which_hour() -> SelectField:
    """Return a field to say which of two hours is meant; what stands in it says `OCCURRENCES`."""
    choices = _two_hours(_l("The first"), _l("The second"))
    return SelectField(_l("Which of the two hours?"), choices=choices, default="")


def name_both(field: SelectField, error: HourOccursTwice, zone: str) -> None:
    """Let such a field name the two hours that a person has to choose from."""
    offsets = [words.offset(in_zone(instant, zone)) for instant in (error.first, error.second)]
    field.choices = _two_hours(
        _l("The first (%(offset)s)", offset=offsets[0]), _l("The second (%(offset)s)", offset=offsets[1])
    )


class TimingFields:
    """Day, hours and place of something with hours. Stand it before `Form`: `class MoveForm(TimingFields, Form)`.

    `occurrence` is shown once an hour turned out to occur twice. An end at or before the start is meant for the day
    after.
    """

    day = DayField(_l("Day"), validators=[InputRequired(_l("Choose a day."))])
    start = HourField(_l("Begins at"), validators=[InputRequired(_l("Say at which hour it begins."))])
    end = HourField(_l("Ends at"), validators=[InputRequired(_l("Say at which hour it ends."))])
    zone = ZoneField(
        _l("Place whose clock counts"), validators=[InputRequired(_l("Choose a place."))], default=reader_zone
    )
    occurrence = which_hour()

    def timing(self) -> Timing:
        """Return what was typed; call it after `validate()`."""
        day, start, end = _value(self.day, date), _value(self.start, time), _value(self.end, time)
        last_day = day + timedelta(days=1) if end < start else day
        which = OCCURRENCES.get(self.occurrence.data)
        return Timing.minutes(
            datetime.combine(day, start),
            datetime.combine(last_day, end),
            str(self.zone.data),
            is_second_start=which,
            is_second_end=which,
        )

    def fill_from(self, moment: Moment) -> None:
        """Show the time a moment has now."""
        if moment.wall_start is not None:
            self.day.data, self.start.data = moment.wall_start.date(), moment.wall_start.time()
        if moment.wall_end is not None:
            self.end.data = moment.wall_end.time()
        self.zone.data = moment.zone
        if moment.is_second_start or moment.is_second_end:
            self.occurrence.data = "second"

    @property
    def asks_occurrence(self) -> bool:
        """Whether the page has to show the field `occurrence`."""
        return bool(self.occurrence.errors or self.occurrence.data)

    def refuse(self, error: RuleBroken) -> None:
        """Hang a broken rule on its field; name both hours where one occurs twice."""
        if isinstance(error, HourOccursTwice):
            name_both(self.occurrence, error, str(self.zone.data))
        super().refuse(error)  # type: ignore[misc] # the form this stands before


def _value(field: Any, kind: type[Any]) -> Any:
    if not isinstance(field.data, kind):
        raise TypeError(f"{field.name} is asked for before the form was checked")
    return field.data


class ZoneForm(Form):
    """The picker of the reader's place: `zone`, and `next`, the page to go back to."""

    zone = StringField(filters=[clean_line], validators=[InputRequired(_l("Choose a place.")), Length(max=60)])
    next = HiddenField()


class ZoneSearch(Form):
    """What a reader looks for in the list of places."""

    class Meta:
        csrf = False

    q = StringField(_l("City or country"), filters=[clean_line], validators=[Length(max=80)])


class ClosingFields:
    """Until when: a day, an hour, and the place whose clock counts. Stand it before `Form`. An hour that does not exist
    is refused at `hour`."""

    day = DayField(_l("Closes on"), validators=[InputRequired(_l("Choose a day."))])
    hour = HourField(_l("At"), validators=[InputRequired(_l("Say at which hour it closes."))])
    zone = ZoneField(
        _l("Place whose clock counts"), validators=[InputRequired(_l("Choose a place."))], default=reader_zone
    )

    def closing(self) -> Closing:
        """Return what was typed; call it after `validate()`."""
        return Closing(datetime.combine(_value(self.day, date), _value(self.hour, time)), str(self.zone.data))
