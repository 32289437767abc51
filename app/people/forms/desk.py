"""The secretariat's forms: searching, inviting, roles, organisations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.context import offered_languages, page_language
from app.core.forms import Form, clean_line
from app.core.languages import own_name
from app.core.names import all_names
from app.moments.forms import DayField
from app.people import labels
from app.people.forms.fields import TheirAddressField, at_most, id_or_none, line, name_line, offered
from app.people.forms.profile import page_language_choices
from app.people.models import Level, Organisation, Role
from app.people.queries import organisation_choices, region_choices
from app.people.services import Days, OrganisationFacts


class Search(Form):
    """What is looked for in a list: a name, and which part of it."""

    class Meta:
        csrf = False

    q = line(_l("Name"), 80)
    show = SelectField(
        _l("Show"), choices=offered([("", _l("Everybody")), ("pending", _l("Who waits to be confirmed"))]), default=""
    )
    after = StringField(filters=[clean_line], validators=[at_most(400)])
    within = StringField(filters=[clean_line], validators=[at_most(36)])


def _roles(*roles: Role) -> list[tuple[str, Any]]:
    return [(role.value, labels.ROLES[role]) for role in roles]


class InviteForm(Form):
    """Invite somebody by e-mail, with a role or without."""

    email = TheirAddressField(_l("E-mail"))
    name = name_line(_l("Name"), 160)
    page_language = SelectField(_l("Language of the mail"), choices=page_language_choices, default=page_language)
    role = SelectField(
        _l("Role"), choices=offered([("", _l("No role")), *_roles(Role.SECRETARIAT, Role.COORDINATOR)]), default=""
    )

    def role_chosen(self) -> Role | None:
        return Role(self.role.data) if self.role.data else None


def _mandate_choices() -> list[SelectChoice]:
    listed = ((str(organisation_id), name) for organisation_id, name in organisation_choices(page_language()))
    return offered([("", _l("No organisation")), *listed])


class RoleForm(Form):
    """Give a role to somebody who has an account."""

    email = TheirAddressField(_l("E-mail of the person"))
    role = RadioField(
        _l("Role"),
        choices=offered(_roles(Role.SECRETARIAT, Role.COORDINATOR, Role.MANDATED)),
        validators=[InputRequired(_l("Choose a role."))],
    )
    organisation = SelectField(
        _l("Organisation (needed for “Speaks for an organisation”)"),
        choices=_mandate_choices,
        coerce=lambda value: value or "",
    )

    from_on = DayField(_l("First day"), validators=[Optional()])
    until_on = DayField(_l("Last day"), validators=[Optional()])

    def organisation_id(self) -> UUID | None:
        return id_or_none(self.organisation.data)

    def days(self) -> Days:
        return Days(self.from_on.data, self.until_on.data)


class MandateForm(Form):
    """Until when somebody speaks for an organisation."""

    until_on = DayField(_l("Last day"), validators=[Optional()])


def _kind_choices() -> list[SelectChoice]:
    return offered(labels.ORGANISATION_KINDS.items())


def _levels() -> list[SelectChoice]:
    return offered([("", _l("Not said")), *((code.value, words) for code, words in labels.LEVELS.items())])


def _countries() -> list[SelectChoice]:
    return offered([("", _l("Not known, or several")), *labels.country_choices(page_language())])


def _regions() -> list[SelectChoice]:
    regions = ((str(region_id), name) for region_id, name in region_choices(page_language()))
    return offered([("", _l("No region")), *regions])


class OrganisationForm(Form):
    """Facts about an organisation, with a name per language of the pages."""

    name_ar = name_line(own_name("ar"), 400)
    name_en = name_line(own_name("en"), 400)
    name_es = name_line(own_name("es"), 400)
    name_fr = name_line(own_name("fr"), 400)
    name_pt = name_line(own_name("pt"), 400)
    acronym = name_line(_l("Acronym"), 40)
    kind = SelectField(_l("Kind of organisation"), choices=_kind_choices, default="other")
    level = SelectField(_l("How wide is its territory?"), choices=_levels, coerce=lambda value: value or "", default="")
    country = SelectField(
        _l("Country"),
        choices=_countries,
        coerce=lambda value: value or "",
    )
    city = name_line(_l("City"), 120)
    region = SelectField(
        _l("Region of the network"),
        choices=_regions,
        coerce=lambda value: value or "",
    )
    is_listed = BooleanField(_l("Show it in the list of organisations"), default=True)
    is_checked = BooleanField(_l("I have checked these facts"))
    is_another = BooleanField(_l("It is another organisation than those named above"))

    def name_fields(self) -> list[tuple[str, Any]]:
        """Return (language, field) for the languages this house offers, the reader's own first."""
        own = page_language()
        codes = sorted(offered_languages(), key=lambda code: code != own)
        return [(code, self[f"name_{code}"]) for code in codes if f"name_{code}" in self]

    def facts(self) -> OrganisationFacts:
        """Return what was typed; call it after `validate()`."""
        return OrganisationFacts(
            kind=str(self.kind.data),
            names={code: str(field.data or "") for code, field in self.name_fields()},
            acronym=str(self.acronym.data or ""),
            country=self.country.data or None,
            city=str(self.city.data or ""),
            region_id=id_or_none(self.region.data),
            is_listed=bool(self.is_listed.data),
            level=Level(self.level.data) if self.level.data else None,
        )

    def keep_kind(self, code: str) -> None:
        """Offer a kind that came with an imported file beside the known ones."""
        if code not in labels.ORGANISATION_KINDS:
            self.kind.choices = [*offered([(code, labels.organisation_kind(code))]), *_kind_choices()]

    def fill_from(self, organisation: Organisation) -> None:
        """Show what is said of the organisation now."""
        names = all_names("organisation", organisation.id)
        for code, field in self.name_fields():
            field.data = names[code].text if code in names else ""
        self.acronym.data, self.city.data, self.kind.data = organisation.acronym, organisation.city, organisation.kind
        self.country.data, self.region.data = organisation.country or "", str(organisation.region_id or "")
        self.is_listed.data = organisation.is_listed
        self.level.data = organisation.level.value if organisation.level else ""
