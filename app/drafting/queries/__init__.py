"""What is read of joint texts: which there are, their versions, what was said about them, what waits."""

from app.drafting.queries.comments import (
    Figures,
    Mark,
    count_comments,
    figures_of,
    get_visible_comment,
    list_comments,
    list_readable_comments,
    marks_of,
    page_of_comments,
)
from app.drafting.queries.texts import (
    current_versions,
    find_original,
    get_version,
    get_visible_text,
    list_kept_by,
    list_newest,
    list_readable_texts,
    list_translations,
    list_under_way,
    list_versions,
    page_of_texts,
    version_lines,
)
from app.drafting.queries.waiting import list_unanswered, list_unkept

__all__ = [
    "Figures",
    "Mark",
    "count_comments",
    "current_versions",
    "figures_of",
    "find_original",
    "get_version",
    "get_visible_comment",
    "get_visible_text",
    "list_comments",
    "list_kept_by",
    "list_newest",
    "list_readable_comments",
    "list_readable_texts",
    "list_translations",
    "list_unanswered",
    "list_under_way",
    "list_unkept",
    "list_versions",
    "marks_of",
    "page_of_comments",
    "page_of_texts",
    "version_lines",
]
