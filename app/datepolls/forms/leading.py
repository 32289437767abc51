"""Choosing an hour, another closing, why a date poll is laid down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from app.core.errors import RuleBroken
from app.core.forms import Form, clean_text
from app.core.text_language import LanguageFields
from app.core.worded_forms import make_words_form
from app.datepolls.hours import Hour
from app.moments.forms import ClosingFields
from app.moments.models import Status
from app.sessions.forms.sessions import SessionForm
from app.sessions.services import Plan


class ClosingForm(ClosingFields, Form):
    """Another closing."""

    def refuse(self, error: RuleBroken) -> None:
        if error.field == "start":
            self.hour.errors = [error.message]
        else:
            super().refuse(error)


class BecauseForm(LanguageFields):
    """Why a date poll is laid down."""

    because = TextAreaField(_l("Why"), filters=[clean_text])


class ChooseForm(SessionForm):
    """Everything of a session or meeting but its time, which was chosen."""

    after_words = ("is_confirmed",)

    is_confirmed = BooleanField(_l("The time is certain"), default=True)

    def plan(self) -> Plan:
        """Return what was written, the title apart; call it after `validate()`."""
        return Plan(
            languages=self.languages_said(),
            agenda=self.agenda_lines(),
            join_link=self.join_link.data or "",
            modality=self.chosen_modality(),
            status=Status.CONFIRMED if self.is_confirmed.data else Status.PLANNED,
        )


def choose_form(hour: Hour, titles: Mapping[str, str], *, is_sent: bool) -> Any:
    """Return the form of what is planned at an hour; the titles of the poll stand in it until something is sent."""
    form = make_words_form(ChooseForm, _l("Title"))()
    form.begins.data = f"{hour.wall_start:%H:%M}"
    form.lasts = int((hour.until - hour.starts_at).total_seconds() // 60)
    if not is_sent:
        form.fill_words(titles)
    return form
