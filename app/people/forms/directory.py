"""Searching the directory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from app.core.context import page_language
from app.core.forms import Form, clean_line
from app.people.forms.fields import at_most, id_or_none, line, offered
from app.people.queries import region_choices


def _regions() -> list[SelectChoice]:
    regions = ((str(region_id), name) for region_id, name in region_choices(page_language()))
    return offered([("", _l("All regions")), *regions])


class DirectorySearch(Form):
    """Who is looked for: by name, region, language."""

    class Meta:
        csrf = False

    q = line(_l("Name"), 80)
    region = SelectField(_l("Region"), choices=_regions, default="")
    language = SelectField(_l("Language"), default="")
    after = StringField(filters=[clean_line], validators=[at_most(400)])

    def offer(self, languages: list[tuple[str, Any]]) -> None:
        self.language.choices = offered([("", _l("All languages")), *languages])

    def region_id(self) -> UUID | None:
        return id_or_none(self.region.data)
