"""Coming into a group: acknowledging its objectives, for which organisation; asking to observe."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import Length

from app.core.forms import Form, clean_text
from app.people.forms import to_uuid
from app.workinggroups.services.observing import LONGEST_WORDS

ALONE = "alone"
"""Chosen by somebody whose affiliation is for themselves, without an organisation."""


class JoinForm(Form):
    """R-04: the objectives are acknowledged with a tick of one's own; it is never set beforehand."""

    organisation = SelectField(_l("For which organisation do you join?"), validate_choice=False)
    acknowledge = BooleanField(_l("I have read the objectives and share them"))
    has_choice = False
    """Whether there are several organisations, or oneself alone, to join for."""

    @property
    def organisation_id(self) -> UUID | None:
        return to_uuid(self.organisation.data)

    @property
    def is_alone(self) -> bool:
        return bool(self.organisation.data == ALONE)


class ObserveForm(Form):
    """A few words to those who run the group."""

    words = TextAreaField(
        _l("Why do you want to follow this group?"),
        filters=[clean_text],
        validators=[Length(max=LONGEST_WORDS, message=_l("Write at most 1,000 letters."))],
    )
