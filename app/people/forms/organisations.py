"""What is said of organisations beside their facts: to whom they belong, their other names, their own page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.context import page_language
from app.core.forms import Form, clean_line, clean_text
from app.core.text_language import LanguageFields
from app.moments.forms import DayField
from app.people.forms.fields import at_most, line, name_line, offered
from app.people.queries import organisation_choices
from app.people.services import Days


def _organisations() -> list[SelectChoice]:
    listed = ((str(organisation_id), name) for organisation_id, name in organisation_choices(page_language()))
    return offered([("", _l("Choose")), *listed])


class ParentForm(Form):
    """A larger organisation to which one belongs, and the days of it."""

    parent = SelectField(
        _l("Belongs to"),
        choices=_organisations,
        validators=[InputRequired(_l("Choose the organisation to which it belongs."))],
    )
    from_on = DayField(_l("First day"), validators=[Optional()])
    until_on = DayField(_l("Last day"), validators=[Optional()])
    source = line(_l("Source"), 200)

    def parent_id(self) -> UUID:
        return UUID(str(self.parent.data))

    def days(self) -> Days:
        return Days(self.from_on.data, self.until_on.data)


class EndTieForm(Form):
    """The last day on which one belongs to a larger organisation."""

    until_on = DayField(_l("Last day"), validators=[InputRequired(_l("Choose a day."))])


class OtherNameForm(LanguageFields):
    """Another name, and its language."""

    language = SelectField(_l("In which language is this name?"), validate_choice=False)
    text = name_line(_l("Other name or acronym"), 400, required=_l("Write the other name."))


class ReadAt(Form):
    """What several people may write at once says when the version was changed that the writer had before them."""

    read_at = HiddenField()

    def was_read_at(self) -> datetime | None:
        """Return that instant; None where there was nothing, or where what was sent is no instant."""
        try:
            instant = datetime.fromisoformat(str(self.read_at.data or ""))
        except ValueError:
            return None
        return instant if instant.tzinfo is not None else None

    def remember(self, row: Any) -> None:
        """Say that the reader has this row before them, or that there is none."""
        self.read_at.data = row.changed_at.isoformat() if row is not None else ""


class PageTextForm(ReadAt):
    """What an organisation says of itself in one language."""

    body = TextAreaField(_l("The text"), filters=[clean_text])
    preview = SubmitField(_l("See it first"))


class ContactForm(ReadAt):
    """How the public reaches an organisation."""

    website = line(_l("Website"), 300)
    email = StringField(_l("E-mail for the public"), filters=[clean_line], validators=[at_most(254)])


class NewTextForm(LanguageFields):
    """In which language the next text is."""
