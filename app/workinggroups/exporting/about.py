"""What an export says of the group itself: names and texts, who is inside, who runs it, who was asked to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import NETWORK, PUBLIC, Actor
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.languages import own_name
from app.core.names import all_names, names_of
from app.core.paging import each_page
from app.workinggroups import queries, words
from app.workinggroups.addresses import group_path
from app.workinggroups.exports import ID, Coded, Part, Room, Table, Text
from app.workinggroups.models import InvitationState, WorkingGroup
from app.workinggroups.queries.invitations import page_invitations
from app.workinggroups.queries.participation import list_participation
from app.workinggroups.showing.invitations import asked_lines
from app.workinggroups.showing.meetings import place_words
from app.workinggroups.showing.people import people_of

INVITATIONS = {
    # I18N: state of an invitation into a working group, in a table
    InvitationState.OPEN: _l("No answer yet"),
    # I18N: state of an invitation into a working group, in a table
    InvitationState.ACCEPTED: _l("Accepted"),
    # I18N: state of an invitation into a working group, in a table
    InvitationState.DECLINED: _l("Declined"),
    # I18N: state of an invitation into a working group, in a table
    InvitationState.WITHDRAWN: _l("Taken back"),
}


def facts_of(group: WorkingGroup) -> dict[str, Any]:
    """Return what machines are told of a group: its ids, its rules, its names and texts in every language."""
    return {
        "id": group.id,
        "address": absolute(group_path(group.slug)),
        "code": group.code,
        "kind": group.kind,
        "state": group.state,
        "known_to": group.audience if group.audience in (PUBLIC, NETWORK) else "inside",
        "admission": group.admission,
        "eligible": group.eligible,
        "takes_observers": group.takes_observers,
        "objectives_edition": group.objectives_edition,
        "created_at": group.created_at,
        "closed_at": group.closed_at,
        "names": {language: row.text for language, row in all_names("group", group.id).items()},
        "texts": {block.value: bodies for block, bodies in queries.all_texts(group).items()},
    }


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the group's own part."""
    yield _about(group)
    yield _people(actor, group)
    yield _participation(actor, group, now)
    yield _coordinators(group)
    yield _invitations(actor, group)


def _about(group: WorkingGroup) -> Text:
    name = names_of("group", [group.id], page_language())[group.id].text
    facts = {"id": group.id, "kind": group.kind, "state": group.state, "objectives_edition": group.objectives_edition}
    return Text(folder="about", name=name, facts=facts, body=_texts(group))


def _texts(group: WorkingGroup) -> Iterator[str]:
    for language, row in sorted(all_names("group", group.id).items()):
        yield f"# {row.text} ({own_name(language)})\n\n"
    for block, bodies in queries.all_texts(group).items():
        for language, body in sorted(bodies.items()):
            yield f"## {words.BLOCKS[block]} ({own_name(language)})\n\n{body.strip()}\n\n"


def _people(actor: Actor, group: WorkingGroup) -> Table:
    def rows() -> Iterator[Sequence[object]]:
        for page in each_page(lambda cursor: queries.page_members(actor, group, cursor=cursor)):
            for line in people_of(group, page):
                place, person = line.place, line.place.person
                yield (
                    person.name,
                    person.name_latin,
                    Coded(place.standing, line.standing),
                    line.runs,
                    line.organisation,
                    line.region,
                    line.country,
                    place.joined_at,
                    place.acknowledged_edition,
                    place.organisation_id,
                    person.id,
                )

    columns = (
        ("name", _("Name")),
        ("name_latin", _("Name in Latin letters")),
        ("standing", _("In the group as")),
        ("runs_the_group", _("Runs the group")),
        ("organisation", _("Organisation")),
        ("region", _("Region")),
        ("country", _("Country")),
        ("inside_since", _("Inside since")),
        # I18N: column of a table of people of a group: which edition of its objectives each has acknowledged
        ("acknowledged_edition", _("Acknowledged the objectives, edition")),
        ("organisation_id", "organisation_id"),
        ID,
    )
    return Table(name="people", columns=columns, rows=rows())


def _participation(actor: Actor, group: WorkingGroup, now: datetime) -> Table:
    def rows() -> Iterator[Sequence[object]]:
        for row in list_participation(actor, group, now=now):
            yield (
                row.person.name,
                place_words(row),
                row.came,
                row.says_so,
                row.held,
                row.last_at,
                row.person.id,
            )

    columns = (
        ("name", _("Name")),
        ("standing", _("In the group")),
        ("attended", _("Meetings attended")),
        ("says_so", _("Says so, not marked")),
        ("held_meanwhile", _("Meetings held meanwhile")),
        ("last_attended_at", _("Last attended on")),
        ID,
    )
    return Table(name="participation", columns=columns, rows=rows())


def _coordinators(group: WorkingGroup) -> Table:
    rows = (
        (row.person.name, row.appointed_at, row.ended_at, row.person_id) for row in queries.list_all_coordinators(group)
    )
    columns = (
        ("name", _("Name")),
        # I18N: column of a table of those who run a working group, now or before: from when
        ("from", _("Coordinates since")),
        # I18N: column of a table of those who run a working group, now or before: until when
        ("until", _("Until")),
        ID,
    )
    return Table(name="coordinators", columns=columns, rows=rows)


def _invitations(actor: Actor, group: WorkingGroup) -> Table:
    def rows() -> Iterator[Sequence[object]]:
        for state in InvitationState:
            for page in each_page(partial(_page_of_invitations, group, state)):
                for line in asked_lines(actor, page):
                    row = line.invitation
                    yield (
                        line.name,
                        Coded(row.standing, words.STANDINGS[row.standing]),
                        Coded(row.state, INVITATIONS[row.state]),
                        row.invited_at,
                        row.answered_at,
                        row.id,
                    )

    columns = (
        # I18N: column of a table of invitations: the person or the organisation
        ("who", _("Who was asked")),
        # I18N: column of a table of invitations: member, observer or guest
        ("standing", _("To come in as")),
        ("state", _("Answer")),
        ("invited_at", _("Asked on")),
        ("answered_at", _("Answered on")),
        ID,
    )
    return Table(name="invitations", columns=columns, rows=rows())


def _page_of_invitations(group: WorkingGroup, state: InvitationState, cursor: str) -> Any:
    return page_invitations(group, state, cursor=cursor)


ROOM = Room(
    code="group",
    holds=_l(
        "The group: what it is for in every language, who is inside and as what, who runs it or ran it, who was asked "
        "to come, and how often each came to its meetings."
    ),
    leaves_out=_l("The words with which somebody was invited, or asked to observe: they were meant for one reader."),
    parts=parts_of,
)
