"""What is read of the agenda: dates, and private links."""

from app.agenda.queries.dates import (
    Print,
    list_between,
    list_changed,
    list_for_feed,
    list_put_off,
    page_of_begun,
    page_of_coming,
    print_of_feed,
)
from app.agenda.queries.links import find_link, get_link, is_just_made, list_links
from app.agenda.queries.narrowing import Wanted, is_mine

__all__ = [
    "Print",
    "Wanted",
    "find_link",
    "get_link",
    "is_just_made",
    "is_mine",
    "list_between",
    "list_changed",
    "list_for_feed",
    "list_links",
    "list_put_off",
    "page_of_begun",
    "page_of_coming",
    "print_of_feed",
]
