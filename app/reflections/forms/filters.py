"""What of a list is shown."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form
from app.core.text_language import language_label


class FilterForm(Form):
    """Which reflections of the list: a language, a track. What does not exist finds nothing."""

    class Meta:
        csrf = False

    language = SelectField(_l("Language"), validate_choice=False)
    track = SelectField(_l("Track"), validate_choice=False)

    def __init__(self) -> None:
        super().__init__(formdata=request.args)

    def offer(self, languages: Iterable[str], tracks: Iterable[tuple[str, str]]) -> None:
        self.language.choices = [
            SelectChoice("", _("All languages")),
            *(SelectChoice(tag, language_label(tag)) for tag in languages),
        ]
        self.track.choices = [SelectChoice("", _("All tracks")), *(SelectChoice(*track) for track in tracks)]
