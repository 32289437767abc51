"""Phases, tracks and facilitators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.core import house
from app.core.worded_forms import ManyChoices, WordsForm, accepts, make_words_form
from app.people.forms import PersonForm, to_uuid
from app.sessions.forms.words import BLOCK_LABELS
from app.sessions.models import TextBlock
from app.sessions.services.phases import check_years
from app.sessions.services.tracks import check_eligible

TRACK_BLOCKS = (
    TextBlock.PURPOSE,
    TextBlock.INTERREGIONAL,
    TextBlock.PEDAGOGY,
    TextBlock.TEAM,
    TextBlock.LEARNING_MODELS,
)

NO_REGION = "none"
"""Chosen for a facilitator who stands for no region."""


class YearField(IntegerField):
    """A year; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write a year with four digits: 2027.")) from None


class PhaseForm(WordsForm):
    before_words = ("owner", "year_from", "year_to", "regions")

    owner = SelectField(_l("Organisation that runs it"), coerce=to_uuid, validate_choice=False)
    year_from = YearField(_l("First year"), validators=[InputRequired(_l("Write the first year."))])
    year_to = YearField(_l("Last year"), validators=[InputRequired(_l("Write the last year."))])
    regions = ManyChoices(_l("Regions it covers"), coerce=to_uuid, validate_choice=False)

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        first, last = self.year_from.data, self.year_to.data
        return (first is None or last is None or accepts(self, lambda: check_years(first, last))) and is_good

    def validate_owner(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(_l("Choose the organisation that runs this phase."))


class TrackForm(WordsForm):
    eligible = ManyChoices(
        _l("Who may join"),
        choices=[
            SelectChoice("member", _l("Members")),
            SelectChoice("friend", _l("Friends")),
            SelectChoice("ally", _l("Allies")),
        ],
        default=lambda: house.values().get(house.ELIGIBLE) or ["member", "friend", "ally"],
        validate_choice=False,
    )
    is_open = BooleanField(_l("Open to new participants"), default=True)

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        return accepts(self, lambda: check_eligible(self.eligible.data or [])) and is_good


class AppointForm(PersonForm):
    region = SelectField(_l("Region this person stands for"), validate_choice=False)

    def validate_region(self, field: Any) -> None:
        if field.data != NO_REGION and to_uuid(field.data) is None:
            raise ValidationError(_l("Choose the region this person stands for, or “None of these”."))

    @property
    def region_id(self) -> UUID | None:
        return to_uuid(self.region.data)


def phase_form() -> Any:
    """Return the form of a phase, with names and aims in every language of the pages."""
    return make_words_form(PhaseForm, _l("Name"), {TextBlock.AIMS: BLOCK_LABELS[TextBlock.AIMS]})()


def track_form() -> Any:
    """Return the form of a track, with its name, purpose and the four traits in every language of the pages."""
    return make_words_form(TrackForm, _l("Name"), {block: BLOCK_LABELS[block] for block in TRACK_BLOCKS})()
