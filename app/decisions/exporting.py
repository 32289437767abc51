"""The decisions of a group in the export of the whole group: proposals in their versions, who stood where, every word
that was said, and the record as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.languages import own_name
from app.core.paging import Page, each_page, fetch_page
from app.decisions import queries
from app.decisions.models import Decision, Stage
from app.decisions.record import record_of
from app.decisions.words import STAGES
from app.decisions.written import written
from app.moments.shown import shown
from app.originals.showing import shown_name
from app.workinggroups import exports
from app.workinggroups.exports import ID, Coded, Part, Room, Table, Text
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the table of all decisions that were opened, then a text for each, for those inside."""
    if not is_inside(actor, group):
        return
    yield Table(name="decisions", columns=_columns(), rows=_rows(group))
    for decision in _decisions(group):
        yield _text(actor, decision, now)


def _decisions(group: WorkingGroup) -> Iterator[Decision]:
    """Drafts stay with whoever writes them."""
    opened = sa.select(Decision).where(Decision.group_id == group.id, Decision.stage != Stage.DRAFTED)

    def fetch(cursor: str) -> Page[Decision]:
        return fetch_page(opened, key=Decision.created_at, row_id=Decision.id, cursor=cursor)

    for page in each_page(fetch):
        yield from page


def _columns() -> tuple[tuple[str, str], ...]:
    return (
        # I18N: column of a table of decisions: what is proposed
        ("title", _("Proposal")),
        ("language", _("Language")),
        ("by", _("Proposed by")),
        ("state", _("State")),
        ("version", _("Version")),
        ("opened_at", _("Opened on")),
        ("settled_at", _("Settled on")),
        # I18N: column of a table of decisions: how many organisations have spoken
        ("spoken", _("Organisations that spoke")),
        # I18N: column of a table of decisions: how many must have spoken
        ("quorum", _("Needed to speak")),
        # I18N: column of a table of decisions: how many are entitled to a voice
        ("roll", _("With a voice")),
        # I18N: column of a table of decisions: when what came of it is looked at
        ("review", _("Looked at again")),
        ("digest", _("Digest of the record")),
        ID,
    )


def _rows(group: WorkingGroup) -> Iterator[Sequence[object]]:
    for decision in _decisions(group):
        count = queries.count_of(decision)
        yield (
            decision.title,
            Coded(decision.proposal.language, own_name(decision.proposal.language)),
            shown_name(decision.proposal),
            Coded(decision.stage, STAGES[decision.stage]),
            decision.version,
            decision.opened_at,
            decision.settled_at,
            count.spoken,
            decision.quorum,
            len(count.standings),
            shown(decision.review).words if decision.review is not None else "",
            decision.digest,
            decision.id,
        )


def _text(actor: Actor, decision: Decision, now: datetime) -> Text:
    facts = {
        "id": decision.id,
        "title": decision.title,
        "language": decision.proposal.language,
        "by": shown_name(decision.proposal),
        "state": STAGES[decision.stage],
        "version": decision.version,
        "opened_at": decision.opened_at,
        "settled_at": decision.settled_at,
        "digest": decision.digest,
    }
    title = f"{decision.created_at:%Y-%m-%d} {decision.title}"
    body = written(actor, decision, now)
    return Text(folder="decisions", name=title, facts=facts, body=body, data={"record": record_of(decision)})


def register() -> None:
    room = Room(
        code="decisions",
        holds=_l("Decisions: proposals in every version, who stood where, every word that was said, and the record."),
        leaves_out=_l("Decisions that were not opened yet."),
        parts=parts_of,
    )
    exports.register(room, order=40)
