"""The texts of engagements: which there are, who signed which version, which limit holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from app.advocacy.models import OrganisationAccess
from app.core import house
from app.core.actors import Actor
from app.core.errors import NotFound
from app.drafting import queries as drafting
from app.drafting.models import JointText, TextVersion
from app.engagements.limits import Applies, limit_for, standings_on
from app.engagements.models import Engagement, EngagementText, SignOff
from app.engagements.signatures import agreed
from app.extensions import db
from app.workinggroups.keys import CONTRIBUTORS, groups_named_in


def list_links(engagement: Engagement) -> Sequence[EngagementText]:
    """Return the texts of an engagement: originals, then translations, each in the order they came."""
    wanted = (
        sa.select(EngagementText)
        .join(JointText, JointText.id == EngagementText.text_id)
        .where(EngagementText.engagement_id == engagement.id)
    )
    in_order = wanted.order_by(
        JointText.translation_of_id.is_not(None), EngagementText.added_at, JointText.language, EngagementText.id
    )
    is_group_at_hand = joinedload(EngagementText.text).lazyload(JointText.group)
    return db.session.scalars(in_order.options(is_group_at_hand).execution_options(populate_existing=True)).all()


def get_link(engagement: Engagement, text_id: UUID) -> EngagementText:
    """Return one text of an engagement; raises `NotFound`."""
    found = next((link for link in list_links(engagement) if link.text_id == text_id), None)
    if found is None:
        raise NotFound
    return found


def find_link(text: JointText) -> EngagementText | None:
    """Return through which engagement a text is handed in; a text has one at most."""
    wanted = sa.select(EngagementText).where(EngagementText.text_id == text.id)
    return db.session.scalar(wanted.options(joinedload(EngagementText.engagement)))


def texts_to_bring(actor: Actor, engagement: Engagement, links: Sequence[EngagementText]) -> list[JointText]:
    """Return the texts that its groups write already and that could be this engagement's: those of groups in which the
    actor takes part, in a language it has none in, and of no other engagement."""
    mine = {group.id for group in engagement.groups}
    if not actor.is_secretariat:
        mine &= groups_named_in(actor, CONTRIBUTORS)
    found = drafting.list_in_groups(actor, mine)
    taken = set(
        db.session.scalars(
            sa.select(EngagementText.text_id).where(EngagementText.text_id.in_([text.id for text in found]))
        )
    )
    languages = {link.text.language for link in links}
    return [text for text in found if text.id not in taken and text.language not in languages]


def newest_versions(texts: Sequence[JointText]) -> dict[UUID, tuple[TextVersion, int]]:
    """Return the newest version of many texts with the number of its words, as this house counts them for limits."""
    splits = splits_elisions()
    versions = drafting.current_versions(texts, whole=splits) if texts else {}
    return {
        text_id: (version, drafting.counted_words(version, splits_elisions=splits))
        for text_id, version in versions.items()
    }


def splits_elisions() -> bool:
    """Whether the secretariat wants "l’habitat" counted as two words."""
    return bool(house.values().get(house.SPLITS_ELISIONS))


def words_for_limit(version: TextVersion) -> int:
    """Return how many words of a version count against a limit."""
    return drafting.counted_words(version, splits_elisions=splits_elisions())


def sign_offs_of(text_ids: Collection[UUID]) -> dict[UUID, list[SignOff]]:
    """Return who signed versions of texts, by text, the newest version first."""
    found: dict[UUID, list[SignOff]] = defaultdict(list)
    wanted = sa.select(SignOff).where(SignOff.text_id.in_(text_ids))
    for row in db.session.scalars(wanted.order_by(SignOff.version.desc(), SignOff.signed_at, SignOff.id)).unique():
        found[row.text_id].append(row)
    return found


def access_of(organisation_ids: Collection[UUID]) -> dict[UUID, list[OrganisationAccess]]:
    """Return what organisations have been granted, at any time, by organisation."""
    found: dict[UUID, list[OrganisationAccess]] = defaultdict(list)
    wanted = sa.select(OrganisationAccess).where(OrganisationAccess.organisation_id.in_(organisation_ids))
    for row in db.session.scalars(wanted.options(lazyload(OrganisationAccess.organisation))):
        found[row.organisation_id].append(row)
    return found


def limit_of(
    engagement: Engagement, day: date, access: dict[UUID, list[OrganisationAccess]] | None = None
) -> Applies | None:
    """Return the word limit that holds for an engagement on a day: by who leads, joint or not (R-12)."""
    if engagement.mode is None or not engagement.mode.limits:
        return None
    standings: frozenset[str] = frozenset()
    if (lead := engagement.lead) is not None:
        known = access if access is not None else access_of([lead.organisation_id])
        standings = standings_on(known.get(lead.organisation_id, []), day)
    return limit_for(engagement.mode.limits, standings, is_joint=_have_several_agreed(engagement))


def _have_several_agreed(engagement: Engagement) -> bool:
    """Whether the limit for joint texts holds already: whoever is asked and has not answered may still decline, and the
    text of one alone is often allowed fewer words. `eligibility.is_individual` counts whoever is asked."""
    return len(agreed(engagement)) > 1
