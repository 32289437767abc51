"""Forms of the house. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core import house
from app.core.context import page_language
from app.core.files.kinds import Kind
from app.core.files.uploads import FileField, IsAFile
from app.core.forms import Form, clean_line, clean_text
from app.core.languages import own_name
from app.core.lists import listed
from app.core.text_language import LanguageFields, checked
from app.house.services import check_message
from app.house.settings import KINDS, words_setting
from app.people.labels import SHIPPED_AFFILIATION_KINDS
from app.people.models import AffiliationKind
from app.people.services.regions import check_region_code

LONGEST_WORD = 120
SETTING_OF = {"name": house.NAMES} | {kind: words_setting(kind) for kind in KINDS}
"""Which setting the lines of a stem hold."""
PICTURES = frozenset({Kind.IMAGE})


def _word_field(label: Any) -> StringField:
    return StringField(
        label, filters=[clean_line], validators=[Length(max=LONGEST_WORD, message=_l("Write at most 120 letters."))]
    )


def page_languages() -> tuple[str, ...]:
    """Return the languages of the pages, the reader's own first."""
    own = page_language()
    return tuple(sorted(current_app.extensions["maloca"].languages, key=lambda code: (code != own, code)))


class WordsForm(Form):
    """A form with one line per language and stem; `with_words` adds the fields."""

    languages: tuple[str, ...] = ()

    def words(self, stem: str = "name") -> dict[str, str]:
        """Return what was written for a stem, by language."""
        return {code: str(self[f"{stem}_{code}"].data or "") for code in self.languages}

    def fill_words(self, words: dict[str, str], stem: str = "name") -> None:
        for code in self.languages:
            self[f"{stem}_{code}"].data = words.get(code, "")

    def fields_of(self, code: str, stems: list[str]) -> list[Any]:
        return [self[f"{stem}_{code}"] for stem in stems]


def with_words(base: type[WordsForm], **labels: Any) -> Any:
    """Return a subclass with a line per language for each stem: `with_words(RegionForm, name=_l("Name"))`."""
    languages = page_languages()
    fields: dict[str, Any] = {"languages": languages}
    for stem, label in labels.items():
        for code in languages:
            # I18N: label of a field that exists once per language: "Name (Français)"
            fields[f"{stem}_{code}"] = _word_field(
                _l("%(what)s (%(language)s)", what=label, language=own_name(code)),
            )
    return type(base.__name__, (base,), fields)


class SettingsForm(WordsForm):
    """The settings of the house. `filled_from` says what the writer was looking at."""

    filled_from = HiddenField()
    eligible = SelectMultipleField(
        _l("Who may join a new track"),
        choices=[SelectChoice(kind.value, label) for kind, label in SHIPPED_AFFILIATION_KINDS.items()],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    # I18N: a setting of the house: how words of texts are counted against limits
    splits_elisions = BooleanField(_l("Count l’habitat as two words"))

    def fill_settings(self, values: Mapping[str, Any], digest: str) -> None:
        """Show what is kept."""
        for stem, setting in SETTING_OF.items():
            self.fill_words(values.get(setting, {}), stem)
        self.eligible.data = values.get(house.ELIGIBLE) or list(KINDS)
        self.splits_elisions.data = bool(values.get(house.SPLITS_ELISIONS))
        self.filled_from.data = digest

    def differing(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return what is kept, by name of the field, where something else stands in the field."""
        kept = {
            f"{stem}_{code}": values.get(setting, {}).get(code, "")
            for stem, setting in SETTING_OF.items()
            for code in self.languages
        }
        found = {name: words for name, words in kept.items() if words != str(self[name].data or "")}
        eligible = values.get(house.ELIGIBLE) or list(KINDS)
        if set(eligible) != set(self.eligible.data or []):
            found["eligible"] = listed(
                [SHIPPED_AFFILIATION_KINDS[AffiliationKind(kind)] for kind in eligible], page_language()
            )
        if (splits := bool(values.get(house.SPLITS_ELISIONS))) != bool(self.splits_elisions.data):
            # I18N: what somebody else kept meanwhile: how "l’habitat" is counted in word limits
            found["splits_elisions"] = _("as two words") if splits else _("as one word")
        return found


def settings_form() -> Any:
    """The form of the whole settings page: names of the house and of its three affiliations, in every language."""
    labels = {kind: SHIPPED_AFFILIATION_KINDS[AffiliationKind(kind)] for kind in KINDS}
    return with_words(SettingsForm, name=_l("Name of the house"), **labels)


class LogoForm(Form):
    file = FileField(_l("Picture"), validators=[IsAFile(PICTURES)])


class RegionForm(WordsForm):
    """A region; only a new one has a `code` to write."""


class NewRegionForm(RegionForm):
    code = StringField(_l("Short code"), filters=[clean_line])

    def validate_code(self, field: StringField) -> None:
        checked(lambda: check_region_code(field.data or ""))


class SubjectForm(WordsForm):
    organisation = SelectField(_l("Who answers?"), validate_choice=False)

    def offer(self, organisations: list[tuple[UUID, str]]) -> None:
        self.organisation.choices = [
            SelectChoice("", _("The secretariat")),
            *(SelectChoice(str(organisation_id), name) for organisation_id, name in organisations),
        ]

    def organisation_id(self) -> UUID | None:
        """Return who was chosen; what was never offered is nobody that exists."""
        known = {choice.value for choice in self.organisation.choices}
        if not self.organisation.data:
            return None
        return UUID(self.organisation.data) if self.organisation.data in known else UUID(int=0)


class ContactForm(LanguageFields):
    """A message to the house."""

    page_order = ("subject", "language", "other_language", "body", "name")

    subject = SelectField(_l("What is it about?"), validate_choice=False)
    name = StringField(
        _l("Your name"), filters=[clean_line], validators=[Length(max=160, message=_l("Write at most 160 letters."))]
    )
    email = EmailField(
        _l("Your e-mail address"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Write your e-mail address, so that we can answer.")),
            Email(_l("This does not look like an e-mail address. Check it for missing letters.")),
            Length(max=254, message=_l("This address is too long.")),
        ],
    )
    body = TextAreaField(_l("Your message"), filters=[clean_text])

    def offer(self, subjects: list[tuple[UUID, str]]) -> None:
        self.subject.choices = [
            *(SelectChoice(str(subject_id), label) for subject_id, label in subjects),
            # I18N: last choice of the subjects of the contact form
            SelectChoice("", _("Something else")),
        ]

    def validate_body(self, field: TextAreaField) -> None:
        checked(lambda: check_message(field.data or ""))
