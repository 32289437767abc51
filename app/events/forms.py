"""Forms of events. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.core.actors import NETWORK, PUBLIC
from app.core.context import page_language
from app.core.forms import Form, clean_line, clean_text
from app.core.names import names_of
from app.core.text_language import LanguageFields
from app.events.models import ADDRESS, DESCRIPTION, ORGANISER, PLACE, TITLE, Event
from app.events.services import INSIDE, Planned
from app.moments.forms import OCCURRENCES, DayField, HourField, TimingFields
from app.moments.models import Moment, Precision
from app.moments.timing import Timing
from app.workinggroups.models import WorkingGroup

NOBODYS = "network"
"""Sent for an event that belongs to no group."""


class WhenFields(TimingFields):
    """From a day to a day, with hours where they are known."""

    last_day = DayField(_l("Until the day"), validators=[Optional()])
    start = HourField(_l("Begins at"), validators=[Optional()])
    end = HourField(_l("Ends at"), validators=[Optional()])

    def validate_last_day(self, field: DayField) -> None:
        if field.data and self.day.data and field.data < self.day.data:
            raise ValidationError(_l("The last day lies before the first. Choose a later last day."))

    def validate_end(self, field: HourField) -> None:
        if field.data and not self.start.data:
            raise ValidationError(_l("Say at which hour it begins as well."))

    def timing(self) -> Timing:
        """Return what was typed; call it after `validate()`."""
        day, last, zone = self.day.data, self.last_day.data, str(self.zone.data)
        if not isinstance(day, date):
            raise TypeError("asked for before the form was checked")
        start, end = self.start.data, self.end.data
        if not isinstance(start, time):
            return Timing.days(day, last, zone)
        closes = last or (day + timedelta(days=1) if end and end < start else day)
        which = OCCURRENCES.get(self.occurrence.data)
        return Timing.minutes(
            datetime.combine(day, start),
            datetime.combine(closes, end) if end else None,
            zone,
            is_second_start=which,
            is_second_end=which,
        )

    def fill_from(self, moment: Moment) -> None:
        """Show the time a moment has now."""
        super().fill_from(moment)
        if moment.precision is not Precision.MINUTE:
            self.start.data = self.end.data = None
        first, last = moment.wall_start, moment.wall_end
        if first and last and last.date() != first.date():
            self.last_day.data = last.date()


class EventForm(WhenFields, LanguageFields):
    """An event that others organise."""

    page_order = (
        "owner", "language", "other_language", "title", "day", "last_day", "start", "end", "occurrence", "zone",
        "place", "organiser", "address", "description", "readers",
    )  # fmt: skip

    owner = SelectField(_l("For whose agenda"), validate_choice=False)
    title = StringField(
        _l("What it is called"),
        filters=[clean_line],
        validators=[InputRequired(_l("Write what it is called.")), Length(max=TITLE)],
    )
    place = StringField(_l("Where"), filters=[clean_line], validators=[Length(max=PLACE)])
    # I18N: label of a field: who organises an event, a name
    organiser = StringField(_l("Who organises it"), filters=[clean_line], validators=[Length(max=ORGANISER)])
    address = StringField(_l("Address of its page"), filters=[clean_line], validators=[Length(max=ADDRESS)])
    description = TextAreaField(_l("What it is about"), filters=[clean_text], validators=[Length(max=DESCRIPTION)])
    readers = RadioField(_l("Who may read it"), validate_choice=False)

    def offer(self, groups: list[WorkingGroup], *, for_network: bool, languages: list[str]) -> None:
        """Fill the lists."""
        self._groups = {str(group.id): group for group in groups}
        names = names_of("group", [group.id for group in groups], page_language())
        choices = [SelectChoice(str(group.id), names[group.id].text) for group in groups]
        if for_network:
            choices.insert(0, SelectChoice(NOBODYS, _("The whole network")))
        self.owner.choices = choices
        if not self.owner.data and choices:
            self.owner.data = choices[0].value
        self.readers.choices = [
            # I18N: who may read something: those inside a working group
            *([SelectChoice(INSIDE, _("The people of the group"))] if groups else []),
            SelectChoice(NETWORK, _("The network")),
            SelectChoice(PUBLIC, _("Everybody")),
        ]
        if not self.readers.data:
            self.readers.data = NETWORK
        self.offer_languages(first=languages)

    def validate_owner(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_l("Choose from the list."))

    def validate_readers(self, field: RadioField) -> None:
        if field.data == INSIDE and self.group() is None:
            raise ValidationError(_l("Only an event of a group can be for its people alone."))

    def group(self) -> WorkingGroup | None:
        return self._groups.get(str(self.owner.data))

    def planned(self) -> Planned:
        return Planned(
            title=str(self.title.data),
            language=self.tag(),
            timing=self.timing(),
            readers=str(self.readers.data or ""),
            description=str(self.description.data or ""),
            place=str(self.place.data or ""),
            organiser=str(self.organiser.data or ""),
            address=str(self.address.data or ""),
        )

    def fill_event(self, event: Event) -> None:
        """Show what is said now."""
        for name in ("title", "language", "description", "place", "organiser", "address"):
            getattr(self, name).data = getattr(event, name)
        self.owner.data = str(event.group_id or NOBODYS)
        audience = event.moment.audience
        self.readers.data = audience if audience in (NETWORK, PUBLIC) else INSIDE
        self.fill_from(event.moment)


class CancelForm(Form):
    reason = StringField(_l("Why"), filters=[clean_line], validators=[Length(max=300)])


class SureForm(Form):
    """Asked before something goes for good."""

    sure = BooleanField(
        _l("Yes, remove it"), validators=[InputRequired(_l("Tick this if it shall go, or go back and leave it."))]
    )


class NewEventQuery(Form):
    """For which group the form is opened."""

    class Meta:
        csrf = False

    group = StringField(filters=[clean_line])

    def chosen(self, groups: list[WorkingGroup]) -> UUID | None:
        return next((row.id for row in groups if row.slug == self.group.data), None)
