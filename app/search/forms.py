"""What is asked of the search, read from the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form, clean_line
from app.core.text_language import language_label
from app.search.asking import LONGEST_QUERY

_LONGEST_CODE = 40


def _cut(length: int) -> Any:
    return lambda value: clean_line(value)[:length] if value else ""


class SearchForm(Form):
    """Words, and what of the finds is shown. A kind or a language that does not exist finds nothing; what is longer
    than anybody types is cut, and the page shows what was looked for."""

    class Meta:
        csrf = False

    # I18N: label of the field of the search page
    q = StringField(_l("Words to look for"), filters=[_cut(LONGEST_QUERY)])
    language = SelectField(_l("Language"), validate_choice=False, filters=[_cut(_LONGEST_CODE)])
    kind = HiddenField(filters=[_cut(_LONGEST_CODE)])

    def __init__(self) -> None:
        super().__init__(formdata=request.args)

    @property
    def after(self) -> str:
        """The cursor of the page, "" for the first."""
        return request.args.get("after", "")

    @property
    def asked(self) -> dict[str, str]:
        """What was asked, by name, without what is empty: for addresses."""
        values = {name: str(self[name].data or "") for name in ("q", "kind", "language")}
        return {name: value for name, value in values.items() if value}

    def offer_languages(self, tags: Iterable[str]) -> None:
        self.language.choices = [
            SelectChoice("", _l("All languages")),
            *(SelectChoice(tag, language_label(tag)) for tag in tags),
        ]
