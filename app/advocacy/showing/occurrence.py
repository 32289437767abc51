"""The page of an occurrence: what and when, what closes next, its steps in order of time, what it reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.advocacy import words
from app.advocacy.addresses import space_path
from app.advocacy.models import Access, Anchor, CatalogueNote, Occurrence, ParticipationMode, Step
from app.advocacy.queries import list_modes, short_names, space_names
from app.advocacy.queries.occurrences import list_notes_of, list_steps
from app.advocacy.services.anchoring import is_estimate
from app.advocacy.showing.dates import host_words, hour_note, how_long, is_left, is_sure
from app.advocacy.showing.rules import days_words, rule_words
from app.core.actors import Actor, ActorKind
from app.core.context import page_language
from app.core.names import Name
from app.moments.models import NOT_TAKING_PLACE, Certainty, Moment, MomentChange, Status
from app.moments.queries import list_changes_of
from app.moments.shown import day_of, shown_facts, was_words
from app.people.labels import country_name
from app.people.queries import names_shown

OPEN = (Status.PLANNED, Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step, ready to be shown. `was` is the date before the last change, "" where it never moved; `reckoned` says how
    an estimate was made; `stayed_since` is the day on which its occurrence moved and it, being confirmed, did not."""

    step: Step
    name: Name | str
    mode: Name | str
    access: str
    how_long: str
    hour_note: str
    was: str
    reckoned: str
    stayed_since: str
    lies_after: bool
    is_sure: bool
    is_estimate: bool
    is_over: bool
    changes: list[MomentChange]
    notes: list[CatalogueNote]

    @property
    def moment(self) -> Moment:
        return self.step.moment

    @property
    def status(self) -> str:
        """The state to say: done before all else, then that of its session where that is off."""
        return Status.HELD.value if self.step.done_at is not None else self.step.status_now.value

    @property
    def is_open(self) -> bool:
        return self.step.done_at is None and self.moment.status in OPEN

    @property
    def still_so_long(self) -> str:
        """How long there is until then; "" where nothing is waited for any more."""
        return self.how_long if self.is_open else ""

    @property
    def has_passed(self) -> bool:
        """Whether a deadline went by and nobody has said that it is done."""
        return self.is_open and self.is_over and self.step.is_deadline


@dataclass(frozen=True, slots=True)
class ModeLine:
    """A way to take part: what it needs, how long a text may be, "" where nobody knows."""

    mode: ParticipationMode
    name: Name | str
    access: str
    limit: str

    @property
    def certainty(self) -> Certainty:
        """How sure all of this is: as sure as the least sure part of it."""
        parts = {self.mode.certainty, self.mode.certainty_of("access"), *(one.certainty for one in self.mode.limits)}
        return next((worst for worst in (Certainty.UNSURE, Certainty.TYPICAL) if worst in parts), self.mode.certainty)


@dataclass(frozen=True, slots=True)
class OccurrencePage:
    """All that the page of an occurrence shows. `off` is the change by which somebody of this house called it off or
    put it off, None where nobody did: what is known of the date before is not known of that. `goals_of_space`: nobody
    knows what it reviews, so those of its space stand for it (R-07). `states`: each with how sure that is. `notes`:
    what the catalogue says in words about the occurrence itself. `names`: person's id → name, for readers who may know
    who did it."""

    occurrence: Occurrence
    name: Name | str
    space_name: Name
    space_href: str
    sentence: str
    next_line: StepLine | None
    lines: list[StepLine]
    was: str
    off: MomentChange | None
    goals: list[int]
    goals_of_space: bool
    goals_certainty: Certainty
    states: list[tuple[str, Certainty]]
    host: str
    modes: list[ModeLine]
    notes: list[CatalogueNote]
    changes: list[MomentChange]
    names: dict[UUID, Any]
    is_sure: bool
    has_begun: bool
    is_left: bool


def page_of(actor: Actor, occurrence: Occurrence, now: datetime) -> OccurrencePage:
    """Return the page of an occurrence for a reader, in a fixed number of questions."""
    steps, space = list_steps(occurrence), occurrence.space
    histories = list_changes_of([occurrence.moment_id, *(step.moment_id for step in steps)])
    changes, notes = histories[occurrence.moment_id], list_notes_of([occurrence, *steps])
    lines = [_line(step, occurrence, histories[step.moment_id], changes, now, notes=notes[step.id]) for step in steps]
    short, full = short_names([space])[space.id], space_names([space])[space.id]
    own = [goal.goal for goal in occurrence.goals]
    return OccurrencePage(
        occurrence=occurrence,
        name=words.occurrence_name(occurrence, short),
        space_name=full,
        space_href=space_path(space.slug),
        sentence=_sentence(occurrence.moment, now),
        next_line=_next(lines, occurrence),
        lines=lines,
        was=was_words(changes, occurrence.moment),
        off=_off(occurrence.moment, changes),
        goals=own or [goal.goal for goal in space.goals],
        goals_of_space=not own,
        goals_certainty=occurrence.certainty_of("goals") if own else space.certainty_of("goals"),
        states=sorted((country_name(state.country, page_language()), state.certainty) for state in occurrence.states),
        host=host_words(occurrence),
        modes=[_mode(mode) for mode in list_modes(space)],
        notes=notes[occurrence.id],
        changes=changes,
        names=_names(actor, occurrence, steps, histories),
        is_sure=is_sure(occurrence.moment),
        has_begun=occurrence.moment.starts_at <= now,
        is_left=is_left(occurrence.moment, now),
    )


