"""What speaks against handing in: signatures that are missing, too many words, organisations that are not let in on
that day, a second text of one organisation, words that were not written yet (R-11, R-12, R-13). Warnings, all of them:
whoever runs the engagement decides, and what they decided against is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.advocacy.access import Checked, check_all
from app.advocacy.models import OrganisationAccess
from app.drafting.models import JointText, TextVersion
from app.drafting.queries import list_versions
from app.engagements.eligibility import is_individual, is_once, place_of
from app.engagements.models import Engagement, EngagementText, SignatoryState
from app.engagements.queries.signatories import individual_ones
from app.engagements.queries.texts import access_of, agreed, limit_of, sign_offs_of, words_for_limit

Access = dict[UUID, list[OrganisationAccess]]


class ConcernKind(StrEnum):
    NOT_ELIGIBLE = "not_eligible"
    UNANSWERED = "unanswered"
    UNSIGNED = "unsigned"
    OVER = "over"
    SECOND = "second"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Concern:
    """One warning: about an organisation, about a text that is `over` the words that are `usable`, or about a `version`
    that was written after the day."""

    kind: ConcernKind
    organisation_id: UUID | None = None
    checked: Checked | None = None
    text: JointText | None = None
    version: TextVersion | None = None
    over: int = 0
    usable: int = 0

    @property
    def code(self) -> str:
        """What it is about, for the audit."""
        if self.text is not None:
            return f"{self.kind}:{self.text.id}:{self.over}"
        return f"{self.kind}:{self.organisation_id}"


def concerns_about(
    engagement: Engagement, links: Sequence[EngagementText], versions: Mapping[UUID, int], day: date
) -> list[Concern]:
    """Return what speaks against handing in these versions, by text, on a day. An organisation has signed when it
    signed one of them: the others are the same words in another language."""
    named = [one.organisation_id for one in engagement.signatories if one.state is not SignatoryState.DECLINED]
    rows, chosen = access_of(named), [link.text for link in links if link.text_id in versions]
    return [
        *_not_eligible(engagement, named, rows, day),
        *(
            Concern(ConcernKind.UNANSWERED, one.organisation_id)
            for one in engagement.signatories
            if one.state is SignatoryState.ASKED
        ),
        *_second(engagement),
        *_unsigned(engagement, versions),
        *_over(engagement, chosen, versions, day, rows),
        *_later(chosen, versions, day),
    ]


def _not_eligible(engagement: Engagement, organisation_ids: Sequence[UUID], rows: Access, day: date) -> list[Concern]:
    if engagement.mode is None:
        return []
    held = [row for of_one in rows.values() for row in of_one]
    found = check_all(engagement.mode.access, organisation_ids, held, day)
    return [Concern(ConcernKind.NOT_ELIGIBLE, one.organisation_id, one) for one in found if not one.is_eligible]


def _second(engagement: Engagement) -> list[Concern]:
    """Return whether the lead hands in another text of its own there, noted already or planned before this one."""
    lead = engagement.lead
    if lead is None or not is_once(engagement):
        return []
    for other in individual_ones([lead.organisation_id]):
        is_before = other.submitted_on is not None or other.made_at < engagement.made_at
        if other.id != engagement.id and is_individual(other) and is_before and place_of(other) == place_of(engagement):
            return [Concern(ConcernKind.SECOND, lead.organisation_id)]
    return []


def _unsigned(engagement: Engagement, versions: Mapping[UUID, int]) -> list[Concern]:
    if not versions:
        return []
    signed = {
        row.signatory_id for of_text in sign_offs_of(versions).values() for row in of_text
        if row.version == versions[row.text_id]
    }  # fmt: skip
    return [Concern(ConcernKind.UNSIGNED, one.organisation_id) for one in agreed(engagement) if one.id not in signed]


def _over(
    engagement: Engagement, texts: Iterable[JointText], versions: Mapping[UUID, int], day: date, rows: Access
) -> list[Concern]:
    applies = limit_of(engagement, day, rows)
    if applies is None:
        return []
    found = []
    for text in texts:
        over = sum(applies.over(words_for_limit(row)) for row in list_versions(text, [versions[text.id]]))
        if over > 0:
            found.append(Concern(ConcernKind.OVER, text=text, over=over, usable=applies.usable))
    return found


def _later(texts: Iterable[JointText], versions: Mapping[UUID, int], day: date) -> list[Concern]:
    """Return the versions that were written after the day on which they went out, wherever that day was: another
    version went out, or the day is a slip. A text that was brought here afterwards says so too."""
    rows = ((text, row) for text in texts for row in list_versions(text, [versions[text.id]]))
    return [
        Concern(ConcernKind.LATER, text=text, version=row)
        for text, row in rows
        if row.written_at.date() > day + timedelta(days=1)
    ]


def digest_of_concerns(concerns: Iterable[Concern]) -> str:
    """Return a hash of what was warned of: whoever hands in all the same says what they have read. "" for none."""
    codes = sorted(one.code for one in concerns)
    return hashlib.sha256(" ".join(codes).encode()).hexdigest()[:32] if codes else ""
