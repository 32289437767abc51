"""To which groups an engagement belongs. Whoever runs one of them lets others join only where they run those too."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import can, require
from app.engagements import events
from app.engagements.models import Engagement
from app.engagements.queries.texts import list_links
from app.engagements.services.holding import hold, record
from app.extensions import db
from app.workinggroups.models import WorkingGroup


def set_groups(actor: Actor, engagement: Engagement, groups: Sequence[WorkingGroup], *, now: datetime) -> Engagement:
    """Say to which groups an engagement belongs. A group comes in, or goes, by the hand of whoever runs it; the others
    stay as they are. A group whose text the engagement has does not go: the others would read on in it.

    Raises `RuleBroken` at `groups`: none left, one that the actor does not run, one that writes its text."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if not groups:
        raise RuleBroken(_l("Choose at least one group that this belongs to."), field="groups")
    before, wanted = {group.id: group for group in engagement.groups}, {group.id: group for group in groups}
    for group_id in before.keys() ^ wanted.keys():
        group = before.get(group_id) or wanted[group_id]
        if not can(actor, "workinggroups.run", group) or (
            group_id in wanted and not can(actor, "engagements.plan", group)
        ):
            raise RuleBroken(
                _l("A group joins or leaves by whoever runs it. Ask its coordinators to do that."), field="groups"
            )
    _check_texts(engagement, before.keys() - wanted.keys())
    if before.keys() != wanted.keys():
        engagement.groups = list(wanted.values())
        db.session.flush()
        record(actor, "groups_changed", engagement, now, groups=" ".join(sorted(map(str, wanted))))
        events.engagement_changed.send(engagement, actor=actor, now=now)
    return engagement


def _check_texts(engagement: Engagement, leaving: Set[UUID]) -> None:
    for link in list_links(engagement):
        if link.text.group_id in leaving:
            raise RuleBroken(
                _l(
                    "One of these groups writes a text of this engagement: “%(title)s”. Take that text away first.",
                    title=link.text.title,
                ),
                field="groups",
            )
