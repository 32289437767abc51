"""What can be found of organisations: every name, acronym and alias, the town, what they say of themselves. Persons are
not found here: the directory is for them, and each decides about it."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.actors import PUBLIC, SECRETARIAT
from app.core.names import spellings_of
from app.core.searching import Document, Searchable
from app.extensions import db
from app.people.models import Organisation, OrganisationText


def documents_of_organisations(ids: list[UUID]) -> list[Document]:
    """An organisation that is not listed yet is found by the secretariat alone."""
    rows = db.session.execute(
        sa.select(
            Organisation.id, Organisation.acronym, Organisation.city, Organisation.is_listed, Organisation.created_at
        ).where(Organisation.id.in_(ids))
    ).all()
    names, texts = spellings_of("organisation", ids), _texts(ids)
    return [
        Document(
            kind="organisation",
            object_id=row.id,
            language=language,
            audience=PUBLIC if row.is_listed else SECRETARIAT,
            dated_at=row.created_at,
            title="\n".join(dict.fromkeys([*names[row.id].get(language, []), *filter(None, [row.acronym])])),
            text="\n".join(filter(None, [row.city, texts[row.id].get(language, "")])),
        )
        for row in rows
        for language in dict.fromkeys([*names[row.id], *texts[row.id]])
    ]


def _texts(ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = db.session.execute(
        sa.select(OrganisationText.organisation_id, OrganisationText.language, OrganisationText.body)
        .where(OrganisationText.organisation_id.in_(ids))
        .order_by(OrganisationText.language)
    )
    for organisation_id, language, body in rows:
        found[organisation_id][language] = body
    return found


def register() -> None:
    searching.register(
        Searchable(
            kind="organisation",
            one=_l("Organisation"),
            many=_l("Organisations"),
            documents=documents_of_organisations,
            list_ids=searching.pages_of(Organisation.id),
            order=50,
        )
    )
