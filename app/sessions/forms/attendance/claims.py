"""One person's word: I was there."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.core.forms import Form
from app.people.forms import to_uuid

FOR_NOBODY = "alone"
"""Chosen by somebody who came for no organisation."""


class ClaimForm(Form):
    """`organisation` is a list where there is a choice, else what the page put into it."""

    organisation = SelectField(_l("For whom were you there?"), validate_choice=False, default="")

    @property
    def organisation_id(self) -> UUID | None:
        return to_uuid(self.organisation.data) if self.organisation.data != FOR_NOBODY else None
