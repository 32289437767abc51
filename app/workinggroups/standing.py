"""Why somebody may not come into a group now, and the way out (R-04): sentences for pages, lists and refusals."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.moments.shown import lazy_day
from app.people.labels import affiliations_in_words, kinds_in_words
from app.people.queries import Hindered, Hindrance, what_hinders
from app.workinggroups.models import Admission, GroupState, WorkingGroup
from app.workinggroups.policy import may_meet


def why_closed(group: WorkingGroup) -> Any:
    """Return the sentence for somebody who would come into a group that takes nobody by themselves."""
    if group.state is GroupState.CLOSED:
        return _l("This group is closed and takes nobody any more. Look at the list of groups for one that goes on.")
    if group.admission is Admission.INVITED:
        return _l("People come into this group by invitation alone. Tell its coordinators if you should be invited.")
    return _l(
        "This chantier is not active: until it is, people come in by invitation of the organisations that carry it."
    )


def why_no_meeting(group: WorkingGroup) -> Any:
    """Return the sentence for a group that plans no meeting now; None for one that does."""
    if may_meet(group):
        return None
    if group.state is GroupState.CLOSED:
        return _l("This group is closed and plans no meeting any more. Open it again first, then plan one.")
    return _l(
        "This chantier is suspended and plans no meeting. It goes on as soon as two organisations carry it again."
    )


def why_not_yet(actor: Actor, group: WorkingGroup, on: date) -> Any:
    """Return the sentence for somebody whose affiliations do not let them in on a day: the rule, the reason, the way
    out."""
    kinds, hindered = kinds_in_words(group.eligible), what_hinders(actor, on)
    by = hindered.by(group.eligible)
    if by is Hindrance.PENDING:
        return _l(
            "This group is open to %(kinds)s. Your affiliation is waiting to be confirmed by your organisation or the "
            "secretariat: you can join as soon as it is.",
            kinds=kinds,
        )
    if by is Hindrance.OTHER:
        return _l(
            "This group is open to %(kinds)s, and your affiliation is another one (%(own)s). Ask the secretariat if it "
            "should be changed.",
            kinds=kinds,
            own=affiliations_in_words(hindered.kinds),
        )
    if hindered.ended_on is not None:
        return _l(
            "This group is open to %(kinds)s. Your affiliation ended on %(day)s: ask for a new one in your account, "
            "and join once it is confirmed.",
            kinds=kinds,
            day=lazy_day(hindered.ended_on),
        )
    return _l(
        "This group is open to %(kinds)s. You have no current affiliation: ask for one in your account, and join once "
        "it is confirmed.",
        kinds=kinds,
    )


class ShortReasons:
    """Why a reader may not become a member, in a line of a list: what is asked of the database is asked once."""

    def __init__(self, actor: Actor, on: date) -> None:
        self.actor, self.on = actor, on

    @cached_property
    def _hindered(self) -> Hindered:
        return what_hinders(self.actor, self.on)

    def why(self, group: WorkingGroup) -> Any:
        """Return the rule and the reason; the way out stands on the page of the group."""
        kinds, by = kinds_in_words(group.eligible), self._hindered.by(group.eligible)
        if by is Hindrance.PENDING:
            return _l("Open to %(kinds)s. Your affiliation is waiting to be confirmed.", kinds=kinds)
        if by is Hindrance.OTHER:
            own = affiliations_in_words(self._hindered.kinds)
            return _l("Open to %(kinds)s. Your affiliation is another one: %(own)s.", kinds=kinds, own=own)
        if by is Hindrance.ENDED:
            return _l("Open to %(kinds)s. Your affiliation has ended.", kinds=kinds)
        return _l("Open to %(kinds)s. You have no current affiliation.", kinds=kinds)
