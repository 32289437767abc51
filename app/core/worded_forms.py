"""Fields that exist once per language of the pages: a name, and descriptive texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line, clean_text
from app.core.languages import direction, own_name
from app.core.naming import check_names

LONGEST_TEXT = 20_000


class ManyChoices(SelectMultipleField):
    """Several of a few, as rows to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


@dataclass(frozen=True, slots=True)
class LanguageFields:
    """The fields of one language, to stand together on a page."""

    code: str
    name: str
    direction: str
    title: Any
    texts: list[Any]
    is_open: bool


def languages_offered() -> tuple[str, ...]:
    """Return the languages of the pages, the reader's own first."""
    own = page_language()
    return tuple(sorted(current_app.extensions["maloca"].languages, key=lambda code: (code != own, code)))


def accepts(form: Any, check: Callable[[], object]) -> bool:
    """Ask a check of the services already here, and hang what it refuses on the form: all mistakes in one round."""
    try:
        check()
    except RuleBroken as error:
        form.refuse(error)
        return False
    return True


class WordsForm(Form):
    """A form with names (and texts) per language; `make_words_form` adds the fields."""

    languages: tuple[str, ...] = ()
    blocks: tuple[StrEnum, ...] = ()
    before_words: tuple[str, ...] = ()
    after_words: tuple[str, ...] = ()
    page_order: tuple[str, ...] = ()
    """Fields that stand above and below the words on the page, and all of them: mistakes are listed in this order."""

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        return accepts(self, self.check_words) and is_good

    def check_words(self) -> None:
        """Raise a broken rule where the words are not enough."""
        check_names(self.names())

    def names(self) -> dict[str, str]:
        """Return what was written as names, the reader's language first."""
        return {code: str(self[f"name_{code}"].data or "") for code in self.languages}

    def texts(self) -> dict[Any, dict[str, str]]:
        return {
            block: {code: str(self[f"{block}_{code}"].data or "") for code in self.languages} for block in self.blocks
        }

    def fill_words(self, names: Mapping[str, str], texts: Mapping[Any, Mapping[str, str]] | None = None) -> None:
        """Show the words that are there already."""
        for code in self.languages:
            self[f"name_{code}"].data = names.get(code, "")
            for block in self.blocks:
                self[f"{block}_{code}"].data = (texts or {}).get(block, {}).get(code, "")

    def by_language(self) -> list[LanguageFields]:
        """Return the fields in groups; those of the reader's language, and any with mistakes, are open: five languages
        of a track are thirty fields, too many for a phone."""
        groups = []
        for code in self.languages:
            title, texts = self[f"name_{code}"], [self[f"{block}_{code}"] for block in self.blocks]
            is_open = code == self.languages[0] or any(field.errors for field in (title, *texts))
            groups.append(LanguageFields(code, own_name(code), direction(code), title, texts, is_open))
        return groups


def make_words_form(base: type[Any], name_label: Any, blocks: Mapping[Any, Any] | None = None) -> Any:
    """Return a subclass of a `WordsForm` with the fields of every language offered; `blocks` are the descriptive texts
    (codes of an enum) with their labels."""
    languages = languages_offered()
    fields: dict[str, Any] = {"languages": languages, "blocks": tuple(blocks or ())}
    for code in languages:
        fields[f"name_{code}"] = StringField(
            # I18N: label of a field that exists once per language: "Name (Français)"
            _l("%(what)s (%(language)s)", what=name_label, language=own_name(code)),
            filters=[clean_line],
            validators=[Length(max=400, message=_l("Write at most 400 letters."))],
        )
        for block, label in (blocks or {}).items():
            fields[f"{block}_{code}"] = TextAreaField(
                _l("%(what)s (%(language)s)", what=label, language=own_name(code)),
                filters=[clean_text],
                validators=[Length(max=LONGEST_TEXT, message=_l("Write at most 20,000 letters."))],
            )
    words = [name for name, field in fields.items() if isinstance(field, UnboundField)]
    fields["page_order"] = (*base.before_words, *words, *base.after_words)
    return type(base.__name__, (base,), fields)
