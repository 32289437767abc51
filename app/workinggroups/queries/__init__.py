"""What others ask about groups."""

from app.workinggroups.queries.figures import Figures, count_members, figures_of
from app.workinggroups.queries.groups import (
    all_texts,
    find_coordinator,
    get_coordinator,
    get_visible_group,
    is_known,
    list_all_coordinators,
    list_coordinators,
    list_my_groups,
    list_visible_groups,
    texts_of,
    texts_of_many,
)
from app.workinggroups.queries.joining import list_organisations_to_join_for, standings_of
from app.workinggroups.queries.meetings import (
    find_last_meeting,
    find_next_meeting,
    list_coming_meetings,
    list_held,
    list_meetings_between,
    list_my_next_meetings,
    page_of_held,
    zones_of_group,
)
from app.workinggroups.queries.members import count_standings, find_membership, get_place, list_members, page_members
from app.workinggroups.queries.observing import (
    count_asked,
    find_last_request,
    find_open_request,
    get_request,
    groups_asked_by,
    page_requests,
)

__all__ = [
    "Figures",
    "all_texts",
    "count_asked",
    "count_members",
    "count_standings",
    "figures_of",
    "find_coordinator",
    "find_last_meeting",
    "find_last_request",
    "find_membership",
    "find_next_meeting",
    "find_open_request",
    "get_coordinator",
    "get_place",
    "get_request",
    "get_visible_group",
    "groups_asked_by",
    "is_known",
    "list_all_coordinators",
    "list_coming_meetings",
    "list_coordinators",
    "list_held",
    "list_meetings_between",
    "list_members",
    "list_my_groups",
    "list_my_next_meetings",
    "list_organisations_to_join_for",
    "list_visible_groups",
    "page_members",
    "page_of_held",
    "page_requests",
    "standings_of",
    "texts_of",
    "texts_of_many",
    "zones_of_group",
]
