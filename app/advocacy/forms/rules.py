"""The form of a rule: what is expected how many days before or after, or on which day of each year (R-09)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from app.advocacy import words
from app.advocacy.forms.sure import NumberField, SureFields, enum_choices, known
from app.advocacy.models import Anchor, OccurrenceKind, StepCode, StepRule
from app.advocacy.services.rules import RuleFacts
from app.core.context import page_language
from app.core.forms import Form
from app.moments.forms import DayField
from app.moments.words import months_of_year
from app.people.forms import to_uuid

BEFORE, AFTER = "before", "after"


def _unsigned(_form: Any, field: Any) -> None:
    """Five days before is not "-5" before, which would be five days after."""
    if field.data is not None and field.data < 0:
        raise ValidationError(_l("Write the number without a sign and choose before or after."))


class RuleForm(SureFields, Form):
    """A rule: what is expected how many days before or after, or on which day of each year."""

    step = SelectField(
        _l("What closes or happens"),
        choices=enum_choices(words.STEPS),
        validators=[known(words.STEPS, _l("Choose what closes or happens."))],
        validate_choice=False,
    )
    kind = SelectField(
        _l("For which dates of the space"),
        choices=enum_choices(words.OCCURRENCE_KINDS),
        validators=[known(words.OCCURRENCE_KINDS, _l("Choose for which dates the rule holds."))],
        validate_choice=False,
    )
    mode = SelectField(_l("Way to take part"), coerce=to_uuid, validate_choice=False)
    anchor = SelectField(
        _l("Counted from"),
        choices=enum_choices(words.ANCHORS),
        validators=[known(words.ANCHORS, _l("Choose from what the days are counted."))],
        validate_choice=False,
    )
    side = SelectField(
        _l("Before or after"),
        choices=[SelectChoice(BEFORE, _l("Before")), SelectChoice(AFTER, _l("After"))],
        validate_choice=False,
    )
    nearest = NumberField(_l("At least so many days"), validators=[Optional(), _unsigned])
    furthest = NumberField(_l("At most so many days"), validators=[Optional(), _unsigned])
    usual = NumberField(_l("Usually so many days"), validators=[Optional(), _unsigned])
    fixed_month = SelectField(_l("Month"), default="", validate_choice=False)
    fixed_day = NumberField(_l("Day of the month"), validators=[Optional()])
    valid_from = DayField(_l("Holds from"), validators=[Optional()])
    valid_until = DayField(_l("Holds until"), validators=[Optional()])

    def offer(self, modes: Sequence[tuple[UUID, str]]) -> None:
        self.mode.choices = [SelectChoice("", _l("None or any")), *(SelectChoice(key, name) for key, name in modes)]
        self.fixed_month.choices = [
            SelectChoice("", "–"),
            *(
                SelectChoice(str(number), wide)
                for number, (wide, _short, _initial) in enumerate(months_of_year(page_language()), start=1)
            ),
        ]

    def facts(self) -> RuleFacts:
        nearest, furthest, usual = self.nearest.data, self.furthest.data, self.usual.data
        furthest = nearest if furthest is None else furthest
        nearest = furthest if nearest is None else nearest
        is_before = self.side.data != AFTER
        first, last = (_minus(furthest), _minus(nearest)) if is_before else (nearest, furthest)
        return RuleFacts(
            step=StepCode(self.step.data),
            kind=OccurrenceKind(self.kind.data),
            anchor=Anchor(self.anchor.data),
            sure=self.sure(),
            first=first,
            last=last,
            typical=_minus(usual) if is_before else usual,
            fixed_on=self._yearly_day(),
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
            mode_id=self.mode.data,
        )

    def _yearly_day(self) -> str:
        """Month and day of each year; what is no month of the list is none, which the service refuses."""
        month = next((number for number in range(1, 13) if self.fixed_month.data == str(number)), 0)
        return f"{month:02d}-{int(self.fixed_day.data or 0):02d}"

    def show(self, rule: StepRule) -> None:
        """Show how it stands now."""
        self.show_sure(rule)
        self.step.data, self.kind.data = rule.step.value, rule.occurrence_kind.value
        self.anchor.data, self.mode.data = rule.anchor.value, rule.mode_id
        self.valid_from.data, self.valid_until.data = rule.valid_from, rule.valid_until
        if rule.fixed_on:
            month, day = (int(part) for part in rule.fixed_on.split("-"))
            self.fixed_month.data, self.fixed_day.data = str(month), day
        if rule.offset_min is not None and rule.offset_max is not None:
            is_after = rule.offset_max > 0
            self.side.data = AFTER if is_after else BEFORE
            ends = sorted((abs(rule.offset_min), abs(rule.offset_max)))
            self.nearest.data, self.furthest.data = ends
            self.usual.data = abs(rule.typical) if rule.typical is not None else None


def _minus(days: int | None) -> int | None:
    return -days if days is not None else None
