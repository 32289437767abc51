"""What speaks against handing in: a deadline that is over, signatures that are missing, too many words, a language
that is not taken, organisations that are not let in on that day, a second text of one organisation, words that were not
written yet (R-11, R-12, R-13). Warnings, all of them: whoever runs the engagement decides, and what they decided
against is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.access import Checked, check_all
from app.advocacy.models import OrganisationAccess
from app.core.audit import AuditLine
from app.drafting.models import JointText, TextVersion
from app.drafting.queries import list_versions
from app.engagements.eligibility import is_individual, is_once, place_of, signing
from app.engagements.lateness import days_late
from app.engagements.models import ENGAGEMENT, Engagement, EngagementText, SignatoryState
from app.engagements.queries.signatories import individual_ones
from app.engagements.queries.texts import access_of, limit_of, sign_offs_of, words_for_limit
from app.engagements.signatures import is_taken, missing_under
from app.extensions import db

Access = dict[UUID, list[OrganisationAccess]]


class ConcernKind(StrEnum):
    DEADLINE = "deadline"
    NOT_ELIGIBLE = "not_eligible"
    UNANSWERED = "unanswered"
    UNSIGNED = "unsigned"
    LANGUAGE = "language"
    OVER = "over"
    SECOND = "second"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Concern:
    """One warning: about an organisation, about a text that is `over` the words that are `usable`, about a `version`
    that was written after the day, or about a deadline that is `over` by so many days. One about both says that the
    organisation signed another of the texts and not this one."""

    kind: ConcernKind
    organisation_id: UUID | None = None
    checked: Checked | None = None
    text: JointText | None = None
    version: TextVersion | None = None
    over: int = 0
    usable: int = 0

    @property
    def code(self) -> str:
        """What it is about, for the audit: `read_code` reads it again."""
        about = [self.organisation_id, self.text.id if self.text is not None else None]
        parts = [self.kind.value, *(str(one) for one in about if one is not None)]
        return ":".join([*parts, str(self.over)] if self.organisation_id is None else parts)


def concerns_about(
    engagement: Engagement, links: Sequence[EngagementText], versions: Mapping[UUID, int], day: date
) -> list[Concern]:
    """Return what speaks against handing in these versions, by text, on a day. Whoever signed one of them signed that
    one: under the others their name is missing."""
    named = [one.organisation_id for one in signing(engagement)]
    rows, chosen = access_of(named), [link.text for link in links if link.text_id in versions]
    late = days_late(engagement, day)
    return [
        *([Concern(ConcernKind.DEADLINE, over=late)] if late else []),
        *_not_eligible(engagement, named, rows, day),
        *(
            Concern(ConcernKind.UNANSWERED, one.organisation_id)
            for one in engagement.signatories
            if one.state is SignatoryState.ASKED
        ),
        *_second(engagement),
        *_unsigned(engagement, chosen, versions),
        *(Concern(ConcernKind.LANGUAGE, text=text) for text in chosen if not is_taken(engagement, text.language)),
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


def _unsigned(engagement: Engagement, texts: Sequence[JointText], versions: Mapping[UUID, int]) -> list[Concern]:
    """Return whose signature is missing: under all that goes out, or under some of it."""
    if not texts:
        return []
    by_id = {text.id: text for text in texts}
    under = missing_under(engagement, {id_: versions[id_] for id_ in by_id}, sign_offs_of(by_id))
    found = []
    for one in dict.fromkeys(one for one, _id in under):
        missing = [by_id[id_] for each, id_ in under if each is one]
        if len(missing) == len(texts):
            found.append(Concern(ConcernKind.UNSIGNED, one.organisation_id))
        else:
            found.extend(Concern(ConcernKind.UNSIGNED, one.organisation_id, text=text) for text in missing)
    return found


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


@dataclass(frozen=True, slots=True)
class Kept:
    """A warning that was read and gone over, as the audit keeps it. `about` are organisations and texts by their ids,
    `number` the days or the words."""

    kind: ConcernKind
    about: tuple[UUID, ...]
    number: int


def read_code(code: str) -> Kept | None:
    """Return the warning that a code of the audit stands for; None for one that is no longer known."""
    kind, *parts = code.split(":")
    if kind not in list(ConcernKind):
        return None
    ids = tuple(UUID(part) for part in parts if len(part) == len(str(UUID(int=0))))
    return Kept(ConcernKind(kind), ids, next((int(part) for part in parts if part.isdigit()), 0))


def kept_concerns(engagement: Engagement) -> list[Kept]:
    """Return what spoke against handing in when it was handed in all the same, by its last submission."""
    line = db.session.scalar(
        sa.select(AuditLine)
        .where(
            AuditLine.subject_kind == ENGAGEMENT,
            AuditLine.subject_id == engagement.id,
            AuditLine.code == "engagements.engagement.submitted",
        )
        .order_by(AuditLine.at.desc(), AuditLine.id)
        .limit(1)
    )
    codes = str(line.facts.get("against", "")).split() if line is not None else []
    return [kept for code in codes if (kept := read_code(code)) is not None]
