"""Which engagements a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.advocacy.models import AdvocacySpace
from app.core.forms import Form
from app.core.names import Name
from app.engagements.models import EngagementState
from app.engagements.queries import OPEN, Wanted
from app.engagements.words import STATES
from app.workinggroups.models import WorkingGroup

ALL = "all"


class FilterForm(Form):
    """Which engagements. What does not exist finds what everybody finds first."""

    class Meta:
        csrf = False

    # I18N: label of a choice: the body or process one takes part in
    space = SelectField(_l("Space"), validate_choice=False)
    state = SelectField(_l("State"), validate_choice=False)
    group = SelectField(_l("Group"), validate_choice=False)
    year = SelectField(_l("Year"), validate_choice=False)

    def __init__(
        self,
        *,
        spaces: Sequence[tuple[AdvocacySpace, Any]],
        groups: Sequence[tuple[WorkingGroup, Name]],
        years: Sequence[int],
    ) -> None:
        super().__init__(formdata=request.args)
        self._space_ids = {space.slug: space.id for space, _name in spaces}
        self._group_ids = {group.slug: group.id for group, _name in groups}
        anything = SelectChoice("", _("All"))
        self.space.choices = [anything, *(SelectChoice(space.slug, str(name)) for space, name in spaces)]
        self.state.choices = [
            # I18N: choice in a list of states of engagements: those of which something is still to come
            SelectChoice("", _("Still open")),
            *(SelectChoice(state.value, label) for state, label in STATES.items()),
            SelectChoice(ALL, _("All")),
        ]
        self.group.choices = [anything, *(SelectChoice(group.slug, name.text) for group, name in groups)]
        self.year.choices = [anything, *(SelectChoice(str(year), str(year)) for year in years)]
        for field in (self.space, self.state, self.group, self.year):
            if field.data not in [choice.value for choice in field.choices]:
                field.data = ""

    @property
    def is_filtered(self) -> bool:
        return any(self.query.values())

    def wanted(self) -> Wanted:
        if self.state.data == ALL:
            states: tuple[EngagementState, ...] = ()
        else:
            states = (EngagementState(self.state.data),) if self.state.data else OPEN
        return Wanted(
            space_id=self._space_ids.get(self.space.data),
            group_id=self._group_ids.get(self.group.data),
            states=states,
            year=int(self.year.data or 0),
        )

    @property
    def newest_first(self) -> bool:
        """What is over stands in the order of newspapers, what is to come in that of calendars."""
        return bool(self.state.data) and self.state.data not in {state.value for state in OPEN}

    @property
    def query(self) -> dict[str, Any]:
        """The query that leads here again."""
        return {name: self[name].data or None for name in ("space", "state", "group", "year")}
