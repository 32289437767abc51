"""Reading recommendations, their history, their evidence."""

from app.recommendations.queries.evidence import (
    count_evidence,
    get_evidence,
    list_evidence,
    list_history,
    visible_evidence,
)
from app.recommendations.queries.register import (
    YEAR,
    Wanted,
    all_recommendations,
    count_to_look_at,
    count_without_evidence,
    followers_named,
    get_recommendation,
    list_by_ids,
    list_countries,
    list_engagements,
    list_occurrences,
    list_spaces_named,
    newest_of,
    page_of_recommendations,
)

__all__ = [
    "YEAR",
    "Wanted",
    "all_recommendations",
    "count_evidence",
    "count_to_look_at",
    "count_without_evidence",
    "followers_named",
    "get_evidence",
    "get_recommendation",
    "list_by_ids",
    "list_countries",
    "list_engagements",
    "list_evidence",
    "list_history",
    "list_occurrences",
    "list_spaces_named",
    "newest_of",
    "page_of_recommendations",
    "visible_evidence",
]
