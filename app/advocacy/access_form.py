"""The form in which a status of an organisation is noted and changed."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from app.advocacy.models import OrganisationAccess, Standing
from app.advocacy.services.access import Noted
from app.advocacy.words import STANDINGS
from app.core.forms import Form, clean_line
from app.moments.forms import DayField
from app.moments.models import Certainty


class AccessForm(Form):
    """Which status, from when to when, where it was seen."""

    standing = SelectField(_l("Status"), validate_choice=False)
    from_on = DayField(_l("First day"), validators=[Optional()])
    until_on = DayField(_l("Last day"), validators=[Optional()])
    source = StringField(_l("Where did you see it?"), filters=[clean_line])
    is_seen = BooleanField(_l("I saw it there myself"))

    def offer(self) -> None:
        self.standing.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(standing.value, label) for standing, label in STANDINGS.items()),
        ]

    def validate_standing(self, field: Any) -> None:
        if field.data not in set(Standing):
            raise ValidationError(_l("Choose the status from the list."))

    def fill_from(self, row: OrganisationAccess) -> None:
        self.standing.data, self.source.data = row.standing.value, row.source
        self.from_on.data, self.until_on.data = row.from_on, row.until_on
        self.is_seen.data = row.certainty is Certainty.VERIFIED

    def noted(self) -> Noted:
        """Return what was typed; call it after `validate()`."""
        return Noted(
            standing=Standing(self.standing.data),
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            source=str(self.source.data or ""),
            is_seen=bool(self.is_seen.data),
        )
