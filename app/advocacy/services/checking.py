"""Somebody compared a fact with its source: it is right. Who and on which day stands beside it."""

from __future__ import annotations

from datetime import datetime

from app.advocacy.models import Fact, Step
from app.advocacy.queries.rechecking import KINDS
from app.advocacy.services.anchoring import is_estimate
from app.advocacy.services.standing_by import look_at, record, stand_by
from app.core.actors import Actor
from app.core.permissions import require


def check(actor: Actor, fact: Fact, *, now: datetime) -> Fact:
    """Note that somebody compared a fact with its source and found it right; from then on no file changes it.

    It is as sure as it was: what is usual practice stays so until somebody names a source. An estimated date was looked
    for and is not published yet: it goes on following its anchor.
    """
    require(actor, "advocacy.keep_dates", fact)
    if isinstance(fact, Step) and is_estimate(fact):
        look_at(actor, fact, now)
    else:
        stand_by(actor, fact, now=now)
    kind = next(name for name, model in KINDS.items() if isinstance(fact, model))
    record(actor, f"{kind}.checked", kind, fact, now=now)
    return fact
