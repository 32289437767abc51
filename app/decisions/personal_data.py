"""What decisions hold about a person: for export, for merging two rows of one person, for erasure.

A voice and its reason are its organisation's, a proposal that was opened is its group's: they stay when the person
leaves the house, without the name (see `kind`). What somebody asked, answered or thought goes with them, as all
originals do (`app.originals`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.decisions.kind import is_said_for_others
from app.decisions.models import Decision, GivenVoice, Proposal, Proxy, Statement, Window, Wording
from app.extensions import db
from app.originals.exporting import exported
from app.originals.models import OriginalVersion

Text = TypeVar("Text", Proposal, Statement)

HOLDINGS = {
    "proposals": Holding(_l("Proposals written for decisions of groups"), stays=True),
    "amendments": Holding(_l("Words with which proposals of others were changed"), stays=True),
    "statements": Holding(_l("Questions, answers and reactions in decisions of groups")),
    "for_others": Holding(_l("Reasons and outcomes written for organisations and groups in decisions"), stays=True),
    "voices": Holding(_l("Voices given for organisations"), stays=True),
    "proxies": Holding(_l("Voices of organisations given to others"), stays=True),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person proposed, said, and gave as the voice of an organisation, oldest first."""
    statements = _texts(Statement, person_id)
    return {
        "proposals": [
            exported(row) | {"decision": str(row.decision_id), "title": row.decision.title}
            for row in _texts(Proposal, person_id)
        ],
        "amendments": _rows(_amended_by(person_id)),
        "statements": [_statement(row) for row in statements if not is_said_for_others(row)],
        "for_others": [_statement(row) for row in statements if is_said_for_others(row)],
        "voices": _rows(
            sa.select(
                GivenVoice.decision_id,
                GivenVoice.organisation_id,
                GivenVoice.version,
                GivenVoice.stand,
                GivenVoice.given_at,
                GivenVoice.withdrawn_at,
            )
            .where(sa.or_(GivenVoice.given_by == person_id, GivenVoice.withdrawn_by == person_id))
            .order_by(GivenVoice.given_at)
        ),
        "proxies": _rows(
            sa.select(Proxy.decision_id, Proxy.giver_id, Proxy.holder_id, Proxy.given_at, Proxy.revoked_at)
            .where(sa.or_(Proxy.given_by == person_id, Proxy.revoked_by == person_id))
            .order_by(Proxy.given_at)
        ),
    }


def _amended_by(person_id: UUID) -> sa.Select[UUID, int, str, datetime, str]:
    """The versions that somebody wrote after the first; their own first ones are among their proposals."""
    return (
        sa.select(
            Wording.decision_id, Wording.version, Decision.title, OriginalVersion.written_at, OriginalVersion.body
        )
        .join(Decision, Decision.id == Wording.decision_id)
        .join(Proposal, Proposal.decision_id == Decision.id)
        .join(
            OriginalVersion,
            sa.and_(OriginalVersion.original_id == Proposal.id, OriginalVersion.number == Wording.version),
        )
        .where(Wording.written_by == person_id, sa.or_(Wording.version > 1, Proposal.author_id != person_id))
        .order_by(OriginalVersion.written_at)
    )


def _texts(kind: type[Text], person_id: UUID) -> list[Text]:
    return list(db.session.scalars(sa.select(kind).where(kind.author_id == person_id).order_by(kind.written_at)))


def _statement(row: Statement) -> dict[str, Any]:
    return exported(row) | {"decision": str(row.decision_id), "intent": row.intent.value}


def _rows(wanted: Any) -> list[dict[str, str | None]]:
    rows = db.session.execute(wanted).mappings()
    return [{name: None if value is None else str(value) for name, value in row.items()} for row in rows]


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take the name from what was done for others."""
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    for column in (
        GivenVoice.given_by,
        GivenVoice.withdrawn_by,
        Proxy.given_by,
        Proxy.revoked_by,
        Window.opened_by,
        Window.closed_by,
        Decision.settled_by,
        Wording.written_by,
    ):
        _run(sa.update(column.class_).where(column == old_id).values({column.key: new_id}))


def _run(statement: sa.Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
