"""One person's word: I come, I cannot come, I was there."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf

from app.core.forms import Form
from app.people.forms import to_uuid

FOR_NOBODY = "alone"
"""Chosen by somebody who came for no organisation."""


class ComingForm(Form):
    """Two buttons; `answer` is the value of the one that was pressed."""

    answer = HiddenField(validators=[AnyOf(("yes", "no"), message=_l("Say whether you come."))])

    @property
    def comes(self) -> bool:
        return bool(self.answer.data == "yes")


class ClaimForm(Form):
    """`organisation` is a list where there is a choice, else what the page put into it."""

    organisation = SelectField(_l("For whom were you there?"), validate_choice=False, default="")

    @property
    def organisation_id(self) -> UUID | None:
        return to_uuid(self.organisation.data) if self.organisation.data != FOR_NOBODY else None