def _names(
    actor: Actor, occurrence: Occurrence, steps: Iterable[Step], histories: Mapping[UUID, Sequence[MomentChange]]
) -> dict[UUID, Any]:
    """Return the names of whoever had a hand in it, for people of the network; visitors read no names."""
    if not actor.is_person:
        return {}
    hands = {change.actor_id for changes in histories.values() for change in changes}
    hands |= {occurrence.checked_by, *(step.checked_by for step in steps)}
    return names_shown(actor, [hand for hand in hands if hand is not None])


def _sentence(moment: Moment, now: datetime) -> str:
    match moment.status:
        case Status.HELD:
            return str(_("It has taken place."))
        case Status.CANCELLED:
            return str(_("It does not take place."))
        case Status.POSTPONED:
            return str(
                _("It is postponed, and the new date is not known. Its number and what was prepared for it stay.")
            )
    if is_left(moment, now):
        return str(_("Its date has passed, and nobody has noted yet whether it took place."))
    if is_sure(moment):
        return str(_("The date is confirmed."))
    return str(_("The date is expected: nobody has confirmed it yet."))


def _next(lines: list[StepLine], occurrence: Occurrence) -> StepLine | None:
    """Return what closes next; nothing closes for what does not take place."""
    if occurrence.moment.status in NOT_TAKING_PLACE:
        return None
    return next((line for line in lines if line.is_open and not line.is_over and line.step.is_deadline), None)


def _off(moment: Moment, changes: Sequence[MomentChange]) -> MomentChange | None:
    if moment.status not in NOT_TAKING_PLACE:
        return None
    said = next((one for one in changes if one.new["status"] != one.old["status"]), None)
    return said if said is not None and said.actor_kind == ActorKind.PERSON else None


def moved_at(changes: Iterable[MomentChange]) -> datetime | None:
    """Return when a moment got another date last, or was put off; `changes` latest first."""
    for change in changes:
        is_off = change.new["status"] != change.old["status"] and change.new["status"] == Status.POSTPONED
        if is_off or shown_facts(change.old).timing != shown_facts(change.new).timing:
            return change.at
    return None


def _line(
    step: Step,
    occurrence: Occurrence,
    changes: list[MomentChange],
    of_anchor: list[MomentChange],
    now: datetime,
    *,
    notes: list[CatalogueNote],
) -> StepLine:
    estimated, is_off, mode = is_estimate(step), step.status_now in NOT_TAKING_PLACE, step.mode
    needs = mode is not None and mode.access is not Access.NONE
    says_the_same = mode is not None and not mode.labels and mode.code.value == step.code.value
    return StepLine(
        step=step,
        name=words.step_name(step),
        mode=words.mode_name(mode) if mode is not None and not says_the_same else "",
        access=str(words.ACCESSES[mode.access]) if needs and mode is not None else "",
        how_long=how_long(step.moment, now, closes=True) if step.done_at is None and not is_off else "",
        hour_note=hour_note(step.moment),
        was=was_words(changes, step.moment),
        reckoned=_reckoned(step) if estimated else "",
        stayed_since=_stayed_since(step, estimated, of_anchor),
        lies_after=_lies_after(step, occurrence),
        is_sure=is_sure(step.moment),
        is_estimate=estimated,
        is_over=step.moment.until < now and not is_off,
        changes=changes,
        notes=notes,
    )


def _stayed_since(step: Step, estimated: bool, of_anchor: list[MomentChange]) -> str:
    """Return the day on which the anchor moved after this date was confirmed, "" where nobody need look."""
    moved = moved_at(of_anchor)
    if moved is None or estimated or step.done_at is not None or step.moment.status not in OPEN:
        return ""
    return day_of(moved) if (step.confirmed_at or step.created_at) < moved else ""


def _lies_after(step: Step, occurrence: Occurrence) -> bool:
    """Whether a confirmed date that rules put before the beginning lies after it: that is worth a look (R-09)."""
    rule = step.rule
    comes_before = rule is not None and rule.anchor is Anchor.START and (rule.offset_max or 0) < 0
    is_checked = step.moment.certainty is not Certainty.ESTIMATED and step.moment.status in OPEN
    return comes_before and is_checked and step.moment.starts_at >= occurrence.moment.starts_at


def _reckoned(step: Step) -> str:
    """Return how an estimate was made: by the rule of the space, or by days that hold for this occurrence alone."""
    if step.has_own_days and step.days is not None:
        said = days_words(step.rule.anchor if step.rule else Anchor.START, step.days)
        # I18N: how an expected date was found; %(days)s is "28 days before it begins"
        return str(_("Counted otherwise for this one: %(days)s.", days=said))
    # I18N: how an expected date was found; %(rule)s is "21 to 28 days before it begins, usually 28"
    return str(_("By the rule: %(rule)s.", rule=rule_words(step.rule))) if step.rule is not None else ""


def _mode(mode: ParticipationMode) -> ModeLine:
    return ModeLine(mode, words.mode_name(mode), str(words.ACCESSES[mode.access]), _limit_words(mode))


def _limit_words(mode: ParticipationMode) -> str:
    most = {limit.words for limit in mode.limits}
    if not most:
        return ""
    if len(most) == 1:
        return str(ngettext("at most %(num)s word", "at most %(num)s words", most.pop()))
    # I18N: word limits of a way to take part that differ by who sends a text: "at most 1,500 to 2,000 words"
    return str(_("at most %(first)s to %(last)s words, depending on who sends it", first=min(most), last=max(most)))
