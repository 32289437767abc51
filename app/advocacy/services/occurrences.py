"""Occurrences of a space: written down and changed, with their number, goals and States under review (R-07, R-10).

What happens to their date is in `dates`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from babel import Locale
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.advocacy.models import (
    OCCURRENCE,
    AdvocacySpace,
    Occurrence,
    OccurrenceGoal,
    OccurrenceKind,
    ReviewedState,
)
from app.advocacy.services.anchoring import follow, hold
from app.advocacy.services.dates import Dated, source_of, status_of
from app.advocacy.services.standing_by import record, stand_by
from app.core import searching
from app.core.actors import PUBLIC, Actor
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import require
from app.core.types import Facts
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty, Modality

GOALS = range(1, 18)


class NumberTaken(RuleBroken):
    """A space has one occurrence of a kind with a number."""


@dataclass(frozen=True, slots=True)
class Written:
    """An occurrence as somebody writes it: kind and number, what it is called and its theme by language, the goals it
    reviews and how sure they are, the States under review, where it meets, and how. `are_states_seen`: the States that
    are new here stand where the date was read."""

    kind: OccurrenceKind
    number: int | None = None
    label: Facts = field(default_factory=dict)
    themes: Facts = field(default_factory=dict)
    goals: frozenset[int] = frozenset()
    goals_certainty: Certainty = Certainty.VERIFIED
    states: frozenset[str] = frozenset()
    are_states_seen: bool = False
    city: str = ""
    country: str | None = None
    modality: Modality | None = None


def add_occurrence(actor: Actor, space: AdvocacySpace, written: Written, dated: Dated, *, now: datetime) -> Occurrence:
    """Write down a session, a conference, a call of a space; its steps are expected from the rules of the space (R-09).
    A date that was seen names its source.

    Raises `NumberTaken`, `SourceMissing`, `RuleBroken` at `goals`, `states`, `country`, `number`, and the errors of
    `timing.resolve`.
    """
    require(actor, "advocacy.keep_dates", space)
    source = source_of(dated)
    occurrence = _dated(actor, space, dated, written.modality, now)
    stand_by(actor, occurrence, source=source, now=now)
    _set_written(actor, occurrence, written, now)
    _written_down(actor, occurrence, "added", now)
    return occurrence


def change_occurrence(actor: Actor, occurrence: Occurrence, written: Written, *, now: datetime) -> Occurrence:
    """Write anew what an occurrence is called, reviews, and where it meets; its date is moved by `move_occurrence`.

    Raises as `add_occurrence`. Another kind brings the steps of that kind's rules.
    """
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    _set_written(actor, occurrence, written, now)
    if written.modality is not None:
        moments.change_moment(actor, occurrence.moment, modality=written.modality, now=now)
    stand_by(actor, occurrence, now=now)
    _written_down(actor, occurrence, "changed", now)
    return occurrence


def _dated(actor: Actor, space: AdvocacySpace, dated: Dated, modality: Modality | None, now: datetime) -> Occurrence:
    """Return a new occurrence of a space at its date, with nothing else said of it yet."""
    occurrence_id = uuid4()
    moment = moments.create_moment(
        actor,
        subject_kind=OCCURRENCE,
        subject_id=occurrence_id,
        audience=PUBLIC,
        timing=dated.timing,
        status=status_of(dated),
        certainty=dated.certainty,
        modality=modality,
        now=now,
    )
    return Occurrence(
        id=occurrence_id,
        space=space,
        moment=moment,
        certainties={},
        certainty=dated.certainty,
        created_at=now,
        created_by=actor.person_id,
    )


def _written_down(actor: Actor, occurrence: Occurrence, act: str, now: datetime) -> None:
    """Keep what was written, note who wrote it, and let the steps follow the rules of its kind."""
    _keep_number(occurrence)
    searching.changed(OCCURRENCE, [occurrence.id])
    record(actor, f"occurrence.{act}", OCCURRENCE, occurrence, {"space": str(occurrence.space_id)}, now=now)
    follow(actor, occurrence, now=now)
    db.session.flush()


def _set_written(actor: Actor, occurrence: Occurrence, written: Written, now: datetime) -> None:
    if written.number is not None and not 1 <= written.number <= 9999:
        raise RuleBroken(_l("Write a number from 1 to 9999, or leave it empty."), field="number")
    occurrence.kind, occurrence.number = written.kind, written.number
    occurrence.label, occurrence.themes = dict(written.label), dict(written.themes)
    occurrence.city, occurrence.country = one_line(written.city), _country(written.country, "country")
    _set_goals(occurrence, written)
    _set_states(actor, occurrence, written, now)


def _set_goals(occurrence: Occurrence, written: Written) -> None:
    if not written.goals <= set(GOALS):
        raise RuleBroken(_l("The goals are numbered from 1 to 17."), field="goals", rule="R-07")
    kept = [row for row in occurrence.goals if row.goal in written.goals]
    new = written.goals - {row.goal for row in kept}
    occurrence.goals = [*kept, *(OccurrenceGoal(goal=goal) for goal in sorted(new))]
    certainties = {column: sure for column, sure in occurrence.certainties.items() if column != "goals"}
    occurrence.certainties = certainties | ({"goals": written.goals_certainty.value} if written.goals else {})


def _set_states(actor: Actor, occurrence: Occurrence, written: Written, now: datetime) -> None:
    """States that are there stay as sure as they were; new ones are to be checked until somebody says that they stand
    in the source of the date, there is one, and the date itself is not to be checked."""
    countries = {_country(code, "states") for code in written.states}
    kept = [row for row in occurrence.states if row.country in countries]
    new = countries - {row.country for row in kept}
    added = [ReviewedState(country=country, certainties={}) for country in sorted(filter(None, new))]
    is_seen = written.are_states_seen and occurrence.certainty is not Certainty.UNSURE
    source = occurrence.source if is_seen else ""
    for row in added:
        sure = Certainty.VERIFIED if source else Certainty.UNSURE
        stand_by(actor, row, certainty=sure, source=source, now=now)
    occurrence.states = [*kept, *added]


def _country(code: str | None, field_name: str) -> str | None:
    if code and (len(code) != 2 or code not in Locale("en").territories):
        raise RuleBroken(_l("We do not know this country. Choose it from the list."), field=field_name)
    return code or None


def _keep_number(occurrence: Occurrence) -> None:
    """Let the database say whether the number is free, also when two write it at once."""
    try:
        with db.session.begin_nested():
            db.session.add(occurrence)
    except IntegrityError:
        raise NumberTaken(
            _l(
                "This space has one with number %(number)s already. If its date has changed, move that one: it keeps "
                "its number.",
                number=occurrence.number,
            ),
            field="number",
            rule="R-10",
        ) from None
