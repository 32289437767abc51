"""Locking one text while something is written beside it."""

from __future__ import annotations

from app.core.errors import NotFound
from app.extensions import db
from app.reflections.models import Reflection


def lock(reflection: Reflection) -> None:
    """Lock the row and read it anew, so that nothing is written beside words that are being erased.

    Raises `NotFound` when they are gone.
    """
    db.session.flush()  # refreshing would drop what is not written yet
    columns = ["version", "language", "audience", "author_id", "pseudonym"]
    columns += ["withdrawn_at", "withheld_at", "erased_at"]
    db.session.refresh(reflection, columns, with_for_update=True)
    db.session.expire(reflection, ["versions", "translations"])
    if reflection.erased_at is not None:
        raise NotFound
