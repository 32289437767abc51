"""The record of a decision as plain data: who stood where, when, in which words, by which mandate; and its digest.

What the digest covers is frozen when a decision is settled. Late voices and what goes with them, the outcome and
translations are added beside it. Names of persons stand in the record and not under the digest: a person who leaves
the house takes the name along, and the organisations' record holds all the same.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from app.decisions.models import Decision, GivenVoice, Intent, Proxy, RollLine, Statement, Window
from app.decisions.queries import count_of, proxies_of, roll_of, statements_of, voices_of, writers_of
from app.people.models import Person

Record = dict[str, Any]

BY = "by"
"""The name of a person, wherever one stands in a record."""


def record_of(decision: Decision) -> Record:
    """Return the whole record, late voices and outcome included."""
    return _record(decision, is_frozen=False)


def digest_of(decision: Decision) -> str:
    """Return the hash of what is frozen."""
    frozen = json.dumps(_record(decision, is_frozen=True), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(frozen.encode()).hexdigest()


def _record(decision: Decision, *, is_frozen: bool) -> Record:
    count, writers = count_of(decision), writers_of(decision)
    voices = [row for row in voices_of(decision) if not (is_frozen and row.is_late)]
    statements = [row for row in statements_of(decision) if not (is_frozen and _is_beside(row))]
    found = {
        "decision": _head(decision),
        "roll": [_line(line, count.standings[line.organisation_id].value) for line in roll_of(decision).values()],
        "versions": [
            {
                "number": row.number,
                "written_at": _at(row.written_at),
                BY: _name(writers.get(row.number)),
                "words": row.body,
            }
            for row in decision.proposal.versions
        ],
        "windows": [_window(row) for row in decision.windows],
        "proxies": [_proxy(row) for row in proxies_of(decision)],
        "voices": [_voice(row) for row in voices],
        "statements": [_statement(row) for row in statements],
        "count": {"spoken": count.spoken, "quorum": count.quorum, "roll": len(count.standings)},
    }
    return _without_persons(found) if is_frozen else found


def _is_beside(statement: Statement) -> bool:
    """Whether something is added to a record after it was frozen."""
    return statement.intent is Intent.OUTCOME or (statement.is_late and statement.intent is Intent.REASON)


def _without_persons(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _without_persons(value) for name, value in found.items() if name != BY}
    return [_without_persons(one) for one in found] if isinstance(found, list) else found


def _head(decision: Decision) -> Record:
    return {
        "id": str(decision.id),
        "group": str(decision.group_id),
        "title": decision.title,
        "language": decision.proposal.language,
        BY: _name(decision.proposal.author),
        "stage": decision.stage.value,
        "version": decision.version,
        "opened_at": _at(decision.opened_at),
        "settled_at": _at(decision.settled_at),
        "proxies_per_holder": decision.proxies_per_holder,
    }


def _line(line: RollLine, standing: str) -> Record:
    return {
        "organisation": str(line.organisation_id),
        "names": line.names,
        "entry": line.entry.value,
        "standing": standing,
    }


def _window(window: Window) -> Record:
    return {
        "kind": window.kind.value,
        "version": window.version,
        "opened_at": _at(window.opened_at),
        "until": _at(window.moment.until),
        "zone": window.moment.zone,
        "closed_at": _at(window.closed_at),
        "result": window.result.value if window.result else None,
        "spoken": window.spoken,
    }


def _proxy(proxy: Proxy) -> Record:
    return {
        "giver": str(proxy.giver_id),
        "holder": str(proxy.holder_id),
        "given_at": _at(proxy.given_at),
        BY: _name(proxy.recorder),
        "paper": proxy.paper,
        "mandate": _mandate(proxy) if proxy.mandate_id else None,
        "revoked_at": _at(proxy.revoked_at),
    }


def _voice(voice: GivenVoice) -> Record:
    return {
        "organisation": str(voice.organisation_id),
        "version": voice.version,
        "stand": voice.stand.value,
        "through": str(voice.through_id) if voice.through_id else None,
        "given_at": _at(voice.given_at),
        BY: _name(voice.giver),
        "mandate": _mandate(voice),
        "words": _words(voice.words),
        "is_late": voice.is_late,
        "replaced_at": _at(voice.replaced_at),
        "withdrawn_at": _at(voice.withdrawn_at),
        "withdrawn_with": _words(voice.withdrawal),
    }


def _statement(statement: Statement) -> Record:
    return {
        "id": str(statement.id),
        "intent": statement.intent.value,
        "version": statement.about_version,
        "organisation": str(statement.organisation_id) if statement.organisation_id else None,
        "answers": str(statement.answers_id) if statement.answers_id else None,
        "written_at": _at(statement.written_at),
        BY: _name(statement.author),
        "is_late": statement.is_late,
        **(_words(statement) or {}),
    }


def _words(statement: Statement | None) -> Record | None:
    return {"language": statement.language, "words": statement.body} if statement is not None else None


def _mandate(row: GivenVoice | Proxy) -> Record:
    return {"from": _day(row.mandate_from), "until": _day(row.mandate_until)}


def _name(person: Person | None) -> str | None:
    return person.name or None if person is not None else None


def _at(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="seconds") if instant is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
