"""Somebody who goes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from app.core.context import page_language
from app.core.forms import Form, clean_line, clean_text
from app.core.names import names_of
from app.engagements.forms.fields import uuid_or_none
from app.engagements.models import Delegate, PaperState, Part
from app.engagements.services import Going
from app.engagements.words import PAPER_STATES, PARTS
from app.moments.forms import DayField
from app.people.models import Organisation
from app.people.queries import organisation_choices


class DelegateForm(Form):
    """Somebody who goes: chosen from those inside, or by a name."""

    page_order = ("person", "name", "organisation", "part", "languages", "arrives_on", "leaves_on", "visa", "badge")

    person = SelectField(_l("Somebody of this house"), validate_choice=False, default="")
    name = StringField(_l("Or somebody else, by name"), filters=[clean_line])
    organisation = SelectField(_l("Organisation"), validate_choice=False, default="")
    # I18N: label of a list: travels and speaks, takes part from afar …
    part = SelectField(_l("Part"), validate_choice=False)
    languages = StringField(_l("Languages they speak there"), filters=[clean_line])
    arrives_on = DayField(_l("Arrives on"), validators=[Optional()])
    leaves_on = DayField(_l("Leaves on"), validators=[Optional()])
    visa = SelectField(_l("Visa"), validate_choice=False)
    # I18N: the pass to enter buildings of the United Nations
    badge = SelectField(_l("Badge"), validate_choice=False)
    note = TextAreaField(_l("Note"), filters=[clean_text])

    def offer(self, people: Sequence[tuple[UUID, str]], kept: Organisation | None = None) -> None:
        """Fill the lists; `kept` is an organisation that stands there already, in the directory or not."""
        language = page_language()
        organisations = dict(organisation_choices(language))
        if kept is not None and kept.id not in organisations:
            organisations[kept.id] = names_of("organisation", [kept.id], language)[kept.id].text
        self.person.choices = [
            # I18N: choice in a list of people: none of them
            SelectChoice("", _("Nobody of this list")),
            *(SelectChoice(str(person_id), name) for person_id, name in people),
        ]
        self.organisation.choices = [
            SelectChoice("", _("None, or not known")),
            *(SelectChoice(str(one_id), name) for one_id, name in organisations.items()),
        ]
        self.part.choices = [SelectChoice(part.value, label) for part, label in PARTS.items()]
        for field in (self.visa, self.badge):
            field.choices = [SelectChoice(state.value, label) for state, label in PAPER_STATES.items()]

    def validate_organisation(self, field: SelectField) -> None:
        if field.data not in [choice.value for choice in field.choices or ()]:
            field.data = ""
            raise ValidationError(_l("Choose one from the list."))

    def going(self) -> Going:
        """Return what was typed; call it after `validate()`."""
        return Going(
            person_id=uuid_or_none(self.person.data),
            name=str(self.name.data or ""),
            organisation_id=uuid_or_none(self.organisation.data),
            part=_code(self.part, Part, Part.GOES),
            languages=str(self.languages.data or ""),
            visa=_code(self.visa, PaperState, PaperState.NOT_KNOWN),
            badge=_code(self.badge, PaperState, PaperState.NOT_KNOWN),
            arrives_on=self.arrives_on.data,
            leaves_on=self.leaves_on.data,
            note=str(self.note.data or ""),
        )

    def fill_from(self, delegate: Delegate) -> None:
        self.person.data = str(delegate.person_id or "")
        self.organisation.data = str(delegate.organisation_id or "")
        self.name.data, self.languages.data, self.note.data = delegate.name, delegate.languages, delegate.note
        self.part.data, self.visa.data, self.badge.data = delegate.part, delegate.visa, delegate.badge
        self.arrives_on.data, self.leaves_on.data = delegate.arrives_on, delegate.leaves_on


def _code(field: SelectField, codes: type[StrEnum], otherwise: Any) -> Any:
    return codes(field.data) if field.data in set(codes) else otherwise
