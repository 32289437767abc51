"""Forms of notes and outcomes. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import page_language
from app.core.forms import ActionForm, Form, clean_line, clean_text
from app.core.text_language import LanguageFields, checked
from app.moments import words
from app.moments.models import Moment, Precision
from app.moments.timing import Timing
from app.outcomes.models import Outcome, OutcomeKind, OutcomeState
from app.outcomes.services import Agreed, digest_of
from app.outcomes.words import KINDS, LONGEST_NOTES, LONGEST_WHO, LONGEST_WITH, LONGEST_WORDS, STATES, check_words
from app.people.queries import organisation_choices

FIRST_YEAR, LAST_YEAR = 2000, 2100
ALL = "all"


class NotesForm(LanguageFields):
    """What is written down of a gathering in one language. `edition` is the one the writer was looking at."""

    body = TextAreaField(_l("What was said"), filters=[clean_text])
    edition = HiddenField()
    preview = SubmitField(_l("See it first"))
    # I18N: button that puts the text of somebody else and one's own into one field, one below the other
    join = SubmitField(_l("Put both into one text"))

    def validate_body(self, field: TextAreaField) -> None:
        missing = _l("There are no words here yet. Write down what was said, then save.")
        checked(lambda: check_words(field.data or "", field="body", longest=LONGEST_NOTES, missing=missing))

    def based_on(self) -> int | None:
        """Return the edition the writer was looking at; None where there was none."""
        written = str(self.edition.data or "")
        return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None


class EditNotesForm(NotesForm):
    """Notes that are there: their language is said by the address."""

    language = None
    other_language = None  # WTForms takes a field out so


class PartOfDate(IntegerField):
    """A day or a year as a number; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(value.strip() for value in valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(_l("Write a number.")) from None


class DueFields(Form):
    """By when: a day, a month, a year, or nothing. What is not known stays empty."""

    by_day = PartOfDate(_l("Day"))
    by_month = SelectField(_l("Month"), default="", validate_choice=True)
    by_year = PartOfDate(_l("Year"))

    def offer_months(self) -> None:
        names = words.months(page_language())
        self.by_month.choices = [
            SelectChoice("", "–"),
            *(SelectChoice(str(number), name) for number, name in sorted(names.items())),
        ]

    @property
    def _month(self) -> int | None:
        """What is no month of the list is refused at its field, and none here."""
        return next((number for number in range(1, 13) if self.by_month.data == str(number)), None)

    def validate_by_year(self, field: PartOfDate) -> None:
        if field.data is None and not field.errors and (self.by_day.data is not None or self._month is not None):
            raise ValidationError(_l("Say in which year, or leave day and month empty."))
        if field.data is not None and not FIRST_YEAR <= field.data <= LAST_YEAR:
            raise ValidationError(_l("Write the year with four digits, for instance 2027."))

    def validate_by_month(self, field: SelectField) -> None:
        if not field.data and self.by_day.data is not None:
            raise ValidationError(_l("Choose the month, or leave the day empty."))

    def validate_by_day(self, field: PartOfDate) -> None:
        year, month = self.by_year.data, self._month
        if field.data is None or month is None:
            return
        last = monthrange(year if year and FIRST_YEAR <= year <= LAST_YEAR else FIRST_YEAR, month)[1]
        if not 1 <= field.data <= last:
            raise ValidationError(_l("This month has days from 1 to %(last)s.", last=last))

    def due(self) -> Timing | None:
        """Return what was said, as exactly as it was said; call it after `validate()`."""
        year, month, day = self.by_year.data, self._month, self.by_day.data
        if not isinstance(year, int):
            return None
        if month is None:
            return Timing.year_only(year)
        return Timing.month(year, month) if day is None else Timing.days(date(year, month, day))

    def fill_due(self, moment: Moment | None) -> None:
        """Show the date that is there now."""
        if moment is None or moment.wall_start is None:
            return
        is_day, is_year = moment.precision is Precision.DAY, moment.precision is Precision.YEAR
        parts: list[tuple[Any, Any]] = [
            (self.by_year, moment.wall_start.year),
            (self.by_month, "" if is_year else str(moment.wall_start.month)),
            (self.by_day, moment.wall_start.day if is_day else None),
        ]
        for field, value in parts:
            field.data = value


class OutcomeForm(DueFields, LanguageFields):
    """What a session agreed on. `filled_from` says what the writer was looking at."""

    page_order = ("kind", "language", "other_language", "words", "who", "organisation", "with_whom")

    kind = RadioField(_l("What is it?"), validate_choice=False)
    words = TextAreaField(_l("What was agreed"), filters=[clean_text])
    who = StringField(_l("Who"), filters=[clean_line])
    organisation = SelectField(_l("Organisation"), validate_choice=False, default="")
    with_whom = StringField(_l("With whom"), filters=[clean_line])
    filled_from = HiddenField()
    # I18N: button of a form: keeps what was written and opens an empty form for the next one
    another = SubmitField(_l("Save and note another"))

    def offer(self, languages: list[str]) -> None:
        self.kind.choices = [SelectChoice(kind.value, label) for kind, label in KINDS.items()]
        named = organisation_choices(page_language())
        self.organisation.choices = [
            SelectChoice("", _("None, or not known")),
            *(SelectChoice(str(organisation_id), name) for organisation_id, name in named),
        ]
        self.offer_months()
        self.offer_languages(first=languages)

    def validate_kind(self, field: RadioField) -> None:
        if field.data not in list(OutcomeKind):
            raise ValidationError(_l("Say what it is: a priority, an action or a commitment."))

    def validate_words(self, field: TextAreaField) -> None:
        missing = _l("Write what was agreed, in a sentence or two.")
        checked(lambda: check_words(field.data or "", field="words", longest=LONGEST_WORDS, missing=missing))

    def validate_who(self, field: StringField) -> None:
        _check_length(field, LONGEST_WHO)

    def validate_with_whom(self, field: StringField) -> None:
        _check_length(field, LONGEST_WITH)

    def validate_organisation(self, field: SelectField) -> None:
        try:
            self.organisation_id()
        except ValueError:
            field.data = ""
            raise ValidationError(_l("Choose the organisation from the list, or leave it empty.")) from None

    def organisation_id(self) -> UUID | None:
        return UUID(self.organisation.data) if self.organisation.data else None

    def agreed(self) -> Agreed:
        """Return what was typed; call it after `validate()`."""
        return Agreed(
            kind=OutcomeKind(self.kind.data),
            words=str(self.words.data or ""),
            language=self.tag(),
            who=str(self.who.data or ""),
            organisation_id=self.organisation_id(),
            with_whom=str(self.with_whom.data or ""),
            by=self.due(),
        )

    def fill_from(self, outcome: Outcome) -> None:
        """Show what an outcome says now."""
        self.kind.data, self.words.data, self.language.data = outcome.kind.value, outcome.words, outcome.language
        self.who.data, self.with_whom.data = outcome.who, outcome.with_whom
        self.organisation.data = str(outcome.organisation_id) if outcome.organisation_id else ""
        self.filled_from.data = digest_of(outcome)
        self.fill_due(outcome.moment)


def _check_length(field: StringField, longest: int) -> None:
    if len(field.data or "") > longest:
        raise ValidationError(_l("Use at most %(max)d characters.", max=longest))


class StateForm(ActionForm):
    """One click: done, dropped, or open again. `back` says from which page."""

    state = HiddenField()
    back = HiddenField()

    def validate_state(self, field: HiddenField) -> None:
        if field.data not in list(OutcomeState):
            raise ValidationError(_l("Choose one of the buttons beside the outcome."))

    def chosen(self) -> OutcomeState:
        return OutcomeState(self.state.data)


class RemoveForm(Form):
    """Asked on a page of its own, and by a box to tick."""

    sure = BooleanField(_l("Yes, remove it for good."))

    def validate_sure(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Tick this box if you are sure, or go back and leave it as it is."))


class FilterForm(Form):
    """Which outcomes of a track: a kind, a state. What does not exist finds what everybody finds first: the open."""

    class Meta:
        csrf = False

    kind = SelectField(_l("Kind"), validate_choice=False)
    state = SelectField(_l("State"), validate_choice=False)

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        self.kind.choices = [SelectChoice("", _("All kinds")), *(SelectChoice(k.value, w) for k, w in KINDS.items())]
        self.state.choices = [
            *(SelectChoice(state.value, label) for state, label in STATES.items()),
            # I18N: choice in a list of states: open, done or dropped alike
            SelectChoice(ALL, _("All")),
        ]
        if self.state.data not in (*OutcomeState, ALL):
            self.state.data = OutcomeState.OPEN.value
        if self.kind.data not in list(OutcomeKind):
            self.kind.data = ""

    def chosen_kind(self) -> OutcomeKind | None:
        return OutcomeKind(self.kind.data) if self.kind.data else None

    def chosen_state(self) -> OutcomeState | None:
        return None if self.state.data == ALL else OutcomeState(self.state.data)

    @property
    def query(self) -> dict[str, Any]:
        """The query that leads here again."""
        return {"kind": self.kind.data or None, "state": self.state.data}
