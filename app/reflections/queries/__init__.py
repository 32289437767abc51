"""Reading reflections: lists and pages, answers, quotes, what remains to translate, the inbox of a track."""

from app.reflections.queries.answers import count_answers, list_answers
from app.reflections.queries.counting import count_seen, count_written, languages_seen, tracks_seen
from app.reflections.queries.inbox import (
    InboxCounts,
    Show,
    Waiting,
    WaitingForMe,
    count_inbox,
    find_open_request,
    find_withholding,
    get_open_request,
    get_withholding,
    has_reported,
    list_inbox,
    list_reports,
    waiting_for_me,
    waiting_of,
)
from app.reflections.queries.quotes import quotes_of
from app.reflections.queries.reading import (
    LIST_SIZE,
    current_versions,
    get_translation,
    get_version,
    get_visible_reflection,
    list_newest,
    list_readable,
    list_reflections,
    list_voices,
)
from app.reflections.queries.translating import list_offers, list_untranslated

__all__ = [
    "LIST_SIZE",
    "InboxCounts",
    "Show",
    "Waiting",
    "WaitingForMe",
    "count_answers",
    "count_inbox",
    "count_seen",
    "count_written",
    "current_versions",
    "find_open_request",
    "find_withholding",
    "get_open_request",
    "get_translation",
    "get_version",
    "get_visible_reflection",
    "get_withholding",
    "has_reported",
    "languages_seen",
    "list_answers",
    "list_inbox",
    "list_newest",
    "list_offers",
    "list_readable",
    "list_reflections",
    "list_reports",
    "list_untranslated",
    "list_voices",
    "quotes_of",
    "tracks_seen",
    "waiting_for_me",
    "waiting_of",
]
