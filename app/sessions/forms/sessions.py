"""Planning, editing, moving and cancelling a session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from app.core import clock
from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line, clean_text
from app.core.languages import find_tag, name_in
from app.core.names import all_names
from app.moments.forms import HourField, TimingFields
from app.moments.models import Modality, Moment, Precision
from app.moments.timing import Timing, resolve
from app.sessions.forms.words import WordsForm, accepts, make_words_form
from app.sessions.models import LanguageMode, LearningSession
from app.sessions.services import AgendaLine, digest_of
from app.sessions.services.scheduling import check_fits, check_link, check_minutes, check_reason, minutes_of

EMPTY_ROWS = 4
MOST_ROWS = 40
MOST_ROWS_SHOWN = 200
"""So many rows come back with what was typed when there are too many to keep."""
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


class HourMayBeOpen(TimingFields):
    """Day, hours and place of a session whose hour may still be open: expected, with the day alone.

    A day that is past and a time that is long are asked about: `is_over` and `is_long` are shown and ticked then.
    """

    instants: tuple[datetime, datetime] | None = None

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
        if until < clock.now() and not self.is_over.data:
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


class MinutesField(IntegerField):
    """Minutes after the start; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write the minutes as a number: 15.")) from None


class AgendaRow(wtforms.Form):
    """One line of the agenda; an empty line is none."""

    minutes = MinutesField(_l("Minutes after the start"), validators=[Optional()])
    title = StringField(_l("What"), filters=[clean_line], validators=[Length(max=200)])
    who = StringField(_l("Who"), filters=[clean_line], validators=[Length(max=200)])

    @property
    def is_empty(self) -> bool:
        return self.minutes.data is None and not self.title.data and not self.who.data

    def validate_title(self, field: Any) -> None:
        if not self.is_empty and not field.data:
            raise ValidationError(_l("Write what happens, or empty the line."))
        if field.data and self.minutes.data is None and not self.minutes.errors:
            raise ValidationError(_l("Say how many minutes after the start this begins."))


