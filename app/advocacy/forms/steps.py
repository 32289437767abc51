"""Forms of a step: confirmed, added by hand, counted otherwise for one occurrence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from app.advocacy.forms.when import ReasonForm, SeenFields, WhenFields
from app.advocacy.models import DEADLINES, ParticipationMode, Step, StepCode
from app.advocacy.services import WrittenStep
from app.advocacy.words import STEPS, mode_name
from app.core.context import page_language
from app.core.forms import clean_line
from app.core.types import Facts
from app.moments.forms import HourField
from app.moments.models import Certainty, Precision
from app.outcomes.forms import PartOfDate

BEFORE, AFTER = "before", "after"


class ConfirmStepForm(SeenFields):
    """The date of a step as it was published. What has passed is noted on purpose."""

    is_afterwards = BooleanField(_l("This date has passed: I note it afterwards"))
    page_order = ("day", "start", "ends", "zone", "is_afterwards", "source")

    def fill_from(self, step: Step) -> None:
        """Show what somebody has read before. An estimate stands beside the form and not in it: a day that nobody has
        read is not confirmed by one click."""
        moment = step.moment
        is_read = moment.certainty is not Certainty.ESTIMATED
        if is_read and moment.precision in (Precision.DAY, Precision.MINUTE) and moment.wall_start is not None:
            self.day.data = moment.wall_start.date()
            self.fill_hours(moment)
        self.zone.data = moment.zone or step.occurrence.space.zone


class StepForm(WhenFields):
    """A deadline or a stage that no rule foresees."""

    code = SelectField(_l("What is it?"))
    # I18N: label of a field: what a deadline is called by the body
    label = StringField(_l("As the body calls it"), filters=[clean_line], validators=[Length(max=200)])
    # I18N: label of a choice: for which way to take part a deadline counts
    mode = SelectField(_l("For which way to take part?"), default="")
    page_order = ("code", "label", "mode", *WhenFields.page_order)

    def offer(self, modes: Iterable[ParticipationMode], zone: str | None) -> None:
        """Fill the lists: deadlines first, then what happens on a day."""
        self._modes = {str(mode.id): mode for mode in modes}
        self.code.choices = [
            SelectChoice(code.value, words, optgroup=_("What closes") if code in DEADLINES else _("What happens"))
            for code, words in STEPS.items()
        ]
        self.mode.choices = [
            SelectChoice("", _("All, or not known")),
            *(SelectChoice(key, str(mode_name(mode))) for key, mode in self._modes.items()),
        ]
        self.offer_dates(zone)

    def validate_ends(self, field: HourField) -> None:
        super().validate_ends(field)
        if field.data is not None and self.code.data in DEADLINES:
            raise ValidationError(_l("What closes has one hour. Leave the end empty."))

    def written(self) -> WrittenStep:
        """Return what was typed; call it after `validate()`."""
        timing = self.when()
        if timing is None:
            raise TypeError("the date is asked for before the form was checked")
        label: Facts = {page_language(): self.label.data} if self.label.data else {}
        return WrittenStep(
            code=StepCode(self.code.data),
            timing=timing,
            certainty=self.sureness(),
            source=str(self.source.data or ""),
            label=label,
            mode=self._modes.get(str(self.mode.data)),
        )


class OwnDaysForm(ReasonForm):
    """How many days from its anchor a step is expected at one occurrence alone."""

    days = PartOfDate(_l("Days"))
    side = RadioField(
        _l("Before or after?"),
        choices=[
            SelectChoice(BEFORE, lazy_pgettext("days", "Before")),
            SelectChoice(AFTER, lazy_pgettext("days", "After")),
        ],
        default=BEFORE,
    )
    # I18N: a box to tick: no offset of its own any more
    by_rule = BooleanField(_l("Count by the rule again"))

    def validate_days(self, field: PartOfDate) -> None:
        if not self.by_rule.data and field.data is None and not field.errors:
            raise ValidationError(_l("Write how many days, or tick the box to count by the rule."))
        if field.data is not None and field.data < 0:
            raise ValidationError(_l("Write the number without a sign and choose before or after."))

    def offset(self) -> int | None:
        """Return the days, negative before; None for the rule."""
        days = self.days.data
        if self.by_rule.data or not isinstance(days, int):
            return None
        return -days if self.side.data == BEFORE else days

    def fill_from(self, step: Step) -> None:
        """Show the days that count now."""
        days: Any = self.days
        if step.days is not None:
            days.data, self.side.data = abs(step.days), BEFORE if step.days <= 0 else AFTER
