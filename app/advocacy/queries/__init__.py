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
from app.advocacy.regions import countries_of

__all__ = [
    "countries_of",
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
