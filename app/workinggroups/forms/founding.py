"""A group as a form: its kind and region, names and texts per language, who sees it and who may come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.actors import NETWORK, PUBLIC
from app.core.worded_forms import ManyChoices, WordsForm, accepts, make_words_form
from app.people.forms import to_uuid
from app.workinggroups.models import Admission, GroupBlock, GroupKind, WorkingGroup
from app.workinggroups.services.founding import (
    MEMBERS_AND_ALLIES,
    GroupRules,
    GroupWords,
    check_eligible,
    check_objectives,
)
from app.workinggroups.words import BLOCKS, KINDS

INSIDE = "inside"
"""Chosen for a group that only its own people, and those it invites, know of."""

FOUNDED_KINDS = (GroupKind.INTERREGIONAL, GroupKind.COMMUNITY_OF_PRACTICE, GroupKind.REGIONAL)
"""What can be founded here; a chantier is proposed elsewhere. Regional stands last: its region follows it."""


class GroupForm(WordsForm):
    """`is_regional` of a group that stands; a new one says it by its kind."""

    before_words = ("kind", "region")
    after_words = ("eligible", "admission", "takes_observers", "audience", "origins")

    kind = RadioField(
        _l("What kind of group is it?"),
        choices=[SelectChoice(kind.value, KINDS[kind]) for kind in FOUNDED_KINDS],
        default=GroupKind.INTERREGIONAL.value,
        validate_choice=False,
    )
    region = SelectField(_l("Region"), coerce=to_uuid, validate_choice=False)
    eligible = ManyChoices(
        _l("Who may become a member?"),
        choices=[
            SelectChoice("member", _l("Members")),
            SelectChoice("friend", _l("Friends")),
            SelectChoice("ally", _l("Allies")),
        ],
        default=list(MEMBERS_AND_ALLIES),
        validate_choice=False,
    )
    admission = RadioField(
        _l("How do people come in?"),
        choices=[
            # I18N: how people come into a working group
            SelectChoice(Admission.OPEN.value, _l("By themselves")),
            # I18N: how people come into a working group
            SelectChoice(Admission.INVITED.value, _l("By invitation alone")),
        ],
        default=Admission.OPEN.value,
        validate_choice=False,
    )
    takes_observers = BooleanField(_l("Others may ask to observe"), default=True)
    audience = RadioField(
        _l("Who sees that the group exists?"),
        choices=[
            SelectChoice(PUBLIC, _l("Everybody")),
            SelectChoice(NETWORK, _l("The network")),
            SelectChoice(INSIDE, _l("Its own people alone")),
        ],
        default=PUBLIC,
        validate_choice=False,
    )
    origins = ManyChoices(_l("Tracks out of which it grew"), coerce=to_uuid, validate_choice=False)

    standing_kind: GroupKind | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        is_good = accepts(self, lambda: check_objectives(self.texts())) and is_good
        return accepts(self, lambda: check_eligible(self.eligible.data or [])) and is_good

    def validate_kind(self, field: Any) -> None:
        if self.standing_kind is None and field.data not in [kind.value for kind in FOUNDED_KINDS]:
            raise ValidationError(_l("Choose what kind of group it is."))

    def validate_admission(self, field: Any) -> None:
        if field.data not in [way.value for way in Admission]:
            raise ValidationError(_l("Choose how people come in."))

    def validate_audience(self, field: Any) -> None:
        if field.data not in (PUBLIC, NETWORK, INSIDE):
            raise ValidationError(_l("Choose who sees that the group exists."))

    def offer(self, regions: Sequence[tuple[UUID, str]], tracks: Sequence[tuple[UUID, str]]) -> None:
        """Fill the choices of regions and of tracks."""
        self.region.choices = [SelectChoice("", _l("Choose")), *(SelectChoice(key, name) for key, name in regions)]
        self.origins.choices = [SelectChoice(key, name) for key, name in tracks]

    @property
    def wanted_kind(self) -> GroupKind:
        return self.standing_kind or GroupKind(self.kind.data)

    @property
    def region_id(self) -> UUID | None:
        """The region of a regional group; what other kinds chose before does not count."""
        chosen: UUID | None = self.region.data
        return chosen if self.wanted_kind is GroupKind.REGIONAL else None

    @property
    def origin_ids(self) -> list[UUID]:
        return [track_id for track_id in self.origins.data or [] if track_id is not None]

    def words(self) -> GroupWords:
        return GroupWords(self.names(), self.texts())

    def rules(self) -> GroupRules:
        return GroupRules(
            audience=str(self.audience.data),
            admission=Admission(self.admission.data),
            eligible=list(self.eligible.data or []),
            takes_observers=bool(self.takes_observers.data),
        )

    def show(self, group: WorkingGroup, names: dict[str, str], texts: Any) -> None:
        """Show how the group stands now."""
        self.fill_words(names, texts)
        self.region.data, self.eligible.data = group.region_id, list(group.eligible)
        self.admission.data, self.takes_observers.data = group.admission.value, group.takes_observers
        self.audience.data = group.audience if group.audience in (PUBLIC, NETWORK) else INSIDE
        self.origins.data = [track.id for track in group.origins]


def group_form(group: WorkingGroup | None = None) -> Any:
    """Return the form of a group, with its name, purpose, objectives and priority areas in every language of the
    pages."""
    made: Any = make_words_form(GroupForm, _l("Name"), {block: BLOCKS[block] for block in GroupBlock})
    made.standing_kind = group.kind if group is not None else None
    return made()
