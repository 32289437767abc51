"""Invitations on the pages of others: what waits for whoever is asked, what was answered, the way there from a desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.permissions import can
from app.core.slots import rendered
from app.core.waiting import Kind, Line
from app.workinggroups.models import GroupInvitation, WorkingGroup
from app.workinggroups.queries.invitations import Answers, answers_since, list_open_invitations
from app.workinggroups.showing.invitations import day_of

FRESH = timedelta(days=14)
"""So long answers stand together on the overview of those who asked; nobody gets a mail for each."""


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Invitations to answer; then what others answered lately."""
    asked, answers = list_open_invitations(actor), answers_since(actor, now - FRESH)
    ids = {row.group_id for row in asked} | {row.group.id for row in answers}
    names = names_of("group", ids, page_language())
    invited = {row.organisation_id for row in asked if row.organisation_id is not None}
    organisations = names_of("organisation", invited, page_language())
    return [
        *(_asked(row, names, organisations) for row in asked),
        *(_answered(row, names, now) for row in answers),
    ]


def _asked(row: GroupInvitation, names: dict[UUID, Name], organisations: dict[UUID, Name]) -> Line:
    if row.organisation_id is None:
        sentence = _("You are invited into a working group.")
    else:
        organisation = organisations[row.organisation_id].text
        sentence = _("%(organisation)s is invited into a chantier, and you speak for it.", organisation=organisation)
    href = url_for("workinggroups.answer_invitation", slug=row.group.slug, organisation_id=row.organisation_id)
    return Line(Kind.ANSWER, sentence, href, _("Read and answer"), names[row.group_id])


def _answered(row: Answers, names: dict[UUID, Name], now: datetime) -> Line:
    day, said = day_of(now - FRESH), []
    if row.accepted:
        accepted = ngettext(
            "%(num)s person has accepted since %(day)s.",
            "%(num)s people have accepted since %(day)s.",
            row.accepted,
            day=day,
        )
        said.append(accepted)
    if row.declined:
        declined = ngettext(
            "%(num)s person has declined since %(day)s.",
            "%(num)s people have declined since %(day)s.",
            row.declined,
            day=day,
        )
        said.append(declined)
    href = url_for("workinggroups.invite", slug=row.group.slug, view="accepted" if row.accepted else "declined")
    # I18N: link to the answers to invitations
    return Line(Kind.CARE, " ".join(said), href, _("See who"), names[row.group.id])


def link_on_desk(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On the desk of a group, for whoever may invite."""
    if not can(actor, "workinggroups.invite", group):
        return Markup("")
    return rendered("workinggroups/invitations_link.html", group=group)


def fill() -> None:
    slots.fill("workinggroups.desk", "workinggroups.invitations", link_on_desk, order=10)
