"""What waits in groups for those who run them: people who ask to observe."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.waiting import MOST, Kind, Line
from app.workinggroups import policy, queries
from app.workinggroups.models import GroupState


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """For whoever runs groups; the secretariat runs all of them."""
    run = [
        group
        for group in queries.list_visible_groups(actor)
        if group.state is not GroupState.CLOSED and policy.can_run(actor, group)
    ]
    asked = queries.count_asked([group.id for group in run]) if run else {}
    waits = [group for group in run if group.id in asked]
    names = names_of("group", [group.id for group in waits], page_language())
    lines = (
        Line(
            Kind.ANSWER,
            ngettext("%(num)s person asks to observe.", "%(num)s people ask to observe.", asked[group.id]),
            url_for("workinggroups.list_observers", slug=group.slug),
            _("Answer"),
            names[group.id],
        )
        for group in waits
    )
    return list(islice(lines, MOST))
