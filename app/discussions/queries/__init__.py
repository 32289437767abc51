"""What is read of topics: which there are, what they are called, the posts in them, what waits."""

from app.discussions.queries.figures import Figures, figures_of, list_authors, list_observers
from app.discussions.queries.posts import (
    MOST_ANSWERS,
    Beneath,
    answers_beneath,
    cursor_to,
    find_opening,
    get_visible_post,
    list_answers,
    list_readable,
    page_of_posts,
)
from app.discussions.queries.topics import (
    count_own_posts,
    count_topics,
    get_visible_topic,
    list_newest,
    list_pinned,
    openings_of,
    page_of_topics,
)
from app.discussions.queries.withholdings import find_withholding, list_pleas

__all__ = [
    "MOST_ANSWERS",
    "Beneath",
    "Figures",
    "answers_beneath",
    "count_own_posts",
    "count_topics",
    "cursor_to",
    "figures_of",
    "find_opening",
    "find_withholding",
    "get_visible_post",
    "get_visible_topic",
    "list_answers",
    "list_authors",
    "list_newest",
    "list_observers",
    "list_pinned",
    "list_pleas",
    "list_readable",
    "openings_of",
    "page_of_posts",
    "page_of_topics",
]
