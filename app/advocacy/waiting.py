"""What waits in advocacy: dates that changed, for whoever works towards them; facts to compare with their source again,
for whoever keeps dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.advocacy import concerned, words
from app.advocacy.addresses import CATALOGUE, RECHECK, occurrence_path, step_path
from app.advocacy.catalogue.house import loaded_on
from app.advocacy.catalogue.reading import shipped_on
from app.advocacy.models import Step
from app.advocacy.queries import short_names
from app.advocacy.queries.occurrences import Changed, list_lately_changed
from app.advocacy.queries.rechecking import list_due
from app.core.actors import Actor
from app.core.permissions import can
from app.core.waiting import MOST, Kind, Line
from app.moments.models import MomentChange, Status
from app.moments.shown import shown_facts
from app.people.models import Role
from app.workinggroups.keys import COORDINATORS, groups_named_in


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Dates that changed first: somebody may be travelling."""
    return [*islice(_changed_dates(actor, now), MOST), *_to_check(actor, now), *_newer_catalogue(actor)]


def _changed_dates(actor: Actor, now: datetime) -> Iterator[Line]:
    """For whoever runs a group that follows the space, or works towards the session; what others changed."""
    groups = groups_named_in(actor, COORDINATORS)
    changed = list_lately_changed(groups, concerned.occurrences_of(actor, now), actor.person_id, now=now)
    latest = _latest(changed)
    spaces = short_names({row.space_id: row.space for row, _step, _change in latest}.values())
    for occurrence, step, change in latest:
        name = words.occurrence_name(occurrence, spaces[occurrence.space_id])
        href = step_path(occurrence.id, step.id) if step is not None else occurrence_path(occurrence.id)
        yield Line(Kind.CARE, _sentence(step, change), href, _("See what changed"), name)


def _latest(changed: list[Changed]) -> list[Changed]:
    """Return one change of each date, the last one that says something; a step that went along with its occurrence is
    said by it."""
    told: dict[UUID, Changed] = {}
    moves = {(occurrence.id, change.at) for occurrence, step, change in changed if step is None}
    for occurrence, step, change in changed:
        went_along = step is not None and (occurrence.id, change.at) in moves
        if not went_along and _says_something(change):
            told.setdefault(change.moment_id, (occurrence, step, change))
    return list(told.values())


def _says_something(change: MomentChange) -> bool:
    return _is_off(change) or shown_facts(change.old).timing != shown_facts(change.new).timing


def _is_off(change: MomentChange) -> bool:
    return change.new["status"] != change.old["status"] and change.new["status"] in (
        Status.POSTPONED,
        Status.CANCELLED,
    )


def _sentence(step: Step | None, change: MomentChange) -> str:
    old, new = shown_facts(change.old).words, shown_facts(change.new).words
    if _is_off(change):
        if step is not None:
            return str(_("“%(step)s” is called off; it was %(date)s.", step=words.step_name(step), date=old))
        if change.new["status"] == Status.POSTPONED:
            return str(_("Postponed; it was %(date)s. The new date is not known.", date=old))
        return str(_("Cancelled; it was %(date)s.", date=old))
    if step is not None:
        # I18N: a deadline that got another date: "Parallel report": from … to …
        return str(
            _("“%(step)s” has another date: not %(old)s, but %(new)s.", step=words.step_name(step), old=old, new=new)
        )
    # I18N: a session that got another date
    return str(_("Another date: not %(old)s, but %(new)s.", old=old, new=new))


def _to_check(actor: Actor, now: datetime) -> Iterator[Line]:
    """For the secretariat and coordinators: whoever runs one group may look at the list, and is not asked to."""
    is_asked = actor.is_secretariat or actor.holds(Role.COORDINATOR.value)
    if not is_asked or not can(actor, "advocacy.keep_dates"):
        return
    if count := len(list_due(now)):
        sentence = ngettext(
            "%(num)s entry of the advocacy calendar should be compared with its source.",
            "%(num)s entries of the advocacy calendar should be compared with their source.",
            count,
        )
        yield Line(Kind.CARE, str(sentence), RECHECK, _("Check them"))


def _newer_catalogue(actor: Actor) -> Iterator[Line]:
    """For whoever keeps the catalogue: the one that came with the house is newer than the one it has."""
    if not can(actor, "advocacy.keep_catalogue"):
        return
    known = loaded_on()
    if known is not None and known < shipped_on():
        sentence = _("A newer catalogue of advocacy spaces came with the house.")
        yield Line(Kind.CARE, str(sentence), CATALOGUE, _("See what it changes"))
