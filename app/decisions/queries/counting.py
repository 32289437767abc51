"""From rows to the arithmetic of R-23, and who has not spoken yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.decisions.counting import Count, Said, count
from app.decisions.models import Decision, GivenVoice, Proxy, RollLine
from app.decisions.queries.reading import proxies_of, roll_of, voices_of
from app.extensions import db


def said_of(voice: GivenVoice) -> Said:
    """Return a voice as the arithmetic sees it."""
    return Said(
        organisation=voice.organisation_id,
        stand=voice.stand,
        version=voice.version,
        through=voice.through_id,
        is_late=voice.is_late,
        is_replaced=voice.replaced_at is not None,
        is_withdrawn=voice.withdrawn_at is not None,
    )


def count_of(decision: Decision) -> Count:
    """Count the voices to the current version of a proposal as they are now."""
    standing = {row.giver_id: row.holder_id for row in proxies_of(decision) if row.revoked_at is None}
    voices = [said_of(voice) for voice in voices_of(decision)]
    return count(roll_of(decision), voices, standing, version=decision.version, quorum=decision.quorum)


def silent_on(decisions: Iterable[Decision]) -> dict[UUID, set[UUID]]:
    """Return, by decision, the organisations of the roll that have not spoken to its current version. Two queries for
    any number of decisions."""
    versions = {decision.id: decision.version for decision in decisions}
    silent: dict[UUID, set[UUID]] = defaultdict(set)
    lines = sa.select(RollLine.decision_id, RollLine.organisation_id).where(RollLine.decision_id.in_(versions))
    for decision_id, organisation_id in db.session.execute(lines):
        silent[decision_id].add(organisation_id)
    spoken = sa.select(GivenVoice.decision_id, GivenVoice.version, GivenVoice.organisation_id).where(
        GivenVoice.decision_id.in_(versions), GivenVoice.replaced_at.is_(None), GivenVoice.is_late.is_(False)
    )
    for decision_id, version, organisation_id in db.session.execute(spoken):
        if version == versions[decision_id]:
            silent[decision_id].discard(organisation_id)
    return silent


def holders_for(decision_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, UUID]]:
    """Return, by decision, which organisation holds whose voice: giver → holder."""
    held: dict[UUID, dict[UUID, UUID]] = defaultdict(dict)
    rows = sa.select(Proxy.decision_id, Proxy.giver_id, Proxy.holder_id).where(
        Proxy.decision_id.in_(list(decision_ids)), Proxy.revoked_at.is_(None)
    )
    for decision_id, giver_id, holder_id in db.session.execute(rows):
        held[decision_id][giver_id] = holder_id
    return held
