"""Whose signature is awaited under which text: the one rule, for what is next, for what waits and before handing in.

Pure: texts, organisations and what was signed in, an answer out. Every newest version that is to be handed in waits for
each organisation that agreed, a translation as well as the first text: nobody signs words by signing others. A text in
a language in which the body takes none is for the network's own use and waits for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.engagements.models import Engagement, EngagementText, Signatory, SignatoryState, SignOff

Signed = Mapping[UUID, Sequence[SignOff]]
Awaited = tuple[Signatory, EngagementText]


def agreed(engagement: Engagement) -> list[Signatory]:
    """Return the organisations whose signature is wanted, who leads first."""
    return [one for one in engagement.signatories if one.state is SignatoryState.AGREED]


def is_taken(engagement: Engagement, language: str) -> bool:
    """Whether the body takes texts in a language; where nobody noted which, it takes any."""
    taken = engagement.mode.languages if engagement.mode is not None else []
    return not taken or language.split("-", maxsplit=1)[0] in {one.split("-")[0] for one in taken}


def to_hand_in(engagement: Engagement, links: Sequence[EngagementText]) -> list[EngagementText]:
    """Return the texts that can be handed in: those in a language that the body takes. What is for the network's own
    use is neither held to the limit nor enough."""
    return [link for link in links if is_taken(engagement, link.text.language)]


def missing_under(engagement: Engagement, versions: Mapping[UUID, int], signed: Signed) -> list[tuple[Signatory, UUID]]:
    """Return who signed not these very versions, by text: each organisation with each text it is missing under."""
    given = {(row.signatory_id, id_) for id_ in versions for row in signed.get(id_, ()) if row.version == versions[id_]}
    return [(one, id_) for one in agreed(engagement) for id_ in versions if (one.id, id_) not in given]


def awaited(engagement: Engagement, links: Sequence[EngagementText], signed: Signed) -> list[Awaited]:
    """Return whose signature the texts of an engagement wait for, as they stand now."""
    by_text = {link.text_id: link for link in to_hand_in(engagement, links)}
    newest = {id_: link.text.version for id_, link in by_text.items()}
    return [(one, by_text[id_]) for one, id_ in missing_under(engagement, newest, signed)]
