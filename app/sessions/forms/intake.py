"""How a track takes people: places, approval, window, questions; and the answers to those who applied."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from app.core.forms import Form, clean_text
from app.core.worded_forms import ManyChoices, WordsForm, accepts, make_words_form
from app.moments.forms import DayField, HourField, TimingFields, ZoneField
from app.moments.models import Moment
from app.moments.timing import EndsBeforeStart, Timing, resolve
from app.moments.zones import reader_zone
from app.people.forms import to_uuid
from app.sessions.models import Intake, QuestionKind
from app.sessions.services.applications import check_refusal
from app.sessions.services.intake import check_capacity
from app.sessions.services.questions import check_prompts

ACCEPT, REFUSE = "accept", "refuse"


class PlacesField(IntegerField):
    """A number of places; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value for value in valuelist if value.strip()])
        except ValueError:
            raise ValueError(_l("Write the number of places in figures: 40.")) from None


class WithADay:
    """Asks for an hour where its day was chosen."""

    def __init__(self, day: str, message: Any) -> None:
        self.day, self.message = day, message

    def __call__(self, form: Any, field: Any) -> None:
        if any(str(value).strip() for value in field.raw_data or ()):
            return
        field.errors = []
        raise StopValidation(self.message) if form[self.day].data else StopValidation()


class WindowFields(TimingFields):
    """When applications open and close. Without a first day there is no window; without a last day it stays open.
    Of an hour that occurs twice the earlier one counts, as for every deadline (R-08)."""

    day = DayField(_l("First day"), validators=[Optional()])
    start = HourField(_l("Opens at"), validators=[WithADay("day", _l("Say at which hour applications open."))])
    last_day = DayField(_l("Last day"), validators=[Optional()])
    end = HourField(_l("Closes at"), validators=[WithADay("last_day", _l("Say at which hour applications close."))])
    zone = ZoneField(_l("Place whose clock counts"), default=reader_zone)

    def window(self) -> Timing | None:
        """Return what was typed; call it after `validate()`."""
        day, start = self.day.data, self.start.data
        last_day, end = self.last_day.data, self.end.data
        if not isinstance(day, date) or not isinstance(start, time):
            return None
        closes = datetime.combine(last_day, end) if isinstance(last_day, date) and isinstance(end, time) else None
        opens = datetime.combine(day, start)
        return Timing.minutes(opens, closes, str(self.zone.data), is_deadline=True, may_be_long=True)

    def fill_from(self, moment: Moment) -> None:
        super().fill_from(moment)
        self.last_day.data = moment.wall_end.date() if moment.wall_end is not None else None


class IntakeForm(WindowFields, Form):
    """Places, approval, window."""

    page_order = ("capacity", "needs_approval")

    capacity = PlacesField(_l("Number of places"), validators=[Optional()])
    needs_approval = BooleanField(_l("A facilitator says yes or no to each application"))

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        if not self.capacity.errors:
            is_good = accepts(self, lambda: check_capacity(self.capacity.data)) and is_good
        return self._is_window_good() and is_good

    def _is_window_good(self) -> bool:
        if any(field.errors for field in (self.day, self.start, self.last_day, self.end, self.zone)):
            return False
        if self.last_day.data and not self.day.data:
            self.day.errors = [_l("Say on which day applications open, or empty the last day.")]
            return False
        if self.day.data and not self.zone.data:
            self.zone.errors = [_l("Choose a place.")]
            return False
        return accepts(self, self._check_order)

    def _check_order(self) -> None:
        timing = self.window()
        if timing is None:
            return
        try:
            resolve(timing)
        except EndsBeforeStart:
            raise EndsBeforeStart(
                _l("Applications close before they open. Choose a later last day."), field="last_day"
            ) from None

    def show(self, intake: Intake) -> None:
        """Show how the track takes people now."""
        self.capacity.data, self.needs_approval.data = intake.capacity, intake.needs_approval
        if intake.moment is not None:
            self.fill_from(intake.moment)


class QuestionForm(WordsForm):
    """One question, in the languages of the pages."""

    kind = RadioField(
        _l("How do people answer?"),
        choices=[
            SelectChoice(QuestionKind.LINE.value, _l("In one line")),
            SelectChoice(QuestionKind.TEXT.value, _l("In a few sentences")),
            SelectChoice(QuestionKind.YES_NO.value, _l("With yes or no")),
        ],
        default=QuestionKind.LINE.value,
    )
    is_required = BooleanField(_l("Everybody must answer"))

    def check_words(self) -> None:
        check_prompts(self.names())


def question_form() -> Any:
    """Return the form of a question, with its sentence in every language of the pages."""
    return make_words_form(QuestionForm, _l("Question"))()


class DecideForm(Form):
    """Who is ticked, and whether they get a place or a refusal with its reason: the button says which."""

    decision = RadioField(choices=[SelectChoice(ACCEPT, ""), SelectChoice(REFUSE, "")], validate_choice=False)
    chosen = ManyChoices(_l("Applications"), coerce=to_uuid, validate_choice=False)
    reason = TextAreaField(_l("If you refuse: why?"), filters=[clean_text])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        return (not self.is_refusal or accepts(self, lambda: check_refusal(self.reason.data or ""))) and is_good

    @property
    def is_refusal(self) -> bool:
        return bool(self.decision.data == REFUSE)

    @property
    def ids(self) -> set[UUID]:
        return {application_id for application_id in self.chosen.data or [] if application_id is not None}
