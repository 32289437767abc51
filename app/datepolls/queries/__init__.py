"""What pages and services ask about date polls."""

from app.datepolls.queries.answers import (
    answered_by,
    count_answered,
    count_open_answers,
    said_by,
    said_of,
    who_could,
)
from app.datepolls.queries.clocks import HardTurns, clocks_of, count_by_zone, hard_turns_of
from app.datepolls.queries.reading import (
    find_option,
    get_visible_date_poll,
    list_date_polls,
    list_over,
    list_readable,
    list_to_choose,
    list_undecided,
    list_undecided_first,
    list_waiting,
    titles_of,
)

__all__ = [
    "HardTurns",
    "answered_by",
    "clocks_of",
    "count_answered",
    "count_by_zone",
    "count_open_answers",
    "find_option",
    "get_visible_date_poll",
    "hard_turns_of",
    "list_date_polls",
    "list_over",
    "list_readable",
    "list_to_choose",
    "list_undecided",
    "list_undecided_first",
    "list_waiting",
    "said_by",
    "said_of",
    "titles_of",
    "who_could",
]
