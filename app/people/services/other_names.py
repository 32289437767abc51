"""Other names of organisations: acronyms, former names, names in further languages. Searching finds them; the name on
the page stays the one of the page's language."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, searching
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.names import NameRow, add_alias
from app.core.permissions import require
from app.extensions import db
from app.people.models import Organisation
from app.people.written_names import check_name

MOST_NAMES = 40


def add_other_name(actor: Actor, organisation: Organisation, *, text: str, language: str, now: datetime) -> None:
    """Keep another name, once. Raises `RuleBroken` at `text`."""
    require(actor, "people.edit_organisation_page", organisation)
    text = one_line(text)
    if not text:
        raise RuleBroken(_l("Write the other name."), field="text")
    check_name(text, field="text")
    known = sa.select(sa.func.count()).where(_of(organisation))
    if (db.session.scalar(known) or 0) >= MOST_NAMES:
        raise RuleBroken(_l("It has many other names already. Take one away first."), field="text")
    add_alias("organisation", organisation.id, language, text[:400])
    audit.record(actor, "people.organisation.name_added", "organisation", organisation.id, now=now)


def remove_other_name(actor: Actor, organisation: Organisation, *, name_id: UUID, now: datetime) -> None:
    """Take another name away; one that is gone already stays gone. Names of the page itself are not touched."""
    require(actor, "people.edit_organisation_page", organisation)
    if change_rows(sa.delete(NameRow).where(NameRow.id == name_id, _of(organisation))) == 1:
        searching.changed("organisation", [organisation.id])
        audit.record(actor, "people.organisation.name_removed", "organisation", organisation.id, now=now)


def _of(organisation: Organisation) -> sa.ColumnElement[bool]:
    return sa.and_(
        NameRow.object_kind == "organisation", NameRow.object_id == organisation.id, NameRow.is_alias.is_(True)
    )
