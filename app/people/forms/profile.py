"""What a person says about themselves, on registering and later; and how their pages look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

from babel.languages import get_territory_language_info
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import offered_languages, page_language
from app.core.errors import RuleBroken
from app.core.forms import Form
from app.core.languages import COMMON_TEXT_LANGUAGES, check_tag, name_in, name_to_write, own_name
from app.moments.forms import ZoneField
from app.moments.zones import country_of, reader_zone
from app.people import labels
from app.people.forms.fields import TickedField, id_or_none, line, name_line, offered
from app.people.models import Appearance, Gender, Need, Person
from app.people.queries import region_choices
from app.people.services import Profile

OTHER = "other"


def common_languages() -> list[SelectChoice]:
    """Return the offered languages by their own names, each with its name in the language of the page beside it."""
    return offered((tag, _both_names(tag)) for tag in COMMON_TEXT_LANGUAGES)


def _both_names(tag: str) -> str:
    own, here = own_name(tag), name_in(tag, page_language())
    return own if own.casefold() == here.casefold() else f"{own} ({here})"


SPOKEN_BY_MANY = 5.0
"""From this share of a country's people on, in per cent, a language is at hand there."""
_NAMED_OTHERWISE = {"fil": "tl", "ckb": "ku", "kmr": "ku"}
"""CLDR tells these apart from the wider languages that the house offers."""


def languages_at_hand(country: str) -> set[str]:
    """Return the offered languages to show first: those of the pages, and what many speak in a country (of CLDR)."""
    shares = get_territory_language_info(country) if country else {}
    many = {tag for tag, facts in shares.items() if float(facts["population_percent"] or 0) >= SPOKEN_BY_MANY}
    return {*offered_languages(), *(_NAMED_OTHERWISE.get(tag, tag) for tag in many)} & set(COMMON_TEXT_LANGUAGES)


def preferred_choices() -> list[SelectChoice]:
    first, other = offered([("", _l("The first one ticked")), (OTHER, _l("The other one I wrote"))])
    return [first, *common_languages(), other]


def country_choices() -> list[SelectChoice]:
    return offered([("", _l("Not said")), *labels.country_choices(page_language())])


def _regions(first: Any) -> list[SelectChoice]:
    regions = ((str(region_id), name) for region_id, name in region_choices(page_language()))
    return offered([("", first), *regions])


def region_choices_of_mine() -> list[SelectChoice]:
    return _regions(_l("The region of my organisation"))


def region_choices_of_theirs() -> list[SelectChoice]:
    return _regions(_l("The region of their organisation"))


def page_language_choices() -> list[SelectChoice]:
    """Return the languages of the pages by their own names."""
    return offered((code, own_name(code)) for code in offered_languages())


class PageLanguageField:
    page_language = SelectField(_l("Language of your pages"), choices=page_language_choices, default=page_language)


class ReadingFields(PageLanguageField):
    """Language of the pages, and the place whose clock is the reader's."""

    zone = ZoneField(_l("Place whose clock is yours"), default=reader_zone)


def written_languages(field: Any) -> list[str]:
    """Return the tags of languages written with commas between them; raises `RuleBroken` at the field."""
    parts = str(field.data or "").replace(";", ",").replace("،", ",").split(",")
    return [check_tag(part, field=field.name) for part in map(str.strip, parts) if part]


def _check_written(_form: Any, field: Any) -> None:
    try:
        written_languages(field)
    except RuleBroken as broken:
        raise ValidationError(broken.message) from None


def languages_line(label: Any) -> StringField:
    """A line for languages that the list does not offer."""
    field = line(label, 200)
    field.kwargs["validators"] = [*field.kwargs["validators"], _check_written]
    return field


