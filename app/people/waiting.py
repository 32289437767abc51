"""What waits among people: affiliations to confirm, wishes to be deleted."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.permissions import can
from app.core.waiting import Kind, Line
from app.people.queries.affiliations import count_pending, count_pending_by_organisation
from app.people.queries.privacy import count_open_erasures


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """For the secretariat the whole house; for who speaks for an organisation, who asks to belong to it."""
    return _of_house(actor) if can(actor, "people.open_desk") else _of_organisations(actor)


def _of_house(actor: Actor) -> list[Line]:
    lines = []
    if pending := count_pending(actor):
        lines.append(_pending(pending, url_for("people.list_people", show="pending")))
    if wishes := count_open_erasures(actor):
        lines.append(
            Line(
                Kind.ANSWER,
                ngettext(
                    "%(num)s person asks that their data be deleted.",
                    "%(num)s people ask that their data be deleted.",
                    wishes,
                ),
                url_for("people.list_erasures"),
                # I18N: link beside something that waits for an answer
                _("Answer"),
            )
        )
    return lines


def _of_organisations(actor: Actor) -> list[Line]:
    counts = count_pending_by_organisation(actor)
    names = names_of("organisation", list(counts), page_language())
    return [
        _pending(count, url_for("people.show_organisation", organisation_id=row_id, _anchor="pending"), names[row_id])
        for row_id, count in counts.items()
    ]


def _pending(count: int, href: str, about: Name | str = "") -> Line:
    sentence = ngettext(
        "%(num)s person waits for their affiliation to be confirmed.",
        "%(num)s people wait for their affiliation to be confirmed.",
        count,
    )
    return Line(Kind.ANSWER, sentence, href, _("Answer"), about)
