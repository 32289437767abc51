"""What a recommendation must say, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.advocacy.models import Claim, Occurrence
from app.core.actors import Actor
from app.core.addresses import is_web_address
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.engagements.models import Engagement
from app.engagements.policy import can_read
from app.extensions import db
from app.instruments.services import check_goals, checked_line
from app.moments.timing import FIRST_ON_EARTH
from app.originals.words import as_written
from app.people.labels import country_name
from app.recommendations.models import Recommendation, RecommendationClaim, RecommendationGoal
from app.recommendations.words import (
    LONGEST_ADDRESSEE,
    LONGEST_CITATION,
    LONGEST_PARAGRAPH,
    LONGEST_SYMBOL,
    LONGEST_URL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A recommendation as somebody wrote it down. `country` is an ISO code or ""."""

    citation: str
    language: str
    issued_on: date | None
    symbol: str = ""
    paragraph: str = ""
    url: str = ""
    country: str = ""
    addressee: str = ""
    occurrence_id: UUID | None = None
    engagement_id: UUID | None = None
    claims: frozenset[Claim] = field(default_factory=frozenset)
    goals: frozenset[int] = field(default_factory=frozenset)
    is_gender_integrated: bool = False


def write_into(actor: Actor, row: Recommendation, written: Written, now: datetime) -> None:
    """Let a recommendation say this. Raises `RuleBroken` at the field of what cannot be."""
    citation = checked_text(
        written.citation,
        field="citation",
        longest=LONGEST_CITATION,
        missing=_l("Copy what was recommended, word for word, in the language of the document."),
    )
    values: dict[str, Any] = {
        "citation": citation,
        "language": check_tag(written.language),
        "symbol": checked_line(written.symbol, field="symbol", longest=LONGEST_SYMBOL),
        "paragraph": checked_line(written.paragraph, field="paragraph", longest=LONGEST_PARAGRAPH),
        "url": checked_link(written.url),
        "issued_on": checked_day(written.issued_on, now, field="issued_on", missing=_l("Say when it was issued.")),
        "country": _country(written.country),
        "addressee": checked_line(written.addressee, field="addressee", longest=LONGEST_ADDRESSEE),
        "is_gender_integrated": written.is_gender_integrated,
    }
    _refuse_unfounded(values)
    check_goals(written.goals)
    occurrence, engagement = _occurrence(row, written), _engagement(actor, row, written)
    for name, value in values.items():
        setattr(row, name, value)
    row.occurrence, row.engagement = occurrence, engagement
    row.claims = kept(row.claims, "claim", written.claims, lambda claim: RecommendationClaim(claim=claim))
    row.goals = kept(row.goals, "goal", written.goals, lambda goal: RecommendationGoal(goal=goal))


def _refuse_unfounded(values: dict[str, Any]) -> None:
    """A citation is found again by its link or its symbol, and said to somebody."""
    if not values["url"] and not values["symbol"]:
        raise RuleBroken(
            _l(
                "Say where it can be read: the symbol of the document, such as CEDAW/C/ARG/CO/8, or a link. Without "
                "one of the two nobody can check the words."
            ),
            field="symbol",
        )
    if values["country"] is None and not values["addressee"]:
        raise RuleBroken(
            _l("Say to whom it was said: choose the State, or write who it is addressed to."), field="country"
        )


def checked_text(typed: str, *, field: str, longest: int, missing: Any) -> str:
    """Return a text as it is kept; raises `RuleBroken` at the field where it is empty or too long."""
    text = as_written(typed).strip()
    if is_blank(text):
        raise RuleBroken(missing, field=field)
    if len(text) > longest:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=longest), field=field)
    return text


def checked_link(typed: str) -> str:
    """Return a link as it is kept, "" for none; raises `RuleBroken` at `url`."""
    link = checked_line(typed, field="url", longest=LONGEST_URL)
    if link and not is_web_address(link, longest=LONGEST_URL):
        raise RuleBroken(_l("Write the whole link, with https:// at its beginning."), field="url")
    return link


def checked_day(day: date | None, now: datetime, *, field: str, missing: Any) -> date:
    """Return a day that has come somewhere on Earth; raises `RuleBroken` at the field."""
    if day is None:
        raise RuleBroken(missing, field=field)
    if day > now.astimezone(FIRST_ON_EARTH).date():
        raise RuleBroken(_l("This day is still to come. Write the day on which it happened."), field=field)
    return day


def _country(code: str) -> str | None:
    if not code:
        return None
    if len(code) != 2 or country_name(code, "en") == code:
        raise RuleBroken(_l("Choose the State from the list."), field="country")
    return code


def _occurrence(row: Recommendation, written: Written) -> Occurrence | None:
    if written.occurrence_id is None:
        return None
    occurrence = db.session.get(Occurrence, written.occurrence_id)
    if occurrence is None or occurrence.space_id != row.space_id:
        raise RuleBroken(
            _l("This session belongs to another space. Choose one of this space, or none."), field="occurrence"
        )
    return occurrence


def _engagement(actor: Actor, row: Recommendation, written: Written) -> Engagement | None:
    """What it grew out of; where there is one already that the actor does not read, it stays."""
    if row.engagement is not None and not can_read(actor, row.engagement):
        return row.engagement
    if written.engagement_id is None:
        return None
    engagement = db.session.get(Engagement, written.engagement_id)
    if engagement is None or not can_read(actor, engagement):
        raise RuleBroken(_l("Choose the engagement from the list, or none."), field="engagement")
    if engagement.space_id != row.space_id:
        raise RuleBroken(
            _l(
                "This engagement was towards another space. Choose one towards this space, or none, and say in the "
                "engagement what came of it."
            ),
            field="engagement",
        )
    return engagement


def kept(rows: list[Any], name: str, wanted: Iterable[Any], make: Any) -> list[Any]:
    """Return rows for what is wanted: those that are there stay, so that nothing is deleted and added at once."""
    there = {getattr(row, name): row for row in rows}
    return [there[one] if one in there else make(one) for one in sorted(wanted)]
