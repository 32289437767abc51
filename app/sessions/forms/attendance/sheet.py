"""The attendance sheet and the walk-in."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.core.forms import Form, clean_line
from app.people.forms import to_uuid

NEW = "new"
"""Answer to "is it one of these people?": somebody else."""


class AttendanceForm(Form):
    """A plain form of checkboxes. Each row sends its person in `shown`, in `was` if marked when the sheet was opened,
    and in `here` if ticked; the button `all` ticks every row shown."""

    @staticmethod
    def _ids(name: str) -> set[UUID]:
        return {person_id for value in request.form.getlist(name) if (person_id := to_uuid(value)) is not None}

    @property
    def shown(self) -> set[UUID]:
        return self._ids("shown")

    @property
    def was_here(self) -> set[UUID]:
        return self._ids("was")

    @property
    def is_all(self) -> bool:
        return "all" in request.form

    @property
    def here(self) -> set[UUID]:
        return self.shown if self.is_all else self._ids("here")


class ClaimantsForm(Form):
    """The people a facilitator saw on the page that asks "mark these?": only those are marked."""

    @property
    def shown(self) -> set[UUID]:
        return {person_id for value in request.form.getlist("shown") if (person_id := to_uuid(value)) is not None}


class WalkInForm(Form):
    """Somebody who came and is not on the sheet."""

    name = StringField(
        _l("Name, as the person writes it"),
        filters=[clean_line],
        validators=[InputRequired(_l("Write the name of the person who came.")), Length(max=160)],
    )
    language = StringField(_l("Language the person prefers"), filters=[clean_line], validators=[Length(max=60)])
    organisation = SelectField(_l("Organisation"), coerce=to_uuid, validate_choice=False)
    person = RadioField(_l("Is it one of these people?"), validate_choice=False)

    @property
    def person_id(self) -> UUID | None:
        return to_uuid(self.person.data)

    @property
    def is_new(self) -> bool:
        return bool(self.person.data == NEW)
