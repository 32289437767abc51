"""Recording a partnership agreement."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from app.chantiers.forms.fields import uuid_or_none
from app.chantiers.services import Agreed
from app.core.forms import clean_text
from app.core.text_language import LanguageFields
from app.moments.forms import DayField


class AgreementForm(LanguageFields):
    page_order = ("organisation", "language", "other_language", "words", "from_on", "until_on")

    organisation = SelectField(_l("Organisation"), coerce=uuid_or_none, validate_choice=False)
    words = TextAreaField(
        _l("What was agreed on"),
        filters=[clean_text],
        validators=[InputRequired(_l("Write what was agreed on, in a sentence or two."))],
    )
    from_on = DayField(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
    until_on = DayField(_l("Last day"), validators=[InputRequired(_l("Choose a day."))])

    def validate_organisation(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(_l("Choose the organisation with which you agreed."))

    def agreed(self) -> Agreed:
        """Return what was written; call it after `validate()`."""
        return Agreed(self.tag(), str(self.words.data or ""), self.from_on.data, self.until_on.data)
