"""Inviting a person or an organisation into a group, with a few words of one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.core.forms import clean_text
from app.core.text_language import LanguageFields
from app.people.forms import PersonForm, to_uuid
from app.workinggroups.services.invitations import LONGEST_WORDS


class WordsOfInviter(LanguageFields):
    """The inviter's own words. Their language is asked for only where there are any."""

    words = TextAreaField(
        _l("A few words of yours"),
        filters=[clean_text],
        validators=[Length(max=LONGEST_WORDS, message=_l("Write at most 1,000 letters."))],
    )

    def validate_language(self, field: SelectField) -> None:
        if self.words.data:
            super().validate_language(field)

    @property
    def has_words(self) -> bool:
        """Whether somebody has begun to write, so that the fields stand open."""
        return bool(self.words.data or self.words.errors or self.language.errors or self.other_language.errors)

    def said(self) -> dict[str, str]:
        """Return the words and their language, as the services take them."""
        words = str(self.words.data or "")
        return {"words": words, "language": self.tag() if words else ""}


class InviteForm(WordsOfInviter, PersonForm):
    page_order = ("person", "chosen", "language", "other_language", "words")


class InviteOrganisationForm(WordsOfInviter):
    page_order = ("organisation", "language", "other_language", "words")

    organisation = SelectField(_l("Organisation"), validate_choice=False)

    def validate_organisation(self, field: Any) -> None:
        if to_uuid(field.data) is None:
            raise ValidationError(_l("Choose the organisation that is invited."))

    @property
    def organisation_id(self) -> UUID:
        """Which organisation is invited; to be asked for after `validate()`."""
        return UUID(str(self.organisation.data))
