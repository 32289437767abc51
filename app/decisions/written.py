"""A decision as a text to take away: the record as its page has it, in words, with every translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import pgettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import own_name
from app.core.names import names_of
from app.decisions import queries, sentences
from app.decisions.counting import Count, Standing
from app.decisions.models import Decision, GivenVoice, Intent, Proxy, Statement
from app.decisions.words import STAGES, STANDINGS, STANDS, WINDOWS
from app.moments.shown import shown
from app.moments.words import stamp
from app.originals.exporting import as_markdown
from app.originals.showing import shown_by, translator_names_of
from app.people.models import Person


@dataclass(frozen=True, slots=True)
class _Known:
    """What every part of the text asks: names of organisations, the count, what was said, who translated it."""

    decision: Decision
    count: Count
    names: Mapping[UUID, str]
    statements: list[Statement]
    translators: Mapping[UUID, str]

    def answers_to(self, statement: Statement) -> list[Statement]:
        return [row for row in self.statements if row.intent is Intent.ANSWER and row.answers_id == statement.id]

    def having(self, *intents: Intent) -> list[Statement]:
        return [row for row in self.statements if row.intent in intents]


def written(actor: Actor, decision: Decision, now: datetime) -> Iterator[str]:
    """Yield the record as Markdown."""
    known = _known(actor, decision, now)
    yield f"# {decision.title}\n\n"
    said = f"{sentences.rule_sentence(decision, known.count)} {sentences.quorum_sentence(known.count)}"
    yield f"{said}\n\n"
    if decision.review is not None:
        yield _("Looked at again: %(day)s", day=shown(decision.review).words) + "\n\n"
    yield from _versions(actor, known, now)
    yield from _windows(decision)
    yield from _standings(known)
    yield from _voices(known)
    yield from _proxies(known)
    for heading, intents in (
        (_("Questions"), [Intent.QUESTION]),
        (_("Reactions"), [Intent.REACTION]),
        (_("Outcome"), [Intent.OUTCOME]),
        (_("Why it was laid down"), [Intent.LAYING_DOWN]),
    ):
        yield from _said(known, str(heading), known.having(*intents))


def _known(actor: Actor, decision: Decision, now: datetime) -> _Known:
    statements = queries.statements_of(decision)
    ids = {row.organisation_id for row in statements if row.organisation_id is not None}
    names = {one: name.text for one, name in names_of("organisation", ids, page_language()).items()}
    names |= sentences.names_on_roll(decision)
    translated = [(row, one) for row in statements for one in row.translations]
    translators = translator_names_of(actor, translated, now)
    return _Known(decision, queries.count_of(decision), names, statements, translators)


def _versions(actor: Actor, known: _Known, now: datetime) -> Iterator[str]:
    """The newest first, with its translations; every one under the name of who wrote it."""
    proposal, writers = known.decision.proposal, queries.writers_of(known.decision)
    translators = translator_names_of(actor, [(proposal, row) for row in proposal.translations], now)
    yield "## " + _("The proposal in its versions") + "\n\n"
    for version in reversed(proposal.versions):
        day, name = stamp(version.written_at), _name(writers.get(version.number))
        heading = _("Version %(number)s, written by %(name)s, %(day)s", number=version.number, name=name, day=day)
        heading = f"{heading} · {own_name(proposal.language)}"
        if version is proposal.versions[-1]:
            yield from as_markdown(proposal, version, translators, level=3, heading=heading)
        else:
            yield f"### {heading}\n\n{version.body.strip()}\n\n"


def _windows(decision: Decision) -> Iterator[str]:
    yield "## " + _("Windows") + "\n\n"
    for window in decision.windows:
        result = f": {STAGES[window.result]}" if window.result is not None else ""
        version = _("version %(number)s", number=window.version)
        yield f"* {WINDOWS[window.kind]}, {version}, {shown(window.moment).words}{result}\n"
    yield "\n"


def _standings(known: _Known) -> Iterator[str]:
    yield "## " + _("Where organisations stand") + "\n\n"
    for organisation_id, standing in known.count.standings.items():
        is_consent = standing is Standing.SILENT and known.count.silence_consents
        silence = " (" + _("silence, counted as consent") + ")" if is_consent else ""
        yield f"* {known.names[organisation_id]}: {STANDINGS[standing]}{silence}\n"
    yield "\n"


def _voices(known: _Known) -> Iterator[str]:
    """Every voice on record by version, the newest first; late ones below."""
    voices = queries.voices_of(known.decision)
    for number in range(known.decision.version, 0, -1):
        heading = _("Voices to version %(number)s", number=number)
        yield from _voices_under(known, heading, [row for row in voices if row.version == number and not row.is_late])
    yield from _voices_under(known, _("Late voices"), [row for row in voices if row.is_late])


def _voices_under(known: _Known, heading: str, voices: Iterable[GivenVoice]) -> Iterator[str]:
    rows = list(voices)
    if rows:
        yield f"## {heading}\n\n"
    for row in rows:
        yield f"### {known.names[row.organisation_id]}: {STANDS[row.stand]}\n\n"
        yield "* " + _("Given by") + f": {_by(row.giver, row.given_at)} · {sentences.mandate_words(row)}\n"
        if row.through_id is not None:
            yield "* " + _("through %(name)s", name=known.names[row.through_id]) + "\n"
        if row.replaced_at is not None:
            yield "* " + _("replaced on %(day)s", day=stamp(row.replaced_at)) + "\n"
        if row.withdrawn_at is not None:
            yield "* " + pgettext("voice", "taken back on %(day)s", day=stamp(row.withdrawn_at)) + "\n"
        yield "\n"
        for words in (row.words, row.withdrawal):
            if words is not None:
                yield from _words(known, words, level=4)


def _proxies(known: _Known) -> Iterator[str]:
    rows = queries.proxies_of(known.decision)
    if not rows:
        return
    yield "## " + _("Voices given to others") + "\n\n"
    for row in rows:
        giver, holder = known.names[row.giver_id], known.names[row.holder_id]
        facts = [_by(row.recorder, row.given_at), _basis(row)]
        if row.revoked_at is not None:
            facts.append(pgettext("voice", "taken back on %(day)s", day=stamp(row.revoked_at)))
        said = _("%(giver)s gave its voice to %(holder)s.", giver=giver, holder=holder)
        yield f"* {said} {' · '.join(facts)}\n"
    yield "\n"


def _basis(row: Proxy) -> str:
    return str(_("from a paper: %(where)s", where=row.paper)) if row.paper else sentences.mandate_words(row)


def _said(known: _Known, heading: str, rows: list[Statement]) -> Iterator[str]:
    if rows:
        yield f"## {heading}\n\n"
    for row in rows:
        yield from _words(known, row, level=3)


def _words(known: _Known, row: Statement, *, level: int) -> Iterator[str]:
    """What was said, under the name of who said it, then the answers, each under its own."""
    if not row.versions or row.erased_at is not None:
        yield _("These words were taken away by whoever wrote them.") + "\n\n"
    else:
        yield from as_markdown(row, row.versions[-1], known.translators, level=level, heading=_heading(known, row))
    for answer in known.answers_to(row):
        yield from _words(known, answer, level=level + 1)


def _heading(known: _Known, row: Statement) -> str:
    kinds = {
        Intent.ANSWER: lambda: pgettext("record", "Answer"),
        Intent.WITHDRAWAL: lambda: _("Why the objection was taken back"),
    }
    label = str(kinds[row.intent]()) if row.intent in kinds else ""
    organisation = known.names.get(row.organisation_id, "") if row.organisation_id is not None else ""
    version = (
        _("to version %(number)s", number=row.about_version) if row.about_version != known.decision.version else ""
    )
    late = _("came late") if row.is_late else ""
    parts = (label, shown_by(row), organisation, stamp(row.written_at), own_name(row.language), version, late)
    return " · ".join(str(part) for part in parts if part)


def _by(person: Person | None, at: datetime) -> str:
    return str(_("%(name)s, %(day)s", name=_name(person), day=stamp(at)))


def _name(person: Person | None) -> str:
    return person.name if person is not None and person.name else str(_("a former participant"))
