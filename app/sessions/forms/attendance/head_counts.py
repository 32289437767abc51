"""How many people sat behind one screen."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.forms import Form, clean_line
from app.people.forms import to_uuid
from app.sessions.services.attendance.head_counts import MOST_PEOPLE, PLACE_LENGTH


class PeopleField(StringField):
    """A whole number from 1 to 500, in any digits people write; anything else comes back as it was typed."""

    number = 0

    def pre_validate(self, form: Any) -> None:
        written = str(self.data or "")
        if not (written.isdecimal() and len(written) <= 6 and 1 <= int(written) <= MOST_PEOPLE):
            raise ValidationError(
                _l("Write a whole number from 1 to 500. For more people, write one count for each screen.")
            )
        self.number = int(written)


class HeadCountForm(Form):
    people = PeopleField(
        _l("How many people?"),
        filters=[clean_line],
        validators=[InputRequired(_l("Write how many people there were."))],
    )
    place = StringField(
        _l("Where they sat"),
        filters=[clean_line],
        validators=[Length(max=PLACE_LENGTH, message=_l("Use at most %(max)d characters."))],
    )
    organisation = SelectField(_l("Organisation"), coerce=to_uuid, validate_choice=False)
