"""Asking an organisation to carry a chantier, and its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SubmitField
from wtforms.validators import ValidationError

from app.chantiers.forms.fields import uuid_or_none
from app.core.forms import Form


class AskForm(Form):
    """Which organisation is asked."""

    organisation = SelectField(_l("Organisation"), coerce=uuid_or_none, validate_choice=False)

    def validate_organisation(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(_l("Choose the organisation you ask."))

    @property
    def organisation_id(self) -> UUID:
        return UUID(str(self.organisation.data))


class CarryForm(Form):
    """What an organisation says that carries it. `read` is the digest of the letter that stood on the page."""

    acknowledge = BooleanField(_l("We have read the objectives of this chantier and carry them"))
    signs = BooleanField(_l("We sign its mission letter too, as it stands above"))
    read = HiddenField()

    def validate_acknowledge(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_l("Tick that you carry the objectives, or say that you do not carry it."))


class CarryByMailForm(CarryForm):
    """As it is said from a mail, where a link of its own says no."""

    def ask(self, digest: str) -> None:
        if not self.is_submitted():
            self.read.data = digest


class AnswerForm(CarryForm):
    """Yes or no, for one's organisation."""

    # I18N: button: our organisation will carry this chantier
    accept = SubmitField(_l("We carry it"))
    # I18N: button: our organisation will not carry this chantier
    decline = SubmitField(_l("We do not carry it"))

    def validate_acknowledge(self, field: Any) -> None:
        if not self.decline.data:
            super().validate_acknowledge(field)
