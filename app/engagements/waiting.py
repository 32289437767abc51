"""What waits in engagements: for whoever speaks for an organisation that is asked to lead or to co-sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from flask import url_for
from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.waiting import MOST, Kind, Line
from app.engagements import queries
from app.engagements.showing import title_of


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """For whoever speaks for an organisation; nobody else is asked anything."""
    return list(islice(_asked(actor), MOST))


def _asked(actor: Actor) -> Iterator[Line]:
    rows = queries.list_asked(actor)
    names = names_of("organisation", {row.organisation_id for row in rows}, page_language())
    for row in rows:
        organisation, engagement = names[row.organisation_id], row.engagement
        yield Line(
            Kind.ANSWER,
            _("%(organisation)s is asked to lead this engagement.", organisation=organisation)
            if row.is_lead
            else _("%(organisation)s is asked to co-sign this engagement.", organisation=organisation),
            url_for("engagements.answer", engagement_id=engagement.id, signatory_id=row.id),
            _("Answer"),
            title_of(engagement),
        )
