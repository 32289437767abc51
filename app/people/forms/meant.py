"""Naming a person by their name or e-mail address, and choosing among those who may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from app.core.forms import Form, clean_line
from app.people.models import Person
from app.people.queries.meant import LONGEST, Meant, told_apart


def to_uuid(value: Any) -> UUID | None:
    """Coerce the value of a choice; anything that is no UUID counts as not chosen."""
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        return None


class PersonForm(Form):
    """Name or e-mail address; `chosen` answers "is it one of these people?". The page looks up who is meant."""

    person = StringField(
        _l("Person"),
        filters=[clean_line],
        validators=[InputRequired(_l("Write a name or an e-mail address.")), Length(max=LONGEST)],
    )
    chosen = RadioField(_l("Is it one of these people?"), coerce=to_uuid, validate_choice=False)

    found: Sequence[Person] = ()
    is_exact = False

    @property
    def written(self) -> str:
        return str(self.person.data or "")

    def meet(self, meant: Meant) -> None:
        """Take in who may be meant by what was written."""
        self.found, self.is_exact = meant.people, meant.is_exact

    def offer(self, day: date, language: str) -> Sequence[Person]:
        """Offer those who may be meant, where it is not clear; returns them."""
        asked = [] if self.is_exact else self.found
        self.chosen.choices = told_apart(asked, day, language)
        return asked

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        if self.person.data and not self.found and not self.person.errors:
            sentence = _l(
                "Nobody here is known by this. Write the name as in the list of people, or the e-mail address."
            )
            self.person.errors = [sentence]
        elif self.found and self.person_id is None:
            self.chosen.errors = [_l("Choose the person you mean, or write their e-mail address above.")]
        return is_good and self.person_id is not None

    @property
    def meant_id(self) -> UUID:
        """Who is meant; to be asked for after `validate()`."""
        if self.person_id is None:
            raise TypeError("who is meant is asked for before the form was checked")
        return self.person_id

    @property
    def person_id(self) -> UUID | None:
        """Who is meant: the one chosen, or the one whose whole name or address was written."""
        if self.chosen.data in {person.id for person in self.found}:
            return UUID(str(self.chosen.data))
        return self.found[0].id if self.is_exact else None
