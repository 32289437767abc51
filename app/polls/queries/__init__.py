"""What pages and services ask about polls."""

from app.polls.queries.reading import (
    answered_by,
    count_answers,
    count_could,
    count_open_answers,
    find_answer,
    get_visible_poll,
    list_polls,
    list_readable,
    list_waiting,
    who_could,
)
from app.polls.queries.results import Result, Said, results_of

__all__ = [
    "Result",
    "Said",
    "answered_by",
    "count_answers",
    "count_could",
    "count_open_answers",
    "find_answer",
    "get_visible_poll",
    "list_polls",
    "list_readable",
    "list_waiting",
    "results_of",
    "who_could",
]