class AgendaField(FieldList):
    """The rows of the agenda; a mistake belongs to the field of the row it is in, too many rows to the whole."""

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        sent = set(self._extract_indices(self.name, formdata)) if formdata else set()
        self.is_cut = len(sent) > MOST_ROWS_SHOWN

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Yield the numbers of the rows sent, made up ones of any other shape left out."""
        for key in formdata:
            if found := re.match(rf"{re.escape(prefix)}-([0-9]{{1,6}})-", key):
                yield int(found[1])

    @property
    def has_too_many(self) -> bool:
        return self.is_cut or sum(not row.form.is_empty for row in self) > MOST_ROWS

    @property
    def mistaken(self) -> list[Any]:
        """Return the fields of the rows that hold a mistake."""
        return [field for row in self for field in row.form if field.errors]

    def check_minutes(self, lasts: int) -> bool:
        """Mark the rows that lie outside a session of so many minutes."""
        for row in self:
            minutes = row.form.minutes
            if minutes.data is not None and not minutes.errors:
                try:
                    check_minutes(minutes.data, lasts)
                except RuleBroken as error:
                    minutes.errors = [error.message]
        self.errors = [row.errors for row in self] if self.mistaken else []
        if self.has_too_many:
            self.errors.append(_l("Keep at most %(most)s lines in the agenda, and empty the others.", most=MOST_ROWS))
        return not self.errors


class SessionForm(WordsForm):
    """Everything of a session but its time."""

    lasts = 0
    filled_from = HiddenField()

    spoken = StringField(_l("Languages spoken"), filters=[clean_line])
    interpreted = StringField(_l("Languages interpreted into"), filters=[clean_line])
    agenda = AgendaField(FormField(AgendaRow), label=_l("Agenda"), min_entries=EMPTY_ROWS, max_entries=MOST_ROWS_SHOWN)
    modality = RadioField(
        _l("How do people meet?"),
        choices=[
            SelectChoice(Modality.ONLINE.value, _l("Online")),
            SelectChoice(Modality.ON_SITE.value, _l("In one room")),
            SelectChoice(Modality.HYBRID.value, _l("Both")),
        ],
        default=Modality.ONLINE.value,
    )
    join_link = StringField(_l("Link to the meeting"), filters=[clean_line], validators=[Length(max=500)])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        if not self.join_link.errors:
            is_good = accepts(self, lambda: check_link(self.join_link.data or "")) and is_good
        return self.agenda.check_minutes(self.lasts) and is_good

    def languages_said(self) -> list[tuple[str, LanguageMode]]:
        """Return the languages; call it after `validate()`."""
        return [
            (tag, mode)
            for field, mode in ((self.spoken, LanguageMode.SPOKEN), (self.interpreted, LanguageMode.INTERPRETED))
            for tag in _tags(str(field.data or ""))
            if tag is not None
        ]

    def agenda_lines(self) -> list[AgendaLine]:
        return [
            AgendaLine(row.form.minutes.data, row.form.title.data, row.form.who.data)
            for row in self.agenda
            if not row.form.is_empty
        ]

    def chosen_modality(self) -> Modality:
        return Modality(self.modality.data)

    def validate_spoken(self, field: Any) -> None:
        _check_languages(str(field.data or ""))

    def validate_interpreted(self, field: Any) -> None:
        _check_languages(str(field.data or ""))

    def fill_from_session(self, session: LearningSession) -> None:
        """Show what the session says, and some empty lines below its agenda."""
        self.fill_words({language: row.text for language, row in all_names("session", session.id).items()})
        self.filled_from.data = digest_of(session)
        for field, mode in ((self.spoken, LanguageMode.SPOKEN), (self.interpreted, LanguageMode.INTERPRETED)):
            field.data = _in_words(row.language for row in session.languages if row.mode is mode)
        self.join_link.data = session.join_link
        self.modality.data = (session.moment.modality or Modality.ONLINE).value
        while len(self.agenda):
            self.agenda.pop_entry()
        for item in session.agenda:
            self.agenda.append_entry({"minutes": item.minutes_after_start, "title": item.title, "who": item.who})
        for _row in range(max(0, min(EMPTY_ROWS, MOST_ROWS - len(self.agenda)))):
            self.agenda.append_entry()


def _tags(written: str) -> list[str | None]:
    parts = [part.strip() for part in written.replace(";", ",").replace("،", ",").split(",")]
    return [find_tag(part) for part in parts if part]


def _check_languages(written: str) -> None:
    if None in _tags(written):
        raise ValidationError(
            _l("We do not know one of these languages. Write their names with commas between: Español, French, Wolof.")
        )


def _in_words(codes: Iterable[str]) -> str:
    """Return names that are understood again when they come back; the tag where no name is."""
    language = page_language()
    return ", ".join(name if find_tag(name := name_in(code, language)) == code else code for code in codes)


class PlanForm(HourMayBeOpen, SessionForm):
    """A new session. `is_confirmed`: certain from the first moment."""

    is_confirmed = BooleanField(_l("The time is certain"))

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        self.lasts = self.minutes_chosen
        return self.agenda.check_minutes(self.lasts) and is_good  # now that it is known how long it lasts


class MoveForm(HourMayBeOpen, Form):
    """Another time, and why: a session that had its hour moves for a reason."""

    needs_reason = False
    session: LearningSession | None = None
    reason = StringField(_l("Why does it move?"), filters=[clean_line], validators=[Length(max=500)])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        session = self.session
        if session is not None and not self.end.errors:
            is_good = accepts(self, lambda: check_fits(session, self.minutes_chosen)) and is_good
        return (not self.needs_reason or accepts(self, lambda: check_reason(self.reason.data or ""))) and is_good


class CancelForm(Form):
    reason = TextAreaField(
        _l("Why will it not take place?"),
        filters=[clean_text],
        validators=[InputRequired(_l("Write why: everybody who joined is told.")), Length(max=500)],
    )


def plan_form() -> Any:
    """Return the form of a new session, with its title in every language of the pages."""
    return make_words_form(PlanForm, _l("Title"))()


def change_form(moment: Moment | None = None) -> Any:
    """Return the form of a session that is there, without its time, which is its moment's."""
    form = make_words_form(SessionForm, _l("Title"))()
    form.lasts = minutes_of(moment) if moment else 0
    return form


def form_of(session: LearningSession) -> Any:
    """Return a form that shows what the session says now, whatever was sent."""
    form = make_words_form(SessionForm, _l("Title"))(formdata=None)
    form.fill_from_session(session)
    return form
