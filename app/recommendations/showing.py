"""What the pages of recommendations print: lines of the register, one recommendation, its table to take along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from app.advocacy.addresses import occurrence_path, space_path
from app.advocacy.queries import short_names, space_names
from app.advocacy.words import CLAIMS, goal_name, occurrence_name
from app.core.actors import NETWORK, Actor
from app.core.context import page_language
from app.core.languages import comma
from app.core.names import Name, names_of
from app.core.permissions import can
from app.engagements.policy import can_read
from app.moments import words
from app.people.keys import mandated_for
from app.people.labels import country_name
from app.people.queries import names_shown
from app.recommendations import queries
from app.recommendations.cards import glimpse
from app.recommendations.models import Evidence, Recommendation, StatusLine
from app.recommendations.words import STATUSES

IN_A_LINE = 260
"""Characters of a citation in a list."""


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """One recommendation in a list. `evidence` is how much of it the reader sees."""

    row: Recommendation
    citation: str
    addressee: str
    space: Name
    issued: str
    evidence: int


def addressee_of(row: Recommendation) -> str:
    """Return to whom it was said: the State, the words, or both."""
    language = page_language()
    return comma(language).join(part for part in (country_name(row.country, language), row.addressee) if part)


def lines_of(actor: Actor, rows: Sequence[Recommendation]) -> list[RecommendationLine]:
    """Return recommendations as a list prints them; as many queries for a hundred as for one."""
    if not rows:
        return []
    names = short_names({row.space_id: row.space for row in rows}.values())
    evidence = queries.count_evidence(actor, [row.id for row in rows])
    return [
        RecommendationLine(
            row=row,
            citation=glimpse(row.citation, IN_A_LINE),
            addressee=addressee_of(row),
            space=names[row.space_id],
            issued=words.date_of(row.issued_on, page_language()),
            evidence=evidence.get(row.id, 0),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Following:
    """An organisation for which the reader may follow, or the reader; `name` is None for themselves."""

    organisation_id: UUID | None
    name: Name | None
    is_following: bool


@dataclass(frozen=True, slots=True)
class RecommendationPage:
    """What the page of a recommendation prints. `organisations` and `persons` follow it; `others` do so without a name
    that the reader may see. `people`: names by person, for who looked and who brought evidence."""

    line: RecommendationLine
    space_name: Name
    space_href: str
    occurrence: Any
    occurrence_href: str
    engagement: Any
    claims: list[Any]
    goals: list[tuple[int, str]]
    organisations: list[tuple[UUID, Name]]
    persons: list[Any]
    others: int
    history: list[StatusLine]
    evidence: list[Evidence]
    people: dict[UUID, Any]
    ways: list[Following]


def page_of(actor: Actor, row: Recommendation) -> RecommendationPage:
    """Return a recommendation as its page prints it: names of persons for the network alone."""
    history, evidence = queries.list_history(row), queries.list_evidence(actor, row)
    is_of_network = actor.holds(NETWORK)
    following = {one.person_id for one in row.followers if one.person_id is not None}
    hands = {line.noted_by for line in history} | {one.author_id for one in evidence} | {row.added_by} | following
    wanted = {person_id for person_id in hands if person_id is not None}
    people = names_shown(actor, wanted) if is_of_network and wanted else {}
    named = [str(people[person_id]) for person_id in following if person_id in people]
    own = mandated_for(actor)
    may_be_named = queries.followers_named(actor, [row])
    organisation_ids = [one.organisation_id for one in row.followers if one.organisation_id in may_be_named]
    names = names_of("organisation", {*organisation_ids, *own}, page_language())
    engagement = row.engagement if row.engagement is not None and can_read(actor, row.engagement) else None
    return RecommendationPage(
        line=lines_of(actor, [row])[0],
        space_name=space_names([row.space])[row.space_id],
        space_href=space_path(row.space.slug),
        occurrence=occurrence_name(row.occurrence) if row.occurrence is not None else "",
        occurrence_href=occurrence_path(row.occurrence.id) if row.occurrence is not None else "",
        engagement=engagement,
        claims=[CLAIMS[one.claim] for one in row.claims],
        goals=[(one.goal, goal_name(one.goal)) for one in row.goals],
        organisations=[(one, names[one]) for one in organisation_ids],
        persons=sorted(named),
        others=len(following) - len(named),
        history=history,
        evidence=evidence,
        people=people,
        ways=_ways(actor, row, own, names),
    )


def _ways(actor: Actor, row: Recommendation, own: Iterable[UUID], names: dict[UUID, Name]) -> list[Following]:
    """Return for whom the reader may follow: the organisations they speak for, then themselves."""
    if not can(actor, "recommendations.follow"):
        return []
    followers = {one.organisation_id or one.person_id for one in row.followers}
    organisations = sorted(own, key=lambda one: (names[one].text, one))
    return [
        *(Following(one, names[one], one in followers) for one in organisations),
        Following(None, None, actor.person_id in followers),
    ]


def seen_on_words(evidence: Evidence) -> str:
    """Return the day on which somebody saw something, in words."""
    return words.date_of(evidence.seen_on, page_language())


def table_of(actor: Actor, rows: Sequence[Recommendation]) -> Iterable[list[object]]:
    """Yield the register as a table: a line of names, then one line for each. Nobody's name stands in it."""
    names = short_names({row.space_id: row.space for row in rows}.values())
    evidence = queries.count_evidence(actor, [row.id for row in rows])
    organisations = names_of("organisation", queries.followers_named(actor, rows), page_language())
    yield [
        _("Space"), pgettext("body", "Session"), _("Issued on"), _("Symbol of the document"), _("Paragraph"),
        _("State"), _("To whom, in words"), _("The words of the recommendation"), _("Language"), _("Where it stands"),
        _("Said on"), _("What it claims"), _("Goals"), _("It speaks of women and of gender"), _("Followed by"),
        # I18N: head of a column: how many pieces of evidence
        _("Evidence"), _("Link"), _("Page"),
    ]  # fmt: skip
    for row in rows:
        yield [
            names[row.space_id].text,
            str(occurrence_name(row.occurrence)) if row.occurrence is not None else "",
            row.issued_on.isoformat(),
            row.symbol,
            row.paragraph,
            country_name(row.country, page_language()),
            row.addressee,
            row.citation,
            row.language,
            str(STATUSES[row.status]),
            row.status_at.date().isoformat(),
            "; ".join(str(CLAIMS[one.claim]) for one in row.claims),
            "; ".join(str(one.goal) for one in row.goals),
            # I18N: in a table: it is so
            pgettext("answer", "yes") if row.is_gender_integrated else "",
            "; ".join(
                organisations[one.organisation_id].text for one in row.followers if one.organisation_id in organisations
            ),
            evidence.get(row.id, 0) if actor.holds(NETWORK) else "",
            row.url,
            url_for("recommendations.show", recommendation_id=row.id, _external=True),
        ]
