"""What the agenda is narrowed down by, as a form whose address can be kept; and a new private link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.agenda.models import Reach
from app.core.context import offered_languages
from app.core.forms import Form, clean_line
from app.moments.place_named import zone_named

LONGEST_PLACE = 80


class AgendaForm(Form):
    """Which dates. What does not exist finds what everybody finds first."""

    class Meta:
        csrf = False

    # I18N: label of a choice: the kind of dates, such as sessions or deadlines
    kind = SelectField(_l("Kind"), validate_choice=False)
    region = SelectField(_l("Region"), validate_choice=False)
    # I18N: label of a choice: a language that is spoken or interpreted in a session
    language = SelectField(_l("Language spoken there"), validate_choice=False)
    track = SelectField(_l("Track"), validate_choice=False)
    group = SelectField(_l("Working group"), validate_choice=False)
    # I18N: label of a choice: an advocacy space, such as CEDAW
    space = SelectField(_l("Advocacy space"), validate_choice=False)
    # I18N: a tick: only the dates of the reader's own tracks and groups
    mine = BooleanField(_l("Only what I take part in"))
    # I18N: label of a field: a second place in whose hours all dates are shown too
    also = StringField(_l("Hours in a second place"), filters=[clean_line])

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        self.zone: str | None = None

    def offer(self, choices: Mapping[str, tuple[str, Sequence[tuple[str, Any]]]], language: str) -> None:
        """Fill the lists with the words for everything and pairs of value and words; forget what is not among them."""
        for name, (anything, pairs) in choices.items():
            field = self[name]
            field.choices = [SelectChoice("", anything), *(SelectChoice(value, label) for value, label in pairs)]
            if field.data not in {value for value, _label in pairs}:
                field.data = ""
        written = str(self.also.data or "")[:LONGEST_PLACE]
        self.zone = zone_named(written, dict.fromkeys((language, *offered_languages())))
        if self.also.data and self.zone is None:
            self.also.errors = [_("We do not know this place. Write a large city of the same country or time zone.")]

    @property
    def selects(self) -> list[SelectField]:
        """The lists that have something to choose."""
        every = (self.kind, self.track, self.group, self.space, self.region, self.language)
        return [field for field in every if len(field.choices or ()) > 1]

    @property
    def filled(self) -> list[SelectField]:
        return [field for field in self.selects if field.data]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filled or self.mine.data)

    @property
    def narrowing(self) -> dict[str, str]:
        """The part of the query that says which dates."""
        return {field.name: field.data for field in self.filled} | ({"mine": "y"} if self.mine.data else {})

    @property
    def query(self) -> dict[str, str]:
        """The query that leads here again."""
        return self.narrowing | ({"also": str(self.also.data)} if self.zone else {})

    @property
    def public_query(self) -> dict[str, str]:
        """The part of it that a public feed understands: what is mine is mine alone."""
        return {name: value for name, value in self.narrowing.items() if name != "mine"}

    @property
    def chosen_words(self) -> list[str]:
        """What is chosen, in words, to be said above the dates."""
        found = [str(c.label) for field in self.filled for c in field.choices if c.value == field.data]
        return [*found, str(self.mine.label.text)] if self.mine.data else found


REACHES: dict[str, Any] = {
    # I18N: which dates a private calendar shows: those of one's own tracks and groups
    Reach.MINE.value: _l("What I take part in"),
    # I18N: which dates a private calendar shows: everything
    Reach.ALL.value: _l("Everything I may see"),
}


class LinkForm(Form):
    """A new private link: a word for the device, and what it shows."""

    # I18N: label of a field: a person's own word for a calendar link, by the device that uses it
    name = StringField(
        _l("Where you use it"),
        filters=[clean_line],
        validators=[DataRequired(_l("Give it a name, “phone” for instance.")), Length(max=80)],
    )
    reach = RadioField(
        # I18N: label of a choice: which dates a private calendar shows
        _l("Which dates"),
        choices=[SelectChoice(value, label) for value, label in REACHES.items()],
        default=Reach.MINE.value,
    )
