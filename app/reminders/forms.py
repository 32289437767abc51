"""The form of a plan: when, and to whom; ticks only, and one number for whoever wants another day."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from app.core.forms import Form
from app.core.worded_forms import ManyChoices
from app.reminders.defaults import Rule, plain
from app.reminders.kinds import DAY, OFFERED, Kind, Scope, Whom
from app.reminders.words import after_words, offset_words, whom_words


class PlanForm(Form):
    """`offer` what a kind can be reminded of before the form is checked."""

    page_order = ("when", "days", "to_whom", "after")

    when = ManyChoices(_l("When"), coerce=int, choices=[])
    days = IntegerField(
        # I18N: label of a field for a number: a reminder so many days before
        _l("Another number of days before"),
        validators=[Optional(), NumberRange(1, 365, message=_l("Write a number of days from 1 to 365."))],
    )
    to_whom = ManyChoices(_l("Who is reminded"), choices=[])
    # I18N: label of a list to tick: what people are reminded of once a session is over or a deadline has passed
    after = ManyChoices(_l("Afterwards"), choices=[])

    def offer(self, kind: Kind, scope: Scope, rules: Iterable[Rule]) -> None:
        offered = OFFERED[kind]
        chosen = {rule.minutes for rule in plain(kind, rules)}
        self.when.choices = [
            SelectChoice(offset, offset_words(offset)) for offset in sorted({*offered.minutes, *chosen})
        ]
        self.to_whom.choices = [SelectChoice(whom.value, whom_words(kind, whom, scope)) for whom in offered.whom]
        self.after.choices = [SelectChoice(_code(*pair), after_words(kind, *pair)) for pair in offered.after]

    def show(self, kind: Kind, rules: Iterable[Rule]) -> None:
        """Show what holds now; where nothing does, who would be told."""
        offered, rules = OFFERED[kind], list(rules)
        near = plain(kind, rules)
        self.when.data = [rule.minutes for rule in near]
        told = set[Whom]().union(*(rule.to_whom for rule in near))
        self.to_whom.data = [whom.value for whom in offered.whom if whom in told]
        self.after.data = [_code(rule.minutes, whom) for rule in rules for whom in rule.to_whom if rule not in near]

    def minutes(self) -> frozenset[int]:
        """Return the offsets that were chosen, the written one too."""
        own = {-int(self.days.data) * DAY} if self.days.data else set()
        return frozenset(self.when.data or []) | own

    def chosen_after(self) -> frozenset[tuple[int, Whom]]:
        """Return what is told once it is over, and to whom."""
        pairs = (code.split(":") for code in self.after.data or [])
        return frozenset((int(minutes), Whom(whom)) for minutes, whom in pairs)

    def whom(self) -> frozenset[Whom]:
        return frozenset(Whom(code) for code in self.to_whom.data or [])


def _code(minutes: int, whom: Whom) -> str:
    return f"{minutes}:{whom.value}"
