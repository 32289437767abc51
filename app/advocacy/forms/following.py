"""Forms of following: one button beside a space, or all spaces of a group to tick."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from app.core.forms import ActionForm, Form
from app.core.worded_forms import ManyChoices
from app.people.forms import to_uuid


class FollowForm(ActionForm):
    """One click: a group follows a space, or does so no longer."""

    group = HiddenField()
    follows = HiddenField()


class SpacesForm(Form):
    """The spaces a group follows, to tick."""

    spaces = ManyChoices(_l("Spaces"), coerce=to_uuid, validate_choice=False)

    def offer(self, spaces: Sequence[tuple[UUID, str]]) -> None:
        self.spaces.choices = [SelectChoice(space_id, name) for space_id, name in spaces]

    def chosen(self) -> list[UUID]:
        return [space_id for space_id in self.spaces.data or [] if space_id is not None]