class SpokenFields:
    """The languages somebody speaks, the preferred one first. Stand it before `Form`."""

    languages = TickedField(_l("Languages you speak"), choices=common_languages)
    other_languages = languages_line(_l("Other languages"))
    preferred_language = SelectField(_l("The language you prefer"), choices=preferred_choices, default="")

    @property
    def languages_first(self) -> set[str]:
        """The languages to tick that are not folded away: those at hand in the country said here, else where the
        clock is the reader's."""
        country: SelectField | None = getattr(self, "country", None)  # not every form asks for it
        said = country.data if country else ""
        return languages_at_hand(said or country_of(reader_zone() or ""))

    def validate_languages(self, field: Any) -> None:
        if not field.data and not self.other_languages.data:
            raise ValidationError(_l("Tick at least one language, or write another one below."))

    def _preferred_choice(self) -> str:
        preferred = str(self.preferred_language.data or "")
        if preferred == OTHER:
            preferred = next(iter(written_languages(self.other_languages)), "")
        return preferred

    def spoken(self) -> tuple[str, ...]:
        """Return the tags of what is spoken; call it after `validate()`."""
        preferred, written = self._preferred_choice(), written_languages(self.other_languages)
        return tuple(dict.fromkeys(chain([preferred] if preferred else [], self.languages.data or [], written)))[:20]

    def preferred(self) -> str:
        return self._preferred_choice() or next(iter(self.spoken()), "")


class ProfileFields(SpokenFields):
    """Name, place, languages, gender, consent. Stand it before `Form`."""

    name = name_line(_l("Your name"), 160, required=_l("Write your name as you want to be called."))
    name_latin = name_line(_l("Your name in Latin letters"), 160)
    place = name_line(_l("Town or village"), 120)
    country = SelectField(_l("Country"), choices=country_choices, coerce=lambda value: value or "")
    region = SelectField(_l("Region of the network"), choices=region_choices_of_mine, coerce=lambda value: value or "")
    gender = SelectField(
        _l("Gender"),
        choices=offered([("", _l("No answer")), *((code.value, label) for code, label in labels.GENDERS.items())]),
    )
    appearance = RadioField(
        _l("Who may see your name outside your tracks?"),
        choices=offered((code.value, label) for code, label in labels.APPEARANCES.items()),
        default=Appearance.NOBODY.value,
    )

    def profile(self) -> Profile:
        """Return what was typed; call it after `validate()`."""
        return Profile(
            name=str(self.name.data),
            name_latin=str(self.name_latin.data or ""),
            place=str(self.place.data or ""),
            country=self.country.data or None,
            region_id=id_or_none(self.region.data),
            languages=self.spoken(),
            preferred_language=self.preferred(),
            gender=Gender(self.gender.data) if self.gender.data else None,
            appearance=Appearance(self.appearance.data),
        )

    def fill_from(self, person: Person) -> None:
        """Show what the person said before."""
        tags = [row.language for row in person.languages if row.is_spoken]
        self.name.data, self.name_latin.data, self.place.data = person.name, person.name_latin, person.place
        self.country.data, self.region.data = person.country or "", str(person.region_id or "")
        self.languages.data = [tag for tag in tags if tag in COMMON_TEXT_LANGUAGES]
        written = [tag for tag in tags if tag not in COMMON_TEXT_LANGUAGES]
        written.sort(key=lambda tag: tag != person.preferred_language)
        self.other_languages.data = ", ".join(name_to_write(tag) for tag in written)
        is_written = person.preferred_language in written
        self.preferred_language.data = OTHER if is_written else person.preferred_language
        self.gender.data = person.gender.value if person.gender else ""
        self.appearance.data = person.appearance.value


class ProfileForm(ProfileFields, Form):
    """One's own profile, with what one only understands and what one needs to take part."""

    understood = TickedField(_l("Languages you understand without speaking them"), choices=common_languages)
    other_understood = languages_line(_l("Other languages you understand"))
    needs = TickedField(
        _l("What do you need to take part?"),
        choices=offered((code.value, words) for code, words in labels.NEEDS.items()),
    )

    def profile(self) -> Profile:
        understood = (*(self.understood.data or ()), *written_languages(self.other_understood))
        needs = frozenset(Need(code) for code in self.needs.data or ())
        return replace(super().profile(), understood=understood, needs=needs)

    def fill_from(self, person: Person) -> None:
        super().fill_from(person)
        tags = [row.language for row in person.languages if not row.is_spoken]
        self.understood.data = [tag for tag in tags if tag in COMMON_TEXT_LANGUAGES]
        self.other_understood.data = ", ".join(name_to_write(tag) for tag in tags if tag not in COMMON_TEXT_LANGUAGES)

    def fill_needs(self, needs: Iterable[Need]) -> None:
        self.needs.data = [need.value for need in needs]


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
