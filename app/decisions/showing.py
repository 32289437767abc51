"""From rows to what the page of a decision prints: where we are, until when, what the reader can do, who said what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.decisions import policy, queries, words
from app.decisions.counting import Count, Standing
from app.decisions.models import (
    Decision,
    GivenVoice,
    Intent,
    Proxy,
    RollLine,
    Stage,
    Stand,
    Statement,
)
from app.decisions.names import name_of
from app.moments.endings import Ending, ending_of
from app.originals.showing import Voice, voices
from app.people.keys import mandated_for
from app.people.mandates import ended_sentence_for
from app.workinggroups.models import Standing as Place
from app.workinggroups.queries import find_membership

STEPS = (Stage.CLARIFICATION, Stage.REACTIONS, Stage.OBJECTIONS)

WHOLE = 20_000
"""Statements stand whole: each is somebody's argument, and a record does not abridge."""


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of the line: its words, and the tone of a badge (`held`, `confirmed` for now, `expected`)."""

    label: Any
    tone: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its answers. `entry` is None where its author took the words away."""

    statement: Statement
    entry: Voice | None
    organisation: Name | None
    answers: list[Said]


@dataclass(frozen=True, slots=True)
class RollShown:
    """An organisation of the roll: where it stands in the current version, through whom, and who holds its voice."""

    organisation_id: UUID
    name: Name
    standing: Standing
    voice: GivenVoice | None
    words: Said | None
    through: Name | None
    held_by: Name | None


