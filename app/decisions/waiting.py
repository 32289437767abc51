"""What waits for somebody in decisions: voices that were not given, proposals to read and to react to, steps that
whoever runs a group takes, reviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import lazyload

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.waiting import MOST, Kind, Line
from app.decisions import policy
from app.decisions.listing import waiting_for
from app.decisions.models import Decision, Intent, Stage, Statement
from app.extensions import db
from app.moments.endings import end_in_words
from app.moments.models import Moment
from app.workinggroups.keys import COORDINATORS, GROUP, groups_named_in
from app.workinggroups.models import WorkingGroup

_MEANT = {Stage.CLARIFICATION: Intent.QUESTION, Stage.REACTIONS: Intent.REACTION}
"""What is asked of everybody who takes part, in which step."""


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Return what the reader's organisations have not said, what is asked of the reader themselves, then what waits in
    the groups the reader runs."""
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
    names = names_of("organisation", {giver for found in voices.values() for giver in found}, page_language())
    lines = [line for row in rows if row.id in voices for line in _voices(row, voices[row.id], names)]
    asked = [_asked(row) for row in _asks_me(actor, [row for row in rows if row.group_id not in runs], now)]
    steps = (line for row in rows if row.group_id in runs for line in _steps(row, now))
    return [*lines[:MOST], *asked[:MOST], *islice(steps, MOST)]


def _address(decision: Decision) -> str:
    return url_for("decisions.show", slug=decision.group.slug, decision_id=decision.id)


def _about(decision: Decision) -> Name:
    return Name(decision.title, decision.proposal.language or "und", is_fallback=True)


def _end(decision: Decision) -> str:
    return end_in_words(decision.window.moment) if decision.window is not None else ""


def _voices(decision: Decision, voices: Mapping[UUID, UUID | None], names: Mapping[UUID, Name]) -> Iterator[Line]:
    """One line for the reader's own organisations, and one for each that gave its voice to them."""
    own = [giver for giver, holder in voices.items() if holder is None]
    if own:
        sentence = _("Your organisation has not spoken; voices are taken until %(end)s.", end=_end(decision))
        yield _voice(decision, sentence, str(own[0]) if len(own) == 1 else None)
    for giver, holder in sorted(voices.items(), key=lambda pair: str(pair[0])):
        if holder is not None:
            sentence = _(
                "Your organisation holds the voice of %(giver)s and has not given it; voices are taken until %(end)s.",
                giver=names[giver].text,
                end=_end(decision),
            )
            yield _voice(decision, sentence, f"{giver}:{holder}")


def _voice(decision: Decision, sentence: str, value: str | None) -> Line:
    """A line that leads to the form; `value` names the voice, as `MyVoice.value` does."""
    named: dict[str, Any] = {"for": value}
    address = url_for("decisions.give_voice", slug=decision.group.slug, decision_id=decision.id, **named)
    return Line(Kind.ANSWER, sentence, address, _("Give its voice"), _about(decision))


def _asks_me(actor: Actor, decisions: Sequence[Decision], now: datetime) -> list[Decision]:
    """Return the decisions that ask the reader themselves for questions or reactions, as long as there is time and the
    reader has said nothing in that step. One query for any number."""
    asked = {
        row.id: row
        for row in decisions
        if row.stage in _MEANT
        and row.window is not None
        and row.window.moment.until > now
        and policy.can_take_part(actor, row)
        and not policy.is_proposer(actor, row)
    }
    if not asked:
        return []
    said = sa.select(Statement.decision_id, Statement.intent).where(
        Statement.decision_id.in_(asked), Statement.author_id == actor.person_id
    )
    done = {
        decision_id for decision_id, intent in db.session.execute(said) if _MEANT[asked[decision_id].stage] is intent
    }
    return [row for decision_id, row in asked.items() if decision_id not in done]


def _asked(decision: Decision) -> Line:
    if decision.stage is Stage.CLARIFICATION:
        sentence = _("A new proposal: ask what you do not understand until %(end)s.", end=_end(decision))
    else:
        sentence = _("What do you think of this proposal? Reactions are taken until %(end)s.", end=_end(decision))
    return Line(Kind.ANSWER, sentence, _address(decision), _("Read the proposal"), _about(decision))


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
