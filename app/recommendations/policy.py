"""Who may do what with recommendations. Everybody reads them: they are public texts of public bodies."""

from __future__ import annotations

from typing import Any

from app.advocacy.policy import can_keep_dates
from app.core import permissions
from app.core.actors import NETWORK, Actor
from app.people.keys import mandate_key
from app.people.models import Organisation
from app.recommendations.models import Evidence, Recommendation


def can_keep(actor: Actor, _thing: Any = None) -> bool:
    """Whoever keeps the dates of spaces also writes down what came of them."""
    return can_keep_dates(actor)


def can_look(actor: Actor, recommendation: Recommendation) -> bool:
    """Where it stands is said by whoever keeps the register, and whoever speaks for an organisation that follows it."""
    following = [row.organisation_id for row in recommendation.followers if row.organisation_id is not None]
    return can_keep(actor) or (actor.is_person and any(actor.holds(mandate_key(one)) for one in following))


def can_bring_evidence(actor: Actor, _thing: Any = None) -> bool:
    """Everybody of the network."""
    return actor.is_person and actor.holds(NETWORK)


def can_take_evidence_back(actor: Actor, evidence: Evidence) -> bool:
    """Whoever brought it, and the secretariat."""
    is_own = evidence.author_id is not None and evidence.author_id == actor.person_id
    return actor.is_secretariat or (actor.is_person and is_own)


def can_follow(actor: Actor, organisation: Organisation | None = None) -> bool:
    """For an organisation whoever speaks for it; everybody of the network for themselves."""
    if organisation is not None:
        return actor.is_person and actor.holds(mandate_key(organisation.id))
    return actor.is_person and actor.holds(NETWORK)


def register() -> None:
    for code, policy, sentence in (
        ("recommendations.keep", can_keep, "Write recommendations into the register and change them"),
        ("recommendations.look", can_look, "Say where a recommendation stands"),
        ("recommendations.bring_evidence", can_bring_evidence, "Bring evidence of what became of a recommendation"),
        ("recommendations.take_evidence_back", can_take_evidence_back, "Take evidence back"),
        ("recommendations.follow", can_follow, "Follow a recommendation, oneself or for an organisation"),
    ):
        permissions.register(code, policy, sentence)
