"""The group that follows on from a track: its names and texts, its kind, and to whom it is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from app.core.naming import check_names
from app.core.worded_forms import ManyChoices, WordsForm, accepts, make_words_form
from app.people.forms import to_uuid
from app.workinggroups.models import GroupBlock, GroupKind
from app.workinggroups.services.founding import (
    MEMBERS_AND_ALLIES,
    GroupRules,
    GroupWords,
    check_eligible,
    check_objectives,
)
from app.workinggroups.words import BLOCKS, KIND_NOTES, KINDS

KINDS_THAT_FOLLOW = (GroupKind.INTERREGIONAL, GroupKind.COMMUNITY_OF_PRACTICE, GroupKind.REGIONAL)
"""A chantier is proposed by the organisations that carry it, and follows on from nothing by itself."""


class FollowOnForm(WordsForm):
    """`shown` is to whom the group was open when the page said whom it invites: nobody is asked whom the secretariat
    has not seen. `asks_once_more`: nothing is wrong, but others are invited than the page said; it says so, and is sent
    again."""

    asks_once_more = False
    after_words = ("kind", "region", "eligible")

    kind = RadioField(
        _l("Kind of group"),
        choices=[SelectChoice(kind.value, KINDS[kind]) for kind in KINDS_THAT_FOLLOW],
        default=GroupKind.INTERREGIONAL.value,
    )
    region = SelectField(_l("Region"), validate_choice=False)
    eligible = ManyChoices(
        _l("Who may become a member"),
        choices=[
            SelectChoice("member", _l("Members")),
            SelectChoice("ally", _l("Allies")),
            SelectChoice("friend", _l("Friends")),
        ],
        default=lambda: list(MEMBERS_AND_ALLIES),
        validate_choice=False,
    )
    shown = HiddenField()

    def check_words(self) -> None:
        check_names(self.names())
        check_objectives(self.texts())

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        return accepts(self, lambda: check_eligible(self.kinds)) and self._is_seen() and is_good

    def _is_seen(self) -> bool:
        if self.shown.data == self.open_to:
            return True
        self.asks_once_more = True
        return False

    @property
    def status(self) -> int:
        return 422 if self.asks_once_more else super().status

    def fill(self, names: Mapping[str, str]) -> None:
        """Begin with what the track is called; what the group is for, nobody has said yet."""
        self.fill_words(names, {})

    @property
    def kinds(self) -> list[str]:
        return [str(kind) for kind in self.eligible.data or []]

    @property
    def open_to(self) -> str:
        """To whom the group is open, as one word to compare."""
        return " ".join(sorted(self.kinds))

    @property
    def region_id(self) -> UUID | None:
        return to_uuid(self.region.data)

    def group_kind(self) -> GroupKind:
        return GroupKind(self.kind.data)

    def group_words(self) -> GroupWords:
        return GroupWords(self.names(), self.texts())

    def group_rules(self) -> GroupRules:
        return GroupRules(eligible=self.kinds)


KIND_NOTES_OF = {kind.value: KIND_NOTES[kind] for kind in KINDS_THAT_FOLLOW}
"""What each kind to choose from is, for the small line below it."""


def follow_on_form() -> Any:
    """Return the form, with names and texts in every language of the pages."""
    return make_words_form(FollowOnForm, _l("Name"), {block: BLOCKS[block] for block in GroupBlock})()
