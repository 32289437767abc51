"""For whom somebody takes part, as what, and from when until when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.core.context import page_language
from app.core.forms import Form
from app.moments.forms import DayField
from app.people import labels
from app.people.forms.fields import name_line, offered
from app.people.models import AffiliationKind
from app.people.queries import organisation_choices
from app.people.queries.organisations import ALONE
from app.people.services import Belonging

NOT_CHOSEN, NOBODY, ANOTHER = "", "alone", "other"


def _organisations(alone: Any = ALONE) -> list[SelectChoice]:
    listed = ((str(organisation_id), name) for organisation_id, name in organisation_choices(page_language()))
    other = _l("Another one, whose name I write below")
    return offered([(NOT_CHOSEN, _l("Choose")), (NOBODY, alone), (ANOTHER, other), *listed])


ALONE_OF_OTHERS = _l("No organisation: they take part alone")


def organisations_of_theirs() -> list[SelectChoice]:
    """The same choices, said about somebody else."""
    return _organisations(ALONE_OF_OTHERS)


def _known_organisations() -> list[SelectChoice]:
    return [choice for choice in organisations_of_theirs() if choice.value != ANOTHER]


def kind_field(label: Any) -> RadioField:
    """A choice of member, friend, ally; nothing is chosen beforehand."""
    return RadioField(
        label,
        choices=offered((code.value, words) for code, words in labels.AFFILIATION_KINDS.items()),
        validators=[InputRequired(_l("Choose one of the three."))],
    )


class BelongingFields:
    """Organisation and kind of affiliation. Stand it before `Form`."""

    organisation = SelectField(
        _l("Your organisation"),
        choices=_organisations,
        validators=[InputRequired(_l("Choose your organisation, or that you take part alone."))],
    )
    organisation_name = name_line(_l("Name of the other organisation (needed if it is not in the list)"), 200)
    kind = kind_field(_l("How do you belong to the network?"))
    name_is_missing = _l("Write the name of your organisation, or choose one from the list.")

    def validate_organisation_name(self, field: Any) -> None:
        if self.organisation.data == ANOTHER and not field.data:
            raise ValidationError(self.name_is_missing)

    def belonging(self) -> Belonging:
        """Return what was chosen; call it after `validate()`."""
        chosen = str(self.organisation.data)
        if chosen == ANOTHER:
            language = page_language().partition("-")[0]
            return Belonging(organisation_name=str(self.organisation_name.data), language=language)
        return Belonging(organisation_id=UUID(chosen) if chosen != NOBODY else None)

    def kind_chosen(self) -> AffiliationKind:
        return AffiliationKind(self.kind.data)


class AskForm(BelongingFields, Form):
    """Ask for an affiliation of one's own."""


class AddAffiliationForm(Form):
    """The secretariat writes a confirmed affiliation."""

    organisation = SelectField(
        _l("Organisation"),
        choices=_known_organisations,
        validators=[InputRequired(_l("Choose an organisation, or that the person takes part alone."))],
    )
    kind = kind_field(_l("Affiliation"))
    from_on = DayField(_l("First day"), validators=[InputRequired(_l("Choose a day."))])

    def organisation_id(self) -> UUID | None:
        chosen = str(self.organisation.data)
        return UUID(chosen) if chosen != NOBODY else None


class KindForm(Form):
    """Another kind from a day on."""

    kind = kind_field(_l("New kind"))
    from_on = DayField(_l("First day of the new kind"), validators=[InputRequired(_l("Choose a day."))])


class EndForm(Form):
    """The last day of an affiliation."""

    until_on = DayField(_l("Last day"), validators=[InputRequired(_l("Choose a day."))])
