"""Reading: the decisions of a group, one of them, one statement, the record and its files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import Response, render_template, request

from app.core import clock
from app.core.markdown import to_html
from app.core.permissions import can
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor
from app.decisions import entrusting, queries, record, sentences, showing
from app.decisions.blueprint import blueprint
from app.decisions.listing import lines_of
from app.decisions.models import Statement
from app.decisions.routes.loading import group_values, load, page
from app.decisions.services.windows import NEXT
from app.originals import queries as originals
from app.originals.showing import reading_of
from app.workinggroups.queries import get_inside_group


@blueprint.get("/groups/<slug>/decisions")
def list_decisions(slug: str) -> Any:
    """The decisions of a group, what waits for the reader's voice first."""
    actor, now = current_actor(), clock.now()
    group = get_inside_group(current_actor(), slug)
    lines = lines_of(actor, queries.list_decisions(actor, group), now)
    return render_template(
        "decisions/list.html",
        open_ones=[line for line in lines if not line.decision.is_settled],
        settled=[line for line in lines if line.decision.is_settled],
        may_propose=can(actor, "decisions.propose", group),
        **group_values(group),
    )


@blueprint.get("/groups/<slug>/decisions/<uuid:decision_id>")
def show(slug: str, decision_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    decision = load(slug, decision_id)
    one = showing.shown(actor, decision, now)
    return page(
        "show.html",
        decision,
        one=one,
        now_sentence=sentences.now_sentence(one, leads=can(actor, "decisions.lead", decision)),
        quorum_sentence=sentences.quorum_sentence(one.count) if one.count else "",
        reading=reading_of(actor, decision.proposal, request.args.get("with"), now),
        writer=queries.writers_of(decision).get(decision.version),
        next_window=NEXT.get(decision.stage),
        asks_for=sentences.asks_for,
        hands_on=entrusting.hands_on(actor, one),
    )


@blueprint.get("/groups/<slug>/decisions/statements/<uuid:statement_id>")
def show_statement(slug: str, statement_id: UUID) -> Any:
    """One statement, whole, with the translations beside it and the answers below."""
    actor, now = current_actor(), clock.now()
    statement = originals.get_visible_original(actor, statement_id, Statement)
    decision = load(slug, statement.decision_id)
    said = {one.statement.id: one for one in showing.said_of(queries.statements_of(decision))}
    return page(
        "statement.html",
        decision,
        statement=statement,
        whole=said.get(statement.id),
        reading=reading_of(actor, statement, request.args.get("with"), now),
    )


@blueprint.get("/groups/<slug>/decisions/<uuid:decision_id>/record")
def show_record(slug: str, decision_id: UUID) -> Any:
    """Who stood where and when, in their own words: made for paper."""
    decision = load(slug, decision_id)
    one = showing.shown(current_actor(), decision, clock.now())
    writers = queries.writers_of(decision)
    return page(
        "record.html",
        decision,
        one=one,
        voices=queries.voices_of(decision),
        statements={one.statement.id: one for one in showing.said_of(queries.statements_of(decision))},
        names={line.organisation_id: line.name for line in one.roll},
        all_proxies=queries.proxies_of(decision),
        quorum_sentence=sentences.quorum_sentence(one.count) if one.count else "",
        rule_sentence=sentences.rule_sentence(decision, one.count) if one.count else "",
        versions=[
            (version, writers.get(version.number), to_html(version.body))
            for version in reversed(decision.proposal.versions)
        ],
        mandate_words=sentences.mandate_words,
        is_whole=not decision.digest or decision.digest == record.digest_of(decision),
    )


COLUMNS = (
    "organisation", "version", "stand", "through", "given_at", "by", "mandate_from", "mandate_until", "language",
    "words", "is_late", "replaced_at", "withdrawn_at",
)  # fmt: skip


@blueprint.get("/groups/<slug>/decisions/<uuid:decision_id>/record.<any(csv,json):kind>")
def record_file(slug: str, decision_id: UUID, kind: str) -> Response:
    """The record to take away: everything as JSON, the voices as a table."""
    decision = load(slug, decision_id)
    found = record.record_of(decision)
    name = f"decision-{decision.created_at:%Y-%m-%d}-{decision.id.hex[:8]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "json":
        text = json.dumps(found | {"digest": decision.digest}, ensure_ascii=False, indent=1)
        return Response(text, mimetype="application/json", headers=headers)
    return Response(csv_of(_table(found)), content_type=CSV_TYPE, headers=headers)


def _table(found: record.Record) -> Iterator[Sequence[object]]:
    """Yield the head and one line per voice."""
    names = {line["organisation"]: next(iter(line["names"].values()), "") for line in found["roll"]}
    yield COLUMNS
    for voice in found["voices"]:
        words = voice["words"] or {}
        row = voice | {
            "organisation": names[voice["organisation"]],
            "through": names.get(voice["through"], ""),
            "mandate_from": voice["mandate"]["from"],
            "mandate_until": voice["mandate"]["until"],
            "language": words.get("language"),
            "words": words.get("words"),
        }
        yield [row[column] for column in COLUMNS]
