"""The decisions of a group in the export of the whole group: proposals in their versions, who stood where, every word
that was said, and the record as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.core.actors import Actor
from app.core.languages import own_name
from app.core.paging import Page, each_page, fetch_page
from app.decisions import queries
from app.decisions.models import Decision, Intent, Stage, Statement
from app.decisions.names import name_of
from app.decisions.record import record_of
from app.decisions.words import STAGES, STANDS, WINDOWS
from app.moments.shown import shown
from app.moments.words import stamp
from app.originals.exporting import as_markdown
from app.originals.showing import shown_name, translator_names_of
from app.workinggroups import exports
from app.workinggroups.exports import ID, Coded, Part, Room, Table, Text
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside

INTENTS = {
    # I18N: what somebody meant with words about a decision
    Intent.QUESTION: _l("Question"),
    # I18N: what somebody meant with words about a decision
    Intent.ANSWER: lazy_pgettext("record", "Answer"),
    # I18N: what somebody meant with words about a decision
    Intent.REACTION: _l("Reaction"),
    # I18N: what somebody meant with words about a decision: why an organisation stands where it does
    Intent.REASON: _l("Reason"),
    # I18N: what somebody meant with words about a decision: why an objection was taken back
    Intent.WITHDRAWAL: _l("Why the objection was taken back"),
    Intent.LAYING_DOWN: _l("Why it was laid down"),
    Intent.OUTCOME: _l("Outcome"),
}


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
        "state": decision.stage,
        "opened_at": decision.opened_at,
        "settled_at": decision.settled_at,
        "digest": decision.digest,
    }
    title = f"{decision.created_at:%Y-%m-%d} {decision.title}"
    body = _body(actor, decision, now)
    return Text(folder="decisions", name=title, facts=facts, body=body, data={"record": record_of(decision)})


def _body(actor: Actor, decision: Decision, now: datetime) -> Iterator[str]:
    proposal, names = decision.proposal, _organisations(decision)
    yield f"# {decision.title}\n\n"
    for version in proposal.versions[:-1]:
        yield "## " + _("Version %(number)s, replaced", number=version.number) + f" · {stamp(version.written_at)}\n\n"
        yield f"{version.body.strip()}\n\n"
    for version in proposal.versions[-1:]:
        translators = translator_names_of(actor, [(proposal, row) for row in proposal.translations], now)
        yield from as_markdown(proposal, version, translators)
    yield from _windows(decision)
    yield from _voices(decision, names)
    yield from _statements(actor, decision, names, now)


def _organisations(decision: Decision) -> dict[UUID, str]:
    return {one: name_of(line.names).text for one, line in queries.roll_of(decision).items()}


def _windows(decision: Decision) -> Iterator[str]:
    for window in decision.windows:
        result = f": {STAGES[window.result]}" if window.result is not None else ""
        yield f"* {WINDOWS[window.kind]}, {shown(window.moment).words}{result}\n"
    yield "\n"


def _voices(decision: Decision, names: Mapping[UUID, str]) -> Iterator[str]:
    """Every voice on record: replaced, withdrawn and late ones are marked as such."""
    voices = queries.voices_of(decision)
    if voices:
        # I18N: heading in a file: what organisations said to a proposal
        yield "## " + _("Voices of organisations") + "\n\n"
    for voice in voices:
        marks = [
            # I18N: of the voice of an organisation: another one took its place
            (voice.replaced_at is not None, _("replaced")),
            # I18N: of the voice of an organisation: it was taken back
            (voice.withdrawn_at is not None, _("withdrawn")),
            # I18N: of the voice of an organisation: it came after the end, is kept, and counts for nothing
            (voice.is_late, _("late")),
        ]
        said = ", ".join([str(STANDS[voice.stand]), *(str(word) for holds, word in marks if holds)])
        yield f"* {names.get(voice.organisation_id, '?')}, {voice.version}: {said} · {stamp(voice.given_at)}\n"
    yield "\n"


def _statements(actor: Actor, decision: Decision, names: Mapping[UUID, str], now: datetime) -> Iterator[str]:
    """Every word that was said; what its author took away for good has none."""
    said: list[Statement] = [row for row in queries.statements_of(decision) if row.versions and row.erased_at is None]
    translators = translator_names_of(actor, [(row, one) for row in said for one in row.translations], now)
    for row in said:
        who = names.get(row.organisation_id, "") if row.organisation_id is not None else ""
        yield "## " + " · ".join(part for part in (str(INTENTS[row.intent]), who) if part) + "\n\n"
        yield from as_markdown(row, row.versions[-1], translators, level=3)


def register() -> None:
    room = Room(
        code="decisions",
        holds=_l("Decisions: proposals in every version, who stood where, every word that was said, and the record."),
        leaves_out=_l("Decisions that were not opened yet."),
        parts=parts_of,
    )
    exports.register(room, order=40)
