"""Engagements as a table: the list to take along, and the part of a group's export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import pgettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import own_name
from app.core.names import names_of
from app.core.paging import each_page
from app.engagements import queries
from app.engagements.lateness import days_late
from app.engagements.showing import EngagementLine, lines_of
from app.engagements.words import RESULTS, SIGNATORY_STATES
from app.moments.shown import shown
from app.workinggroups import exports
from app.workinggroups.exports import AT_ONCE, ID, Coded, Part, Room, Table
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside


def columns() -> list[tuple[str, str]]:
    """Return the columns of a table of engagements, as (code, head)."""
    return [
        ("title", _("Title")),
        ("language", _("Language")),
        ("state", _("State")),
        ("space", _("Space")),
        ("occurrence", pgettext("body", "Session")),
        # I18N: head of a column: written statement, parallel report …
        ("mode", _("Way of taking part")),
        ("by_when", _("By when")),
        ("until", _("By when (UTC)")),
        # I18N: head of a column: the organisation that leads
        ("lead", _("Who leads")),
        # I18N: head of a column: "Not eligible: ECOSOC status needed"
        ("in_the_way", _("What is in the way")),
        ("goals", _("Goals")),
        ("gender_integrated", _("Gender equality runs through it")),
        ("submitted_on", _("Handed in on")),
        # I18N: head of a column: by how many days something was handed in after its deadline
        ("days_late", _("Days after the deadline")),
        ("result", _("What came of it")),
        ("aim", _("What shall come of it")),
        ID,
    ]


def _by_when(line: EngagementLine) -> str:
    """Return the date in words; of what was put off, the one that was."""
    if line.moment is None:
        return ""
    said = shown(line.moment).words
    return _("before: %(date)s", date=said) if line.is_put_off else said


def row_of(line: EngagementLine) -> Sequence[object]:
    """Return an engagement as a row: codes with their words, for people and for machines."""
    one, moment = line.engagement, line.moment
    return (
        one.title,
        Coded(one.language, own_name(one.language)),
        Coded(one.state, line.state),
        line.space,
        line.occurrence,
        line.mode,
        _by_when(line),
        moment.until if moment is not None and not line.is_put_off else None,
        line.lead,
        line.flag,
        " ".join(str(row.goal) for row in one.goals),
        one.is_gender_integrated,
        one.submitted_on,
        (days_late(one, one.submitted_on) or "") if one.submitted_on is not None else "",
        Coded(one.result, RESULTS[one.result]) if one.result is not None else "",
        one.aim,
        one.id,
    )


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the engagements of a group, then who leads and co-signs them, for those inside."""
    if not is_inside(actor, group):
        return

    def pages() -> Iterator[Sequence[EngagementLine]]:
        wanted = queries.Wanted(group_id=group.id, states=())
        for page in each_page(lambda cursor: queries.page_of_engagements(actor, wanted, cursor=cursor, size=AT_ONCE)):
            yield lines_of(actor, page, now)

    def plans() -> Iterator[Sequence[object]]:
        for lines in pages():
            for line in lines:
                yield row_of(line)

    def organisations() -> Iterator[Sequence[object]]:
        for lines in pages():
            rows = [row for line in lines for row in line.engagement.signatories]
            names = names_of("organisation", {row.organisation_id for row in rows}, page_language())
            for row in rows:
                state = Coded(row.state, SIGNATORY_STATES[row.state])
                yield (row.engagement_id, names[row.organisation_id], row.is_lead, state, row.answered_at, row.id)

    yield Table(name="engagements", columns=columns(), rows=plans())
    heads = (
        ("engagement_id", "engagement_id"),
        ("organisation", _("Organisation")),
        ("leads", _("Leads")),
        ("state", _("State")),
        ("answered_at", _("Answered on")),
        ID,
    )
    yield Table(name="engagement-organisations", columns=heads, rows=organisations())


ROOM = Room(
    code="engagements",
    holds=_l("Engagements: where, how, by when, who leads and co-signs, what came of it."),
    leaves_out=_l("The delegation with visas and journeys, and signatures under texts."),
    parts=parts_of,
)


def register() -> None:
    exports.register(ROOM, order=50)
