"""A chantier begins as a proposal of one organisation, in its name."""

from __future__ import annotations

from datetime import datetime

from app.chantiers.models import Carrier, Chantier
from app.core import audit
from app.core.actors import Actor
from app.core.permissions import require
from app.extensions import db
from app.people.models import Organisation
from app.workinggroups.models import GroupKind, GroupState, Standing, WorkingGroup
from app.workinggroups.services import admit, found_group, let_run
from app.workinggroups.services.founding import GroupRules, GroupWords


def propose_chantier(
    actor: Actor,
    organisation: Organisation,
    *,
    words: GroupWords,
    audience: str,
    is_example: bool = False,
    now: datetime,
) -> WorkingGroup:
    """Propose a chantier: the organisation is its first carrier, who speaks for it runs it and is inside. It stays a
    proposal until a second organisation carries it and a mission letter is in force (R-18).

    Raises `NeedsName`, `ObjectivesMissing`.
    """
    require(actor, "chantiers.propose", organisation)
    group = found_group(
        actor,
        kind=GroupKind.CHANTIER,
        words=words,
        rules=GroupRules(audience=audience),
        state=GroupState.PROPOSED,
        is_example=is_example,
        now=now,
    )
    db.session.add(Chantier(group_id=group.id, state_at=now))
    db.session.add(
        Carrier(group_id=group.id, organisation_id=organisation.id, joined_at=now, joined_by=actor.person_id)
    )
    db.session.flush()
    if actor.person_id is not None:
        let_run(actor, group, actor.person_id, now=now)
        admit(actor, group, actor.person_id, standing=Standing.MEMBER, organisation_id=organisation.id, now=now)
    facts = {"organisation": str(organisation.id)}
    audit.record(actor, "chantiers.chantier.proposed", "group", group.id, facts, now=now)
    return group
