"""What is read of advocacy."""

from app.advocacy.queries.spaces import (
    get_limit,
    get_mode,
    get_rule,
    get_space,
    list_modes,
    list_notes,
    list_notes_of,
    list_rules,
    list_seats,
    list_spaces,
    short_names,
    space_names,
    with_children,
)

__all__ = [
    "get_limit",
    "get_mode",
    "get_rule",
    "get_space",
    "list_modes",
    "list_notes",
    "list_notes_of",
    "list_rules",
    "list_seats",
    "list_spaces",
    "short_names",
    "space_names",
    "with_children",
]
