"""What pages and services ask about decisions."""

from app.decisions.queries.counting import count_of, holders_for, said_of, silent_on
from app.decisions.queries.reading import (
    find_proxy,
    find_standing,
    find_statement,
    get_statement,
    get_visible_decision,
    list_decisions,
    list_readable,
    proxies_of,
    roll_of,
    statements_of,
    voices_of,
    writers_of,
)

__all__ = [
    "count_of",
    "find_proxy",
    "find_standing",
    "find_statement",
    "get_statement",
    "get_visible_decision",
    "holders_for",
    "list_decisions",
    "list_readable",
    "proxies_of",
    "roll_of",
    "said_of",
    "silent_on",
    "statements_of",
    "voices_of",
    "writers_of",
]