@dataclass(frozen=True, slots=True)
class MyVoice:
    """A voice the reader may give: of the own organisation, or of one that gave it to the own (`through`)."""

    organisation_id: UUID
    name: Name
    through_id: UUID | None
    through: Name | None
    given: GivenVoice | None

    @property
    def value(self) -> str:
        """How the form names it."""
        return f"{self.organisation_id}:{self.through_id}" if self.through_id else str(self.organisation_id)


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision as its page prints it. `ending` is None where no window is open; `is_over`: its end has passed, and
    nobody has closed it yet. `held`: who holds whose voice, giver → holder. `revocable`: voices given to others that
    the reader may take back; `given_away`: those of the reader's own organisations, giver and holder. `mandate_over`:
    what is said to whoever has no voice because their mandate has ended."""

    decision: Decision
    steps: list[Step]
    ending: Ending | None
    is_over: bool
    count: Count | None
    roll: list[RollShown]
    mine: list[MyVoice]
    held: dict[UUID, UUID]
    revocable: list[tuple[Proxy, Name]]
    given_away: list[tuple[Name, Name]]
    questions: list[Said]
    reactions: list[Said]
    objections: list[tuple[GivenVoice, Name, Said | None, Said | None]]
    late: list[tuple[GivenVoice, Name, Said | None]]
    ending_words: list[Said]
    mandate_over: Any = ""

    @property
    def is_late(self) -> bool:
        """Whether a voice that is given now comes after the end."""
        return self.is_over or self.decision.stage is not Stage.OBJECTIONS

    def stands(self, mine: MyVoice) -> GivenVoice | None:
        """Return the voice that another one would replace: in time that of the version, after the end the late one."""
        if not self.is_late:
            return mine.given
        late = (row for row, _name, _said in self.late if row.organisation_id == mine.organisation_id)
        return next((row for row in late if row.version == self.decision.version and row.replaced_at is None), None)

    @property
    def silent_mine(self) -> list[MyVoice]:
        return [voice for voice in self.mine if self.stands(voice) is None]

    @property
    def spoken_mine(self) -> list[MyVoice]:
        return [voice for voice in self.mine if self.stands(voice) is not None]

    @property
    def objects(self) -> bool:
        """Whether an objection to the words of today stands."""
        return any(line.standing is Standing.OBJECT for line in self.roll)


def shown(actor: Actor, decision: Decision, now: datetime) -> Shown:
    """Return a decision for one reader, in a number of queries that does not grow with what was said."""
    roll, given, proxies = queries.roll_of(decision), queries.voices_of(decision), queries.proxies_of(decision)
    names = {organisation_id: name_of(line.names) for organisation_id, line in roll.items()}
    said = said_of(queries.statements_of(decision))
    by_id = {one.statement.id: one for one in said}
    standing = {row.organisation_id: row for row in given if _stands(row, decision)}
    held = {row.giver_id: row.holder_id for row in proxies if row.revoked_at is None}
    count = queries.count_of(decision) if roll else None
    mine = _mine(actor, decision, names, standing, held)
    window = decision.window
    is_open = window is not None and window.closed_at is None
    return Shown(
        decision=decision,
        steps=steps_of(decision),
        ending=ending_of(window.moment) if window is not None and is_open else None,
        is_over=window is not None and is_open and window.moment.until <= now,
        count=count,
        roll=_roll(roll=roll, names=names, count=count, standing=standing, said=by_id, held=held),
        mine=mine,
        held=held,
        revocable=[
            (row, names[row.giver_id])
            for row in proxies
            if row.giver_id not in standing and _may_revoke(actor, decision, row)
        ],
        given_away=[
            (names[giver], names[held[giver]]) for giver in names if giver in held.keys() & mandated_for(actor)
        ],
        questions=[one for one in said if one.statement.intent is Intent.QUESTION],
        reactions=[one for one in said if one.statement.intent is Intent.REACTION],
        objections=[
            (row, names[row.organisation_id], _find(by_id, row.words_id), _find(by_id, row.withdrawal_id))
            for row in given
            if row.stand is Stand.OBJECT and row.replaced_at is None and not row.is_late
        ],
        late=[(row, names[row.organisation_id], _find(by_id, row.words_id)) for row in given if row.is_late],
        ending_words=[one for one in said if one.statement.intent in (Intent.OUTCOME, Intent.LAYING_DOWN)],
        mandate_over="" if mine else ended_sentence_for(actor, roll, now.date()),
    )


def _may_revoke(actor: Actor, decision: Decision, proxy: Proxy) -> bool:
    """Whether a link to take a voice back makes sense for the reader; the service decides."""
    if proxy.revoked_at is not None:
        return False
    return proxy.giver_id in mandated_for(actor) or (bool(proxy.paper) and policy.can_lead(actor, decision))


def _find(said: dict[UUID, Said], statement_id: UUID | None) -> Said | None:
    return said.get(statement_id) if statement_id is not None else None


def _stands(voice: GivenVoice, decision: Decision) -> bool:
    return voice.version == decision.version and voice.replaced_at is None and not voice.is_late


def said_of(statements: Sequence[Statement]) -> list[Said]:
    """Return statements with their answers below them, in two queries for all of them."""
    entries = {entry.original.id: entry for entry in voices(list(statements), WHOLE)}
    ids = {row.organisation_id for row in statements if row.organisation_id is not None}
    names = names_of("organisation", ids, page_language())
    answers: dict[UUID, list[Said]] = defaultdict(list)
    for row in statements:
        if row.intent is Intent.ANSWER and row.answers_id is not None:
            answers[row.answers_id].append(_said(row, entries, names, []))
    return [_said(row, entries, names, answers[row.id]) for row in statements if row.intent is not Intent.ANSWER]


def _said(row: Statement, entries: dict[UUID, Voice], names: dict[UUID, Name], answers: list[Said]) -> Said:
    organisation = names.get(row.organisation_id) if row.organisation_id is not None else None
    return Said(row, entries.get(row.id), organisation, answers)


def _roll(
    *,
    roll: dict[UUID, RollLine],
    names: dict[UUID, Name],
    count: Count | None,
    standing: dict[UUID, GivenVoice],
    said: dict[UUID, Said],
    held: dict[UUID, UUID],
) -> list[RollShown]:
    lines = []
    for organisation_id in roll:
        voice = standing.get(organisation_id)
        through = names.get(voice.through_id) if voice is not None and voice.through_id is not None else None
        holder = held.get(organisation_id)
        lines.append(
            RollShown(
                organisation_id=organisation_id,
                name=names[organisation_id],
                standing=count.standings[organisation_id] if count is not None else Standing.SILENT,
                voice=voice,
                words=_find(said, voice.words_id) if voice is not None else None,
                through=through,
                held_by=names.get(holder) if holder is not None and through is None else None,
            )
        )
    return lines


def _mine(
    actor: Actor,
    decision: Decision,
    names: dict[UUID, Name],
    standing: dict[UUID, GivenVoice],
    held: dict[UUID, UUID],
) -> list[MyVoice]:
    """The voices for which the reader has a mandate: their organisations' own, and those they hold for others."""
    if not policy.can_take_part(actor, decision):
        return []
    place = find_membership(decision.group, actor.person_id)
    if place is not None and place.standing is not Place.MEMBER:
        return []
    speaks = mandated_for(actor)
    found = []
    for organisation_id, name in names.items():
        holder = held.get(organisation_id)
        if (holder or organisation_id) in speaks:
            through = names.get(holder) if holder is not None else None
            found.append(MyVoice(organisation_id, name, holder, through, standing.get(organisation_id)))
    return found


def steps_of(decision: Decision) -> list[Step]:
    """Return the line of beads: what is over, where we are, what comes."""
    if decision.stage is Stage.DRAFTED:
        return [Step(words.STAGES[Stage.DRAFTED], "confirmed"), *(Step(words.STAGES[one], "expected") for one in STEPS)]
    reached = [Stage(window.kind.value) for window in decision.windows]
    found = [
        Step(
            words.STAGES[stage], "confirmed" if stage is decision.stage else "held" if stage in reached else "expected"
        )
        for stage in STEPS
    ]
    if decision.stage not in STEPS:
        found = [step for step in found if step.tone != "expected"]
        tone = {Stage.OBJECTED: "postponed", Stage.NO_QUORUM: "postponed", Stage.LAID_DOWN: "cancelled"}
        found.append(Step(words.STAGES[decision.stage], tone.get(decision.stage, "confirmed")))
    return found
