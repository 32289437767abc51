"""An example body with its ways to take part, its rules and three sessions: one held, one that comes and has moved, one
of which the month is known. It is invented whole: no fact of it is one of the catalogue's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from app.advocacy import services as advocacy
from app.advocacy.models import (
    Access,
    AdvocacySpace,
    Anchor,
    ModeCode,
    Occurrence,
    OccurrenceKind,
    ParticipationMode,
    SpaceKind,
    Standing,
    Step,
    StepCode,
)
from app.advocacy.services import Dated, Written, modes, rules, spaces
from app.advocacy.services.modes import LimitFacts, ModeFacts
from app.advocacy.services.rules import RuleFacts
from app.advocacy.services.spaces import SpaceFacts, Sure
from app.core.actors import Actor
from app.examples import advocacy_words as words
from app.extensions import db
from app.moments.models import Certainty, Modality
from app.moments.timing import Timing

ZONE = "Europe/Zurich"
SOURCE = "https://www.example.org/committee-on-homes"
LASTS = timedelta(days=9)

STATEMENT, REPORT, SPEECH, SIDE_EVENT = "statement", "report", "speech", "side-event"
"""Keys of the ways to take part in it."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of the example body, and the first days of two of them."""

    held: Occurrence
    held_on: date
    coming: Occurrence
    coming_on: date
    later: Occurrence


def make_space(actor: Actor, *, now: datetime) -> tuple[AdvocacySpace, dict[str, ParticipationMode]]:
    """Add the body, how one takes part in it (returned by keys), and the rules its deadlines are expected by."""
    seen = Sure(certainty=Certainty.VERIFIED, source=SOURCE)
    facts = SpaceFacts(
        names=words.SPACE_NAMES,
        kind=SpaceKind.TREATY_BODY,
        place="Genève",
        zone=ZONE,
        url=SOURCE,
        goals=(11,),
        sure=seen,
    )
    space = spaces.add_space(actor, facts, now=now)
    made = {key: modes.add_mode(actor, space, way, now=now) for key, way in _ways(seen).items()}
    for status, count in ((Standing.ECOSOC_GENERAL, 180), (Standing.ECOSOC_SPECIAL, 140)):
        limit = LimitFacts(words=count, cover_words=20, status=status.value, sure=seen)
        modes.add_limit(actor, made[STATEMENT], limit, now=now)
    for rule in _rules(made):
        rules.add_rule(actor, space, rule, now=now)
    return space, made


def _ways(seen: Sure) -> dict[str, ModeFacts]:
    """One way for those with a status, one for everybody, one for who registers, one that is to be checked."""
    supposed = Sure(certainty=Certainty.UNSURE, source="Said in a corridor (example)")
    return {
        STATEMENT: ModeFacts(
            code=ModeCode.WRITTEN_STATEMENT,
            access=Access.ECOSOC_GENERAL_OR_SPECIAL,
            labels={},
            languages=("en", "fr", "es"),
            is_once_per_organisation=True,
            sure=seen,
        ),
        REPORT: ModeFacts(
            code=ModeCode.PARALLEL_REPORT,
            access=Access.NONE,
            labels={},
            languages=("en", "fr", "es", "ar"),
            sure=seen,
        ),
        SPEECH: ModeFacts(code=ModeCode.ORAL_STATEMENT, access=Access.REGISTRATION, labels={}, sure=seen),
        SIDE_EVENT: ModeFacts(code=ModeCode.SIDE_EVENT, access=Access.PARTNER, labels={}, sure=supposed),
    }


def _rules(made: Mapping[str, ParticipationMode]) -> list[RuleFacts]:
    usual = Sure(certainty=Certainty.TYPICAL, source="The sessions of three years (example)")

    def rule(step: StepCode, first: int, last: int, typical: int | None = None, way: str = "") -> RuleFacts:
        return RuleFacts(
            step=step,
            kind=OccurrenceKind.SESSION,
            anchor=Anchor.START,
            first=first,
            last=last,
            typical=typical,
            mode_id=made[way].id if way else None,
            sure=usual,
        )

    return [
        rule(StepCode.WRITTEN_STATEMENT, -65, -56, -60, STATEMENT),
        rule(StepCode.REGISTRATION, -42, -28, -30, SPEECH),
        rule(StepCode.PARALLEL_REPORT, -28, -21, None, REPORT),
        rule(StepCode.OBSERVATIONS_PUBLISHED, 15, 25),
    ]


def make_sessions(actor: Actor, space: AdvocacySpace, *, now: datetime) -> Sessions:
    """Write the three sessions down, each so long before it as people do, and let two deadlines be confirmed."""
    held_on, coming_on = now.date() - timedelta(days=40), now.date() + timedelta(days=75)
    held = _add(actor, space, 12, held_on, now=now - timedelta(days=200))
    advocacy.mark_held(actor, held, now=now - timedelta(days=30))
    coming = _coming(actor, space, coming_on, now=now)
    return Sessions(held, held_on, coming, coming_on, _later(actor, space, now=now))


def _coming(actor: Actor, space: AdvocacySpace, first: date, *, now: datetime) -> Occurrence:
    """It begins in ten weeks, a fortnight later than was said at first: what is expected followed, what was confirmed
    stayed."""
    coming = _add(actor, space, 13, first - timedelta(days=14), now=now - timedelta(days=120))
    registering = _step(coming, StepCode.REGISTRATION)
    _confirm(actor, registering, first - timedelta(days=40), now=now - timedelta(days=60))
    advocacy.move_occurrence(
        actor,
        coming,
        Dated(Timing.days(first, first + LASTS, ZONE), Certainty.VERIFIED, SOURCE),
        reason="The hall is being repaired (example)",
        now=now - timedelta(days=20),
    )
    _confirm(actor, _step(coming, StepCode.PARALLEL_REPORT), first - timedelta(days=26), now=now - timedelta(days=10))
    return coming


def _later(actor: Actor, space: AdvocacySpace, *, now: datetime) -> Occurrence:
    then = now.date() + timedelta(days=400)
    written = Written(OccurrenceKind.SESSION, number=14, city="Genève", country="CH")
    dated = Dated(Timing.month(then.year, then.month, ZONE), Certainty.ESTIMATED, "As every year (example)")
    return _marked(advocacy.add_occurrence(actor, space, written, dated, now=now - timedelta(days=60)))


def _add(actor: Actor, space: AdvocacySpace, number: int, first: date, *, now: datetime) -> Occurrence:
    written = Written(
        OccurrenceKind.SESSION,
        number=number,
        themes=dict(words.THEMES),
        goals=frozenset((5, 11)),
        states=frozenset(("EG", "SN", "AR")),
        city="Genève",
        country="CH",
        modality=Modality.HYBRID,
    )
    dated = Dated(Timing.days(first, first + LASTS, ZONE), Certainty.VERIFIED, SOURCE)
    return _marked(advocacy.add_occurrence(actor, space, written, dated, now=now))


def _marked(occurrence: Occurrence) -> Occurrence:
    occurrence.is_example = True
    db.session.flush()  # whoever holds it next reads it anew
    return occurrence


def _step(occurrence: Occurrence, code: StepCode) -> Step:
    return db.session.scalars(sa.select(Step).where(Step.occurrence_id == occurrence.id, Step.code == code)).one()


def _confirm(actor: Actor, step: Step, day: date, *, now: datetime) -> None:
    """With an hour, as bodies say it."""
    hour = datetime.combine(day, time(18))
    advocacy.confirm_step(
        actor, step, timing=Timing.minutes(hour, None, ZONE, is_deadline=True), source=SOURCE, now=now
    )
