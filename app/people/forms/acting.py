"""In whose name one acts, and persons without an account."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form
from app.people.forms.affiliations import BelongingFields, kind_field, organisations_of_theirs
from app.people.forms.fields import TheirAddressField, TickedField, id_or_none, line, name_line
from app.people.forms.profile import (
    SpokenFields,
    common_languages,
    country_choices,
    preferred_choices,
    region_choices_of_theirs,
)
from app.people.services import Assisted, Profile

ONESELF = "oneself"


class ActingForm(Form):
    """For oneself, for an organisation, or for a person one helps; which ones is said by the page."""

    acting = RadioField(
        _l("From now on, on this device, I act"),
        validators=[InputRequired(_l("Choose in whose name you act."))],
        validate_choice=False,
    )

    def offer(self, choices: list[tuple[str, Any]]) -> None:
        self.acting.choices = [SelectChoice(value, label) for value, label in choices]


class AssistedForm(SpokenFields, BelongingFields, Form):
    """A person without an account, as their helper describes them."""

    name = name_line(_l("Their name"), 160, required=_l("Write the name as the person says it."))
    name_latin = name_line(_l("Their name in Latin letters"), 160)
    place = name_line(_l("Town or village"), 120)
    country = SelectField(_l("Country"), choices=country_choices, coerce=lambda value: value or "")
    region = SelectField(
        _l("Region of the network"), choices=region_choices_of_theirs, coerce=lambda value: value or ""
    )
    organisation = SelectField(
        _l("Their organisation"),
        choices=organisations_of_theirs,
        validators=[InputRequired(_l("Choose their organisation, or that they take part alone."))],
    )
    kind = kind_field(_l("How do they belong to the network?"))
    name_is_missing = _l("Write the name of their organisation, or choose one from the list.")
    languages = TickedField(_l("Languages they speak"), choices=common_languages)
    preferred_language = SelectField(_l("The language they prefer"), choices=preferred_choices, default="")
    agreed = line(
        _l("How did they agree?"),
        300,
        required=_l("Write how this person agreed: nobody is registered without knowing it."),
    )

    def assisted(self) -> Assisted:
        """Return what was typed; call it after `validate()`."""
        profile = Profile(
            name=str(self.name.data),
            name_latin=str(self.name_latin.data or ""),
            place=str(self.place.data or ""),
            country=self.country.data or None,
            region_id=id_or_none(self.region.data),
            languages=self.spoken(),
            preferred_language=self.preferred(),
        )
        return Assisted(
            profile=profile, belonging=self.belonging(), kind=self.kind_chosen(), agreed=str(self.agreed.data)
        )


class HelperForm(Form):
    """One more helper for a person without an account."""

    email = TheirAddressField(_l("E-mail of the helper"))
    agreed = line(_l("How did the person agree?"), 300, required=_l("Write how this person agreed to be helped."))


class AccountForm(Form):
    """The address of a person who has had no account so far."""

    email = TheirAddressField(_l("E-mail"))
