"""What a person says about themselves, on registering and later; and how their pages look."""

from __future__ import annotations

from itertools import chain
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import offered_languages, page_language
from app.core.errors import RuleBroken
from app.core.forms import Form
from app.core.languages import COMMON_TEXT_LANGUAGES, check_tag, name_in, own_name
from app.moments.forms import ZoneField
from app.moments.zones import reader_zone
from app.people import labels
from app.people.forms.fields import TickedField, id_or_none, line, name_line, offered
from app.people.models import Appearance, Gender, Person
from app.people.queries import region_choices
from app.people.services import Profile

OTHER = "other"


def _common_languages() -> list[SelectChoice]:
    """The offered languages by their own names, each with its name in the language of the page beside it."""
    return offered((tag, _both_names(tag)) for tag in COMMON_TEXT_LANGUAGES)


def _both_names(tag: str) -> str:
    own, here = own_name(tag), name_in(tag, page_language())
    return own if own.casefold() == here.casefold() else f"{own} ({here})"


def _preferred_choices() -> list[SelectChoice]:
    first, other = offered([("", _l("The first one ticked")), (OTHER, _l("The other one I wrote"))])
    return [first, *_common_languages(), other]


def _country_choices() -> list[SelectChoice]:
    return offered([("", _l("Not said")), *labels.country_choices(page_language())])


def _region_choices() -> list[SelectChoice]:
    regions = ((str(region_id), name) for region_id, name in region_choices(page_language()))
    return offered([("", _l("The region of my organisation")), *regions])


def page_language_choices() -> list[SelectChoice]:
    """Return the languages of the pages by their own names."""
    return offered((code, own_name(code)) for code in offered_languages())


class ReadingFields:
    """Language of the pages, and the place whose clock is the reader's."""

    page_language = SelectField(_l("Language of your pages"), choices=page_language_choices, default=page_language)
    zone = ZoneField(_l("Place whose clock is yours"), default=reader_zone)


class ProfileFields:
    """Name, place, languages, gender, consent. Stand it before `Form`."""

    name = name_line(_l("Your name"), 160, required=_l("Write your name as you want to be called."))
    name_latin = name_line(_l("Your name in Latin letters"), 160)
    place = name_line(_l("Town or village"), 120)
    country = SelectField(_l("Country"), choices=_country_choices, coerce=lambda value: value or "")
    region = SelectField(_l("Region of the network"), choices=_region_choices, coerce=lambda value: value or "")
    languages = TickedField(_l("Languages you speak"), choices=_common_languages)
    other_languages = line(_l("Other languages"), 200)
    preferred_language = SelectField(_l("The language you prefer"), choices=_preferred_choices, default="")
    gender = SelectField(
        _l("Gender"),
        choices=offered([("", _l("No answer")), *((code.value, label) for code, label in labels.GENDERS.items())]),
    )
    appearance = RadioField(
        _l("Who may see your name outside your tracks?"),
        choices=offered((code.value, label) for code, label in labels.APPEARANCES.items()),
        default=Appearance.NOBODY.value,
    )

    def validate_other_languages(self, field: Any) -> None:
        try:
            self._written()
        except RuleBroken as broken:
            raise ValidationError(broken.message) from None

    def validate_languages(self, field: Any) -> None:
        if not field.data and not self.other_languages.data:
            raise ValidationError(_l("Tick at least one language, or write another one below."))

    def _written(self) -> list[str]:
        parts = str(self.other_languages.data or "").replace(";", ",").replace("،", ",").split(",")
        return [check_tag(part, field="other_languages") for part in map(str.strip, parts) if part]

    def profile(self) -> Profile:
        """Return what was typed; call it after `validate()`."""
        written = self._written()
        preferred = str(self.preferred_language.data or "")
        if preferred == OTHER:
            preferred = written[0] if written else ""
        spoken = tuple(dict.fromkeys(chain([preferred] if preferred else [], self.languages.data or [], written)))
        return Profile(
            name=str(self.name.data),
            name_latin=str(self.name_latin.data or ""),
            place=str(self.place.data or ""),
            country=self.country.data or None,
            region_id=id_or_none(self.region.data),
            languages=spoken[:20],
            preferred_language=preferred or next(iter(spoken), ""),
            gender=Gender(self.gender.data) if self.gender.data else None,
            appearance=Appearance(self.appearance.data),
        )

    def fill_from(self, person: Person) -> None:
        """Show what the person said before."""
        tags = [row.language for row in person.languages]
        self.name.data, self.name_latin.data, self.place.data = person.name, person.name_latin, person.place
        self.country.data, self.region.data = person.country or "", str(person.region_id or "")
        self.languages.data = [tag for tag in tags if tag in COMMON_TEXT_LANGUAGES]
        written = [tag for tag in tags if tag not in COMMON_TEXT_LANGUAGES]
        written.sort(key=lambda tag: tag != person.preferred_language)
        self.other_languages.data = ", ".join(own_name(tag) for tag in written)
        is_written = person.preferred_language in written
        self.preferred_language.data = OTHER if is_written else person.preferred_language
        self.gender.data = person.gender.value if person.gender else ""
        self.appearance.data = person.appearance.value


class ProfileForm(ProfileFields, Form):
    """One's own profile."""


class ReadingForm(ReadingFields, Form):
    """How pages look to a person."""

    scheme = RadioField(
        _l("Colours"),
        choices=offered([("", _l("As my device has them")), ("light", _l("Light")), ("dark", _l("Dark"))]),
        default="",
    )

    def fill_from(self, person: Person) -> None:
        self.page_language.data = person.page_language or page_language()
        self.zone.data = person.zone or reader_zone()
        self.scheme.data = person.scheme
