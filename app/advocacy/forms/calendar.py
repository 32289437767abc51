"""What the advocacy calendar is narrowed down by, as a form whose address can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.advocacy import words
from app.advocacy.models import SpaceKind
from app.advocacy.queries.calendar import Sureness
from app.core.forms import Form

SURE: dict[Sureness, Any] = {
    # I18N: choice of dates: those that are certain
    Sureness.CONFIRMED: _l("Confirmed"),
    # I18N: choice of dates: those that are likely, but not confirmed
    Sureness.EXPECTED: _l("Expected"),
    # I18N: choice of dates
    Sureness.CANCELLED: _l("Cancelled"),
}


class CalendarForm(Form):
    """Which dates. What does not exist finds what everybody finds first."""

    class Meta:
        csrf = False

    # I18N: label of a choice: the kind of advocacy space, such as treaty body or forum
    kind = SelectField(_l("Kind"), validate_choice=False)
    # I18N: label of a choice: an advocacy space, such as CEDAW
    space = SelectField(_l("Space"), validate_choice=False)
    # I18N: label of a choice: one of the 17 Sustainable Development Goals
    goal = SelectField(_l("Goal"), validate_choice=False)
    # I18N: label of a choice: the country that is reviewed
    state = SelectField(_l("State under review"), validate_choice=False)
    region = SelectField(_l("Region"), validate_choice=False)
    # I18N: label of a choice: the working group that follows spaces
    group = SelectField(_l("Followed by"), validate_choice=False)
    # I18N: label of a choice: confirmed, expected or cancelled
    sure = SelectField(_l("How certain"), validate_choice=False)
    # I18N: label of a choice: a year of the calendar
    year = SelectField(_l("Year"), validate_choice=False)

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        self.years: list[int] = []

    def offer(
        self,
        *,
        spaces: Sequence[tuple[str, str]],
        states: Sequence[tuple[str, str]],
        regions: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        years: Sequence[int],
    ) -> None:
        """Fill the lists with pairs of value and words, and forget what is not among them."""
        goals = [(str(n), f"{n} · {label}") for n, label in words.GOALS.items()]
        self._offer(self.kind, _("All kinds"), [(kind.value, label) for kind, label in words.SPACE_KINDS.items()])
        self._offer(self.space, _("All spaces"), spaces)
        self._offer(self.goal, _("All goals"), goals)
        self._offer(self.state, _("All States"), states)
        self._offer(self.region, _("All regions"), regions)
        self._offer(self.group, _("All groups and nobody"), groups)
        self._offer(self.sure, _("All dates"), [(one.value, label) for one, label in SURE.items()])
        # I18N: choice of a year: from today on, whatever the year
        self.years = list(years)
        self._offer(self.year, _("From today on"), [(str(year), str(year)) for year in years])

    def _offer(self, field: SelectField, anything: str, choices: Sequence[tuple[str, Any]]) -> None:
        field.choices = [SelectChoice("", anything), *(SelectChoice(value, label) for value, label in choices)]
        if field.data not in {value for value, _label in choices}:
            field.data = ""

    @property
    def query(self) -> dict[str, str]:
        """The query that leads here again."""
        return {field.name: field.data for field in self.filled}

    @property
    def every(self) -> tuple[SelectField, ...]:
        """All fields; those that are asked for most stand first."""
        return (self.goal, self.group, self.sure, self.kind, self.space, self.state, self.region, self.year)

    @property
    def filled(self) -> list[SelectField]:
        return [field for field in self.every if field.data]

    @property
    def fields_to_show(self) -> list[SelectField]:
        """The fields that have something to choose."""
        return [field for field in self.every if len(field.choices) > 1]

    @property
    def chosen_words(self) -> list[str]:
        """What is chosen, in words, to be said above the list."""
        return [str(choice.label) for field in self.filled for choice in field.choices if choice.value == field.data]

    def space_kind(self) -> SpaceKind | None:
        return SpaceKind(self.kind.data) if self.kind.data else None

    def sureness(self) -> Sureness | None:
        return Sureness(self.sure.data) if self.sure.data else None

    def number(self, field: SelectField) -> int:
        return int(field.data) if field.data else 0
