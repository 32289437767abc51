"""What is read of engagements: only what the actor may see is there."""

from app.engagements.queries.deadlines import deadline_of, list_deadlines
from app.engagements.queries.delegation import get_delegate, list_delegates
from app.engagements.queries.engagements import (
    OPEN,
    Wanted,
    count_by_state,
    get_visible_engagement,
    is_readable,
    list_begun_from,
    list_by_id,
    list_of_group,
    list_of_occurrence,
    list_of_space,
    list_to_write,
    page_of_engagements,
    writes_texts,
    years_of_engagements,
)
from app.engagements.queries.signatories import (
    get_engagement_to_answer,
    get_signatory,
    list_asked,
    organisations_of_groups,
)

__all__ = [
    "OPEN",
    "Wanted",
    "count_by_state",
    "deadline_of",
    "get_delegate",
    "get_engagement_to_answer",
    "get_signatory",
    "get_visible_engagement",
    "is_readable",
    "list_asked",
    "list_begun_from",
    "list_by_id",
    "list_deadlines",
    "list_delegates",
    "list_of_group",
    "list_of_occurrence",
    "list_of_space",
    "list_to_write",
    "organisations_of_groups",
    "page_of_engagements",
    "writes_texts",
    "years_of_engagements",
]
