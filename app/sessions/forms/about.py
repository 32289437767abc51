"""Which session of a track something is about: chosen wherever people add something to a track."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.forms import Form


class SessionField(Form):
    """One session of the track, or none. Whether it is of that track the service asks: `queries.is_session_of`."""

    session = SelectField(_l("About a session"), validate_choice=False)
    no_session: Any = _l("No session in particular")
    not_of_track: Any = _l("This session is not one of this track. Choose one of the list, or none.")

    def offer_sessions(self, sessions: Iterable[tuple[UUID, str]]) -> None:
        self.session.choices = [
            SelectChoice("", self.no_session),
            *(SelectChoice(str(session_id), name) for session_id, name in sessions),
        ]

    def session_id(self) -> UUID | None:
        return UUID(self.session.data) if self.session.data else None

    def validate_session(self, field: SelectField) -> None:
        """What is no identifier belongs to no track."""
        try:
            self.session_id()
        except ValueError:
            field.data = ""
            raise ValidationError(self.not_of_track) from None
