"""What waits for somebody in decisions: voices that were not given, steps that whoever runs a group takes, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import lazyload

from app.core.actors import Actor
from app.core.names import Name
from app.core.waiting import MOST, Kind, Line
from app.decisions.listing import waiting_for
from app.decisions.models import Decision, Stage
from app.extensions import db
from app.moments.endings import end_in_words
from app.moments.models import Moment
from app.workinggroups.keys import COORDINATORS, GROUP, groups_named_in
from app.workinggroups.models import WorkingGroup


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Return what the reader's organisations have not said, then what waits in the groups the reader runs."""
    inside, runs = groups_named_in(actor, GROUP), groups_named_in(actor, COORDINATORS)
    if not inside and not runs:
        return []
    rows = list(
        db.session.scalars(
            sa.select(Decision)
            .outerjoin(Moment, Moment.id == Decision.review_id)
            .where(
                Decision.group_id.in_(inside | runs),
                sa.or_(Decision.settled_at.is_(None), Moment.starts_at <= now),
            )
            .options(lazyload(Decision.group, WorkingGroup.region))
            .order_by(Decision.created_at, Decision.id)
        )
    )
    voices = waiting_for(actor, rows, now)
    lines = [_voice(row) for row in rows if row.id in voices]
    steps = (line for row in rows if row.group_id in runs for line in _steps(row, now))
    return [*lines[:MOST], *islice(steps, MOST)]


def _address(decision: Decision) -> str:
    return url_for("decisions.show", slug=decision.group.slug, decision_id=decision.id)


def _about(decision: Decision) -> Name:
    return Name(decision.title, decision.proposal.language or "und", is_fallback=True)


def _voice(decision: Decision) -> Line:
    window = decision.window
    end = end_in_words(window.moment) if window is not None else ""
    return Line(
        Kind.ANSWER,
        _("Your organisation has not spoken; voices are taken until %(end)s.", end=end),
        url_for("decisions.give_voice", slug=decision.group.slug, decision_id=decision.id),
        _("Give its voice"),
        _about(decision),
    )


def _steps(decision: Decision, now: datetime) -> Iterator[Line]:
    sentence = _step(decision, now)
    if sentence:
        yield Line(Kind.CARE, sentence, _address(decision), _("Open the decision"), _about(decision))


def _step(decision: Decision, now: datetime) -> str:
    if decision.stage is Stage.ADOPTED:
        return str(_("The day has come to look at this decision again."))
    if decision.stage is Stage.OBJECTED:
        return str(_("An objection stands: amend the proposal or lay it down."))
    if decision.stage is Stage.NO_QUORUM:
        return str(_("Too few organisations have spoken: give more time, or lay it down."))
    if decision.stage is Stage.DRAFTED:
        return str(_("A draft waits to be opened."))
    window = decision.window
    if window is not None and window.moment.until <= now and decision.stage is not Stage.OBJECTIONS:
        return str(_("The time of this step is over: open the next one."))
    return ""
