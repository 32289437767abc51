"""Proposing a chantier: in whose name, and its words per language."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.chantiers.forms.fields import offer_organisations, uuid_or_none
from app.core.actors import NETWORK, PUBLIC
from app.core.worded_forms import WordsForm, accepts, make_words_form
from app.workinggroups.models import GroupBlock
from app.workinggroups.services.founding import GroupWords, check_objectives

AUDIENCES = (SelectChoice(PUBLIC, _l("Everybody")), SelectChoice(NETWORK, _l("The network alone")))
BLOCKS = {GroupBlock.PURPOSE: _l("What this chantier is for"), GroupBlock.OBJECTIVES: _l("Objectives")}


class ProposeForm(WordsForm):
    before_words = ("organisation",)
    after_words = ("audience",)

    organisation = SelectField(_l("In the name of"), coerce=uuid_or_none, validate_choice=False)
    audience = RadioField(_l("Who may know that this chantier exists?"), choices=list(AUDIENCES), default=PUBLIC)

    def offer(self, speaks_for: Collection[UUID]) -> None:
        """Offer the organisations the reader speaks for; where it is one, it is chosen."""
        offer_organisations(self.organisation, only=speaks_for)
        if len(speaks_for) == 1 and not self.is_submitted():
            self.organisation.data = next(iter(speaks_for))

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        return accepts(self, lambda: check_objectives(self.texts())) and is_good

    def validate_organisation(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(_l("Choose the organisation in whose name you propose it."))

    def words(self) -> GroupWords:
        return GroupWords(self.names(), self.texts())


def propose_form() -> Any:
    """Return the form with the words of every language of the pages."""
    return make_words_form(ProposeForm, _l("Name"), BLOCKS)()
