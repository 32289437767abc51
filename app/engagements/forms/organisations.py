"""Asking an organisation, and its answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import page_language
from app.core.forms import Form
from app.engagements.forms.fields import uuid_or_none
from app.people.queries import organisation_choices


class AskForm(Form):
    """Which organisation is asked, and for what."""

    organisation = SelectField(_l("Organisation"), coerce=uuid_or_none, validate_choice=False)
    # I18N: a box to tick under an organisation
    is_lead = BooleanField(_l("It shall lead"))

    def offer(self, left_out: Collection[UUID] = ()) -> None:
        """Fill the list with the organisations of the directory, without some."""
        self.organisation.choices = [
            SelectChoice("", _("Choose…")),
            *(
                SelectChoice(str(one_id), name)
                for one_id, name in organisation_choices(page_language())
                if one_id not in left_out
            ),
        ]

    def validate_organisation(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(_l("Choose the organisation you ask."))

    @property
    def organisation_id(self) -> UUID:
        return UUID(str(self.organisation.data))


class AnswerForm(Form):
    """Yes or no, for one's organisation."""

    # I18N: button: our organisation takes part in this engagement
    agree = SubmitField(_l("We agree"))
    # I18N: button: our organisation does not take part in this engagement
    decline = SubmitField(_l("We decline"))
