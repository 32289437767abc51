"""What happened to an engagement, from the audit, in words: for those inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from markupsafe import Markup

from app.core.actors import Actor
from app.core.audit import AuditLine
from app.core.context import page_language
from app.core.names import names_of
from app.engagements.models import ENGAGEMENT, Engagement
from app.extensions import db
from app.moments.shown import day_of
from app.people.queries import names_shown

MOST_OF_HISTORY = 12

_ACTS: dict[str, Any] = {
    "planned": _lp("engagement", "Planned"),
    "changed": _l("The plan was changed"),
    "groups_changed": _l("Other groups"),
    "opened_to_network": _l("Opened to the network"),
    "closed_to_network": _l("Closed to the network"),
    "given_up": _lp("engagement", "Given up"),
    "taken_up_again": _l("Taken up again"),
    "signatory_asked": _l("%(organisation)s was asked"),
    "signatory_joined": _l("%(organisation)s was asked, and agreed by whoever asked"),
    "signatory_agreed": _l("%(organisation)s has agreed"),
    "signatory_declined": _l("%(organisation)s has declined"),
    "signatory_leads": _l("%(organisation)s leads"),
    "signatory_taken_off": _l("%(organisation)s was taken off the list"),
    "delegate_added": _l("Somebody joined the delegation"),
    "delegate_changed": _l("The delegation was changed"),
    "delegate_removed": _l("Somebody left the delegation"),
    "text_begun": _l("A text was begun"),
    "text_brought": _l("A text of the group was brought"),
    "text_taken_away": _l("A text was taken away"),
    "text_signed": _l("%(organisation)s signed"),
    "signature_taken_back": _l("%(organisation)s took its signature back"),
    "submitted": _lp("engagement", "Handed in"),
    "submission_taken_back": _l("The submission was taken back"),
    "proof_noted": _l("The proof was noted"),
    "result_noted": _l("It was noted what came of it"),
    "result_taken_back": _l("The result was taken back"),
    "follow_up_noted": _l("It was noted how the groups go on"),
    "ended": _lp("engagement", "Ended"),
    "opened_again": _l("Opened again"),
}
"""What happened, by the last part of the code of an audit line; others are told by whoever writes them."""


def tell(act: str, sentence: Any) -> None:
    """Let another module of engagements say what one of its acts is called in the history."""
    _ACTS[act] = sentence


@dataclass(frozen=True, slots=True)
class Happened:
    day: str
    act: Any
    by: Any


def history_of(actor: Actor, engagement: Engagement) -> list[Happened]:
    """Return the last acts, the latest first, with whose hand they were: for those inside."""
    rows = db.session.scalars(
        sa.select(AuditLine)
        .where(AuditLine.subject_kind == ENGAGEMENT, AuditLine.subject_id == engagement.id)
        .order_by(AuditLine.at.desc(), AuditLine.id)
        .limit(MOST_OF_HISTORY)
    ).all()
    named = {UUID(row.facts["organisation"]) for row in rows if row.facts.get("organisation")}
    names = names_of("organisation", named, page_language())
    hands = frozenset(row.actor_id for row in rows if row.actor_id is not None)
    people = names_shown(actor, hands, hands) if hands else {}
    found = []
    for row in rows:
        act = _ACTS.get(row.code.rsplit(".", 1)[-1])
        if act is None:
            continue
        organisation = row.facts.get("organisation")
        said = Markup(str(act)) % {"organisation": names[UUID(organisation)]} if organisation else str(act)  # noqa: S704 - our own sentence, the name is escaped
        found.append(Happened(day_of(row.at), said, people.get(row.actor_id, "") if row.actor_id else ""))
    return found
