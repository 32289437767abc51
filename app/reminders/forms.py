"""The form of a plan: when, and to whom; ticks only, and one number for whoever wants another day."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from app.core.forms import Form
from app.core.worded_forms import ManyChoices
from app.reminders.defaults import Rule
from app.reminders.kinds import DAY, OFFERED, Kind, Whom
from app.reminders.words import offset_words, whom_words


class PlanForm(Form):
    """`offer` what a kind can be reminded of before the form is checked."""

    page_order = ("when", "days", "to_whom")

    when = ManyChoices(_l("When"), coerce=int, choices=[])
    days = IntegerField(
        # I18N: label of a field for a number: a reminder so many days before
        _l("Another number of days before"),
        validators=[Optional(), NumberRange(1, 365, message=_l("Write a number of days from 1 to 365."))],
    )
    to_whom = ManyChoices(_l("Who is reminded"), choices=[])

    def offer(self, kind: Kind, rules: Iterable[Rule]) -> None:
        offered = OFFERED[kind]
        minutes = sorted({*offered.minutes, *(rule.minutes for rule in rules)})
        self.when.choices = [SelectChoice(offset, offset_words(offset)) for offset in minutes]
        self.to_whom.choices = [SelectChoice(whom.value, whom_words(kind, whom)) for whom in offered.whom]

    def show(self, kind: Kind, rules: Iterable[Rule]) -> None:
        """Show what holds now; where nothing does, who would be told."""
        rules = list(rules)
        self.when.data = [rule.minutes for rule in rules]
        told = set[Whom]().union(*(rule.to_whom for rule in rules))
        self.to_whom.data = [whom.value for whom in OFFERED[kind].whom if whom in told]

    def minutes(self) -> frozenset[int]:
        """Return the offsets that were chosen, the written one too."""
        own = {-int(self.days.data) * DAY} if self.days.data else set()
        return frozenset(self.when.data or []) | own

    def whom(self) -> frozenset[Whom]:
        return frozenset(Whom(code) for code in self.to_whom.data or [])
