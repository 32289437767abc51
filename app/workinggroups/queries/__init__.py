"""What others ask about groups."""

from app.workinggroups.queries.groups import (
    find_coordinator,
    get_visible_group,
    is_known,
    list_coordinators,
    list_my_groups,
    list_visible_groups,
    texts_of,
)
from app.workinggroups.queries.members import find_membership, list_members

__all__ = [
    "find_coordinator",
    "find_membership",
    "get_visible_group",
    "is_known",
    "list_coordinators",
    "list_members",
    "list_my_groups",
    "list_visible_groups",
    "texts_of",
]
