"""Locking one text while something is written beside it."""

from __future__ import annotations

import sqlalchemy as sa

from app.core.errors import NotFound
from app.extensions import db
from app.originals.models import Original


def lock(original: Original) -> None:
    """Lock the rows of a text, those of its kind too, and read them anew, so that nothing is written beside words that
    are being erased.

    Raises `NotFound` when they are gone.
    """
    db.session.flush()  # refreshing would drop what is not written yet
    columns = sa.inspect(type(original)).column_attrs.keys()
    db.session.refresh(original, columns, with_for_update=True)
    db.session.expire(original, ["versions", "translations"])
    if original.erased_at is not None:
        raise NotFound
